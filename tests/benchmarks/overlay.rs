//! `bench overlay`: what two layers share, beside `PostGIS`, `GeoPandas`, `SedonaDB` and prepared GEOS, with the data in memory and
//! from cold; how the cost of a pair grows, and what a second thread brings.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts, none of them negative"
)]

pub mod cold;
mod land;
mod peers;
mod strategies;

use crate::table::{machine, shown};
use geometry::{Crs, Shape, Survey};
use journeys::program::House;
use land::{Areas, lines, points};
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
    /// The other engines, each with how many times as dear it is to be.
    peers: &'static [(&'static str, f64)],
    /// They see every so many-th of the second layer; what they take is multiplied.
    step: usize,
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

/// Measures what the strategies ask alone, and prints it.
pub async fn strategies() {
    let mut report = String::new();
    strategies::measure(&mut report).await;
    println!("{report}");
}

/// Measures, and writes `tests/benchmarks/overlay.md`.
pub async fn run() {
    let Some(land) = land::municipalities() else { return };
    let python = Python::installed();
    let house = House::new();
    let settings = Settings { var: house.var(), pg_bin: None, durable: true };
    let cluster = cluster::join(&settings).await.unwrap();
    let mut report = format!(
        "# Measured overlays\n\nWritten by `./scripts/bench overlay` on {}. Machine: {}.\n\n\
         {} municipalities with the real borders of Lombardy ({} vertices), and invented areas, lines and points. Processor time \
         of the measuring step, data in memory and indexed: ours on one thread, the middle of {RUNS} runs; the others once, of \
         the largest job a tenth, multiplied. All found the same pairs and the same sums.\n\n",
        time::OffsetDateTime::now_utc().date(),
        machine(),
        land.len(),
        land.iter().map(|shape| shape.coords().len()).sum::<usize>(),
    );
    report.push_str(
        "| job | pairs | engine | took | ours | times as dear | asked |\n|---|---|---|---|---|---|---|\n",
    );
    let jobs = jobs(&land);
    // Ours first: what the others leave PostgreSQL to tidy up would take one of two processors.
    let own = jobs.each_ref().map(Job::ours);
    let postgis: Vec<Duration> = jobs
        .iter()
        .zip(own)
        .map(|(job, own)| compare(&mut report, job, own, &cluster, python.as_ref()))
        .collect();
    growth(&mut report, &land);
    let cold = [("M", &jobs[0].b, postgis[0], 10.0), ("L", &jobs[1].b, postgis[1], 12.0)];
    from_cold(&mut report, &cluster, &house.var(), &land, cold).await;
    strategies::measure(&mut report).await;
    println!("{report}");
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/overlay.md"), report).unwrap();
    cluster.leave().await.unwrap();
}

fn jobs(land: &[Shape]) -> [Job; 5] {
    let job =
        |name, a: Vec<Shape>, b: Vec<Shape>, measure, peers| Job { name, a, b, measure, peers, step: 1 };
    let moved = land.iter().map(|shape| shape.map(|[x, y]| [x + 0.023, y + 0.017])).collect();
    let (medium, large) = (M.drawn(land).collect(), L.drawn(land).collect());
    let all = land.to_vec();
    [
        job(
            "M: 50,000 areas of some 130 vertices",
            all.clone(),
            medium,
            areas,
            &[("PostGIS", 25.0), ("GeoPandas", 20.0), ("SedonaDB", 20.0)],
        ),
        Job {
            step: 10,
            ..job("L: 500,000 areas of some 55 vertices", all.clone(), large, areas, &[("PostGIS", 40.0)])
        },
        job(
            "municipalities, moved",
            all.clone(),
            moved,
            areas,
            &[("PostGIS", 15.0), ("GeoPandas", 15.0), ("SedonaDB", 15.0)],
        ),
        job("20,000 lines", lines(20_000, land), all.clone(), lengths, &[("GEOS lines", 6.0)]),
        job("1,000,000 points", points(1_000_000, land), all, counts, &[("GEOS points", 2.0)]),
    ]
}

impl Job {
    /// Ours, with one thread and with two.
    fn ours(&self) -> [Ours; 2] {
        let (own, others) = (survey(&self.a), survey(&self.b));
        [1, 2].map(|threads| ours(threads, || (self.measure)(&own, &others)))
    }
}

/// Measures a job with the other engines, beside ours; what the first of them took.
fn compare(
    report: &mut String,
    job: &Job,
    [one, two]: [Ours; 2],
    cluster: &Cluster,
    python: Option<&Python>,
) -> Duration {
    let metric = |shapes: &[Shape], step: usize| -> Vec<Shape> {
        shapes.iter().step_by(step).map(|shape| shape.transform(Crs::Geographic, Crs::Utm32)).collect()
    };
    let faster = one.clock.as_secs_f64() / two.clock.as_secs_f64();
    let (name, (pairs, sum)) = (job.name, one.found);
    writeln!(
        report,
        "| {name} | {pairs} | ours, two threads | | {} | {faster:.2} × as fast | 1.8 |",
        shown(two.clock)
    )
    .unwrap();
    let (a, b) = (metric(&job.a, 1), metric(&job.b, job.step));
    let mut first = None;
    for (peer, asked) in job.peers {
        let Measured { pairs, sum: found, cpu } = match (*peer, python) {
            ("PostGIS", _) => peers::postgis(&cluster.url(), &a, &b),
            (_, Some(python)) => python.measure(peer, &a, &b),
            (_, None) => continue,
        };
        assert!(job.step > 1 || (found - sum).abs() <= 1e-8 * sum, "{peer}: {found} is not {sum}");
        let took = cpu * u32::try_from(job.step).unwrap();
        let dearer = took.as_secs_f64() / one.cpu.as_secs_f64();
        writeln!(
            report,
            "| {name} | {pairs} | {peer} | {} | {} | **{dearer:.1}** | {asked} |",
            shown(took),
            shown(one.cpu)
        )
        .unwrap();
        first.get_or_insert(took);
    }
    first.unwrap_or_default()
}

fn survey(shapes: &[Shape]) -> Survey {
    Survey::projected(shapes.iter().map(std::slice::from_ref), (Crs::Geographic, Crs::Utm32))
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

/// From what is published in `PostGIS` to the pairs, beside what `PostGIS` took for them.
async fn from_cold(
    report: &mut String,
    cluster: &Cluster,
    var: &Path,
    land: &[Shape],
    jobs: [(&str, &Vec<Shape>, Duration, f64); 2],
) {
    let store = Store::connect(cluster.connect_options()).await.unwrap();
    cold::publish_municipalities(&store, land).await;
    report.push_str(
        "\nFrom cold: all records of both layers, with all their fields, are read from PostgreSQL into an edition, surveyed and \
         measured by a program that has just started; its processor time, without PostgreSQL's, in the middle of several runs.\n\n\
         | job | pairs | loading | surveying and measuring | together | on the clock | PostGIS, times as dear | asked |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for (round, (name, shapes, postgis, asked)) in (1..).zip(jobs) {
        cold::publish_areas(&store, round, shapes).await;
        let cold = cold::measure(var);
        let together = cold.loaded + cold.measured;
        writeln!(
            report,
            "| {name} | {} | {} | {} | {} | {} | **{:.1}** | {asked} |",
            cold.pairs,
            shown(cold.loaded),
            shown(cold.measured),
            shown(together),
            shown(cold.clock),
            postgis.as_secs_f64() / together.as_secs_f64()
        )
        .unwrap();
    }
    store.close().await;
}
