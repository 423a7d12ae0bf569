//! The laws of the crate on real borders: the 133 municipalities of the metropolitan city of Milano (ISTAT,
//! in the public test data beside the workspace; skipped where that is not there).

use crate::{Bbox, Crs, Index, Shape, Xy, area, clip, contains, interior, intersects, length, wkb};
use std::fs;

/// Each municipality with its name, in UTM 32N.
fn municipalities() -> Option<Vec<(String, Shape)>> {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/boundaries/all_provinces/P_15.geojson");
    let Ok(text) = fs::read(path) else {
        eprintln!("skipped: {path} is not there");
        return None;
    };
    let collection: serde_json::Value = serde_json::from_slice(&text).unwrap();
    Some(collection["features"].as_array().unwrap().iter().map(municipality).collect())
}

fn municipality(feature: &serde_json::Value) -> (String, Shape) {
    let coordinates = feature["geometry"]["coordinates"].clone();
    let polygons: Vec<Vec<Vec<Xy>>> = match feature["geometry"]["type"].as_str().unwrap() {
        "Polygon" => vec![serde_json::from_value(coordinates).unwrap()],
        _ => serde_json::from_value(coordinates).unwrap(),
    };
    let shape = Shape::polygons(polygons).unwrap().transform(Crs::Geographic, Crs::Utm32);
    (feature["properties"]["name"].as_str().unwrap().to_owned(), shape)
}

#[test]
fn areas_and_borders_are_those_of_postgis() {
    let Some(municipalities) = municipalities() else { return };
    let sum =
        |measure: fn(&Shape) -> f64| municipalities.iter().map(|(_, shape)| measure(shape)).sum::<f64>();
    let of = |name: &str, measure: fn(&Shape) -> f64| {
        municipalities.iter().find(|(other, _)| other == name).map(|(_, shape)| measure(shape)).unwrap()
    };
    let check = |got: f64, expected: f64| {
        assert!((got - expected).abs() <= 1e-9 * expected + 5e-6, "{got} is not {expected}");
    };
    // `ST_Area` and `ST_Perimeter` of `ST_Transform(geom, 32632)`, PostGIS 3.3.
    check(sum(area::shape), 1_575_033_148.484_74);
    check(sum(length::shape), 2_123_232.544_756_741_7);
    check(of("Milano", area::shape), 180_753_389.006_171_82);
    check(of("Milano", length::shape), 79_382.994_008_171_72);
    check(of("Baranzate", area::shape), 2_944_837.805_225_238_7);
    check(of("San Colombano al Lambro", area::shape), 16_346_905.613_157_386);
}

#[test]
fn a_label_stands_in_its_own_municipality_only() {
    let Some(municipalities) = municipalities() else { return };
    for (name, shape) in &municipalities {
        let label = interior::point(shape);
        let holders: Vec<&str> = municipalities
            .iter()
            .filter(|(_, other)| contains::point(other, label))
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(holders, [name], "{label:?}");
    }
}

#[test]
fn what_meets_a_cell_is_what_leaves_a_piece_in_it() {
    let Some(municipalities) = municipalities() else { return };
    let index = Index::build((0..).zip(municipalities.iter().map(|(_, shape)| shape.bbox())));
    let whole = municipalities.iter().map(|(_, shape)| shape.bbox()).reduce(Bbox::union).unwrap();
    let [width, height] = [whole.width() / 31.0, whole.height() / 29.0];
    let (mut pieces, mut missed) = (0.0, 0);
    for (i, j) in (0..31).flat_map(|i| (0..29).map(move |j| (i, j))) {
        let min = [whole.min[0] + width * f64::from(i), whole.min[1] + height * f64::from(j)];
        let cell = Bbox::new(min, [min[0] + width, min[1] + height]);
        for place in index.query(cell) {
            let (name, shape) = &municipalities[place as usize];
            let piece = clip::shape(shape, cell);
            assert_eq!(piece.is_some(), intersects::bbox(shape, cell), "{name} in {cell:?}");
            pieces += piece.as_deref().map_or(0.0, area::shape);
            missed += u32::from(piece.is_none());
        }
    }
    let total: f64 = municipalities.iter().map(|(_, shape)| area::shape(shape)).sum();
    assert!((pieces - total).abs() < 1e-3, "{pieces} of {total}");
    assert!(missed > 100, "boxes alone would do");
}

#[test]
fn every_border_survives_wkb() {
    let Some(municipalities) = municipalities() else { return };
    for (name, shape) in &municipalities {
        assert_eq!(wkb::read(&wkb::write(shape)).as_ref(), Ok(shape), "{name}");
    }
}
