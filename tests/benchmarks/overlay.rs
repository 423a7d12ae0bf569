//! `bench overlay`: what two layers share, beside `PostGIS`, `GeoPandas`, `SedonaDB` and prepared GEOS, with the data in memory and
//! from cold; how the cost of a pair grows, and what a second thread brings.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts, none of them negative"
)]

mod cold;
mod land;
mod peers;

use crate::table::{machine, shown};
use geometry::{Crs, Shape, Survey};
use journeys::program::House;
use land::Areas;
use peers::Python;
use rayon::ThreadPool;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use store::cluster::{self, Cluster};
use store::{Store, cluster::Settings};

/// Runs of ours of which the middle is taken; the others are measured once.
const RUNS: usize = 5;
const M: Areas = Areas { count: 50_000, radius: 900.0, vertices: 130 };
const L: Areas = Areas { count: 500_000, radius: 160.0, vertices: 55 };

/// What an engine found and took.
pub struct Measured {
    pairs: usize,
    sum: f64,
    cpu: Duration,
}

/// Two layers, in degrees, and what to measure of their pairs.
struct Job {
    name: &'static str,
    a: Vec<Shape>,
    b: Vec<Shape>,
    measure: fn(&Survey, &Survey) -> (usize, f64),
}

fn areas(a: &Survey, b: &Survey) -> (usize, f64) {
    let pairs = a.pairs(b);
    (pairs.len(), pairs.iter().map(|pair| pair.area).sum())
}

fn lengths(a: &Survey, b: &Survey) -> (usize, f64) {
    let found = a.lengths(b);
    (found.len(), found.iter().map(|(.., length)| length).sum())
}

fn counts(a: &Survey, b: &Survey) -> (usize, f64) {
    let found = a.counts(b);
    (found.len(), found.iter().map(|(.., count)| *count as f64).sum())
}

/// Measures, and writes `tests/benchmarks/overlay.md`. The peers of the largest job see every tenth of its areas.
pub async fn run() {
    let Some(land) = land::municipalities() else { return };
    let python = Python::installed();
    let house = House::new();
    let settings = Settings { var: house.var(), pg_bin: None, durable: true };
    let cluster = cluster::join(&settings).await.unwrap();
    let mut report = format!(
        "# Measured overlays\n\nWritten by `./scripts/bench overlay` on {}. Machine: {}.\n\nProcessor time of the measuring step, data in \
         memory and indexed; ours on one thread, the middle of {RUNS} runs; the others once. {} municipalities with the real borders \
         of Lombardy ({} vertices), and invented areas, lines and points.\n\n\
         | job | pairs | ours | two threads | peers |\n|---|---|---|---|---|\n",
        time::OffsetDateTime::now_utc().date(),
        machine(),
        land.len(),
        land.iter().map(|shape| shape.coords().len()).sum::<usize>(),
    );
    let moved = land.iter().map(|shape| shape.map(|[x, y]| [x + 0.023, y + 0.017])).collect();
    let jobs = [
        Job {
            name: "M: 50,000 areas of some 130 vertices",
            a: land.clone(),
            b: M.drawn(&land).collect(),
            measure: areas,
        },
        Job { name: "municipalities, moved", a: land.clone(), b: moved, measure: areas },
        Job { name: "20,000 lines", a: land::lines(20_000, &land), b: land.clone(), measure: lengths },
        Job { name: "1,000,000 points", a: land::points(1_000_000, &land), b: land.clone(), measure: counts },
    ];
    for job in &jobs {
        let of = |peer: &str, a: &[Shape], b: &[Shape]| {
            python.as_ref().map(|it| (peer.to_owned(), it.measure(peer, a, b)))
        };
        line(&mut report, job, 1, |a, b| match job.name {
            "20,000 lines" => of("GEOS lines", a, b).into_iter().collect(),
            "1,000,000 points" => of("GEOS points", a, b).into_iter().collect(),
            _ => [
                Some(("PostGIS".to_owned(), peers::postgis(&cluster.url(), a, b))),
                of("GeoPandas", a, b),
                of("SedonaDB", a, b),
            ]
            .into_iter()
            .flatten()
            .collect(),
        });
    }
    let large = Job {
        name: "L: 500,000 areas of some 55 vertices",
        a: land.clone(),
        b: L.drawn(&land).collect(),
        measure: areas,
    };
    line(&mut report, &large, 10, |a, b| vec![("PostGIS".to_owned(), peers::postgis(&cluster.url(), a, b))]);
    growth(&mut report, &land);
    from_cold(&mut report, &cluster, &land, [("M", &jobs[0].b), ("L", &large.b)]).await;
    println!("{report}");
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/overlay.md"), report).unwrap();
    cluster.leave().await.unwrap();
}

