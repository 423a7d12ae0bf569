//! Puts the pieces of border together: one ring for each municipality.

use super::Parcel;
use super::partition::{Node, Partition};
use crate::demo::plane::Point;
use std::collections::{BTreeMap, BTreeSet};

/// The pieces around one municipality by where they start, each with where it leads.
type Pieces = BTreeMap<Node, (Node, Point)>;

/// One parcel for each municipality, or the index of one that has no area, several, or a hole.
pub fn trace(partition: &Partition<'_>) -> Result<Vec<Parcel>, usize> {
    let outside = partition.outside();
    let mut pieces = vec![Pieces::new(); outside + 1];
    let mut neighbours = vec![BTreeSet::new(); outside + 1];
    partition.borders(|border| {
        pieces[border.left].insert(border.from.0, border.to);
        pieces[border.right].insert(border.to.0, border.from);
        neighbours[border.left].insert(border.right);
        neighbours[border.right].insert(border.left);
    });
    let municipalities = pieces.into_iter().zip(neighbours).enumerate().take(outside);
    municipalities
        .map(|(index, (pieces, mut neighbours))| {
            neighbours.remove(&outside);
            Ok(Parcel { ring: ring(pieces).ok_or(index)?, neighbours })
        })
        .collect()
}

/// The one ring that uses all pieces, if there is one.
fn ring(mut pieces: Pieces) -> Option<Vec<Point>> {
    let mut ring = Vec::with_capacity(pieces.len());
    let mut next = *pieces.first_key_value()?.0;
    while let Some((node, point)) = pieces.remove(&next) {
        ring.push(point);
        next = node;
    }
    pieces.is_empty().then_some(ring)
}
