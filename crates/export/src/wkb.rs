//! Well-known binary of what a record is shown as: one shape, or a collection of several.

use geometry::{Kind, Shape, wkb};

const COLLECTION: u32 = 7;

/// Shapes as little-endian WKB; `None` for none.
pub fn of(shapes: &[Shape]) -> Option<Vec<u8>> {
    match shapes {
        [] => None,
        [one] => Some(wkb::write(one)),
        several => {
            let mut out = vec![1];
            out.extend(COLLECTION.to_le_bytes());
            out.extend(u32::try_from(several.len()).unwrap_or(u32::MAX).to_le_bytes());
            out.extend(several.iter().flat_map(wkb::write));
            Some(out)
        }
    }
}

/// What the standards call the type of these shapes; `None` for none.
pub fn type_name(shapes: &[Shape]) -> Option<&'static str> {
    let [one] = shapes else { return (!shapes.is_empty()).then_some("GeometryCollection") };
    Some(match (one.kind(), one.part_count() > 1) {
        (Kind::Points, false) => "Point",
        (Kind::Points, true) => "MultiPoint",
        (Kind::Lines, false) => "LineString",
        (Kind::Lines, true) => "MultiLineString",
        (Kind::Polygons, false) => "Polygon",
        (Kind::Polygons, true) => "MultiPolygon",
    })
}
