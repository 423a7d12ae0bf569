//! The sources besides the PNRR: how many records each gives, and that no two sources give one key.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail")]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod support;

use domain::{IssueKind, Key, LocationPrecision, Tally};
use std::collections::{BTreeMap, HashSet};
use support::{Reading, all_accepted, kinds, official, part, value};

const MILANO: &str = "services/comune_milano_2020";
const ATLAS: &str = "areas/lombardy_atlas";

/// Source, file, collection, and what becomes of its rows: accepted, quarantined, filtered.
const SOURCES: [(&str, &str, &str, &str, [u64; 3]); 13] = [
    ("milano-railway-stations", MILANO, "ds80.ferrovie_stazioni_milano.geojson", "services", [21, 0, 0]),
    ("milano-metro-stations", MILANO, "ds535.tpl_metrofermate.geojson", "services", [110, 0, 0]),
    (
        "milano-sport-facilities",
        MILANO,
        "ds629.impianti_sportivi_11_06_2020.geojson",
        "services",
        [405, 2, 0],
    ),
    ("milano-cycle-paths", MILANO, "ds60.bike_ciclabili.geojson", "programmes", [2334, 0, 0]),
    ("milano-dog-areas", MILANO, "ds52.aree_fruizione_cani.geojson", "areas", [301, 2, 0]),
    ("milano-districts", MILANO, "ds964.nil_wm.geojson", "areas", [88, 0, 0]),
    ("milano-traffic-zones", MILANO, "ds51.disciplina_aree.geojson", "areas", [177, 3, 0]),
    ("parco-nord", "areas/abahgat_opendata_milano", "abahgat_parconord.geojson", "areas", [2, 0, 0]),
    ("arpa-air-quality-zones", "areas/arpa_lombardia", "ARPA_zoning_shape.zip", "areas", [6, 0, 1]),
    ("lombardia-hydrography", ATLAS, "atlas_hydrography.geojson", "watercourses", [232, 2, 741]),
    ("lombardia-wastewater-plants", ATLAS, "atlas_wastewater_plants.geojson", "services", [12, 0, 468]),
    ("giustizia-prisons", "services/istituti_penitenziari", "anagrafica.csv", "services", [4, 0, 186]),
    ("regional-hospitals", "services/punti_ivg", "punti_ivg_regionali.csv", "services", [14, 0, 333]),
];

fn reading(source: &str) -> Option<Reading> {
    let (_, folder, file, ..) = SOURCES.iter().find(|it| it.0 == source).unwrap();
    official(source, &[&format!("{folder}/{file}")])
}

#[test]
fn every_source_gives_its_records() {
    for (source, _, _, collection, [accepted, quarantined, filtered]) in SOURCES {
        let Some(reading) = reading(source) else { continue };
        let found = part(&reading, collection).tally;
        let expect = Tally { read: accepted + quarantined, accepted, quarantined, filtered };
        assert_eq!(found, expect, "{source}: {:?}", kinds(&reading.issues));
    }
}

#[test]
fn no_two_sources_give_one_key_and_every_code_is_known() {
    let mut keys: BTreeMap<&str, HashSet<Key>> = BTreeMap::new();
    for (source, _, _, collection, _) in SOURCES {
        let Some(reading) = reading(source) else { continue };
        for record in &part(&reading, collection).records {
            assert!(
                keys.entry(collection).or_default().insert(record.key.clone()),
                "{source}: {}",
                record.key
            );
        }
        let unknown: Vec<_> = reading.issues.iter().filter(|it| it.kind == IssueKind::UnknownCode).collect();
        assert!(unknown.is_empty(), "{source}: {unknown:?}");
    }
}

#[test]
fn hospitals_without_coordinates_are_known_by_their_municipality() {
    let Some(reading) = reading("regional-hospitals") else { return };
    let hospitals = part(&reading, "services");
    for record in &hospitals.records {
        assert_eq!(record.precision(), LocationPrecision::Municipality, "{}", record.key);
        let municipality = record.locations[0].municipality.unwrap();
        assert_eq!(value(hospitals, record, "municipality").as_text(), Some(municipality.as_str()));
        assert!(!value(hospitals, record, "address").is_missing());
    }
    assert_eq!(reading.issues, []);
}

#[test]
fn prisons_of_the_territory_are_four() {
    let Some(reading) = reading("giustizia-prisons") else { return };
    let prisons = part(&reading, "services");
    let names: HashSet<_> =
        prisons.records.iter().filter_map(|record| value(prisons, record, "name").as_text()).collect();
    assert_eq!(
        names,
        HashSet::from(["Bollate", "Milano San Vittore", "Milano San Vittore femminile", "Opera"])
    );
    assert!(prisons.records.iter().all(|record| record.precision() <= LocationPrecision::Municipality));
}

#[test]
fn municipalities_of_the_atlas_have_the_zones_of_the_register() {
    let Some(reading) =
        official("istat-municipalities", &["areas/lombardy_atlas/atlas_municipalities.geojson"])
    else {
        return;
    };
    let municipalities = part(&reading, "municipalities");
    assert_eq!(municipalities.tally, Tally { filtered: 1502 - 133, ..all_accepted(133) });
    let zones = |zone: &str| {
        let is = |record: &&domain::Record| value(municipalities, record, "zone").as_text() == Some(zone);
        municipalities.records.iter().filter(is).count()
    };
    assert_eq!((zones("nord_milano"), zones("adda_martesana"), zones("sud_est")), (6, 29, 15));
    let none =
        municipalities.records.iter().filter(|record| value(municipalities, record, "zone").is_missing());
    assert_eq!(none.count(), 0);
    assert_eq!(kinds(&reading.issues), BTreeMap::new());
}
