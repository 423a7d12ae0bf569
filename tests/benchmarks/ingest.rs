//! How fast files become a release, beside `ogr2ogr` loading the same files into the same PostGIS without looking at them.

use crate::national;
use crate::table::{machine, median, once, shown};
use journeys::program::{House, binary};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use store::cluster::{self, Cluster};

/// Rounds of each, by turns, so that both see the same machine.
const ROUNDS: usize = 5;

/// Measures, and writes `tests/benchmarks/ingest.md`.
pub async fn run() {
    let house = House::new();
    let settings = cluster::Settings { var: house.var(), pg_bin: None, durable: true };
    let cluster = cluster::join(&settings).await.unwrap();
    let data = national::configuration(house.path());
    let bench = Bench { house, cluster, data };
    let mut report = format!(
        "# Measured speeds of imports\n\nWritten by `./scripts/bench ingest` on {}. Machine: {}.\n\n\
         Medians of {ROUNDS} rounds by turns, each into an empty database of one PostGIS; `ogr2ogr` loads the same files as they \
         are, without keys, checks or comparison.\n\n| what | remix import | ogr2ogr | ratio | memory |\n|---|---|---|---|---|\n",
        time::OffsetDateTime::now_utc().date(),
        machine(),
    );
    let pair = national::pnrr(bench.house.path(), 1);
    let tables = [pair.join("PNRR_Progetti.csv"), pair.join("PNRR_Localizzazione.csv")];
    bench.compare(
        &mut report,
        "PNRR of all Italy: 52,539 projects, 64,945 locations, 61 MB",
        "pnrr-italiadomani",
        &pair,
        &tables,
    );
    let municipalities = national::municipalities(bench.house.path());
    let layers = [municipalities.clone()];
    bench.compare(
        &mut report,
        "7,921 municipalities, 855 thousand vertices, GeoJSON",
        "istat-municipalities",
        &municipalities,
        &layers,
    );
    bench.again(&mut report, &pair);
    bench.growth(&mut report);
    println!("{report}");
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/ingest.md"), report).unwrap();
    bench.cluster.leave().await.unwrap();
}

struct Bench {
    house: House,
    cluster: Cluster,
    /// The configuration.
    data: PathBuf,
}

/// What a command took.
#[derive(Clone, Copy)]
struct Cost {
    time: Duration,
    /// The greatest resident memory, in MiB.
    memory: u64,
}

impl Bench {
    fn compare(&self, report: &mut String, what: &str, source: &str, given: &Path, layers: &[PathBuf]) {
        let (mut ours, mut theirs, mut memory) = (Vec::new(), Vec::new(), 0);
        for _ in 0..ROUNDS {
            let database = self.database();
            let cost = self.import(&database, source, given);
            ours.push(cost.time);
            memory = cost.memory.max(memory);
            self.psql("remix", "drop database if exists peer with (force)");
            self.psql("remix", "create database peer");
            self.psql("peer", "create extension postgis");
            theirs.push(once(|| self.load(layers)));
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        writeln!(report, "| {what} | {} | {} | {ratio:.2} | {memory} MiB |", shown(ours), shown(theirs))
            .unwrap();
    }

    /// The same files once more.
    fn again(&self, report: &mut String, pair: &Path) {
        let database = self.database();
        self.import(&database, "pnrr-italiadomani", pair);
        let cost = (0..ROUNDS).map(|_| self.import(&database, "pnrr-italiadomani", pair).time).collect();
        writeln!(report, "| the same PNRR files again: nothing to do | {} | | | |", shown(median(cost)))
            .unwrap();
    }

    /// Files one, four and sixteen times as large.
    fn growth(&self, report: &mut String) {
        for times in [1, 4, 16] {
            let pair = national::pnrr(self.house.path(), times);
            let Cost { time, memory } = self.import(&self.database(), "pnrr-italiadomani", &pair);
            let projects = 52_539 * times;
            let each = time.as_micros() / projects as u128;
            let what = format!("PNRR {times}×: {projects} projects, {each} µs each");
            writeln!(report, "| {what} | {} | | | {memory} MiB |", shown(time)).unwrap();
            fs::remove_dir_all(pair).unwrap();
        }
    }

    /// The address of an empty database, brought to the program's version.
    fn database(&self) -> String {
        self.psql("remix", "drop database if exists bench with (force)");
        self.psql("remix", "create database bench");
        let url = self.url("bench");
        assert!(self.remix(&url, &["releases", "list"]).status().unwrap().success());
        url
    }

    fn url(&self, database: &str) -> String {
        self.cluster.url().replacen("/remix?", &format!("/{database}?"), 1)
    }

    fn psql(&self, database: &str, sql: &str) {
        let status = Command::new("psql")
            .env("PGOPTIONS", "-c client_min_messages=warning")
            .args(["-qX", "-d", &self.url(database), "-c", sql])
            .status();
        assert!(status.unwrap().success(), "{sql}");
    }

    fn import(&self, url: &str, source: &str, given: &Path) -> Cost {
        let started = Instant::now();
        let mut child = self.remix(url, &["import", source, &given.to_string_lossy()]).spawn().unwrap();
        let status = format!("/proc/{}/status", child.id());
        let mut memory = 0;
        loop {
            if let Some(ended) = child.try_wait().unwrap() {
                assert!(ended.success(), "the import of {} failed", given.display());
                return Cost { time: started.elapsed(), memory: memory / 1024 };
            }
            // The high-water mark only rises: the last look is near enough.
            let text = fs::read_to_string(&status).unwrap_or_default();
            let mark = text
                .lines()
                .find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse().ok());
            memory = mark.unwrap_or(0).max(memory);
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// The program, for a territory that is all of Italy.
    fn remix(&self, url: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.arg("--var").arg(self.house.var()).args(["--territory", "italia", "--data"]).arg(&self.data);
        command.args(arguments).env("DATABASE_URL", url).env("REMIX_LOG", "error").stdout(Stdio::null());
        command
    }

    /// The same files, loaded by GDAL's own program.
    fn load(&self, layers: &[PathBuf]) {
        let target = format!("PG:{}", self.url("peer"));
        for (number, layer) in layers.iter().enumerate() {
            let mut command = Command::new("ogr2ogr");
            command.args(["-f", "PostgreSQL", &target]).arg(layer).args(["-nln", &format!("peer_{number}")]);
            assert!(command.stderr(Stdio::null()).status().unwrap().success());
        }
    }
}
