//! The world in whole numbers: the grid of the tiles of one zoom level, all round the world.

use crate::TileAddress;
use crate::mvt::EXTENT;
use geometry::{Crs, Xy};

/// The deepest zoom level whose grid is kept: its units are 3.7 cm at the equator, and the world's 2³⁰ fit into an `i32`.
pub const DEEPEST: u8 = 18;

/// A position on the grid of a zoom level: x eastwards, y southwards, in units of which a tile has 4096.
pub type Unit = [i32; 2];

/// The nearest unit of the grid of `zoom`; of two equally near, the south-eastern one. `world` is in the unit square.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the world has 2³⁰ units at most, and what is beyond is held at its border"
)]
pub fn of_world(world: Xy, zoom: u8) -> Unit {
    let units = f64::from(EXTENT) * f64::from(zoom).exp2();
    world.map(|share| (share.clamp(-0.5, 1.5) * units + 0.5).floor() as i32)
}

/// The same for longitude and latitude in degrees.
pub fn of_degrees(degrees: Xy, zoom: u8) -> Unit {
    of_world(Crs::Geographic.to(Crs::World, degrees), zoom)
}

/// From the grid of one zoom level to that of another: `shift` levels up.
#[derive(Clone, Copy, Debug)]
pub struct Rounding {
    shift: u8,
    half: i32,
}

impl Rounding {
    /// From the grid of `from` to that of `to`, which is not deeper.
    pub const fn new(from: u8, to: u8) -> Self {
        let shift = from.saturating_sub(to);
        Self { shift, half: (1 << shift) >> 1 }
    }

    /// The nearest unit.
    #[inline]
    pub const fn unit(self, [x, y]: Unit) -> Unit {
        [(x + self.half) >> self.shift, (y + self.half) >> self.shift]
    }

    /// The window round what rounds to this grid from another window.
    pub const fn rounded(self, window: Window) -> Window {
        Window { min: self.unit(window.min), max: self.unit(window.max) }
    }

    /// The units that round into a window.
    pub fn window(self, to: Window) -> Window {
        let first = |unit: i32| (i64::from(unit) << self.shift) - i64::from(self.half);
        let held = |unit: i64| i32::try_from(unit).unwrap_or(if unit < 0 { i32::MIN } else { i32::MAX });
        Window {
            min: to.min.map(|unit| held(first(unit))),
            max: to.max.map(|unit| held(first(unit) + (1 << self.shift) - 1)),
        }
    }
}

/// A coarser grid on that of a zoom level: the sides of its squares are this power of two of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mesh(pub u32);

impl Mesh {
    /// The nearest corner of a square.
    #[inline]
    pub const fn nearest(self, [x, y]: Unit) -> Unit {
        let half = (1 << self.0) >> 1;
        [(x + half) >> self.0 << self.0, (y + half) >> self.0 << self.0]
    }
}

/// An upright rectangle of units, its borders included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The north-western corner.
    pub min: Unit,
    /// The south-eastern corner.
    pub max: Unit,
}

impl Window {
    /// Around nothing: what it grows by first is what it is.
    pub const NOTHING: Self = Self { min: [i32::MAX; 2], max: [i32::MIN; 2] };

    /// A tile and `buffer` units round it, on the tile's own grid.
    pub fn of_tile(address: TileAddress, buffer: u32) -> Self {
        let buffer = buffer.min(EXTENT).cast_signed();
        let min = corner(address).map(|at| at - buffer);
        Self { min, max: min.map(|at| at + EXTENT.cast_signed() + 2 * buffer) }
    }

    /// The smallest window round this one and a position.
    pub const fn with(self, [x, y]: Unit) -> Self {
        let (min, max) = (self.min, self.max);
        Self {
            min: [if x < min[0] { x } else { min[0] }, if y < min[1] { y } else { min[1] }],
            max: [if x > max[0] { x } else { max[0] }, if y > max[1] { y } else { max[1] }],
        }
    }

    /// The smallest window round both.
    pub const fn union(self, other: Self) -> Self {
        self.with(other.min).with(other.max)
    }

    /// Whether both share a unit.
    pub const fn meets(self, other: Self) -> bool {
        self.min[0] <= other.max[0]
            && other.min[0] <= self.max[0]
            && self.min[1] <= other.max[1]
            && other.min[1] <= self.max[1]
    }

    /// Whether a position lies in it.
    pub const fn contains(self, at: Unit) -> bool {
        self.min[0] <= at[0] && at[0] <= self.max[0] && self.min[1] <= at[1] && at[1] <= self.max[1]
    }

    /// The position in the middle.
    pub const fn center(self) -> Unit {
        [self.min[0].midpoint(self.max[0]), self.min[1].midpoint(self.max[1])]
    }
}

/// The north-western corner of a tile on its own grid.
pub fn corner(address: TileAddress) -> Unit {
    [address.x(), address.y()].map(|at| (at * EXTENT).cast_signed())
}

/// A position as one number, whose order follows a Z through the squares of every level: all that lies in one tile, of whatever
/// zoom level, stands in one run.
pub fn z_order([x, y]: Unit) -> u64 {
    spread(x.max(0).cast_unsigned()) | spread(y.max(0).cast_unsigned()) << 1
}

/// The position that a number of [`z_order`] means.
pub fn of_z_order(code: u64) -> Unit {
    [gather(code), gather(code >> 1)]
}

/// Puts a zero bit before every bit.
const fn spread(number: u32) -> u64 {
    let mut n = number as u64;
    n = (n | n << 16) & 0x0000_FFFF_0000_FFFF;
    n = (n | n << 8) & 0x00FF_00FF_00FF_00FF;
    n = (n | n << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    n = (n | n << 2) & 0x3333_3333_3333_3333;
    (n | n << 1) & 0x5555_5555_5555_5555
}

/// Takes every other bit.
#[expect(clippy::cast_possible_truncation, reason = "what is left has 32 bits")]
const fn gather(code: u64) -> i32 {
    let mut n = code & 0x5555_5555_5555_5555;
    n = (n | n >> 1) & 0x3333_3333_3333_3333;
    n = (n | n >> 2) & 0x0F0F_0F0F_0F0F_0F0F;
    n = (n | n >> 4) & 0x00FF_00FF_00FF_00FF;
    n = (n | n >> 8) & 0x0000_FFFF_0000_FFFF;
    ((n | n >> 16) as u32).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounds_into_a_window_is_in_its_widened_one() {
        let to = Window { min: [-3, 5], max: [4, 9] };
        for shift in 0..4 {
            let rounding = Rounding::new(shift, 0);
            let wide = rounding.window(to);
            for x in -60..60 {
                for y in 20..90 {
                    assert_eq!(wide.contains([x, y]), to.contains(rounding.unit([x, y])), "{shift}: {x} {y}");
                }
            }
        }
    }

    #[test]
    fn a_place_in_the_z_order_is_read_back_and_tiles_are_runs() {
        for at in [[0, 0], [1, 0], [0, 1], [123_456_789, 987_654_321], [(1 << 30) - 1, 5]] {
            assert_eq!(of_z_order(z_order(at)), at);
        }
        // The four quarters of a square of 4 × 4, one after the other.
        let quarter = |x: i32, y: i32| z_order([x, y]) / 4;
        assert_eq!([quarter(0, 1), quarter(3, 0), quarter(1, 3), quarter(2, 2)], [0, 1, 2, 3]);
    }
}
