//! Two surveys joined: something measured of each pair of records that may meet.

use super::Survey;
use rayon::prelude::*;

impl Survey {
    /// Measures the pairs of records whose rectangles meet, on all processors; of those with a measure, subject, object and
    /// measure, by subject and then by object. Records are handed over by their slots. `Desk` is room to work, used again from
    /// pair to pair.
    pub(super) fn join<Desk: Default + Send, T: Send>(
        &self,
        other: &Self,
        measure: impl Fn(&mut Desk, usize, usize) -> Option<T> + Sync,
    ) -> Vec<(u32, u32, T)> {
        // Those of the shorter list are asked for their neighbours: fewer, longer questions, and what is asked stays in the cache.
        let is_turned = self.records.len() > other.records.len();
        let candidates = if is_turned { other.neighbours_in(self) } else { self.neighbours_in(other) };
        let one = |desk: &mut Desk, (first, second): (u32, u32)| {
            let (own, others) = if is_turned { (second, first) } else { (first, second) };
            let (own, others) = (own as usize, others as usize);
            Some((self.records[own], other.records[others], measure(desk, own, others)?))
        };
        let mut found: Vec<_> =
            candidates.into_par_iter().map_init(Desk::default, one).flatten_iter().collect();
        found.par_sort_unstable_by_key(|(subject, object, _)| (*subject, *object));
        found
    }

    /// The slots of both of which the rectangles meet, from place to place as they lie in memory.
    fn neighbours_in(&self, other: &Self) -> Vec<(u32, u32)> {
        let boxes = (0_u32..).zip(self.index.boxes()).collect::<Vec<_>>().into_par_iter();
        boxes
            .flat_map_iter(|(own, bbox)| other.index.query(*bbox).into_iter().map(move |it| (own, it)))
            .collect()
    }
}
