//! Official data, from the files to the answers.

use journeys::program::{House, shared};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn two_releases_of_italia_domani_come_out_exactly() {
    let (Some(before), Some(after), Some(boundaries)) = (
        shared("pnrr/subset_MI_015/release_2022-12"),
        shared("pnrr/subset_MI_015/release_2023-02-21"),
        shared("boundaries/all_provinces/P_15.geojson"),
    ) else {
        return;
    };
    let house = House::new();
    assert_eq!(house.import("istat-municipalities", &boundaries)["accepted"], 133);
    assert_eq!(house.import("pnrr-italiadomani", &before)["diff"]["added"], 494);
    let second = house.import("pnrr-italiadomani", &after);
    assert_eq!(
        second["diff"],
        serde_json::json!({ "added": 1778, "changed": 164, "removed": 330, "unchanged": 0 })
    );
    let again = house.import("pnrr-italiadomani", &after);
    assert_eq!((&again["already_published"], &again["release"]), (&true.into(), &second["release"]));

    let server = house.serve(&[]);
    let items = server.get("/collections/pnrr-projects/items?limit=10000").json();
    let features = items["features"].as_array().unwrap();
    assert_eq!(features.len(), 1942);
    let cents = |feature: &Value| feature["properties"]["funding_pnrr_cents"].as_i64().unwrap_or_default();
    assert_eq!(features.iter().map(cents).sum::<i64>(), 172_816_093_801);
    let municipalities: BTreeSet<&str> = features
        .iter()
        .flat_map(|feature| feature["properties"]["municipalities"].as_array().unwrap())
        .map(|code| code.as_str().unwrap())
        .collect();
    assert_eq!(municipalities.len(), 132);
    for (mission, count) in [("M1", 1195), ("M2", 7), ("M3", 1), ("M4", 373), ("M5", 125), ("M6", 241)] {
        let found = server.get(&format!("/collections/pnrr-projects/items?mission={mission}&limit=1")).json();
        assert_eq!(found["numberMatched"], count, "{mission}");
    }
    let of = |feature: &Value| {
        ["source", "release", "extraction_date"].map(|name| feature["properties"][name].is_null())
    };
    assert!(
        features.iter().all(|feature| of(feature) == [false; 3]),
        "a feature does not say where it comes from"
    );
}
