//! Lines and polygons.

use super::Pen;
use super::clip::Clipper;
use crate::pyramid::coarsen::doubled_area;
use crate::pyramid::grid::{Rounding, Window};
use crate::pyramid::level::{Level, RingView};
use crate::pyramid::paths::Role;
use geometry::Kind;
use std::cmp::Reverse;

impl Pen<'_> {
    /// The lines and polygons; from afar only those that no symbol stands for.
    pub(super) fn shapes(&mut self) {
        let pyramid = self.pyramid;
        let Some(level) = pyramid.level(self.zoom) else { return };
        let is_gathered = pyramid.tileset.cluster_at(self.zoom).is_some();
        let rounding = Rounding::new(level.zoom, self.zoom);
        let mut clipper = Clipper::new(self.window, self.corner, rounding, self.strain.mesh);
        let mut places = Vec::new();
        level.each(rounding.window(self.window), |place| places.push(place));
        if self.strain.is_last {
            places.sort_by_key(|place| Reverse(extent(level.window(*place))));
        }
        for place in places {
            let (feature, is_polygon) = level.get(place);
            if !self.is_drawn(feature) || is_gathered && pyramid.is_anchored(feature) {
                continue;
            }
            self.commands.clear();
            if is_polygon {
                self.polygons(level, place, &mut clipper);
            } else {
                level.rings(place).for_each(|line| clipper.line(line, |piece| self.commands.line(piece)));
            }
            self.shortened(rounding.rounded(level.window(place)), is_polygon);
            if !self.commands.as_bytes().is_empty() {
                self.attributes(feature, None);
                self.add(pyramid.id(feature), if is_polygon { Kind::Polygons } else { Kind::Lines }, 1);
            }
        }
    }

    /// The rings of a shape that have an area in the tile.
    fn polygons(&mut self, level: &Level, place: usize, clipper: &mut Clipper) {
        let mut has_shell = false;
        for ring in level.rings(place) {
            let RingView { role, .. } = ring;
            if role == Role::Hole && !has_shell {
                continue;
            }
            let inside = clipper.ring(ring);
            let area = doubled_area(inside);
            if role == Role::Shell {
                has_shell = area != 0;
            }
            if area != 0 {
                if (area > 0) != (role == Role::Shell) {
                    inside.reverse();
                }
                self.commands.ring(inside);
            }
        }
    }
}

/// The half of the way round a window.
fn extent(window: Window) -> i64 {
    [0, 1].map(|axis| i64::from(window.max[axis]) - i64::from(window.min[axis])).iter().sum()
}
