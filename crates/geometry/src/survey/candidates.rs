//! Which records of two surveys may meet.

use super::Survey;
use rayon::prelude::*;

impl Survey {
    /// The pairs of records whose rectangles meet, by subject and then by object.
    pub(super) fn candidates(&self, other: &Self) -> Vec<(u32, u32)> {
        // Fewer, longer questions are cheaper.
        if self.indexed.len() <= other.indexed.len() {
            return self.neighbours_in(other);
        }
        let mut pairs: Vec<_> =
            other.neighbours_in(self).into_iter().map(|(object, subject)| (subject, object)).collect();
        pairs.par_sort_unstable();
        pairs
    }

    fn neighbours_in(&self, other: &Self) -> Vec<(u32, u32)> {
        let neighbours = |record: &u32| {
            let (record, bbox) = (*record, self.boxes[*record as usize]);
            let near = bbox.map(|bbox| other.near(bbox)).unwrap_or_default();
            near.into_iter().map(move |found| (record, found))
        };
        self.indexed.par_iter().flat_map_iter(neighbours).collect()
    }
}
