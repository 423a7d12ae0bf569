//! Which of many rectangles meet one: a packed, static R-tree.

use geo_index::rtree::sort::HilbertSort;
use geo_index::rtree::{RTree, RTreeBuilder, RTreeIndex};

use crate::Bbox;

/// Rectangles by number, sorted along a Hilbert curve and packed in one buffer; built once, never changed.
#[derive(Debug)]
pub struct Index {
    /// `None` if there is nothing to find: the packed tree cannot be empty.
    tree: Option<RTree<f64>>,
}

impl Index {
    /// Indexes rectangles; each is known by its position in the sequence, from 0.
    #[must_use]
    pub fn build(boxes: impl IntoIterator<Item = Bbox>) -> Self {
        let boxes: Vec<Bbox> = boxes.into_iter().collect();
        let count = u32::try_from(boxes.len()).unwrap_or(u32::MAX);
        if count == 0 {
            return Self { tree: None };
        }
        let mut builder = RTreeBuilder::new(count);
        for Bbox { min, max } in boxes.into_iter().take(count as usize) {
            builder.add(min[0], min[1], max[0], max[1]);
        }
        Self { tree: Some(builder.finish::<HilbertSort>()) }
    }

    /// The numbers of the rectangles that meet this one, ascending; touching is meeting.
    #[must_use]
    pub fn query(&self, Bbox { min, max }: Bbox) -> Vec<u32> {
        let Some(tree) = &self.tree else { return Vec::new() };
        let mut found = tree.search(min[0], min[1], max[0], max[1]);
        found.sort_unstable();
        found
    }

    /// How many rectangles are indexed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tree.as_ref().map_or(0, |tree| tree.num_items() as usize)
    }

    /// Whether none is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.tree.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYTHING: Bbox = Bbox::new([-1e9, -1e9], [1e9, 1e9]);

    #[test]
    fn finds_what_a_search_of_all_finds() {
        // A grid of uneven boxes, more than one node of the tree holds.
        let boxes: Vec<Bbox> = (0..1_000)
            .map(|i| {
                let [x, y] = [f64::from(i % 37), f64::from(i / 37)];
                Bbox::new([x, y], [x + f64::from(i % 5) * 0.4, y + f64::from(i % 3) * 0.7])
            })
            .collect();
        let index = Index::build(boxes.iter().copied());
        assert_eq!(index.len(), 1_000);
        for query in boxes.iter().step_by(17).map(|bbox| bbox.grown(0.8)) {
            let expected: Vec<u32> =
                (0..).zip(&boxes).filter(|(_, b)| b.intersects(query)).map(|(i, _)| i).collect();
            assert_eq!(index.query(query), expected, "{query:?}");
        }
    }

    #[test]
    fn small_and_flat_indexes_work() {
        assert!(Index::build([]).query(EVERYTHING).is_empty());
        assert!(Index::build([]).is_empty());
        let point = Bbox::new([5.0, 5.0], [5.0, 5.0]);
        assert_eq!(Index::build([point]).query(point), [0]);
        assert_eq!(Index::build([point; 40]).query(EVERYTHING).len(), 40);
    }
}
