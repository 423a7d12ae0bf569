//! What the questions of all strategies, a screening and a sheet take: over the demo territory, which has every kind of area, and over
//! the official data of Milan that lies beside the project.

use crate::table::{median, shown};
use atlas::Edition;
use domain::MunicipalityCode;
use geometry::{Shape, Xy};
use jobs::{Configuration, demo, edition};
use journeys::program::{House, shared};
use overlay::Answered;
use overlay::screening::{Ground, Screening};
use overlay::sheet::{Place, Sheet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use store::cluster::{self, Settings};

/// Runs of what takes long, and of what does not.
const RUNS: [usize; 2] = [7, 200];
/// The official files, with their sources.
const OFFICIAL: [(&str, &str); 9] = [
    ("istat-municipalities", "boundaries/all_provinces/P_15.geojson"),
    ("pnrr-italiadomani", "pnrr/subset_MI_015/release_2023-02-21"),
    ("arpa-air-quality-zones", "areas/arpa_lombardia/ARPA_zoning_shape.zip"),
    ("lombardia-hydrography", "areas/lombardy_atlas/atlas_hydrography.geojson"),
    ("milano-metro-stations", "services/comune_milano_2020/ds535.tpl_metrofermate.geojson"),
    ("milano-railway-stations", "services/comune_milano_2020/ds80.ferrovie_stazioni_milano.geojson"),
    ("milano-districts", "services/comune_milano_2020/ds964.nil_wm.geojson"),
    ("milano-cycle-paths", "services/comune_milano_2020/ds60.bike_ciclabili.geojson"),
    ("milano-sport-facilities", "services/comune_milano_2020/ds629.impianti_sportivi_11_06_2020.geojson"),
];

/// Adds the table to the report.
pub async fn measure(report: &mut String) {
    report.push_str(
        "\nThe strategies: all questions, the screening of a polygon of 200 vertices and the sheet of the chief city, on one thread; the \
         middle of several runs. From cold, the edition is loaded from PostgreSQL and surveyed too.\n\n\
         | data | what | took | asked |\n|---|---|---|---|\n",
    );
    let house = House::new();
    house.serve(&[]).stop();
    of(report, "demo", &house, Some(&changed_demo(&house))).await;
    let house = House::new();
    let given = OFFICIAL.map(|(source, path)| shared(path).map(|path| (source, path)));
    if let Some(given) = given.into_iter().collect::<Option<Vec<_>>>() {
        for (source, path) in given {
            house.import(source, &path);
        }
        of(report, "official", &house, None).await;
    }
}

/// The files of the demo's proposals, one of which is drawn a little farther north.
fn changed_demo(house: &House) -> std::path::PathBuf {
    let configuration = Configuration::load(None, "milano").unwrap();
    let folder = house.path().join("changed");
    fs::create_dir(&folder).unwrap();
    for file in demo::generate(&configuration.demo_facts).unwrap() {
        if file.source == "demo-pnrr-projects" {
            let text = String::from_utf8(file.bytes).unwrap().replacen("POINT (9.1", "POINT (9.2", 1);
            fs::write(folder.join(file.name), text).unwrap();
        }
    }
    folder
}

async fn of(report: &mut String, data: &str, house: &House, change: Option<&Path>) {
    let settings = Settings { var: house.var(), pg_bin: None, durable: true };
    let cluster = cluster::join(&settings).await.unwrap();
    let store = Store::connect(cluster.connect_options()).await.unwrap();
    let configuration = Arc::new(Configuration::load(None, "milano").unwrap());
    let strategies = &configuration.strategies;
    let mut row = |what: &str, took: Duration, asked: Option<u64>| {
        let asked = asked.map(Duration::from_millis);
        let met = asked.map_or(String::new(), |asked| {
            format!("< {}{}", shown(asked), if took < asked { ", met" } else { ", **missed**" })
        });
        writeln!(report, "| {data} | {what} | {} | {met} |", shown(took)).unwrap();
    };
    let (mut cold, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..RUNS[0] {
        let started = Instant::now();
        let built = Arc::new(edition::build(&store, &configuration).await.unwrap());
        let loaded = Instant::now();
        drop(Answered::of(built, strategies, None));
        cold.push(started.elapsed());
        alone.push(loaded.elapsed());
    }
    row("all questions, from cold", median(cold), Some(1_000));
    row("of that, surveying and answering", median(alone), None);
    let drawn = Arc::new(edition::draw(&store, &configuration, None).await.unwrap());
    let before = Answered::of(drawn.edition.clone(), strategies, None);
    let resident = times(RUNS[0], || Answered::of(drawn.edition.clone(), strategies, None));
    row("all questions, edition in memory", median(resident), None);
    let (edition, polygon) = (&*drawn.edition, round());
    let screened = times(RUNS[1], || {
        let ground = Ground::of_shapes(edition, vec![polygon.clone()]);
        Screening::of(edition, strategies, Some(&before), &ground).layers.len()
    });
    row("screening of 200 vertices against everything", median(screened), Some(5));
    let sheets = times(RUNS[1], || sheet_of_milan(edition, &configuration, &before));
    row("territory sheet", median(sheets), Some(5));
    if let Some(files) = change {
        house.import("demo-pnrr-projects", files);
        let after = Arc::new(edition::draw(&store, &configuration, Some(drawn.clone())).await.unwrap());
        // The changed layer is surveyed as part of it: each run needs one that has not been.
        let mut taken = Vec::new();
        for _ in 0..RUNS[0] {
            let after = edition::draw(&store, &configuration, Some(drawn.clone())).await.unwrap();
            let started = Instant::now();
            drop(Answered::of(after.edition.clone(), strategies, Some(&before)));
            taken.push(started.elapsed());
        }
        row("all questions, after one changed feature", median(taken), Some(50));
        let (one, other) = (
            Answered::of(after.edition.clone(), strategies, Some(&before)),
            Answered::of(after.edition.clone(), strategies, None),
        );
        assert!(one.answers.iter().zip(&other.answers).all(|(one, other)| one == other));
        assert!(one.answers.iter().zip(&before.answers).any(|(one, other)| one.found != other.found));
    }
    store.close().await;
    cluster.leave().await.unwrap();
}

fn times<T>(runs: usize, mut work: impl FnMut() -> T) -> Vec<Duration> {
    let one = |_| {
        let started = Instant::now();
        std::hint::black_box(work());
        started.elapsed()
    };
    (0..runs).map(one).collect()
}

fn sheet_of_milan(edition: &Edition, configuration: &Configuration, answered: &Answered) -> usize {
    let code = MunicipalityCode::parse("015146").unwrap();
    let place = Place::municipality(edition, code).unwrap();
    Sheet::of(edition, &configuration.strategies, Some(answered), place).inside.len()
}

/// A wavy ring of 200 vertices, some four kilometres wide, in the north of Milan.
fn round() -> Shape {
    let at = |number: u32| -> Xy {
        let angle = f64::from(number % 200) / 200.0 * std::f64::consts::TAU;
        let radius = 0.02 * (1.0 + 0.1 * (7.0 * angle).sin());
        [9.19 + 1.4 * radius * angle.cos(), 45.51 + radius * angle.sin()]
    };
    Shape::polygons([[(0..=200).map(at)]]).unwrap()
}
