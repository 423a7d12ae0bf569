//! No tile is larger than its budget: what there is no room for on a zoom level is left to the next, by rules that hold for the
//! whole level, never for one tile.
//!
//! First what is small goes or is gathered, in steps that double its size; then attributes go, the last first. On the deepest
//! level every feature is there. These are estimates; what is promised of each tile is kept by `draw/limit.rs`.

use super::arcs::{KeyMap, key};
use super::attributes::Attributes;
use super::coarsen::{self, Shown, Sketch, Smallest};
use super::grid::{DEEPEST, Rounding, Window};
use super::level::Level;
use super::points::Points;
use crate::Tileset;
use crate::mvt::EXTENT;

/// The most that the features of one collection may take in a tile, in bytes before any encoding, as estimated; the estimate
/// leaves a tenth of the 500 kB to the buffer round the tile and to the values that features share.
pub const BUDGET: usize = 450_000;

/// Bytes of a feature beside attributes and positions: its number, its type, lengths.
const FRAME: usize = 20;
/// Bytes of a position of a line or ring, as measured.
const POSITION: usize = 3;
/// Steps that are tried.
const STEPS: u8 = 7;

/// What there is room for on a zoom level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// How many of the attributes.
    pub columns: usize,
    /// The side of squares in which points are gathered, if they must be, as a power of two of units.
    pub square: Option<u32>,
}

impl Room {
    /// Room for all of so many attributes.
    pub const fn of(columns: usize) -> Self {
        Self { columns, square: None }
    }
}

/// What is shown on a level, by the first step that keeps the budget; at the deepest there are no steps. Where none does, attributes
/// go.
pub fn shown(
    sketches: &[Sketch],
    zoom: u8,
    is_deepest: bool,
    attributes: &Attributes,
    room: &mut Room,
) -> (Vec<Shown>, Smallest) {
    let takes = |shown: &[Shown], columns: usize| {
        let shown = sketches.iter().zip(shown).filter_map(|(sketch, shown)| match shown {
            Shown::Itself => Some((sketch.window, sketch.positions)),
            Shown::Speck => Some((sketch.window, 4)),
            Shown::Nothing => None,
        });
        largest(shown, Rounding::new(zoom, zoom), attributes.mean_size(columns))
    };
    let steps = if is_deepest { Vec::new() } else { (0..STEPS).map(Smallest::step).collect() };
    let step = |smallest| (coarsen::shown(sketches, smallest, is_deepest), smallest);
    if let Some(kept) = steps.into_iter().map(step).find(|(shown, _)| takes(shown, room.columns) <= BUDGET) {
        return kept;
    }
    let last = step(if is_deepest { Smallest::NOTHING } else { Smallest::step(STEPS) });
    room.columns =
        (0..=room.columns).rev().find(|columns| takes(&last.0, *columns) <= BUDGET).unwrap_or_default();
    last
}

/// Whether the largest tile of a zoom level drawn from `level` keeps the budget.
pub fn fits(level: &Level, zoom: u8, attributes: &Attributes, room: &Room) -> bool {
    let all = (0..level.len()).map(|item| (level.window(item), level.positions(item)));
    largest(all, Rounding::new(level.zoom, zoom), attributes.mean_size(room.columns)) <= BUDGET
}

/// About how many bytes the largest tile takes of shapes in these boxes and of so many positions, each shape being counted in the
/// tile of its middle.
fn largest(shapes: impl Iterator<Item = (Window, usize)>, rounding: Rounding, attributes: usize) -> usize {
    let mut tiles: KeyMap<u64, usize> = KeyMap::default();
    for (window, positions) in shapes {
        let tile = rounding.unit(window.center()).map(|at| at.div_euclid(EXTENT.cast_signed()));
        let side = i64::from(window.max[0]) - i64::from(window.min[0]);
        // Of a shape larger than a tile, a part is in each.
        let positions = if side > i64::from(EXTENT) * 2 { 64 } else { positions };
        *tiles.entry(key(tile)).or_default() += FRAME + attributes + positions * POSITION;
    }
    tiles.into_values().max().unwrap_or_default()
}

/// Finds how far points have to be gathered where they are drawn one by one.
pub fn points(points: &Points, tileset: &Tileset, attributes: &Attributes, rooms: &mut [Room]) {
    for (zoom, room) in tileset.zooms().clone().zip(rooms) {
        if tileset.cluster_at(zoom).is_some() {
            continue;
        }
        let takes = |columns: usize, square: u32| {
            let symbols = largest_tile(points, zoom, square);
            symbols * (FRAME + 5 + attributes.mean_size(columns))
        };
        if takes(room.columns, 0) <= BUDGET {
            continue;
        }
        if zoom == *tileset.zooms().end() {
            room.columns = (0..room.columns).rev().find(|it| takes(*it, 0) <= BUDGET).unwrap_or_default();
        } else {
            let squares = 5..=12;
            room.square = squares.clone().find(|side| takes(room.columns, *side) <= BUDGET).or(Some(12));
        }
    }
}

/// How many squares of side 2^`side` with points the tile has that has most; with a side of 0, how many points.
fn largest_tile(points: &Points, zoom: u8, side: u32) -> usize {
    let tile_bits = 2 * (u32::from(DEEPEST - zoom) + EXTENT.trailing_zeros());
    let square_bits = 2 * (u32::from(DEEPEST - zoom) + side);
    let (mut most, mut here, mut last) = (0, 0, None);
    for code in points.codes() {
        let (tile, square) = (code >> tile_bits, code >> square_bits);
        if last.is_some_and(|(before, _)| before != tile) {
            here = 0;
        }
        if side == 0 || last != Some((tile, square)) {
            here += 1;
        }
        most = most.max(here);
        last = Some((tile, square));
    }
    most
}
