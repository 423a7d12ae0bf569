//! Real municipalities dissolved into zones, against GEOS.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may fail, and says aloud what it skips"
)]

use gdal::vector::Geometry;
use geometry::{Crs, Shape, area, dissolve, wkb};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The polygons of `P_15` by zone of the territory's register; `None`, said aloud, where they are not there.
fn zones() -> Option<BTreeMap<String, Vec<Shape>>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join("../shared/data/boundaries/all_provinces/P_15.geojson");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: P_15.geojson of the shared data is not beside the project");
        return None;
    };
    let register = fs::read_to_string(root.join("data/territories/milano.csv")).unwrap();
    let zone_of: BTreeMap<&str, &str> =
        register.lines().map(|line| line.split(',').collect::<Vec<_>>()).map(|it| (it[0], it[2])).collect();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut zones: BTreeMap<String, Vec<Shape>> = BTreeMap::new();
    for feature in document["features"].as_array().unwrap() {
        let code = feature["properties"]["com_istat_code"].as_str().unwrap();
        let drawn = Geometry::from_geojson(&feature["geometry"].to_string()).unwrap();
        let shape = wkb::read(&drawn.wkb().unwrap()).unwrap();
        zones.entry(zone_of[code].to_owned()).or_default().push(shape);
    }
    Some(zones)
}

#[test]
fn zones_are_what_geos_makes_of_their_municipalities() {
    let Some(zones) = zones() else { return };
    assert_eq!((zones.len(), zones.values().map(Vec::len).sum::<usize>()), (8, 133));
    for (zone, parts) in &zones {
        let ours = dissolve::polygons(parts).unwrap();
        let drawn = Geometry::from_wkb(&wkb::write(&ours)).unwrap();
        assert!(drawn.is_valid(), "{zone}");
        let mut theirs = Geometry::from_wkb(&wkb::write(&parts[0])).unwrap();
        for part in &parts[1..] {
            theirs = theirs.union(&Geometry::from_wkb(&wkb::write(part)).unwrap()).unwrap();
        }
        let nothing = |rest: Option<Geometry>| rest.is_none_or(|rest| rest.area() < 1e-14);
        assert!(nothing(drawn.difference(&theirs)) && nothing(theirs.difference(&drawn)), "{zone}");
        let theirs = wkb::read(&theirs.wkb().unwrap()).unwrap();
        let counts = |shape: &Shape| (shape.part_count(), shape.ring_count());
        assert_eq!(counts(&ours), counts(&theirs), "{zone}");
        let square_metres = |shape: &Shape| area::shape(&shape.transform(Crs::Geographic, Crs::Utm32));
        let sum: f64 = parts.iter().map(square_metres).sum();
        assert!((square_metres(&ours) - sum).abs() < 1e-9 * sum, "{zone}");
        eprintln!("{zone}: {} municipalities, {:?} parts and rings, {sum:.0} m²", parts.len(), counts(&ours));
    }
}

#[test]
fn an_exclave_is_a_part_of_its_zone() {
    let Some(zones) = zones() else { return };
    // San Colombano al Lambro lies in the province of Lodi, far from the rest of Sud Est.
    assert!(dissolve::polygons(&zones["sud_est"]).unwrap().part_count() > 1);
}
