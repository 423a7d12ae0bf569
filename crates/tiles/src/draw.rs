//! From pyramids to one tile: the same whatever tile is asked for, without a database.

mod clip;
mod clusters;
mod shapes;
mod swarms;
mod values;

use crate::TileAddress;
use crate::mvt::{self, Commands, Tile};
use crate::pyramid::grid::{self, DEEPEST, Rounding, Unit, Window};
use crate::pyramid::{Pyramid, Seen, label_layer};
use crate::selection::Selection;
use geometry::Kind;

/// What is drawn into one tile: a pyramid, and which of its features, if not all.
pub type Drawing<'p> = (&'p Pyramid, Option<&'p Selection>);

/// The tile at `address`; empty if there is nothing in it.
#[must_use]
pub fn tile(drawings: &[Drawing<'_>], address: TileAddress) -> Vec<u8> {
    let mut tile = Tile::new();
    for (pyramid, selection) in drawings {
        if !pyramid.tileset.zooms().contains(&address.z()) {
            continue;
        }
        let mut pen = Pen::new(pyramid, *selection, address, pyramid.seen());
        pen.features();
        tile.push(&pen.layer);
        if pyramid.tileset.has_labels() {
            pen.begin(&label_layer(&pyramid.name));
            pen.labels();
            tile.push(&pen.layer);
        }
        pyramid.give_back(pen.seen);
    }
    tile.into_bytes()
}

/// Draws one pyramid into one tile.
struct Pen<'p> {
    pyramid: &'p Pyramid,
    selection: Option<&'p Selection>,
    zoom: u8,
    /// The tile's north-western corner, and the tile with its buffer, on the tile's own grid.
    corner: Unit,
    window: Window,
    /// From the deepest grid, on which points are, to the tile's.
    from_deepest: Rounding,
    /// How many of the attributes there is room for.
    columns: usize,
    layer: mvt::Layer,
    /// The numbers in the layer of the keys of attributes and of values that several features have.
    keys: Vec<Option<u32>>,
    seen: Seen,
    commands: Commands,
}

impl<'p> Pen<'p> {
    fn new(
        pyramid: &'p Pyramid,
        selection: Option<&'p Selection>,
        address: TileAddress,
        mut seen: Seen,
    ) -> Self {
        seen.begin();
        Self {
            pyramid,
            selection,
            zoom: address.z(),
            corner: grid::corner(address),
            window: Window::of_tile(address, pyramid.tileset.buffer()),
            from_deepest: Rounding::new(DEEPEST, address.z()),
            columns: pyramid.columns_at(address.z()),
            layer: mvt::Layer::new(&pyramid.name),
            keys: vec![None; pyramid.attributes.len()],
            seen,
            commands: Commands::default(),
        }
    }

    /// Begins another layer of the tile.
    fn begin(&mut self, name: &str) {
        self.layer = mvt::Layer::new(name);
        self.keys.fill(None);
        self.seen.begin();
    }

    /// The features themselves: from afar, where the definition says so, gathered in symbols.
    fn features(&mut self) {
        self.shapes();
        let Some(cluster) = self.pyramid.tileset.cluster_at(self.zoom) else {
            match self.pyramid.crowded_at(self.zoom) {
                Some(side) => self.squares(side, &crate::tileset::Cluster::counting()),
                None => self.points(),
            }
            self.swarms();
            return;
        };
        self.municipalities(cluster);
        self.squares(cluster.side(), cluster);
    }

    /// One point for each feature, well inside it, to carry its name once; only where the feature is large enough for a name.
    fn labels(&mut self) {
        let (pyramid, window) = (self.pyramid, self.from_deepest.window(self.window));
        pyramid.labels.each(window, |place| {
            let (at, feature) = pyramid.labels.get(place);
            if pyramid.label_zooms[feature as usize] <= self.zoom && self.is_drawn(feature) {
                self.attributes(feature, None);
                self.point(pyramid.id(feature), at);
            }
        });
    }

    /// Points one by one.
    fn points(&mut self) {
        let (pyramid, window) = (self.pyramid, self.from_deepest.window(self.window));
        if !pyramid.points.has_several {
            pyramid.points.each(window, |place| self.own_point(place));
            return;
        }
        let mut places = Vec::new();
        pyramid.points.each(window, |place| places.push(place));
        places.sort_by_key(|place| pyramid.points.get(*place).1);
        for several in places.chunk_by(|a, b| pyramid.points.get(*a).1 == pyramid.points.get(*b).1) {
            let feature = pyramid.points.get(several[0]).1;
            if self.is_drawn(feature) {
                self.attributes(feature, None);
                let at = several.iter().map(|place| pyramid.points.get(*place).0);
                self.symbol(pyramid.id(feature), at);
            }
        }
    }

    fn own_point(&mut self, place: usize) {
        let (at, feature) = self.pyramid.points.get(place);
        if self.is_drawn(feature) {
            self.attributes(feature, None);
            self.point(self.pyramid.id(feature), at);
        }
    }

    fn is_drawn(&self, feature: u32) -> bool {
        self.selection.is_none_or(|selection| selection.contains(feature))
    }

    /// Adds a point, given on the deepest grid, with the attributes that were said before.
    fn point(&mut self, id: Option<u64>, at: Unit) {
        self.symbol(id, std::iter::once(at));
    }

    /// The same for several points, each drawn once.
    fn symbol(&mut self, id: Option<u64>, at: impl Iterator<Item = Unit>) {
        let local = |at| {
            let [x, y] = self.from_deepest.unit(at);
            [x - self.corner[0], y - self.corner[1]]
        };
        let mut points: Vec<Unit> = at.map(local).collect();
        points.sort_unstable();
        points.dedup();
        self.commands.clear();
        self.commands.points(&points);
        self.layer.feature(id, Kind::Points, &self.commands);
    }
}
