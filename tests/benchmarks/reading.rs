//! How fast what is published is read, on official data where it lies beside the project, else on the demo territory.

use crate::table::{Rows, median, once};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use jobs::{Configuration, edition};
use journeys::program::{House, Server, shared};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use store::cluster::{self, Cluster};
use tokio::sync::watch;
use tower::ServiceExt;

/// Requests of each kind inside the process.
const ROUNDS: usize = 2000;

/// Measures, and writes `tests/benchmarks/results.md`.
pub async fn run() {
    let house = House::new();
    let release = shared("pnrr/subset_MI_015/release_2023-02-21");
    let boundaries = shared("boundaries/all_provinces/P_15.geojson");
    let settings = cluster::Settings { var: house.var(), pg_bin: None, durable: true };
    let cluster = cluster::join(&settings).await.unwrap();
    let mut rows = Rows::default();
    let data = if let (Some(release), Some(boundaries)) = (&release, &boundaries) {
        house.import("istat-municipalities", boundaries);
        let took = once(|| drop(house.import("pnrr-italiadomani", release)));
        rows.add(
            "import of 1,942 projects and 4,122 locations, whole command",
            took,
            Some(Duration::from_secs(2)),
        );
        "Italia Domani 2023-02-21 for Milan, ISTAT boundaries of June 2023"
    } else {
        house.serve(&[]).stop();
        "the demo territory"
    };
    rows.add(
        "start to first answer, cluster up (median of 5)",
        first_answer(&house),
        Some(Duration::from_millis(1500)),
    );
    inside(&cluster, &mut rows).await;
    cluster.leave().await.unwrap();
    let report = rows.report(data);
    println!("{report}");
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/results.md"), report).unwrap();
}

/// From the start of the program to the end of its first answer with data.
fn first_answer(house: &House) -> Duration {
    let start = || {
        let mut server: Option<Server> = None;
        let took = once(|| {
            let started = house.serve(&[]);
            assert_eq!(started.get("/collections/pnrr-projects/items?limit=1").status, 200);
            server = Some(started);
        });
        server.unwrap().stop();
        took
    };
    median((0..5).map(|_| start()).collect())
}

/// A request to be timed.
struct Case {
    name: &'static str,
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    promised_ms: Option<u64>,
}

const PAGE: &str = "/collections/pnrr-projects/items?limit=1000";
const MILAN: &str = "/tiles/municipalities,pnrr-projects/11/1076/732";
const CASES: [Case; 7] = [
    Case { name: "1,000 projects as GeoJSON", path: PAGE, headers: &[], promised_ms: Some(1) },
    Case {
        name: "tile z8: all municipalities, names, projects",
        path: "/tiles/municipalities,pnrr-projects/8/134/91",
        headers: &[],
        promised_ms: Some(1),
    },
    Case {
        name: "tile z11: Milan, a thousand projects one by one",
        path: MILAN,
        headers: &[],
        promised_ms: Some(1),
    },
    Case {
        name: "tile z14: the centre of Milan",
        path: "/tiles/municipalities,pnrr-projects/14/8610/5863",
        headers: &[],
        promised_ms: Some(1),
    },
    Case {
        name: "tile z11 again, gzip",
        path: MILAN,
        headers: &[("accept-encoding", "gzip")],
        promised_ms: None,
    },
    Case {
        name: "1,000 projects again, zstd",
        path: PAGE,
        headers: &[("accept-encoding", "zstd")],
        promised_ms: None,
    },
    Case {
        name: "304 for 1,000 projects",
        path: PAGE,
        headers: &[("if-none-match", "*")],
        promised_ms: None,
    },
];

/// Requests to the service itself, without a network between.
async fn inside(cluster: &Cluster, rows: &mut Rows) {
    let configuration = Arc::new(Configuration::load(None, "milano").unwrap());
    let store = Store::connect(cluster.connect_options()).await.unwrap();
    let edition = edition::draw(&store, &configuration, None).await.unwrap();
    let (_editions, current) = watch::channel(Arc::new(edition));
    // What is measured is the work: nothing is kept.
    let settings = api::Settings { cache_mib: 0, ..api::Settings::default() };
    let portal = api::Portal::new(current, store.clone(), settings);
    let router = api::router(portal);
    for Case { name, path, headers, promised_ms } in CASES {
        let mut times = Vec::with_capacity(ROUNDS);
        let mut size = 0;
        for _ in 0..ROUNDS {
            let request = headers
                .iter()
                .fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
            let request = request.body(Body::empty()).unwrap();
            let started = Instant::now();
            let answer = router.clone().oneshot(request).await.unwrap();
            let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            times.push(started.elapsed());
            size = body.len();
        }
        let promised = promised_ms.map(Duration::from_millis);
        rows.add(&format!("{name}, {size} bytes (median of {ROUNDS})"), median(times), promised);
    }
    store.close().await;
}
