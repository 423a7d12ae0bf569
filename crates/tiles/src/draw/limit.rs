//! No tile takes more than 500 kB, whatever there is to draw.
//!
//! The budgets of the zoom levels (`pyramid/budget.rs`) see to that in all but odd cases, for whole levels, but they are estimates. A
//! tile that would be larger all the same is drawn again, by rules that hold for it alone: with half of its attributes, then with none,
//! then on a coarser grid, with points gathered in squares; at last the largest features are drawn until it is full, and one symbol in
//! its middle says how many more there are. So no feature is lost: what is not drawn is counted.

use super::{Drawing, Pen};
use crate::TileAddress;
use crate::mvt::{Commands, EXTENT, Layer, Tile, Value};
use crate::pyramid::grid::{Mesh, Window};
use geometry::Kind;

/// The most that a tile takes, in bytes before any encoding.
pub const MOST: usize = 500_000;
/// Bytes that are left for what frames the last feature and for the symbol that says how many there are beside.
const REST: usize = 150;
/// The most that one shape takes in a tile that is drawn by the last rules, in bytes: of one with more, its box is drawn.
const MOST_OF_ONE: usize = 32_000;

/// The rules by which a tile is drawn that would be too large by the ones before.
#[derive(Clone, Copy, Debug)]
pub struct Strain {
    /// How often the attributes are halved; `None`: there are none, nor sums of symbols.
    pub halved: Option<u32>,
    /// Positions are rounded to this.
    pub mesh: Mesh,
    /// Points are gathered in squares at least of this side, as a power of two of units.
    pub square: Option<u32>,
    /// The largest come first, and what there is no room for is counted.
    pub is_last: bool,
}

impl Strain {
    /// From the rules of the zoom level to the last.
    const ALL: [Self; 5] = [
        Self { halved: Some(0), mesh: Mesh(0), square: None, is_last: false },
        Self { halved: Some(1), mesh: Mesh(0), square: None, is_last: false },
        Self { halved: None, mesh: Mesh(0), square: None, is_last: false },
        Self { halved: None, mesh: Mesh(3), square: Some(8), is_last: false },
        Self { halved: None, mesh: Mesh(6), square: Some(EXTENT.trailing_zeros()), is_last: true },
    ];
}

/// A tile of all that is drawn: each has as much room as it needs, or, where that is too much, as each of those that need more has too.
pub fn tile(drawings: &[&Drawing<'_>], address: TileAddress) -> Tile {
    let mut drawn: Vec<Vec<Layer>> = drawings.iter().map(|drawing| layers(drawing, address, MOST)).collect();
    let mut order: Vec<usize> = (0..drawn.len()).collect();
    order.sort_by_key(|place| size(&drawn[*place]));
    let mut left = MOST;
    for (before, place) in order.iter().copied().enumerate() {
        let share = left / (drawn.len() - before);
        if size(&drawn[place]) > share {
            drawn[place] = layers(drawings[place], address, share);
        }
        left -= size(&drawn[place]);
    }
    let mut tile = Tile::new();
    drawn.iter().flatten().for_each(|layer| tile.push(layer));
    tile
}

fn size(layers: &[Layer]) -> usize {
    layers.iter().map(Layer::size).sum()
}

/// The layers of one collection in so many bytes.
fn layers(drawing: &Drawing<'_>, address: TileAddress, most: usize) -> Vec<Layer> {
    let drawn = |strain| Pen::draw(drawing, address, strain, most);
    Strain::ALL.into_iter().find_map(drawn).unwrap_or_default()
}

impl Pen<'_> {
    /// Adds a feature, or a symbol of so many, with the attributes and the commands that were given before; if there is room.
    pub(super) fn add(&mut self, id: Option<u64>, kind: Kind, count: usize) {
        self.is_over |= self.layer.size() + self.commands.as_bytes().len() + REST > self.most;
        if self.is_over {
            self.layer.unsay();
            self.left_out += count;
        } else {
            self.layer.feature(id, kind, &self.commands);
        }
    }

    /// One symbol in the middle of the tile for all that there was no room for.
    pub(super) fn rest(&mut self) {
        let count = i64::try_from(self.left_out).unwrap_or(i64::MAX);
        if count > 0 {
            self.layer.attribute("cluster", Value::Boolean(true));
            self.layer.attribute("count", Value::Integer(count));
            self.commands.clear();
            self.commands.points(&[[EXTENT.cast_signed() / 2; 2]]);
            self.layer.feature(None, Kind::Points, &self.commands);
        }
    }

    /// In a tile that is drawn by the last rules, draws the box of a shape instead of one that takes too much.
    pub(super) fn shortened(&mut self, shape: Window, is_polygon: bool) {
        if !self.strain.is_last || self.commands.as_bytes().len() <= MOST_OF_ONE {
            return;
        }
        let [min, max] = [shape.min, shape.max].map(|at| {
            [0, 1]
                .map(|axis| at[axis].clamp(self.window.min[axis], self.window.max[axis]) - self.corner[axis])
        });
        self.commands = Commands::default();
        if is_polygon && min[0] < max[0] && min[1] < max[1] {
            self.commands.ring(&[min, [max[0], min[1]], max, [min[0], max[1]]]);
        } else if !is_polygon && min != max {
            self.commands.line(&[min, max]);
        }
    }
}
