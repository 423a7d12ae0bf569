//! The relations of two geometries, against the expected matrices of the JTS test suite.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use gdal::vector::Geometry;
use geometry::{Shape, relate, wkb};
use std::fs;
use std::path::Path;

/// What stands between two marks, and what comes after.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(open)?.1.split_once(close)
}

/// The shape of a WKT; `None` for what no shape can be: empty geometries, collections, rings that are none.
fn shape(wkt: &str) -> Option<Shape> {
    let geometry = Geometry::from_wkt(&wkt.split_whitespace().collect::<Vec<_>>().join(" ")).ok()?;
    wkb::read(&geometry.wkb().ok()?).ok()
}

/// Checks all cases of a file with an expected matrix; how many there were.
fn check(file: &Path) -> usize {
    let text = fs::read_to_string(file).unwrap();
    let mut checked = 0;
    for case in text.split("<case>").skip(1) {
        let part = |open: &str, close: &str| between(case, open, close).map(|(found, _)| found);
        let (Some(a), Some(b)) = (part("<a>", "</a>"), part("<b>", "</b>")) else { continue };
        let Some(expect) = part("arg3=\"", "\"").filter(|_| case.contains("name=\"relate\"")) else {
            continue;
        };
        let (Some(a), Some(b)) = (shape(a), shape(b)) else { continue };
        let name = part("<desc>", "</desc>").unwrap_or_default();
        // A line of no length is not valid, and valid geometries are all that is promised.
        if name.contains("zero-length line") {
            continue;
        }
        let found = relate::matrix(&a, &b).to_string();
        assert_eq!(found, expect, "{}: {name}", file.display());
        checked += 1;
    }
    checked
}

#[test]
fn the_nine_intersections_are_those_of_jts() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/geometry_suites/jts_testxml/validate");
    if !suite.exists() {
        eprintln!("skipped: geometry_suites of the shared data is not beside the project");
        return;
    }
    let files =
        ["AA", "LA", "LL", "PA", "PL", "PP"].map(|kinds| suite.join(format!("TestRelate{kinds}.xml")));
    let checked: usize = files.iter().map(|file| check(file)).sum();
    assert!(checked > 300, "only {checked} cases were found");
}