/// Measures a job, and the peers on every `step`-th of its second layer.
fn line(
    report: &mut String,
    job: &Job,
    step: usize,
    peers: impl FnOnce(&[Shape], &[Shape]) -> Vec<(String, Measured)>,
) {
    let metric = |shapes: &[Shape], step: usize| -> Vec<Shape> {
        shapes.iter().step_by(step).map(|shape| shape.transform(Crs::Geographic, Crs::Utm32)).collect()
    };
    let (a, b) = (survey(&job.a), survey(&job.b));
    let [one, two] = [1, 2].map(|threads| ours(threads, || (job.measure)(&a, &b)));
    let (pairs, sum) = one.found;
    write!(
        report,
        "| {} | {pairs} | {} | {:.2} × as fast | ",
        job.name,
        shown(one.cpu),
        one.clock.as_secs_f64() / two.clock.as_secs_f64()
    )
    .unwrap();
    let (a, b) = (metric(&job.a, 1), metric(&job.b, step));
    let share = if step == 1 { String::new() } else { format!(" (a {step}th of the areas, × {step})") };
    for (name, peer) in peers(&a, &b) {
        let cpu = peer.cpu.as_secs_f64() * step as f64;
        if step == 1 {
            assert!((peer.sum - sum).abs() <= 1e-8 * sum, "{name}: {} is not {sum}", peer.sum);
        }
        write!(
            report,
            "{name}{share} {cpu:.2} s, {} pairs: **{:.1} ×**; ",
            peer.pairs,
            cpu / one.cpu.as_secs_f64()
        )
        .unwrap();
    }
    report.push_str("|\n");
}

fn survey(shapes: &[Shape]) -> Survey {
    Survey::projected(shapes.iter().map(std::slice::from_ref), |xy| Crs::Geographic.to(Crs::Utm32, xy))
}

/// The middle of several runs.
struct Ours {
    found: (usize, f64),
    cpu: Duration,
    clock: Duration,
}

fn ours(threads: usize, work: impl Fn() -> (usize, f64) + Sync) -> Ours {
    let pool = pool(threads);
    let mut found = (0, 0.0);
    let mut runs: Vec<(Duration, Duration)> = Vec::new();
    for _ in 0..RUNS {
        let (started, before) = (Instant::now(), cpu());
        found = pool.install(&work);
        runs.push((cpu().saturating_sub(before), started.elapsed()));
    }
    let middle =
        |pick: fn(&(Duration, Duration)) -> Duration| crate::table::median(runs.iter().map(pick).collect());
    Ours { found, cpu: middle(|run| run.0), clock: middle(|run| run.1) }
}

fn pool(threads: usize) -> ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
}

/// Processor time of all threads that this process has now.
fn cpu() -> Duration {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let nanoseconds = |task: std::io::Result<fs::DirEntry>| {
        let text = fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap_or_default();
        text.split_whitespace().next().and_then(|it| it.parse::<u64>().ok()).unwrap_or_default()
    };
    Duration::from_nanos(tasks.map(nanoseconds).sum())
}

/// The cost of a pair among ever more areas.
fn growth(report: &mut String, land: &[Shape]) {
    report.push_str("\n| areas of some 55 vertices | pairs | ours | a pair |\n|---|---|---|---|\n");
    let municipalities = survey(land);
    for count in [10_000, 100_000, 1_000_000] {
        let drawn: Vec<Shape> = Areas { count, ..L }.drawn(land).collect();
        let surveyed = survey(&drawn);
        let one = ours(1, || areas(&municipalities, &surveyed));
        let pair = one.cpu.as_nanos() / one.found.0 as u128;
        writeln!(report, "| {count} | {} | {} | {pair} ns |", one.found.0, shown(one.cpu)).unwrap();
    }
}

/// From what is published in `PostGIS` to the pairs.
async fn from_cold(report: &mut String, cluster: &Cluster, land: &[Shape], jobs: [(&str, &Vec<Shape>); 2]) {
    let store = Store::connect(cluster.connect_options()).await.unwrap();
    cold::publish_municipalities(&store, land).await;
    report.push_str(
        "\nFrom cold: all records of both layers with all their fields are read from PostgreSQL into an edition, surveyed and measured; \
         processor time of this program.\n\n| job | pairs | loading | surveying and measuring | together | on the clock |\n|---|---|---|---|---|---|\n",
    );
    for (round, (name, shapes)) in (1..).zip(jobs) {
        cold::publish_areas(&store, round, shapes).await;
        let cold = cold::measure(&store).await;
        writeln!(
            report,
            "| {name} | {} | {} | {} | {} | {} |",
            cold.pairs,
            shown(cold.loaded),
            shown(cold.measured),
            shown(cold.loaded + cold.measured),
            shown(cold.clock)
        )
        .unwrap();
    }
    store.close().await;
}
