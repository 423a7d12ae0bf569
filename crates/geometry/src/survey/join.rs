//! Two surveys joined: something measured of each pair of records that may meet.

use super::Survey;
use rayon::prelude::*;

impl Survey {
    /// Measures the pairs of records whose rectangles meet, on all processors; of those with a measure, subject, object and
    /// measure, by subject and then by object. `Desk` is room to work, used again from pair to pair.
    pub(super) fn join<Desk: Default + Send, T: Send>(
        &self,
        other: &Self,
        measure: impl Fn(&mut Desk, usize, usize) -> Option<T> + Sync,
    ) -> Vec<(u32, u32, T)> {
        // Those of the shorter list are asked for their neighbours: fewer, longer questions, and what is asked stays in the cache.
        let is_turned = self.indexed.len() > other.indexed.len();
        let candidates = if is_turned { other.neighbours_in(self) } else { self.neighbours_in(other) };
        let one = |desk: &mut Desk, (first, second): (u32, u32)| {
            let (subject, object) = if is_turned { (second, first) } else { (first, second) };
            Some((subject, object, measure(desk, subject as usize, object as usize)?))
        };
        let mut found: Vec<_> =
            candidates.into_par_iter().map_init(Desk::default, one).flatten_iter().collect();
        if is_turned {
            found.par_sort_unstable_by_key(|(subject, object, _)| (*subject, *object));
        }
        found
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
