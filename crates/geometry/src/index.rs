//! Which of many rectangles meet one: a packed, static R-tree.
//!
//! The rectangles lie in an order in which those that follow one another are near. Round each sixteen of them there is a rectangle,
//! round each sixteen of these again, and so on up to one round all: whatever does not meet the one that is asked for is passed over
//! with all that is in it.

use crate::{Bbox, curve};

/// Rectangles in one of the next level.
const BRANCHES: usize = 16;

/// Numbered rectangles; built once, never changed.
#[derive(Debug)]
pub struct Index {
    /// The numbers, in the order of the rectangles; nothing if they are numbered in this order.
    numbers: Option<Vec<u32>>,
    /// The rectangles, those round them, and so on.
    levels: Vec<Vec<Bbox>>,
}

impl Index {
    /// Indexes numbered rectangles.
    #[must_use]
    pub fn build(boxes: impl IntoIterator<Item = (u32, Bbox)>) -> Self {
        let mut boxes: Vec<(u32, Bbox)> = boxes.into_iter().collect();
        curve::sort(&mut boxes);
        let numbers = boxes.iter().map(|(number, _)| *number).collect();
        Self { numbers: Some(numbers), ..Self::in_order(boxes.iter().map(|(_, bbox)| *bbox).collect()) }
    }

    /// Indexes rectangles that lie in an order in which near ones follow one another; each is known by its place in it, from 0.
    #[must_use]
    pub fn in_order(boxes: Vec<Bbox>) -> Self {
        let mut levels = vec![boxes];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            let around = level.chunks(BRANCHES).filter_map(|boxes| boxes.iter().copied().reduce(Bbox::union));
            levels.push(around.collect());
        }
        Self { numbers: None, levels }
    }

    /// The rectangles, in their order.
    #[must_use]
    pub fn boxes(&self) -> &[Bbox] {
        &self.levels[0]
    }

    /// The rectangle round all; `None` if there is none.
    #[must_use]
    pub fn bbox(&self) -> Option<Bbox> {
        self.levels.last()?.first().copied()
    }

    /// The numbers of the rectangles that meet this one, ascending; touching is meeting.
    #[must_use]
    pub fn query(&self, bbox: Bbox) -> Vec<u32> {
        let mut found = Vec::new();
        self.search(self.levels.len() - 1, 0, bbox, &mut found);
        if let Some(numbers) = &self.numbers {
            for place in &mut found {
                *place = numbers[*place as usize];
            }
            found.sort_unstable();
        }
        found
    }

    /// Adds the places of those that meet `bbox` among the branches from one on.
    fn search(&self, level: usize, first: usize, bbox: Bbox, found: &mut Vec<u32>) {
        let branches = (first..).zip(&self.levels[level][first..]).take(BRANCHES);
        for (at, _) in branches.filter(|(_, it)| it.intersects(bbox)) {
            match level.checked_sub(1) {
                Some(below) => self.search(below, at * BRANCHES, bbox, found),
                None => found.push(u32::try_from(at).unwrap_or(u32::MAX)),
            }
        }
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
        let index = Index::build((0..).zip(boxes.iter().copied()));
        assert_eq!(index.bbox(), boxes.iter().copied().reduce(Bbox::union));
        for query in boxes.iter().step_by(17).map(|bbox| bbox.grown(0.8)) {
            let expected: Vec<u32> =
                (0..).zip(&boxes).filter(|(_, b)| b.intersects(query)).map(|(i, _)| i).collect();
            assert_eq!(index.query(query), expected, "{query:?}");
        }
    }

    #[test]
    fn small_and_flat_indexes_work() {
        assert!(Index::build([]).query(EVERYTHING).is_empty());
        assert!(Index::in_order(Vec::new()).query(EVERYTHING).is_empty());
        assert_eq!(Index::build([]).bbox(), None);
        let point = Bbox::new([5.0, 5.0], [5.0, 5.0]);
        assert_eq!(Index::build([(7, point)]).query(point), [7]);
        let many: Vec<u32> = (0..40).collect();
        assert_eq!(Index::in_order(vec![point; 40]).query(EVERYTHING), many);
        assert_eq!(Index::build(many.iter().rev().map(|it| (*it, point))).query(point), many);
    }
}
