//! A pyramid: one collection as it is drawn, on every zoom level. Built once for a layer of the edition, never changed.
//!
//! Borders are generalised where they are shared ([`arcs`], [`generalise`]), then packed for the levels that need a packing of
//! their own ([`coarsen`], [`level`]). Points stand in an order in which every tile is a run of them ([`points`]).

mod anchors;
mod arcs;
mod attributes;
mod boxes;
mod budget;
mod build;
pub(crate) mod coarsen;
mod fineness;
mod generalise;
pub(crate) mod grid;
pub(crate) mod level;
pub(crate) mod paths;
mod points;
#[cfg(test)]
pub(crate) mod samples;
mod seen;

pub(crate) use build::categories;
pub(crate) use seen::Seen;

use crate::tileset::Cluster;
use crate::{TileAddress, Tileset};
use anchors::Anchors;
use attributes::Attributes;
use grid::{DEEPEST, Rounding, Window};
use level::Level;
use points::Points;
use std::sync::{Mutex, PoisonError};

/// The attribute that says in which municipality a feature lies.
pub(crate) const MUNICIPALITY: &str = "municipality";
/// The attribute of a symbol of several features that names their municipality.
pub(crate) const MUNICIPALITY_NAME: &str = "municipality_name";
/// The attribute that says how well its place is known.
pub(crate) const PRECISION: &str = "precision";

/// A collection as it is drawn.
#[derive(Debug)]
pub struct Pyramid {
    /// The collection's name, which is that of its layer in tiles.
    pub name: String,
    /// The tag of the layer: the same text means the same tiles.
    pub tag: String,
    /// How it is drawn.
    pub tileset: Tileset,
    /// For each feature its public number; empty if none is carried.
    pub(crate) ids: Vec<u64>,
    pub(crate) attributes: Attributes,
    /// The lines and polygons, from the coarsest packing to the finest, each for the zoom level whose grid it has and those below
    /// it down to the one before.
    levels: Vec<Level>,
    pub(crate) points: Points,
    pub(crate) labels: Points,
    /// For each feature the first zoom level on which it is large enough for a name.
    pub(crate) label_zooms: Vec<u8>,
    pub(crate) anchors: Anchors,
    /// For each feature whether an anchor stands for it; empty if there are no anchors.
    anchored: Vec<bool>,
    /// The fields that symbols sum, and for each feature its amount.
    pub(crate) sums: Vec<(String, Vec<Option<i64>>)>,
    /// The attributes by which symbols count categories, and for each feature the place of its category.
    pub(crate) categories: Vec<String>,
    pub(crate) category_of: Vec<u16>,
    /// What there is room for on each zoom level from the first on.
    rooms: Vec<budget::Room>,
    spare: Mutex<Vec<Seen>>,
}

/// What the layer of names of a collection of polygons is called in tiles.
#[must_use]
pub fn label_layer(collection: &str) -> String {
    format!("{collection}-labels")
}

impl Pyramid {
    /// How many features there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.attributes.rows()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that it takes in memory, names and lists aside.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let levels: usize = self.levels.iter().map(Level::bytes).sum();
        let sums: usize = self.sums.iter().map(|(_, amounts)| size_of_val(&**amounts)).sum();
        let features = size_of_val(&*self.ids) + self.label_zooms.len() + self.anchored.len();
        let categories = size_of_val(&*self.category_of);
        let points = self.points.bytes() + self.labels.bytes() + self.anchors.bytes();
        levels + sums + features + categories + points + self.attributes.size()
    }

    /// The packing of lines and polygons that a zoom level is drawn from.
    pub(crate) fn level(&self, zoom: u8) -> Option<&Level> {
        let place = self.levels.partition_point(|level| level.zoom < zoom);
        self.levels.get(place)
    }

    /// Whether there may be something in a tile or in one below it: something is in it or in what its buffer and its symbols reach.
    pub(crate) fn has_something(&self, tile: TileAddress) -> bool {
        let gathered = self.tileset.cluster_at(tile.z()).map(Cluster::side).or(self.crowded_at(tile.z()));
        let window = Window::of_tile(tile, self.tileset.buffer() + gathered.map_or(0, |side| 1 << side));
        let on = |zoom: u8| Rounding::new(zoom, tile.z()).window(window);
        let spacing = self.tileset.swarm().map_or(0.0, |swarm| swarm.spacing_px);
        let mut found = self.levels.last().is_some_and(|level| level.any(on(level.zoom)));
        found = found || self.points.any(on(DEEPEST));
        if !found {
            self.anchors.each_swarm(on(DEEPEST), spacing, tile.z(), |_| found = true);
        }
        found
    }

    /// Whether an anchor stands for a feature.
    pub(crate) fn is_anchored(&self, feature: u32) -> bool {
        self.anchored.get(feature as usize).copied().unwrap_or_default()
    }

    /// The number that a feature carries.
    pub(crate) fn id(&self, feature: u32) -> Option<u64> {
        self.ids.get(feature as usize).copied()
    }

    /// How many of the attributes there is room for.
    pub(crate) fn columns_at(&self, zoom: u8) -> usize {
        self.room(zoom).map_or(self.attributes.len(), |room| room.columns)
    }

    /// The side of the squares in which points are gathered because a tile would be too large, as a power of two of units.
    pub(crate) fn crowded_at(&self, zoom: u8) -> Option<u32> {
        self.room(zoom)?.square
    }

    fn room(&self, zoom: u8) -> Option<&budget::Room> {
        self.rooms.get(usize::from(zoom.checked_sub(*self.tileset.zooms().start())?))
    }

    /// Memory to draw a tile with.
    pub(crate) fn seen(&self) -> Seen {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| Seen::new(self.attributes.common()))
    }

    /// Takes the memory back.
    pub(crate) fn give_back(&self, seen: Seen) {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }
}
