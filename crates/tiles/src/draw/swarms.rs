//! What is known by its municipality alone, from near: laid out round a point in it. The place is a symbol, and the precision
//! says so.

use super::Pen;
use crate::placement::swarm;
use crate::pyramid::grid::{self, DEEPEST};

impl Pen<'_> {
    /// The swarms that reach into the tile, each feature by itself.
    pub(super) fn swarms(&mut self) {
        let pyramid = self.pyramid;
        let spacing = pyramid.tileset.swarm().map_or(0.0, |swarm| swarm.spacing_px);
        let window = self.from_deepest.window(self.window);
        pyramid.anchors.each_swarm(window, spacing, self.zoom, |anchor| {
            for (rank, feature) in (0..).zip(&anchor.symbolic) {
                let [x, y] = swarm::offset(rank, spacing, self.zoom);
                let at = grid::of_world([anchor.world[0] + x, anchor.world[1] + y], DEEPEST);
                if window.contains(at) && self.is_drawn(*feature) {
                    self.attributes(*feature, Some(&anchor.municipality));
                    self.point(pyramid.id(*feature), at, 1);
                }
            }
        });
    }
}
