//! A geometry becomes a shape, or the reason why it cannot.

use super::Transform;
use super::access::{prepare, take_complaint, take_warning};
use crate::format::Shape;
use gdal::cpl::CslStringList;
use gdal::vector::{Geometry, OGRwkbGeometryType, geometry_type_flatten};

/// The most vertices that one shape may have: GEOS takes minutes and gigabytes for more.
pub const MOST_VERTICES: usize = 1_000_000;

/// A geometry in the file's CRS, as a shape in degrees.
pub fn in_degrees(geometry: &Geometry, to_degrees: &Transform, repair: bool, most: usize) -> Shape {
    if let Some(too_large) = too_large(vertices(geometry, 0), most) {
        return too_large;
    }
    // Arcs are drawn with straight pieces before they are transformed: an arc is one in its own plane only.
    let straight = is_curved(geometry).then(|| without_arcs(geometry));
    let straight = match &straight {
        None => geometry,
        Some(Some(straight)) => straight,
        Some(None) => return Shape::Invalid("its curves cannot be drawn with straight lines".to_owned()),
    };
    let Ok(mut geometry) = straight.transform(to_degrees.inner()) else {
        let _ = take_complaint();
        return Shape::Invalid("its coordinates cannot be turned into longitude and latitude".to_owned());
    };
    geometry.flatten_to_2d();
    checked(&geometry, repair)
}

/// Reads a shape written as WKT, in degrees or in the CRS that `to_degrees` comes from. `None` if it is no WKT.
#[must_use]
pub fn from_wkt(text: &str, to_degrees: Option<&Transform>, repair: bool) -> Option<Shape> {
    prepare();
    // Commas part the vertices: what has too many is not even parsed.
    if let Some(too_large) = too_large(text.bytes().filter(|byte| *byte == b',').count(), MOST_VERTICES) {
        return Some(too_large);
    }
    let geometry = Geometry::from_wkt(text);
    let _ = take_complaint();
    let mut geometry = geometry.ok()?;
    if geometry.is_empty() {
        return Some(Shape::Missing);
    }
    if let Some(to_degrees) = to_degrees {
        return Some(in_degrees(&geometry, to_degrees, repair, MOST_VERTICES));
    }
    geometry.flatten_to_2d();
    Some(checked(&geometry, repair))
}

/// A point in degrees.
#[must_use]
pub fn from_point([lon, lat]: [f64; 2]) -> Shape {
    let mut bytes = vec![1, 1, 0, 0, 0];
    bytes.extend(lon.to_le_bytes());
    bytes.extend(lat.to_le_bytes());
    Shape::Wkb { bytes, repaired: false }
}

/// The shape as WKB, if it is valid or may be repaired.
fn checked(geometry: &Geometry, repair: bool) -> Shape {
    let Ok(bytes) = geometry.wkb() else {
        return Shape::Invalid("the geometry has no binary form".to_owned());
    };
    if let Err(error) = geometry::wkb::read(&bytes) {
        let cause = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        return Shape::Invalid(format!("the geometry cannot be used: {cause}"));
    }
    let _ = take_warning();
    let valid = geometry.is_valid();
    // What GEOS finds wrong with a shape is an issue of that row, not damage of the file.
    let found = take_complaint().or(take_warning());
    if valid {
        return Shape::Wkb { bytes, repaired: false };
    }
    let mended = repair.then(|| geometry.make_valid(&CslStringList::new()));
    let _ = take_complaint();
    match mended.and_then(Result::ok).and_then(|mended| mended.wkb().ok()) {
        Some(bytes) => Shape::Wkb { bytes, repaired: true },
        None => Shape::Invalid(because("the geometry is not valid, mend it at the source", found)),
    }
}

/// A sentence with what a library said, if it said anything.
fn because(what: &str, said: Option<String>) -> String {
    said.map_or_else(|| what.to_owned(), |said| format!("{what}: {said}"))
}

fn too_large(vertices: usize, most: usize) -> Option<Shape> {
    (vertices > most).then(|| {
        Shape::Invalid(format!(
            "the geometry has {vertices} vertices, and more than {most} are not taken: simplify or divide it"
        ))
    })
}

