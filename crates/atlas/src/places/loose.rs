//! Places as a database hands them over: in no order, each with the row of its record.

use super::PlacesDraft;
use domain::LentLocation;

/// Places whose records are not known yet.
#[derive(Debug, Default)]
pub struct LoosePlaces {
    /// For each the row of its record, and its rank there.
    owners: Vec<(i64, i32)>,
    places: PlacesDraft,
}

impl LoosePlaces {
    /// Adds a place of the record with this row, and its rank among the places of the record.
    pub fn push(&mut self, row: i64, ordinal: i32, location: &LentLocation<'_>) {
        self.places.push(self.owners.len(), location);
        self.owners.push((row, ordinal));
    }

    /// The places by record and rank, where these are the rows of the records. Places of other rows are left out.
    pub(crate) fn settle(self, rows: &[i64]) -> PlacesDraft {
        let mut records: Vec<(i64, u32)> = rows.iter().copied().zip(0..).collect();
        records.sort_unstable();
        let mut next = 0;
        let mut record_of = |row: i64| {
            // Rows most often come in one order in both lists.
            let found = records[next..].iter().take(2).position(|(it, _)| *it == row).map(|step| next + step);
            next = found.or_else(|| records.binary_search_by_key(&row, |(it, _)| *it).ok())?;
            Some(records[next].1)
        };
        let owned = self.owners.iter().zip(0..);
        let order = owned.filter_map(|((row, ordinal), at)| Some((record_of(*row)?, *ordinal, at)));
        let mut order: Vec<(u32, i32, u32)> = order.collect();
        order.sort_unstable();
        self.places.in_this_order(order.iter().map(|(record, _, at)| (*record, *at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::location;

    #[test]
    fn places_come_to_their_records_by_rank_whatever_the_order() {
        let check = |places: &[(i64, i32, &str)], rows: &[i64], expect: &[&[&str]]| {
            let mut loose = LoosePlaces::default();
            for (row, ordinal, code) in places {
                loose.push(*row, *ordinal, &LentLocation::from(&location(code, None)));
            }
            let settled = loose.settle(rows);
            let codes = |record: usize| -> Vec<String> {
                let places = settled.of(record).into_iter();
                places.filter_map(|at| settled.municipality(at)).map(|code| code.to_string()).collect()
            };
            let found: Vec<Vec<String>> = (0..rows.len()).map(codes).collect();
            assert_eq!(found, expect, "{places:?}");
        };
        let (a, b, c) = ("015001", "015002", "015003");
        check(&[(7, 0, a), (8, 0, b), (8, 1, c)], &[7, 8], &[&[a], &[b, c]]);
        check(&[(8, 1, c), (7, 0, a), (8, 0, b)], &[8, 7], &[&[b, c], &[a]]);
        check(&[(9, 0, a), (7, 0, b), (1, 0, c)], &[7, 8], &[&[b], &[]]);
        check(&[], &[7], &[&[]]);
    }
}
