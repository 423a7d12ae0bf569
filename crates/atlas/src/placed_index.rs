//! An index over those features that have a box.

use geometry::{Bbox, Index};

/// Boxes by the place of their feature.
#[derive(Debug)]
pub struct PlacedIndex {
    index: Index,
    places: Vec<u32>,
    bbox: Option<Bbox>,
}

impl PlacedIndex {
    /// Indexes a box for each feature that has one.
    pub fn build(boxes: impl Iterator<Item = Option<Bbox>>) -> Self {
        let placed: Vec<(u32, Bbox)> =
            (0..).zip(boxes).filter_map(|(place, bbox)| Some((place, bbox?))).collect();
        Self {
            bbox: placed.iter().map(|(_, bbox)| *bbox).reduce(Bbox::union),
            places: placed.iter().map(|(place, _)| *place).collect(),
            index: Index::build(placed.into_iter().map(|(_, bbox)| bbox)),
        }
    }

    /// The places, ascending, of the features whose box meets this one.
    pub fn query(&self, bbox: Bbox) -> Vec<u32> {
        self.index.query(bbox).into_iter().map(|found| self.places[found as usize]).collect()
    }

    /// The box around all.
    pub const fn bbox(&self) -> Option<Bbox> {
        self.bbox
    }
}
