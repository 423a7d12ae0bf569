//! An office that syncs one source, and its configuration.

use domain::SourceId;
use journeys::program::House;
use journeys::publisher::Publisher;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store::Store;
use store::attempts::{self, Attempt, Outcome};
use store::cluster;

const SOURCE: &str = "test-projects";

/// A table of `count` projects; `round` goes into their titles.
pub fn projects(count: usize, round: usize) -> Vec<u8> {
    let mut table = "CUP;Codice;Submisura;Titolo\r\n".to_owned();
    for number in 0..count {
        write!(table, "A11B{number:011};L{number};M1C1I1.02.00;Titolo {number} {round}\r\n").unwrap();
    }
    table.into_bytes()
}

/// A configuration with a source whose `[fetch]` is this.
fn configuration(house: &House, fetch: &str) {
    let data = house.path().join("data");
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    for folder in ["collections", "territories"] {
        fs::create_dir_all(data.join(folder)).unwrap();
        for entry in built_in.join(folder).read_dir().unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, data.join(folder).join(path.file_name().unwrap())).unwrap();
        }
    }
    let source = format!(
        r#"
        id = "{SOURCE}"
        collection = "pnrr-projects"
        title = {{ it = "Prova", en = "Test" }}
        publisher = "Test"
        licence = "CC0 1.0"
        scope = "territory"

        [fetch]
        {fetch}

        [[tables]]
        id = "projects"
        format = "csv"
        delimiter = ";"

        [tables.columns]
        cup = ["CUP"]
        local_code = ["Codice"]
        submeasure_code = ["Submisura"]
        title = ["Titolo"]
        "#
    );
    fs::create_dir_all(data.join("sources").join(SOURCE)).unwrap();
    fs::write(data.join("sources").join(SOURCE).join("source.toml"), source).unwrap();
}

/// An office that syncs from the publisher of the test.
pub struct Office {
    pub house: House,
    pub publisher: Publisher,
    pub data: String,
}

impl Office {
    pub fn new() -> Self {
        let (house, publisher) = (House::new(), Publisher::new());
        let data = house.path().join("data").to_string_lossy().into_owned();
        let office = Self { house, publisher, data };
        office.asks(&office.publisher.url("/projects.csv"), "");
        office
    }

    /// From now on the source is fetched from this address.
    pub fn asks(&self, url: &str, more: &str) {
        let limits = "max_megabytes = 1\ntimeout_seconds = 2";
        configuration(&self.house, &format!("urls = [\"{url}\"]\n{limits}\n{more}"));
    }

    pub fn sync_with(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let arguments = [&["sync", SOURCE, "--format", "json", "--data", &self.data], arguments].concat();
        let output = self.house.run(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{said}");
        assert!(!output.stdout.is_empty(), "{said}");
        let reports: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), reports[0].clone())
    }

    pub fn sync(&self) -> (Option<i32>, Value) {
        self.sync_with(&["--allow-private-addresses"])
    }

    pub fn succeeds(&self, outcome: &str, of_file: &str, release: i64) {
        let (code, report) = self.sync();
        let found = (code, &report["outcome"], &report["files"][0]["outcome"], &report["release"]);
        assert_eq!(found, (Some(0), &outcome.into(), &of_file.into(), &release.into()), "{report:#}");
    }

    /// Syncs, which has to fail with a sentence that contains `expect`, and to leave no half file.
    pub fn fails(&self, expect: &str) -> Duration {
        let started = Instant::now();
        let (code, report) = self.sync();
        let took = started.elapsed();
        let error = report["files"][0]["error"].as_str().unwrap_or_default();
        assert!(error.contains(expect), "expected “{expect}”: {report:#}");
        assert_eq!((code, &report["outcome"]), (Some(1), &"failed".into()), "{report:#}");
        let last = self.with_store(async |store| last(store).await);
        assert_eq!(last.outcome, Outcome::Failed(error.to_owned()));
        took
    }

    /// Where what was fetched lies.
    pub fn file(&self) -> PathBuf {
        self.house.var().join(format!("fetch/{SOURCE}/projects.csv"))
    }

    /// From now on the source has this `[fetch]`.
    pub fn configure(&self, fetch: &str) {
        configuration(&self.house, fetch);
    }

    /// How much there is of a file on its way.
    pub fn partial(&self) -> Option<u64> {
        let partial = self.file().with_extension("csv.partial");
        fs::metadata(partial).ok().map(|file| file.len())
    }

    pub fn with_store<T>(&self, work: impl AsyncFnOnce(&Store) -> T) -> T {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let settings = cluster::Settings { var: self.house.var(), pg_bin: None, durable: true };
            let cluster = cluster::join(&settings).await.unwrap();
            let store = Store::connect(cluster.connect_options()).await.unwrap();
            let done = work(&store).await;
            store.close().await;
            cluster.leave().await.unwrap();
            done
        })
    }
}

pub async fn last(store: &Store) -> Attempt {
    attempts::list(store, &SourceId::parse(SOURCE).unwrap(), 1).await.unwrap().remove(0)
}
