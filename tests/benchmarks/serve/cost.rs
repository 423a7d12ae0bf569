//! What processes cost: CPU time and memory, as the system counts them.

use std::fs;
use std::time::Duration;

/// Ticks of the system's clock a second, the same on every Linux that we know.
const TICKS: u64 = 100;

/// Processes with all their descendants, whoever comes and goes meanwhile.
pub struct Processes(Vec<u32>);

impl Processes {
    /// These and what they start.
    pub fn below(roots: &[u32]) -> Self {
        Self(roots.to_vec())
    }

    /// The CPU time that they have taken, with children that have ended.
    pub fn cpu(&self) -> Duration {
        let all = every();
        let is_below = |process: &Stat| {
            let mut id = process.id;
            loop {
                if self.0.contains(&id) {
                    return true;
                }
                match all.iter().find(|it| it.id == id) {
                    Some(parent) if parent.parent > 1 => id = parent.parent,
                    _ => return false,
                }
            }
        };
        let ticks: u64 = all.iter().filter(|process| is_below(process)).map(|process| process.ticks).sum();
        Duration::from_millis(ticks * 1000 / TICKS)
    }
}

/// The greatest memory that processes have held, in MiB, summed.
pub fn memory_mib(roots: &[u32]) -> u64 {
    let mark = |id: &u32| -> Option<u64> {
        let text = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse().ok())
    };
    roots.iter().filter_map(mark).sum::<u64>() / 1024
}

struct Stat {
    id: u32,
    parent: u32,
    ticks: u64,
}

fn every() -> Vec<Stat> {
    let entries = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter_map(stat).collect()
}

/// What `/proc/<id>/stat` says behind the name, which may have spaces: fields 4 and 14 to 17 (proc(5)).
fn stat(id: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(") ")?.1.split(' ').collect();
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    let ticks = (11..15).filter_map(number).sum();
    Some(Stat { id, parent: u32::try_from(number(1)?).ok()?, ticks })
}
