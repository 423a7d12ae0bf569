//! The shape of a row: accepted, if it is there, valid, of the right kind and in the territory.

use super::ledger::Fault;
use crate::format::Shape;
use domain::{GeometryKind, IssueKind, Territory};
use geometry::{Bbox, Kind, wkb};

/// The shape as WKB, if it is there, valid, of the right kind and in the territory.
pub fn accepted_shape(
    shape: Shape,
    kind: GeometryKind,
    territory: &Territory,
    faults: &mut Vec<Fault>,
) -> Option<Vec<u8>> {
    let mut fault = |kind, message: String| faults.push(Fault::error(kind, "geometry", "", message));
    let (bytes, repaired) = match shape {
        Shape::Wkb { bytes, repaired } => (bytes, repaired),
        Shape::Missing => {
            fault(IssueKind::MissingGeometry, "there is no geometry".to_owned());
            return None;
        }
        Shape::Invalid(reason) => {
            fault(IssueKind::InvalidGeometry, reason);
            return None;
        }
    };
    let shape = match wkb::read(&bytes) {
        Ok(shape) => shape,
        Err(error) => {
            fault(IssueKind::InvalidGeometry, format!("the geometry cannot be used: {error}"));
            return None;
        }
    };
    let fits = match kind {
        GeometryKind::Point => shape.kind() == Kind::Points,
        GeometryKind::Line => shape.kind() == Kind::Lines,
        GeometryKind::Polygon => shape.kind() == Kind::Polygons,
        GeometryKind::Any | GeometryKind::Locations => true,
        GeometryKind::None => false,
    };
    if !fits {
        fault(
            IssueKind::InvalidGeometry,
            format!("the collection holds geometries of kind {}", kind.as_str()),
        );
        return None;
    }
    let [west, south, east, north] = territory.extent;
    if !shape.bbox().intersects(Bbox { min: [west, south], max: [east, north] }) {
        let at = shape.bbox().min;
        let message = format!(
            "the geometry lies outside the territory, near longitude {:.4}, latitude {:.4}: are the coordinates \
             swapped, or in another reference system?",
            at[0], at[1]
        );
        fault(IssueKind::OutsideTerritory, message);
        return None;
    }
    if repaired {
        let message = "the geometry was not valid and has been repaired, as the source's definition asks";
        faults.push(Fault::warning(IssueKind::InvalidGeometry, "geometry", "", message));
    }
    Some(bytes)
}
