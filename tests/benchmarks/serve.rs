//! `bench serve`: what a request costs beside other servers on the same `PostGIS`: CPU of server and `PostgreSQL` together, throughput,
//! latency, bytes; and beside the limit, the same HTTP stack that only copies bytes.

mod cost;
mod country;
mod downloads;
pub mod limit;
mod load;
mod peers;

use crate::table::machine;
use country::Country;
use load::{Load, Plan};
use peers::{Martin, Peers};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// What is measured of one kind of request, of one server.
struct Measured {
    server: String,
    load: Load,
    /// CPU of the server and of `PostgreSQL`, per request.
    cpu_ms: f64,
}

/// A line of the report: one kind of request, of several servers, ours first.
struct Case {
    what: String,
    measured: Vec<Measured>,
    /// How many times dearer the others are to be; or, beside the limit, how many times dearer we may be.
    target: &'static str,
}

/// Measures, and writes `tests/benchmarks/serve.md`.
pub async fn run() {
    let peers = Peers::found();
    let country = Country::new().await;
    let mut cases = Vec::new();
    tiles(&country, &peers, &mut cases);
    hot(&country, &peers, &mut cases);
    pages(&country, &peers, &mut cases);
    let mut report = head(&peers);
    for case in &cases {
        write_case(&mut report, case);
    }
    downloads::pyramids(&country, &peers, &mut report);
    downloads::start(&country, &mut report);
    println!("{report}");
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/serve.md"), report).unwrap();
    country.leave().await;
}

/// Tiles that nobody has kept, with gzip.
fn tiles(country: &Country, peers: &Peers, cases: &mut Vec<Case>) {
    let ours = country.serve(0);
    let martin = peers.martin(country, Martin::Cold);
    for layer in country::LAYERS {
        for (zooms, target) in [(6..=9, "20"), (10..=14, "10")] {
            let tiles = country::tiles(&ours.url, layer, zooms.clone());
            let mut measured = vec![measure(
                country,
                "remix",
                &ours.roots(),
                &Plan {
                    url: &ours.url,
                    paths: tiles.iter().map(|[z, x, y]| format!("/tiles/{layer}/{z}/{x}/{y}")).collect(),
                    headers: &[("Accept-Encoding", "gzip")],
                },
            )];
            if let Some(martin) = &martin {
                measured.push(measure(
                    country,
                    "Martin",
                    &martin.roots(),
                    &Plan {
                        url: &martin.url,
                        paths: tiles.iter().map(|[z, x, y]| format!("/{layer}/{z}/{x}/{y}")).collect(),
                        headers: &[("Accept-Encoding", "gzip")],
                    },
                ));
            }
            let what = format!("cold tile, {layer}, z{}–{}, gzip", zooms.start(), zooms.end());
            cases.push(Case { what, measured, target });
        }
    }
}

/// Tiles that are kept, in each encoding, and what the client has already, beside a server that only copies bytes.
fn hot(country: &Country, peers: &Peers, cases: &mut Vec<Case>) {
    let ours = country.serve(256);
    let martin = peers.martin(country, Martin::Hot);
    let limit = limit::Limit::start();
    let tiles = country::tiles(&ours.url, "projects", 12..=14);
    let paths: Vec<String> = tiles.iter().map(|[z, x, y]| format!("/tiles/projects/{z}/{x}/{y}")).collect();
    for (encoding, target) in [("identity", "2.5; limit 1.3"), ("gzip", "limit 1.3"), ("br", "limit 1.3")] {
        let headers = [("Accept-Encoding", encoding)];
        let plan = Plan { url: &ours.url, paths: paths.clone(), headers: &headers };
        load::once(&plan);
        let mut measured = vec![measure(country, "remix", &ours.roots(), &plan)];
        let size = measured[0].load.bytes_each();
        if let Some(martin) = &martin {
            let paths = tiles.iter().map(|[z, x, y]| format!("/projects/{z}/{x}/{y}")).collect();
            let plan = Plan { url: &martin.url, paths, headers: &headers };
            load::once(&plan);
            measured.push(measure(country, "Martin", &martin.roots(), &plan));
        }
        let paths = vec![format!("/bytes/{size}")];
        measured.push(measure(
            country,
            "limit",
            &limit.roots(),
            &Plan { url: &limit.url, paths, headers: &headers },
        ));
        cases.push(Case { what: format!("hot tile, projects, z12–14, {encoding}"), measured, target });
    }
    let mut measured = Vec::new();
    let has = [("If-None-Match", "*"), ("Accept-Encoding", "gzip")];
    measured.push(measure(
        country,
        "remix",
        &ours.roots(),
        &Plan { url: &ours.url, paths: paths[..1].to_vec(), headers: &has },
    ));
    if let Some(martin) = &martin {
        let [z, x, y] = tiles[0];
        let path = format!("/projects/{z}/{x}/{y}");
        let tag = load::etag(&martin.url, &path);
        let has = [("If-None-Match", tag.as_str()), ("Accept-Encoding", "identity")];
        measured.push(measure(
            country,
            "Martin",
            &martin.roots(),
            &Plan { url: &martin.url, paths: vec![path], headers: &has },
        ));
    }
    measured.push(measure(
        country,
        "limit",
        &limit.roots(),
        &Plan { url: &limit.url, paths: vec!["/hello".to_owned()], headers: &[] },
    ));
    cases.push(Case { what: "304 (limit: hello)".to_owned(), measured, target: "limit 1.2" });
}