/// How many vertices it has, with those of its parts.
fn vertices(geometry: &Geometry, depth: usize) -> usize {
    let own = match geometry_type_flatten(geometry.geometry_type()) {
        OGRwkbGeometryType::wkbPoint => 1,
        OGRwkbGeometryType::wkbLineString | OGRwkbGeometryType::wkbCircularString => geometry.point_count(),
        _ => 0,
    };
    // Readers of GDAL stop at 32 levels.
    let parts = if depth < 40 { geometry.geometry_count() } else { 0 };
    own + (0..parts).map(|part| vertices(&geometry.get_geometry(part), depth + 1)).sum::<usize>()
}

fn is_curved(geometry: &Geometry) -> bool {
    matches!(
        geometry_type_flatten(geometry.geometry_type()),
        OGRwkbGeometryType::wkbCircularString
            | OGRwkbGeometryType::wkbCompoundCurve
            | OGRwkbGeometryType::wkbCurvePolygon
            | OGRwkbGeometryType::wkbMultiCurve
            | OGRwkbGeometryType::wkbMultiSurface
    )
}

/// The geometry with its arcs drawn as many short lines, four degrees of the circle each, as GDAL does it by default.
#[expect(unsafe_code, reason = "the safe crate has no name for this function of GDAL")]
fn without_arcs(geometry: &Geometry) -> Option<Geometry> {
    let mut bytes = Vec::new();
    // SAFETY: the handle lives as long as `geometry`; the new one is checked, written into a buffer of the size that it
    // asks for, and destroyed here.
    let written = unsafe {
        let straight = gdal_sys::OGR_G_GetLinearGeometry(geometry.c_geometry(), 0.0, std::ptr::null_mut());
        if straight.is_null() {
            return None;
        }
        bytes.resize(usize::try_from(gdal_sys::OGR_G_WkbSize(straight)).unwrap_or_default(), 0);
        let order = gdal_sys::OGRwkbByteOrder::wkbNDR;
        let written = gdal_sys::OGR_G_ExportToIsoWkb(straight, order, bytes.as_mut_ptr());
        gdal_sys::OGR_G_DestroyGeometry(straight);
        written
    };
    let _ = take_complaint();
    if written == gdal_sys::OGRErr::OGRERR_NONE { Geometry::from_wkb(&bytes).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wkt: &str, crs: Option<&str>, expect: &str) {
        let crs = crs.map(|crs| Transform::from(crs).unwrap());
        let found = match from_wkt(wkt, crs.as_ref(), false) {
            None => "no WKT".to_owned(),
            Some(Shape::Missing) => "missing".to_owned(),
            Some(Shape::Wkb { bytes, .. }) => {
                format!("{:.3?}", geometry::wkb::read(&bytes).unwrap().coords()[0])
            }
            Some(Shape::Invalid(reason)) => reason,
        };
        assert!(found.contains(expect), "{wkt}: {found}");
    }

    #[test]
    fn wkt_is_read_in_its_crs() {
        check("POINT (9.19 45.46)", None, "[9.190, 45.460]");
        check("POINT Z (686000 4930000 120)", Some("EPSG:32632"), "[11.340, 44.499]");
        check("POINT EMPTY", None, "missing");
        check("PUNTO 1 2", None, "no WKT");
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        check("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))", None, "Self-intersection");
        let point = Geometry::from_wkt("POINT (9 45)").unwrap();
        for odd in [f64::NAN, f64::INFINITY] {
            let mut point = point.clone();
            point.set_point_2d(0, (odd, 45.0));
            let shape = checked(&point, true);
            assert!(
                matches!(&shape, Shape::Invalid(reason) if reason.contains("not a finite number")),
                "{shape:?}"
            );
        }
    }

    #[test]
    fn curves_are_drawn_with_straight_lines() {
        let crs = Transform::from("EPSG:4326").unwrap();
        let wkt = "CURVEPOLYGON (CIRCULARSTRING (9 45, 10 45, 9 45))";
        let shape = from_wkt(wkt, Some(&crs), false);
        let Some(Shape::Wkb { bytes, .. }) = shape else { panic!("{shape:?}") };
        let circle = geometry::wkb::read(&bytes).unwrap();
        assert!(circle.coords().len() > 50);
        assert!(circle.coords().iter().all(|[x, y]| ((x - 9.5).hypot(y - 45.0) - 0.5).abs() < 1e-9));
    }

    #[test]
    fn a_shape_is_repaired_only_where_that_is_asked() {
        let repaired = from_wkt("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))", None, true);
        assert!(matches!(repaired, Some(Shape::Wkb { repaired: true, .. })));
    }
}
