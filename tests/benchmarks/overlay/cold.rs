//! The same from cold: everything published in `PostGIS`, then loaded, surveyed and measured by a program that has just started.

use crate::anew;
use crate::edition::italy;
use atlas::Edition;
use domain::{CollectionId, Location, MunicipalityCode};
use geometry::{Shape, wkb};
use jobs::{Configuration, edition};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use store::cluster::{self, Settings};

const RUNS: usize = 5;

/// What it takes to come to the pairs, in processor time of this program and on the clock.
pub struct Cold {
    pub pairs: usize,
    pub loaded: Duration,
    pub measured: Duration,
    pub clock: Duration,
}

/// Publishes municipalities; once.
pub async fn publish_municipalities(store: &Store, shapes: &[Shape]) {
    let all = shapes.iter().enumerate().map(|(number, shape)| {
        let code = MunicipalityCode::parse(&format!("{:03}{:03}", number / 74 + 1, number % 74 + 1)).unwrap();
        (number, vec![location(Some(code), shape)], Some(code))
    });
    italy::publish(store, "istat-municipalities", "municipalities", 1, all).await;
}

/// Publishes areas in place of those before; `round` tells them from those.
pub async fn publish_areas(store: &Store, round: u8, shapes: &[Shape]) {
    let all = shapes.iter().enumerate().map(|(number, shape)| (number, vec![location(None, shape)], None));
    italy::publish(store, "parco-nord", "areas", round, all).await;
}

fn location(code: Option<MunicipalityCode>, shape: &Shape) -> Location {
    Location {
        province: code.map(MunicipalityCode::province),
        municipality: code,
        municipality_name: None,
        address: None,
        postal_code: None,
        share_percent: None,
        geometry: Some(wkb::write(shape)),
    }
}

/// Measures it in a process of its own, that has just started, several times: the one in the middle.
pub fn measure(var: &Path) -> Cold {
    let run = |_| Cold::parse(&anew::output(&["overlay-of", &var.to_string_lossy()])).unwrap();
    let mut runs: Vec<Cold> = (0..RUNS).map(run).collect();
    runs.sort_unstable_by_key(|run| run.loaded + run.measured);
    runs.swap_remove(RUNS / 2)
}

/// What that process does: it loads what stands, measures it, and prints what it took.
pub async fn of(var: &str) {
    let settings = Settings { var: var.into(), pg_bin: None, durable: true };
    let cluster = cluster::join(&settings).await.unwrap();
    let store = Store::connect(cluster.connect_options()).await.unwrap();
    let mut configuration = Configuration::load(None, "milano").unwrap();
    configuration.collections.retain(|it| ["municipalities", "areas"].contains(&it.id.as_str()));
    let (started, before) = (Instant::now(), cpu());
    let edition = edition::build(&store, &Arc::new(configuration)).await.unwrap();
    let loaded = cpu().saturating_sub(before);
    let layer = |edition: &Edition, id: &str| {
        let id = CollectionId::parse(id).unwrap();
        edition.layers.iter().find(|layer| layer.collection.id == id).cloned().unwrap()
    };
    let (municipalities, areas) = (layer(&edition, "municipalities"), layer(&edition, "areas"));
    let pairs = municipalities.survey().pairs(areas.survey()).len();
    let measured = cpu().saturating_sub(before + loaded);
    let times = [loaded, measured, started.elapsed()].map(|time| time.as_micros());
    println!("{pairs} {} {} {}", times[0], times[1], times[2]);
    store.close().await;
    cluster.leave().await.unwrap();
}

impl Cold {
    /// What the process prints: pairs, and times in microseconds.
    fn parse(line: &str) -> Option<Self> {
        let mut numbers = line.split_whitespace();
        let pairs = numbers.next()?.parse().ok()?;
        let mut time = || Some(Duration::from_micros(numbers.next()?.parse().ok()?));
        Some(Self { pairs, loaded: time()?, measured: time()?, clock: time()? })
    }
}

/// Processor time of this process, threads that have ended included, to a hundredth of a second.
fn cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    let ticks = after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap());
    Duration::from_millis(10 * ticks.sum::<u64>())
}
