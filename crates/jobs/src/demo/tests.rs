//! Laws of the demo as a whole, checked on the files it makes.

use super::territory::Territory;
use super::{DemoFile, facts, files};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const FACTS: &str = include_str!("../../../../data/demo/facts.csv");

/// FNV-1a over names and bytes of all files.
const FINGERPRINT: u64 = 0x763a_830b_b436_6432;

/// Drawn once for all tests.
pub static TERRITORY: LazyLock<Territory> =
    LazyLock::new(|| Territory::draw(facts::parse(FACTS).unwrap()).unwrap());
pub static FILES: LazyLock<Vec<DemoFile>> = LazyLock::new(|| files(&TERRITORY).unwrap());

/// The features of a source's `GeoJSON` file.
fn features(source: &str) -> Vec<Value> {
    let file = FILES.iter().find(|file| file.source == source).unwrap();
    let collection: Value = serde_json::from_slice(&file.bytes).unwrap();
    collection["features"].as_array().unwrap().clone()
}

/// The values of a property, each once.
fn values(features: &[Value], property: &str) -> BTreeSet<String> {
    features.iter().map(|feature| feature["properties"][property].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_same_facts_give_the_same_bytes_on_every_machine() {
    let bytes = FILES.iter().flat_map(|file| file.name.bytes().chain(file.bytes.iter().copied()));
    let print = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(print, FINGERPRINT, "the demo is now {print:#x}: if that is meant, it is the new fingerprint");
}

#[test]
fn every_source_has_its_files() {
    let names: Vec<_> = FILES.iter().map(|file| (file.source, file.name)).collect();
    assert_eq!(
        names,
        [
            ("demo-municipalities", "demo-municipalities.geojson"),
            ("demo-pnrr-projects", "DEMO_Progetti.csv"),
            ("demo-pnrr-projects", "DEMO_Localizzazione.csv"),
            ("demo-services", "demo-services.geojson"),
            ("demo-programmes", "demo-programmes.geojson"),
            ("demo-areas", "demo-areas.geojson"),
        ]
    );
}

#[test]
fn every_outer_ring_is_closed_and_runs_counter_clockwise() {
    for source in ["demo-municipalities", "demo-programmes", "demo-areas"] {
        for feature in features(source) {
            if feature["geometry"]["type"] == "Polygon" {
                let ring: Vec<[f64; 2]> =
                    serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).unwrap();
                assert_eq!(
                    ring.first().map(|at| at.map(f64::to_bits)),
                    ring.last().map(|at| at.map(f64::to_bits))
                );
                let turn: f64 =
                    ring.windows(2).map(|side| side[0][0] * side[1][1] - side[1][0] * side[0][1]).sum();
                assert!(turn > 0.0, "{}", feature["properties"]);
            }
        }
    }
}

#[test]
fn every_value_with_a_code_list_is_on_it() {
    let check = |source: &str, property: &str, collection: &str| {
        for value in values(&features(source), property) {
            assert!(collection.contains(&format!("code = \"{value}\"")), "{source}: {property} {value}");
        }
    };
    let services = include_str!("../../../../data/collections/services.toml");
    let programmes = include_str!("../../../../data/collections/programmes.toml");
    let areas = include_str!("../../../../data/collections/areas.toml");
    let municipalities = include_str!("../../../../data/collections/municipalities.toml");
    check("demo-services", "service_class", services);
    check("demo-services", "scope", services);
    check("demo-services", "status", services);
    check("demo-programmes", "sector", programmes);
    check("demo-programmes", "status", programmes);
    check("demo-areas", "kind", areas);
    check("demo-areas", "status", areas);
    check("demo-municipalities", "zone", municipalities);
}

#[test]
fn every_family_shows_its_variety() {
    let check = |source: &str, property: &str, at_least: (usize, usize)| {
        let features = features(source);
        let kinds = values(&features, property);
        assert!(
            features.len() >= at_least.0 && kinds.len() >= at_least.1,
            "{source}: {} {kinds:?}",
            features.len()
        );
    };
    check("demo-municipalities", "zone", (133, 8));
    check("demo-services", "service_class", (400, 15));
    check("demo-programmes", "sector", (100, 7));
    check("demo-areas", "kind", (300, 10));
}

#[test]
fn every_service_stands_in_its_municipality() {
    for service in features("demo-services") {
        let at: [f64; 2] = serde_json::from_value(service["geometry"]["coordinates"].clone()).unwrap();
        let code = service["properties"]["municipality"].as_str().unwrap();
        let town = TERRITORY.towns.iter().find(|town| town.facts.istat_code == code).unwrap();
        assert!(super::shape::contains(&town.ring, TERRITORY.plane.point(at)), "{}", service["properties"]);
    }
}

#[test]
fn keys_are_unique_and_everything_invented_says_so() {
    for (source, key) in
        [("demo-services", "service_id"), ("demo-programmes", "programme_id"), ("demo-areas", "area_id")]
    {
        let features = features(source);
        assert_eq!(values(&features, key).len(), features.len(), "{source}");
        assert!(values(&features, "description").iter().all(|text| text.starts_with("Dimostrazione: ")));
    }
}
