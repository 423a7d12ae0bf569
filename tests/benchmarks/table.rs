//! The table that a benchmark writes.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long some work takes.
pub fn once(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

/// The time in the middle.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The lines of the table.
#[derive(Default)]
pub struct Rows(Vec<(String, Duration, Option<Duration>)>);

impl Rows {
    /// Adds a line; `promised` is the longest it should take.
    pub fn add(&mut self, what: &str, took: Duration, promised: Option<Duration>) {
        self.0.push((what.to_owned(), took, promised));
    }

    /// The whole report; `data` is what was measured.
    pub fn report(&self, data: &str) -> String {
        let mut text = format!(
            "# Measured speeds\n\nWritten by `./scripts/bench` on {}.\n\nMachine: {}.\nData: {data}.\n\n\
             | what | took | promised |\n|---|---|---|\n",
            time::OffsetDateTime::now_utc().date(),
            machine(),
        );
        for (what, took, promised) in &self.0 {
            let promised = promised.map_or(String::new(), |promised| {
                let mark = if *took <= promised { "" } else { " (missed)" };
                format!("< {}{mark}", shown(promised))
            });
            writeln!(text, "| {what} | {} | {promised} |", shown(*took)).unwrap();
        }
        text
    }
}

/// A time, as people read it.
pub fn shown(time: Duration) -> String {
    match time.as_micros() {
        micros @ 0..10_000 => format!("{}.{:03} ms", micros / 1000, micros % 1000),
        micros => format!("{}.{:02} s", micros / 1_000_000, micros / 10_000 % 100),
    }
}

/// Processor and cores, as the system names them.
pub fn machine() -> String {
    let cpu = fs::read_to_string(PathBuf::from("/proc/cpuinfo")).unwrap_or_default();
    let name =
        cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} ({cores} cores, shared)", name.unwrap_or("unknown processor"))
}
