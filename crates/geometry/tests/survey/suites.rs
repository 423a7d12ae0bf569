//! What polygons share and how records lie to one another, against the expected results of the test suites of JTS, polygon-clipping,
//! martinez and iOverlay.

use crate::land::{shared, survey};
use gdal::vector::Geometry;
use geometry::{Kind, Shape, area, length, wkb};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Fixtures of martinez whose results contradict one another: the union has not the area that the intersection leaves.
const CONTRADICTORY: [&str; 2] = ["fatal3.geojson", "fatal4.geojson"];

/// A geometry as GDAL and we read it; `None` if it is empty, mixed, or not valid, of which nothing is promised.
fn valid(geometry: &Geometry) -> Option<Shape> {
    geometry.is_valid().then(|| wkb::read(&geometry.wkb().ok()?).ok()).flatten()
}

/// The area that two polygons share, if an operation on them gives this area.
fn shared_by(operation: &str, [a, b]: [f64; 2], result: f64) -> Option<f64> {
    match operation {
        "intersection" | "intersectionNG" | "intersect" => Some(result),
        "union" | "unionNG" => Some(a + b - result),
        "difference" | "differenceNG" | "diff" => Some(a - result),
        "diff_ba" | "inverseDifference" => Some(b - result),
        "symdifference" | "symdifferenceNG" | "xor" => Some((a + b - result) / 2.0),
        _ => None,
    }
}

/// Checks that two polygons share what an operation on them says, up to `rounding`.
fn check(name: &str, [a, b]: [&Shape; 2], operation: &str, result: f64, rounding: f64) -> bool {
    let areas = [a, b].map(area::shape);
    let Some(expect) = shared_by(operation, areas, result) else { return false };
    let (own, other) = (survey(std::slice::from_ref(a)), survey(std::slice::from_ref(b)));
    let tolerance = 1e-9 * (areas[0] + areas[1]) + 5e-6 + rounding;
    for found in [own.overlap_area(0, &other, 0), other.overlap_area(0, &own, 0)] {
        assert!((found - expect).abs() <= tolerance, "{name}, {operation}: {found} is not {expect}");
    }
    let clipped: f64 = own.clipped(0, &other, 0).iter().map(area::shape).sum();
    assert!((clipped - expect).abs() <= tolerance, "{name}, {operation}: {clipped} clipped is not {expect}");
    true
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn polygons(geojson: &Value) -> Option<Shape> {
    let shape = valid(&Geometry::from_geojson(&geojson.to_string()).ok()?)?;
    (shape.kind() == Kind::Polygons).then_some(shape)
}

/// The area of a result, which may be empty.
fn area_of(geojson: &Value) -> f64 {
    Geometry::from_geojson(&geojson.to_string()).map_or(0.0, |geometry| geometry.area())
}

#[test]
fn polygons_share_what_martinez_expects() {
    let Some(folder) = shared("geometry_suites/martinez_genericTestCases") else { return };
    let mut checked = 0;
    for path in files(&folder).iter().filter(|path| path.extension().is_some_and(|it| it == "geojson")) {
        let name = path.file_name().unwrap().to_string_lossy();
        if CONTRADICTORY.contains(&name.as_ref()) {
            continue;
        }
        let document = json(path);
        let features = document["features"].as_array().unwrap();
        let (Some(a), Some(b)) = (polygons(&features[0]["geometry"]), polygons(&features[1]["geometry"]))
        else {
            continue;
        };
        for result in &features[2..] {
            let operation = result["properties"]["operation"].as_str().unwrap_or_default();
            checked += usize::from(check(&name, [&a, &b], operation, area_of(&result["geometry"]), 0.0));
        }
    }
    assert!(checked > 40, "only {checked} results were found");
}

#[test]
fn polygons_share_what_polygon_clipping_expects() {
    let Some(folder) = shared("geometry_suites/polygon-clipping_end-to-end") else { return };
    let mut checked = 0;
    for case in files(&folder).iter().filter(|path| path.is_dir()) {
        let document = json(&case.join("args.geojson"));
        let Some([a, b]) = document["features"].as_array().map(Vec::as_slice) else { continue };
        let (Some(a), Some(b)) = (polygons(&a["geometry"]), polygons(&b["geometry"])) else { continue };
        for (file, operation) in [
            ("intersection", "intersection"),
            ("union", "union"),
            ("xor", "xor"),
            ("difference", "diff"),
            ("all", ""),
        ] {
            let path = case.join(format!("{file}.geojson"));
            if path.exists() && !operation.is_empty() {
                let name = case.file_name().unwrap().to_string_lossy();
                checked +=
                    usize::from(check(&name, [&a, &b], operation, area_of(&json(&path)["geometry"]), 0.0));
            }
        }
    }
    assert!(checked > 30, "only {checked} results were found");
}

#[test]
fn polygons_share_what_ioverlay_expects() {
    let Some(folder) = shared("geometry_suites/ioverlay_boolean") else { return };
    // Rings are open there.
    let closed = |value: &Value| -> Vec<Vec<Vec<[f64; 2]>>> {
        let mut polygons: Vec<Vec<Vec<[f64; 2]>>> =
            serde_json::from_value(value[0].clone()).unwrap_or_default();
        polygons.iter_mut().flatten().for_each(|ring| ring.extend(ring.first().copied()));
        polygons
    };
    let mut checked = 0;
    for path in files(&folder) {
        let (document, name) = (json(&path), path.file_name().unwrap().to_string_lossy().into_owned());
        let read = |key: &str| {
            let shape = Shape::polygons(closed(&document[key])).ok()?;
            valid(&Geometry::from_wkb(&wkb::write(&shape)).ok()?)
        };
        let (Some(a), Some(b)) = (read("subject"), read("clip")) else { continue };
        for operation in ["intersect", "union", "difference", "inverseDifference", "xor"] {
            let result = Shape::polygons(closed(&document[operation])).ok();
            // What crosses between whole numbers is rounded to one there: up to a half along all borders.
            let crosses = [&a, &b].iter().map(|shape| length::shape(shape)).sum::<f64>() / 2.0;
            let area = result.as_ref().map_or(0.0, area::shape);
            checked += usize::from(check(&name, [&a, &b], operation, area, crosses));
        }
    }
    assert!(checked > 300, "only {checked} results were found");
}

/// What stands between two marks.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    text.split_once(open)?.1.split_once(close).map(|(found, _)| found)
}

