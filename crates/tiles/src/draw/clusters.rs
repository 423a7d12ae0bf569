//! Features from afar, gathered in symbols: one for each municipality of those that are known by theirs, one for each square of
//! the world's grid of the other points. What a symbol says is the same whatever tile shows it.

use super::Pen;
use crate::mvt::Value;
use crate::pyramid::grid::{self, DEEPEST, Unit};
use crate::pyramid::{MUNICIPALITY, MUNICIPALITY_NAME};
use crate::tileset::Cluster;
use std::cmp::Reverse;

impl Pen<'_> {
    /// One symbol for each municipality.
    pub(super) fn municipalities(&mut self, cluster: &Cluster) {
        let pyramid = self.pyramid;
        let mut anchors = Vec::new();
        pyramid.anchors.each(self.from_deepest.window(self.window), |anchor| anchors.push(anchor));
        if self.strain.is_last {
            anchors.sort_by_key(|anchor| Reverse(anchor.members.len()));
        }
        for anchor in anchors {
            let members = anchor.members.iter().copied().filter(|it| self.is_drawn(*it));
            let members: Vec<u32> = members.collect();
            if !members.is_empty() {
                self.totals(cluster, &members);
                if !self.strain.is_last {
                    self.layer.attribute(MUNICIPALITY, Value::Text(&anchor.municipality));
                    self.layer.attribute(MUNICIPALITY_NAME, Value::Text(&anchor.name));
                }
                self.point(None, grid::of_world(anchor.world, DEEPEST), members.len());
            }
        }
    }

    /// One symbol for each square with several points, in their middle; a point that is alone in its square is itself. A square
    /// has a side of 2^`side` units of the tile's grid.
    pub(super) fn squares(&mut self, side: u32, cluster: &Cluster) {
        let pyramid = self.pyramid;
        let is_gathered = pyramid.tileset.cluster_at(self.zoom).is_some();
        let window = self.from_deepest.window(self.window);
        let side = side + u32::from(DEEPEST - self.zoom);
        pyramid.points.each_square(window, side, |run| {
            let is_loose = |place: &usize| {
                let feature = pyramid.points.get(*place).1;
                self.is_drawn(feature) && !(is_gathered && pyramid.is_anchored(feature))
            };
            let places: Vec<usize> = run.filter(is_loose).collect();
            match places.as_slice() {
                [] => {}
                [one] => {
                    if window.contains(pyramid.points.get(*one).0) {
                        self.own_point(*one);
                    }
                }
                several => {
                    let at: Vec<Unit> = several.iter().map(|place| pyramid.points.get(*place).0).collect();
                    let at = middle(&at);
                    if window.contains(at) {
                        let mut members: Vec<u32> =
                            several.iter().map(|place| pyramid.points.get(*place).1).collect();
                        members.sort_unstable();
                        members.dedup();
                        self.totals(cluster, &members);
                        self.point(None, at, members.len());
                    }
                }
            }
        });
    }

    /// Gives the next feature what a symbol says of its members: how many there are, how many of each category, and sums of what
    /// is stated.
    fn totals(&mut self, cluster: &Cluster, members: &[u32]) {
        let pyramid = self.pyramid;
        self.layer.attribute("cluster", Value::Boolean(true));
        self.layer.attribute("count", Value::Integer(count(members.len())));
        if self.strain.halved.is_none() {
            return;
        }
        for (field, amounts) in pyramid.sums.iter().filter(|(field, _)| cluster.sums.contains(field)) {
            let stated = members.iter().filter_map(|member| amounts[*member as usize]);
            self.layer.attribute(field, Value::Integer(stated.fold(0, i64::saturating_add)));
        }
        let mut counts = vec![0; pyramid.categories.len()];
        for category in members.iter().filter_map(|member| pyramid.category_of.get(*member as usize)) {
            if let Some(count) = counts.get_mut(usize::from(*category)) {
                *count += 1;
            }
        }
        for (category, of_it) in pyramid.categories.iter().zip(counts).filter(|(_, of_it)| *of_it > 0) {
            self.layer.attribute(category, Value::Integer(count(of_it)));
        }
    }
}

/// The mean of some positions.
fn middle(points: &[Unit]) -> Unit {
    let count = i64::try_from(points.len()).unwrap_or(i64::MAX).max(1);
    let mean = |axis: usize| points.iter().map(|at| i64::from(at[axis])).sum::<i64>().div_euclid(count);
    [mean(0), mean(1)].map(|at| i32::try_from(at).unwrap_or_default())
}

fn count(members: usize) -> i64 {
    i64::try_from(members).unwrap_or(i64::MAX)
}
