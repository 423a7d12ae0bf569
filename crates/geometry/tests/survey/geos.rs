//! What is measured between surveys, against GEOS: on real municipalities, their neighbours, themselves moved, and invented
//! areas, lines and points.

use crate::land::{Chance, areas, around, lines, municipalities, shared, somewhere, survey};
use gdal::vector::{Geometry, LayerAccess, OGRwkbGeometryType};
use geometry::{Shape, wkb};
use std::collections::BTreeMap;

/// Both see less than this as nothing, m².
const SLIVER: f64 = 1e-6;

fn geos(shapes: &[Shape]) -> Vec<Geometry> {
    shapes.iter().map(|shape| Geometry::from_wkb(&wkb::write(shape)).unwrap()).collect()
}

/// The area of what GEOS found, if there may be any: of points and lines GDAL does not like to be asked.
fn area(found: &Geometry) -> f64 {
    let kinds = [OGRwkbGeometryType::wkbPoint, OGRwkbGeometryType::wkbLineString];
    let many = [OGRwkbGeometryType::wkbMultiPoint, OGRwkbGeometryType::wkbMultiLineString];
    let is_thin = kinds.iter().chain(&many).any(|kind| *kind == found.geometry_type());
    if is_thin { 0.0 } else { found.area() }
}

/// Compares all that is measured between shapes; how many pairs share area.
fn check(a: &[Shape], b: &[Shape]) -> usize {
    let (own, others, geos_a, geos_b) = (survey(a), survey(b), geos(a), geos(b));
    let pairs: BTreeMap<(u32, u32), f64> =
        own.pairs(&others).iter().map(|pair| ((pair.subject, pair.object), pair.area)).collect();
    for (i, bbox) in (0..a.len()).map(|i| (i, own.bbox(i).unwrap())) {
        for j in others.near(bbox) {
            let (j, key) = (j as usize, (i as u32, j));
            let expect = geos_a[i].intersection(&geos_b[j]).map_or(0.0, |shape| area(&shape));
            let found = own.overlap_area(i, &others, j);
            assert_eq!(pairs.get(&key).copied().unwrap_or(0.0).to_bits(), found.to_bits(), "{key:?}");
            let tolerance = 1e-9 * expect + 5e-6;
            assert!((found - expect).abs() <= tolerance, "{key:?}: {found} is not {expect}");
            if expect > 5.0 * SLIVER || found > 5.0 * SLIVER {
                assert!(found > 0.0 && expect > 0.0, "{key:?}: {found}, {expect}");
            }
            let clipped: f64 = own.clipped(i, &others, j).iter().map(geometry::area::shape).sum();
            assert!((clipped - expect).abs() <= tolerance, "{key:?}: {clipped} clipped is not {expect}");
            assert_eq!(own.intersects(i, &others, j), geos_a[i].intersects(&geos_b[j]), "{key:?} meet");
            assert_eq!(own.is_within(i, &others, j), geos_a[i].within(&geos_b[j]), "{key:?} within");
        }
    }
    pairs.len()
}

#[test]
fn municipalities_share_with_areas_what_geos_says() {
    let Some(municipalities) = municipalities(15) else { return };
    let areas = areas(1_500, around(&municipalities));
    let pairs = check(&municipalities, &areas);
    assert!(pairs > 1_000, "{pairs}");
    assert_eq!(check(&areas, &municipalities), pairs);
}

#[test]
fn municipalities_share_with_themselves_moved_what_geos_says() {
    let Some(municipalities) = municipalities(15) else { return };
    for (east, north) in [(1_234.5, 678.9), (-0.001, 0.002), (0.0, 100.0)] {
        let moved: Vec<Shape> =
            municipalities.iter().map(|shape| shape.map(|[x, y]| [x + east, y + north])).collect();
        let pairs = check(&municipalities, &moved);
        assert!(pairs > 500, "{pairs}");
    }
}

#[test]
fn neighbours_share_exactly_nothing_and_a_municipality_itself() {
    for province in [12, 15, 17] {
        let Some(municipalities) = municipalities(province) else { return };
        let own = survey(&municipalities);
        assert_eq!(check(&municipalities, &municipalities), municipalities.len());
        for pair in own.pairs(&own) {
            assert_eq!(pair.subject, pair.object);
            let area = own.area(pair.subject as usize);
            assert!((pair.area - area).abs() <= 1e-12 * area, "{} is not {area}", pair.area);
        }
    }
}

