//! Whole pyramids as files, and how soon the portal serves after its start.

use super::country::Country;
use super::peers::{Peers, beside};
use crate::table::{median, shown};
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Pyramids of all municipalities, ours beside tippecanoe's and `martin-cp`'s.
pub fn pyramids(country: &Country, peers: &Peers, report: &mut String) {
    report.push_str("\n| pyramid of the municipalities | by | CPU | wall | ratio | target | bytes |\n|---|---|---|---|---|---|---|\n");
    let file = |name: &str| country.folder().join(name);
    let input = file("comuni.geojson");
    for (zoom, target) in [(14, "5 × tippecanoe"), (10, "4 × martin-cp")] {
        let output = file(&format!("remix-{zoom}.pmtiles"));
        let mut ours = country.remix(&[
            "export",
            "--collections",
            "municipalities",
            "--max-zoom",
            &zoom.to_string(),
            "--pmtiles",
        ]);
        ours.arg(&output);
        let ours = made(country, ours, &output);
        row(report, &format!("z4–{zoom}"), "remix", &ours, &ours, "");
        if let Some(tippecanoe) = peers.program("tippecanoe/bin/tippecanoe") {
            let output = file(&format!("tippecanoe-{zoom}.pmtiles"));
            let mut command = Command::new(tippecanoe);
            command
                .args(["-q", "-f", "-Z0", &format!("-z{zoom}"), "-l", "municipalities", "-o"])
                .arg(&output)
                .arg(&input);
            row(report, "", "tippecanoe", &made(country, command, &output), &ours, target);
        }
        if let Some(martin) = peers.program("bin/martin").filter(|_| zoom == 10) {
            let output = file("martin.mbtiles");
            let mut command = Command::new(beside(&martin, "martin-cp"));
            command.args([
                "--source",
                "municipalities",
                "--min-zoom",
                "0",
                "--max-zoom",
                "10",
                "--bbox=6,35,19,48",
                "--output-file",
            ]);
            command.arg(&output).args(["--auto-bounds", "skip"]).arg(country.peer_url());
            row(report, "", "martin-cp", &made(country, command, &output), &ours, target);
        }
    }
}

/// From the start of the program until every collection is answered, `PostgreSQL` being up.
pub fn start(country: &Country, report: &mut String) {
    let took = median((0..5).map(|_| country.first_answer()).collect());
    writeln!(report, "\nFrom the start of the portal to the first answer of each collection (median of 5): {}; 3 s are promised.", shown(took)).unwrap();
}

struct Made {
    cpu: Duration,
    wall: Duration,
    bytes: u64,
}

fn made(country: &Country, mut command: Command, output: &Path) -> Made {
    // What has ended is counted to this process, which waits for it.
    let all = country.processes(&[std::process::id()]);
    let (before, started) = (all.cpu(), Instant::now());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}");
    let wall = started.elapsed();
    // The processes of PostgreSQL that worked for it end a moment later, and count when their parent has seen that.
    std::thread::sleep(Duration::from_millis(500));
    let cpu = all.cpu().saturating_sub(before);
    Made { cpu, wall, bytes: std::fs::metadata(output).unwrap().len() }
}

fn row(report: &mut String, what: &str, by: &str, made: &Made, ours: &Made, target: &str) {
    let ratio = made.cpu.as_secs_f64() / ours.cpu.as_secs_f64();
    let ratio = if by == "remix" { String::new() } else { format!("{ratio:.1}") };
    writeln!(
        report,
        "| {what} | {by} | {} | {} | {ratio} | {target} | {} |",
        shown(made.cpu),
        shown(made.wall),
        made.bytes
    )
    .unwrap();
}
