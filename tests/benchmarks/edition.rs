//! How an edition of all Italy is loaded, what memory it takes, how it is rebuilt, and how it is read beside a small one.

pub mod italy;

use crate::anew;
use crate::table::{machine, median, shown};
use ::tiles::Drawn;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use italy::Italy;
use jobs::{Configuration, edition};
use journeys::program::House;
use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::Store;
use store::cluster;
use tokio::sync::watch;
use tower::ServiceExt;

/// Requests of which the middle is taken.
const ROUNDS: usize = 200;
/// A page of each of the large collections; what is found by words that nothing has, misspelt ones, and one that most records have.
const PAGES: [&str; 6] = [
    "/collections/pnrr-projects/items?limit=1000",
    "/collections/areas/items?limit=1000",
    "/search?q=scuola%20milano",
    "/search?q=sculoa%20milnao",
    "/search?q=intrevento%20usaule",
    "/search?q=un",
];

/// Measures, and writes `tests/benchmarks/edition.md`, for a country that is `divisor` times smaller than Italy.
pub async fn run(divisor: usize) {
    let mut report = format!(
        "# Measured editions\n\nWritten by `./scripts/bench edition` on {}. Machine: {}.\n\n",
        time::OffsetDateTime::now_utc().date(),
        machine(),
    );
    let small = measure(Italy::divided_by(100)).await;
    let large = measure(Italy::divided_by(divisor)).await;
    writeln!(
        report,
        "Data: {}; beside it {}.\n\n| what | large | small |\n|---|---|---|",
        large.data, small.data
    )
    .unwrap();
    for ((what, large), (_, small)) in large.rows.iter().zip(&small.rows) {
        writeln!(report, "| {what} | {large} | {small} |").unwrap();
    }
    println!("{report}");
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/edition.md"), report).unwrap();
}

struct Measured {
    data: String,
    rows: Vec<(String, String)>,
}

async fn measure(italy: Italy) -> Measured {
    let house = House::new();
    let settings = cluster::Settings { var: house.var(), pg_bin: None, durable: true };
    let cluster = cluster::join(&settings).await.unwrap();
    let store = Store::connect(cluster.connect_options()).await.unwrap();
    italy.publish(&store).await;
    let mut rows = Vec::new();
    for name in ["municipalities", "pnrr-projects", "areas", ""] {
        rows.extend(alone(&house.var(), name));
    }
    rows.extend(served(&store, &italy).await);
    store.close().await;
    cluster.leave().await.unwrap();
    Measured { data: italy.to_string(), rows }
}

/// Loads one collection, or all, in a process of its own, and says how long it took and what it holds afterwards.
fn alone(var: &Path, name: &str) -> Vec<(String, String)> {
    let text = anew::output(&["edition-of", &var.to_string_lossy(), name]);
    text.lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(what, value)| (what.into(), value.into()))
        .collect()
}

/// What the process of [`alone`] does.
pub async fn of(var: &str, name: &str) {
    let settings = cluster::Settings { var: var.into(), pg_bin: None, durable: true };
    let cluster = cluster::join(&settings).await.unwrap();
    let store = Store::connect(cluster.connect_options()).await.unwrap();
    let mut configuration = Configuration::load(None, "milano").unwrap();
    configuration.collections.retain(|it| name.is_empty() || it.id.as_str() == name);
    let configuration = Arc::new(configuration);
    let (before, started) = (memory("VmRSS"), Instant::now());
    let built = edition::build(&store, &configuration).await.unwrap();
    let (took, held) = (started.elapsed(), settled() - before);
    let features: usize = built.layers.iter().map(|layer| layer.len()).sum();
    let what = if name.is_empty() { "all" } else { name };
    println!("{what}: features: {features}");
    println!("{what}, loaded from PostgreSQL: {}", shown(took));
    println!("{what}, memory held: {} MiB", held >> 20);
    println!("{what}, memory at most: {} MiB", (memory("VmHWM") - before) >> 20);
    println!("{what}, bytes a feature: {}", held / features.max(1));
    if name.is_empty() {
        let started = Instant::now();
        let drawn = Drawn::new(Arc::new(built), &configuration.tilesets, None);
        println!("pyramids of all, drawn: {}", shown(started.elapsed()));
        println!("with pyramids, memory held: {} MiB", (settled() - before) >> 20);
        println!("with pyramids, memory at most: {} MiB", (memory("VmHWM") - before) >> 20);
        drop(drawn);
    }
    store.close().await;
    cluster.leave().await.unwrap();
}

/// The memory that this process holds when its allocator has given back what is free: it does so after a second, when memory is
/// asked for again, as any request would.
fn settled() -> usize {
    for _ in 0..2 {
        std::thread::sleep(Duration::from_millis(1_100));
        for size in [100, 10_000, 1_000_000] {
            drop(black_box(vec![1_u8; size]));
        }
    }
    memory("VmRSS")
}

/// A line of what the system says of this process, in bytes.
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    1024 * line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<usize>().unwrap()
}

/// Pages of features, at rest and while one collection is published and built anew.
async fn served(store: &Store, italy: &Italy) -> Vec<(String, String)> {
    let configuration = Arc::new(Configuration::load(None, "milano").unwrap());
    let drawn = Arc::new(edition::draw(store, &configuration, None).await.unwrap());
    let (editions, current) = watch::channel(drawn.clone());
    let settings = api::Settings { cache_mib: 0, ..api::Settings::default() };
    let router = api::router(api::Portal::new(current, store.clone(), settings));
    let mut rows = Vec::new();
    for page in PAGES {
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            times.push(ask(&router, page).await);
        }
        rows.push((format!("{page} (median of {ROUNDS})"), shown(median(times))));
    }
    let done = Arc::new(AtomicBool::new(false));
    let asking = tokio::spawn({
        let (router, done) = (router.clone(), done.clone());
        async move {
            let mut times = Vec::new();
            while !done.load(Ordering::Relaxed) {
                times.push(ask(&router, PAGES[0]).await);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            times.sort_unstable();
            times
        }
    });
    italy.publish_areas(store, 2).await;
    let started = Instant::now();
    let next = edition::draw(store, &configuration, Some(drawn.clone())).await.unwrap();
    let took = started.elapsed();
    done.store(true, Ordering::Relaxed);
    let kept =
        next.edition.layers.iter().zip(&drawn.edition.layers).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
    assert_eq!(kept + 1, next.edition.layers.len(), "only the areas are built anew");
    editions.send_replace(Arc::new(next));
    let times = asking.await.unwrap();
    rows.push(("areas alone, built and drawn anew".to_owned(), shown(took)));
    rows.push((format!("{} meanwhile, median", PAGES[0]), shown(times[times.len() / 2])));
    rows.push((format!("{} meanwhile, p99", PAGES[0]), shown(times[times.len() * 99 / 100])));
    rows
}

async fn ask(router: &axum::Router, path: &str) -> Duration {
    let started = Instant::now();
    let answer = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200);
    to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    started.elapsed()
}