#[test]
fn lines_run_inside_as_far_as_geos_says() {
    let Some(municipalities) = municipalities(15) else { return };
    let mut polygons = municipalities.clone();
    polygons.extend(areas(300, around(&municipalities)));
    let lines = lines(300, around(&municipalities));
    let (own, others, geos_a, geos_b) = (survey(&lines), survey(&polygons), geos(&lines), geos(&polygons));
    let lengths: BTreeMap<(u32, u32), f64> =
        own.lengths(&others).iter().map(|it| ((it.0, it.1), it.2)).collect();
    for (i, bbox) in (0..lines.len()).map(|i| (i, own.bbox(i).unwrap())) {
        for j in others.near(bbox) {
            let (j, key) = (j as usize, (i as u32, j));
            let inside = geos_a[i].intersection(&geos_b[j]);
            let expect = inside.map_or(0.0, |shape| shape.length());
            let found = own.length_inside(i, &others, j);
            assert_eq!(lengths.get(&key).copied().unwrap_or(0.0).to_bits(), found.to_bits());
            assert!((found - expect).abs() <= 1e-9 * expect + 1e-6, "{key:?}: {found} is not {expect}");
            let clipped: f64 = own.clipped(i, &others, j).iter().map(geometry::length::shape).sum();
            assert!((clipped - expect).abs() <= 1e-9 * expect + 1e-6, "{key:?}: {clipped} is not {expect}");
            assert_eq!(own.intersects(i, &others, j), geos_a[i].intersects(&geos_b[j]), "{key:?} meet");
            assert_eq!(own.is_within(i, &others, j), geos_a[i].within(&geos_b[j]), "{key:?} within");
        }
    }
    assert!(lengths.len() > 500, "{}", lengths.len());
}

#[test]
fn points_lie_where_geos_says() {
    let Some(municipalities) = municipalities(15) else { return };
    let within = around(&municipalities);
    let point = |number| Shape::points([somewhere(Chance(number), within)]).unwrap();
    let points: Vec<Shape> = (0..3_000).map(point).collect();
    let (own, others, geos_a, geos_b) =
        (survey(&points), survey(&municipalities), geos(&points), geos(&municipalities));
    let mut held = 0;
    for (i, point) in geos_a.iter().enumerate() {
        for j in others.near(own.bbox(i).unwrap()) {
            let (inside, j) = (point.within(&geos_b[j as usize]), j as usize);
            assert_eq!(own.points_inside(i, &others, j), usize::from(inside));
            assert_eq!(own.is_within(i, &others, j), inside);
            held += usize::from(inside);
        }
    }
    assert_eq!(own.counts(&others).len(), held);
    assert!(held > 1_000, "{held}");
}

#[test]
fn regions_of_hundreds_of_kilometres_share_nothing_and_with_themselves_moved_what_geos_says() {
    let Some(file) = shared("boundaries/istat_2022_shp_32632/Reg01012022_g_WGS84.shp") else { return };
    let dataset = gdal::Dataset::open(file).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    let regions: Vec<Shape> = layer
        .features()
        .map(|feature| wkb::read(&feature.geometry().unwrap().wkb().unwrap()).unwrap())
        .collect();
    assert_eq!(regions.len(), 20);
    let own = survey(&regions);
    assert_eq!(own.pairs(&own).len(), 20);
    let moved: Vec<Shape> =
        regions.iter().map(|shape| shape.map(|[x, y]| [x + 3_210.9, y - 1_234.5])).collect();
    let (others, geos_a, geos_b) = (survey(&moved), geos(&regions), geos(&moved));
    for pair in own.pairs(&others) {
        let (i, j) = (pair.subject as usize, pair.object as usize);
        let expect = area(&geos_a[i].intersection(&geos_b[j]).unwrap());
        assert!((pair.area - expect).abs() <= 1e-9 * expect + 5e-6, "{pair:?} is not {expect}");
    }
}
