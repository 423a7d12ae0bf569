//! Lines and polygons.

use super::Pen;
use super::clip::Clipper;
use crate::pyramid::coarsen::doubled_area;
use crate::pyramid::grid::Rounding;
use crate::pyramid::level::{Level, RingView};
use crate::pyramid::paths::Role;
use geometry::Kind;

impl Pen<'_> {
    /// The lines and polygons; from afar only those that no symbol stands for.
    pub(super) fn shapes(&mut self) {
        let pyramid = self.pyramid;
        let Some(level) = pyramid.level(self.zoom) else { return };
        let is_gathered = pyramid.tileset.cluster_at(self.zoom).is_some();
        let rounding = Rounding::new(level.zoom, self.zoom);
        let mut clipper = Clipper::new(self.window, self.corner, rounding);
        level.each(rounding.window(self.window), |place| {
            let (feature, is_polygon) = level.get(place);
            if !self.is_drawn(feature) || is_gathered && pyramid.is_anchored(feature) {
                return;
            }
            self.commands.clear();
            if is_polygon {
                self.polygons(level, place, &mut clipper);
            } else {
                level.rings(place).for_each(|line| clipper.line(line, |piece| self.commands.line(piece)));
            }
            if !self.commands.as_bytes().is_empty() {
                self.attributes(feature, None);
                let kind = if is_polygon { Kind::Polygons } else { Kind::Lines };
                self.layer.feature(pyramid.id(feature), kind, &self.commands);
            }
        });
    }

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