fn geometry(text: &str) -> Option<Geometry> {
    Geometry::from_wkt(&text.split_whitespace().collect::<Vec<_>>().join(" ")).ok()
}

/// The cases of JTS files: two valid shapes, and the text of all that is asked of them.
fn cases(folder: &Path, files: &[&str]) -> Vec<(String, [Shape; 2], String)> {
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        for case in text.split("<case>").skip(1) {
            let read = |open: &str, close: &str| valid(&geometry(between(case, open, close)?)?);
            if let (Some(a), Some(b)) = (read("<a>", "</a>"), read("<b>", "</b>")) {
                let name = between(case, "<desc>", "</desc>").unwrap_or_default();
                found.push((format!("{file}: {name}"), [a, b], case.to_owned()));
            }
        }
    }
    found
}

#[test]
fn polygons_share_what_jts_expects() {
    let Some(folder) = shared("geometry_suites/jts_testxml/general") else { return };
    let mut checked = 0;
    for (name, [a, b], case) in cases(&folder, &["TestOverlayAA.xml", "TestNGOverlayA.xml"]) {
        for test in
            case.split("<op ").skip(1).filter(|_| a.kind() == Kind::Polygons && b.kind() == Kind::Polygons)
        {
            let operation = between(test, "name=\"", "\"").unwrap_or_default();
            let is_turned = between(test, "arg1=\"", "\"").is_some_and(|it| it.eq_ignore_ascii_case("b"));
            let shapes = if is_turned { [&b, &a] } else { [&a, &b] };
            let Some(result) = between(test, ">", "</op>").and_then(geometry) else { continue };
            checked += usize::from(check(&name, shapes, operation, result.area(), 0.0));
        }
    }
    assert!(checked > 40, "only {checked} results were found");
}

#[test]
fn records_meet_and_hold_one_another_as_jts_expects() {
    let Some(folder) = shared("geometry_suites/jts_testxml/validate") else { return };
    let files = ["AA", "LA", "LL", "PA", "PL", "PP"].map(|kinds| format!("TestRelate{kinds}.xml"));
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let mut checked = 0;
    for (name, [a, b], case) in cases(&folder, &files) {
        let Some(matrix) = between(&case, "arg3=\"", "\"").filter(|_| case.contains("name=\"relate\""))
        else {
            continue;
        };
        let cell: Vec<bool> = matrix.chars().map(|cell| cell != 'F').collect();
        let (own, other) = (survey(&[a]), survey(&[b]));
        let meet = cell[0] || cell[1] || cell[3] || cell[4];
        assert_eq!((own.intersects(0, &other, 0), other.intersects(0, &own, 0)), (meet, meet), "{name}");
        let (within, holds) = (cell[0] && !cell[2] && !cell[5], cell[0] && !cell[6] && !cell[7]);
        assert_eq!((own.is_within(0, &other, 0), other.is_within(0, &own, 0)), (within, holds), "{name}");
        assert_eq!(own.distance(0, &other, 0) <= 0.0, meet, "{name}");
        checked += 1;
    }
    assert!(checked > 250, "only {checked} cases were found");
}
