//! The order in which features are asked for.

use crate::filter::Datum;
use crate::layer::Layer;
use crate::property::Property;
use std::cmp::Ordering;

/// A property by which features are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// Which.
    pub property: Property,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl Layer {
    /// Sorts features by one property after the other, and by their number where all are the same. What is missing comes last,
    /// whichever way the others run.
    pub fn sort(&self, rows: &mut [u32], keys: &[SortKey]) {
        let columns: Vec<Vec<u32>> = keys.iter().map(|key| self.ranks(rows, *key)).collect();
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_unstable_by(|a, b| {
            let by_key = columns.iter().map(|ranks| ranks[*a].cmp(&ranks[*b]));
            by_key.fold(Ordering::Equal, Ordering::then).then(rows[*a].cmp(&rows[*b]))
        });
        let sorted: Vec<u32> = order.into_iter().map(|place| rows[place]).collect();
        rows.copy_from_slice(&sorted);
    }

    /// For each feature a number that grows as a key has it. The codes of a field are in the order of its values already.
    fn ranks(&self, rows: &[u32], SortKey { property, descending }: SortKey) -> Vec<u32> {
        let turned = |rank: u32| if descending { u32::MAX - 1 - rank } else { rank };
        if let Property::Field(field) = property {
            let column = self.column(field);
            let of_code = (0..).zip(column.values());
            let ranks: Vec<u32> = of_code
                .map(|(code, value)| if value.is_missing() { u32::MAX } else { turned(code) })
                .collect();
            return rows.iter().map(|at| ranks[column.code(*at as usize) as usize]).collect();
        }
        let values: Vec<Datum<'_>> =
            rows.iter().map(|at| Datum::read(self, *at as usize, property)).collect();
        let mut order: Vec<&Datum<'_>> = values.iter().collect();
        order.sort_by(|a, b| a.rank(b, descending));
        order.dedup();
        let rank = |value| order.partition_point(|other| other.rank(value, descending).is_lt());
        values.iter().map(|value| u32::try_from(rank(value)).unwrap_or(u32::MAX)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{edition, id, municipalities};

    #[test]
    fn what_is_missing_comes_last_whichever_way_the_others_run() {
        let edition = edition(vec![municipalities()]);
        let layer = edition.layer(&id("municipalities")).unwrap();
        let check = |names: &[(&str, bool)], expect: &[&str]| {
            let parse = |name| Property::parse(&layer.collection, &layer.origins, name).unwrap();
            let keys: Vec<SortKey> = names
                .iter()
                .map(|(name, descending)| SortKey { property: parse(name), descending: *descending })
                .collect();
            let mut rows: Vec<u32> = (0..5).collect();
            layer.sort(&mut rows, &keys);
            let codes: Vec<&str> =
                rows.iter().filter_map(|at| layer.value(*at as usize, 0).as_text()).collect();
            assert_eq!(codes, expect, "{names:?}");
        };
        check(&[("istat_code", false)], &["015001", "015002", "015003", "015004", "015005"]);
        check(&[("istat_code", true)], &["015005", "015004", "015003", "015002", "015001"]);
        check(&[("zone", false), ("istat_code", true)], &["015004", "015003", "015002", "015001", "015005"]);
        check(&[("zone", true), ("istat_code", false)], &["015001", "015002", "015003", "015004", "015005"]);
        check(
            &[("precision", true), ("official_area_km2", true)],
            &["015001", "015002", "015004", "015003", "015005"],
        );
    }
}
