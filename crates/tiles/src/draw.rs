//! From pyramids to one tile: the same whatever tile is asked for, without a database.

mod clip;
mod clusters;
mod limit;
mod shapes;
mod swarms;
mod values;

use crate::TileAddress;
use crate::mvt::{self, Commands};
use crate::pyramid::grid::{self, DEEPEST, Rounding, Unit, Window};
use crate::pyramid::{Pyramid, Seen, label_layer};
use crate::selection::Selection;
use geometry::Kind;
use limit::Strain;

/// What is drawn into one tile: a pyramid, and which of its features, if not all.
pub type Drawing<'p> = (&'p Pyramid, Option<&'p Selection>);

/// The tile at `address`; empty if there is nothing in it.
#[must_use]
pub fn tile(drawings: &[Drawing<'_>], address: TileAddress) -> Vec<u8> {
    let drawn = drawings.iter().filter(|(pyramid, _)| pyramid.tileset.zooms().contains(&address.z()));
    limit::tile(&drawn.collect::<Vec<_>>(), address).into_bytes()
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
    /// The rules by which the tile is drawn, and the bytes that there are for the layer.
    strain: Strain,
    most: usize,
    /// Whether something had no room, and how many features that were.
    is_over: bool,
    left_out: usize,
}

impl<'p> Pen<'p> {
    /// The layers of a pyramid in a tile; `None` if there are more than so many bytes of them.
    fn draw(
        (pyramid, selection): &Drawing<'p>,
        address: TileAddress,
        strain: Strain,
        most: usize,
    ) -> Option<Vec<mvt::Layer>> {
        let mut pen = Self::new((pyramid, *selection), address, strain, most);
        pen.features();
        let mut is_whole = !pen.is_over;
        if strain.is_last {
            pen.rest();
        }
        let mut layers = Vec::new();
        if is_whole && pyramid.tileset.has_labels() {
            let name = label_layer(&pyramid.name);
            layers.push(pen.begin(&name));
            pen.labels();
            is_whole = !pen.is_over;
        }
        pyramid.give_back(pen.seen);
        layers.push(pen.layer);
        (is_whole || strain.is_last).then_some(layers)
    }

    fn new((pyramid, selection): Drawing<'p>, address: TileAddress, strain: Strain, most: usize) -> Self {
        let mut seen = pyramid.seen();
        seen.begin();
        let columns = pyramid.columns_at(address.z());
        Self {
            pyramid,
            selection,
            zoom: address.z(),
            corner: grid::corner(address),
            window: Window::of_tile(address, pyramid.tileset.buffer()),
            from_deepest: Rounding::new(DEEPEST, address.z()),
            columns: strain.halved.map_or(0, |times| columns >> times),
            layer: mvt::Layer::new(&pyramid.name),
            keys: vec![None; pyramid.attributes.len()],
            seen,
            commands: Commands::default(),
            strain,
            most,
            is_over: false,
            left_out: 0,
        }
    }

    /// Begins another layer of the tile, and hands over the one before.
    fn begin(&mut self, name: &str) -> mvt::Layer {
        self.most = self.most.saturating_sub(self.layer.size());
        self.keys.fill(None);
        self.seen.begin();
        std::mem::replace(&mut self.layer, mvt::Layer::new(name))
    }

    /// The features themselves: from afar, where the definition says so, gathered in symbols.
    fn features(&mut self) {
        self.shapes();
        let Some(cluster) = self.pyramid.tileset.cluster_at(self.zoom) else {
            match self.pyramid.crowded_at(self.zoom).max(self.strain.square) {
                Some(side) => self.squares(side, &crate::tileset::Cluster::counting()),
                None => self.points(),
            }
            self.swarms();
            return;
        };
        self.municipalities(cluster);
        self.squares(cluster.side().max(self.strain.square.unwrap_or_default()), cluster);
    }

    /// One point for each feature, well inside it, to carry its name once; only where the feature is large enough for a name.
    fn labels(&mut self) {
        let (pyramid, window) = (self.pyramid, self.from_deepest.window(self.window));
        pyramid.labels.each(window, |place| {
            let (at, feature) = pyramid.labels.get(place);
            if pyramid.label_zooms[feature as usize] <= self.zoom && self.is_drawn(feature) {
                self.attributes(feature, None);
                self.point(pyramid.id(feature), at, 1);
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
                self.symbol(pyramid.id(feature), at, 1);
            }
        }
    }

    fn own_point(&mut self, place: usize) {
        let (at, feature) = self.pyramid.points.get(place);
        if self.is_drawn(feature) {
            self.attributes(feature, None);
            self.point(self.pyramid.id(feature), at, 1);
        }
    }

    fn is_drawn(&self, feature: u32) -> bool {
        let is_given_up = self.is_over && !self.strain.is_last;
        !is_given_up && self.selection.is_none_or(|selection| selection.contains(feature))
    }

    /// Adds a point, given on the deepest grid, with the attributes that were said before, which stands for so many features.
    fn point(&mut self, id: Option<u64>, at: Unit, count: usize) {
        self.symbol(id, std::iter::once(at), count);
    }

    /// The same for several points, each drawn once.
    fn symbol(&mut self, id: Option<u64>, at: impl Iterator<Item = Unit>, count: usize) {
        let local = |at| {
            let [x, y] = self.from_deepest.unit(at);
            [x - self.corner[0], y - self.corner[1]]
        };
        let mut points: Vec<Unit> = at.map(local).collect();
        points.sort_unstable();
        points.dedup();
        self.commands.clear();
        self.commands.points(&points);
        self.add(id, Kind::Points, count);
    }
}
