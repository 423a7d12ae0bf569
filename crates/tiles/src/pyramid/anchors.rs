//! The municipalities as places of what is known by its municipality alone.

use super::grid::{self, DEEPEST, Window};
use super::points::Points;
use crate::placement::swarm;
use geometry::Xy;

/// The anchors of a layer.
#[derive(Debug, Default)]
pub struct Anchors {
    all: Vec<Anchor>,
    at: Points,
    /// The most features that stand round one anchor.
    largest: u32,
}

/// A municipality with the features that lie in it.
#[derive(Debug)]
pub struct Anchor {
    /// Its ISTAT code.
    pub municipality: String,
    /// Its name.
    pub name: String,
    /// A point well inside it, in the unit square of the world.
    pub world: Xy,
    /// The places of the features with a location in it.
    pub members: Vec<u32>,
    /// Those of which no more is known.
    pub symbolic: Vec<u32>,
}

impl Anchors {
    /// An index of anchors.
    pub fn of(anchors: Vec<Anchor>) -> Self {
        let largest = anchors.iter().map(|anchor| anchor.symbolic.len()).max().unwrap_or_default();
        let at = anchors.iter().map(|anchor| grid::of_world(anchor.world, DEEPEST)).zip(0..);
        Self { at: Points::of(at), largest: largest.try_into().unwrap_or(u32::MAX), all: anchors }
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Anchor> {
        self.all.iter()
    }

    /// Hands over the anchors in a window of the deepest grid.
    pub fn each<'a>(&'a self, window: Window, mut found: impl FnMut(&'a Anchor)) {
        self.at.each(window, |place| found(&self.all[self.at.get(place).1 as usize]));
    }

    /// Hands over the anchors whose swarms on a zoom level may reach into a window of the deepest grid.
    pub fn each_swarm(&self, window: Window, spacing_px: f64, zoom: u8, found: impl FnMut(&Anchor)) {
        let Some(outermost) = self.largest.checked_sub(1) else { return };
        let [x, y] = swarm::offset(outermost, spacing_px, zoom);
        let radius = grid::of_world([x.hypot(y), 0.0], DEEPEST)[0];
        let grown = Window {
            min: window.min.map(|at| at.saturating_sub(radius)),
            max: window.max.map(|at| at.saturating_add(radius)),
        };
        self.each(grown, found);
    }

    /// Bytes that they take.
    pub fn bytes(&self) -> usize {
        let members = |anchor: &Anchor| 4 * (anchor.members.len() + anchor.symbolic.len());
        self.at.bytes() + self.all.iter().map(members).sum::<usize>()
    }
}
