//! What two records share, as a shape: for those who want to see it. What is published as a number is measured, not read off this.

use atlas::Layer;
use geometry::{Crs, Shape};

/// What a record of one layer shares with one of another, in degrees: at most one shape of each kind.
#[must_use]
pub fn clipped((layer, at): (&Layer, usize), (other, to): (&Layer, usize)) -> Vec<Shape> {
    let shapes = layer.survey().clipped(at, other.survey(), to);
    shapes.iter().map(|shape| shape.transform(layer.metric(), Crs::Geographic)).collect()
}