/// Pages of features, and whole collections.
fn pages(country: &Country, peers: &Peers, cases: &mut Vec<Case>) {
    let ours = country.serve(0);
    let (tipg, pygeoapi) = (peers.tipg(country), peers.pygeoapi(country));
    for layer in country::LAYERS {
        let path = |rest: &str| vec![format!("/collections/{layer}/items?{rest}")];
        let plan = Plan { url: &ours.url, paths: path("f=json&limit=1000"), headers: &[] };
        let mut measured = vec![measure(country, "remix", &ours.roots(), &plan)];
        for (name, peer, id) in [("tipg", &tipg, "peer."), ("pygeoapi", &pygeoapi, "")] {
            if let Some(peer) = peer {
                let paths = vec![format!(
                    "/collections/{id}{layer}/items?f={}&limit=1000",
                    if name == "tipg" { "geojson" } else { "json" }
                )];
                measured.push(measure(
                    country,
                    name,
                    &peer.roots(),
                    &Plan { url: &peer.url, paths, headers: &[] },
                ));
            }
        }
        cases.push(Case { what: format!("1,000 {layer} as GeoJSON"), measured, target: "60" });
        let mut measured = vec![measure(
            country,
            "remix",
            &ours.roots(),
            &Plan { url: &ours.url, paths: path("f=geojson"), headers: &[] },
        )];
        if let Some(tipg) = &tipg {
            let paths = vec![format!("/collections/peer.{layer}/items?f=geojson&limit=100000")];
            measured.push(measure(
                country,
                "tipg",
                &tipg.roots(),
                &Plan { url: &tipg.url, paths, headers: &[] },
            ));
        }
        cases.push(Case { what: format!("all {layer} as GeoJSON"), measured, target: "20" });
    }
    let memory = cost::memory_mib(&ours.roots());
    println!("remix after whole collections: {memory} MiB resident at most");
}

/// Asks as the plan says, and counts what it costs the server and `PostgreSQL`.
fn measure(country: &Country, server: &str, roots: &[u32], plan: &Plan<'_>) -> Measured {
    let all = country.processes(roots);
    let before = all.cpu();
    let started = Instant::now();
    let load = load::run(plan);
    let cpu = all.cpu().saturating_sub(before);
    println!("{server}: {} requests in {:.1} s", load.requests, started.elapsed().as_secs_f64());
    Measured {
        server: server.to_owned(),
        cpu_ms: 1000.0 * cpu.as_secs_f64() / load.requests.max(1) as f64,
        load,
    }
}

fn head(peers: &Peers) -> String {
    format!(
        "# What serving costs\n\nWritten by `./scripts/bench serve` on {}. Machine: {}.\n\nData: {}. Tiles over Lombardy. Others: {}. CPU is \
         that of the server and of PostgreSQL together, per request; a ratio is theirs by ours.\n\n\
         | what | server | CPU | ratio | target | requests/s | p50 | p99 | bytes |\n|---|---|---|---|---|---|---|---|---|\n",
        time::OffsetDateTime::now_utc().date(),
        machine(),
        country::ABOUT,
        peers.about(),
    )
}

fn write_case(report: &mut String, case: &Case) {
    let ours = case.measured[0].cpu_ms;
    for (place, it) in case.measured.iter().enumerate() {
        let first = place == 0;
        let what = if first { case.what.as_str() } else { "" };
        let ratio = if first { String::new() } else { format!("{:.2}", it.cpu_ms / ours) };
        let target = if place == 1 { case.target } else { "" };
        let Load { per_second, p50_ms, p99_ms, errors, .. } = it.load;
        let failed = if errors > 0 { format!(" ({errors} failed)") } else { String::new() };
        writeln!(
            report,
            "| {what} | {} | {:.3} ms | {ratio} | {target} | {per_second:.0}{failed} | {p50_ms:.2} ms | {p99_ms:.2} ms | {} |",
            it.server,
            it.cpu_ms,
            it.load.bytes_each(),
        )
        .unwrap();
    }
}
