//! How finely borders are drawn on a zoom level. A unit is an eighth of a pixel of a tile drawn 512 pixels wide.

use super::grid::{Mesh, Rounding, Unit};

/// The first zoom level that is drawn as finely as the grid allows. From afar a tile has thousands of positions, and the eye tells
/// half a pixel.
const FINE_FROM: u8 = 10;

/// The rule of a zoom level.
#[derive(Clone, Copy, Debug)]
pub struct Fineness {
    rounding: Rounding,
    mesh: Mesh,
    /// Twice the area of the largest triangle whose tip is left out, in square units.
    area: i64,
    /// The height up to which the tip of a larger one is left out, in units.
    height: i64,
}

impl Fineness {
    /// The rule by which what is on the grid of the `deepest` level is drawn on another. At the deepest itself only what is exactly
    /// straight goes, down to level 10 what is within about a quarter of a pixel; further up positions stand at half pixels, and
    /// what goes is a pixel in all, or moves the border by less than one.
    pub const fn of(zoom: u8, deepest: u8) -> Self {
        let (mesh, area, height) = if zoom == deepest {
            (0, 0, 0)
        } else if zoom >= FINE_FROM {
            (0, 8, 0)
        } else {
            (2, 128, 6)
        };
        Self { rounding: Rounding::new(deepest, zoom), mesh: Mesh(mesh), area, height }
    }

    /// The rule for a ring that meets no other: it could go flat in all, so of it goes only what is small.
    pub const fn of_a_ring(self) -> Self {
        Self { height: 0, ..self }
    }

    /// Where a position stands, the same for both sides of a border.
    #[inline]
    pub const fn unit(self, deepest: Unit) -> Unit {
        self.mesh.nearest(self.rounding.unit(deepest))
    }

    /// Whether the tip of a triangle may go, twice its area and its base being given.
    pub fn leaves_out(self, doubled_area: i64, [from, to]: [Unit; 2]) -> bool {
        let along = |axis: usize| i128::from(to[axis]) - i128::from(from[axis]);
        // The height is the doubled area by the length of the base.
        let is_flat = || {
            i128::from(doubled_area).pow(2)
                <= i128::from(self.height).pow(2) * (along(0).pow(2) + along(1).pow(2))
        };
        doubled_area <= self.area || self.height > 0 && is_flat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small_or_flat_goes() {
        let check = |zoom: u8, [base, height]: [i32; 2], goes: bool| {
            let left_out = Fineness::of(zoom, 14)
                .leaves_out(i64::from(base) * i64::from(height), [[7, 7], [7, 7 + base]]);
            assert_eq!(left_out, goes, "level {zoom}: {base} × {height}");
        };
        check(14, [1000, 0], true);
        check(14, [1, 1], false);
        check(10, [8, 1], true);
        check(10, [9, 1], false);
        check(9, [8, 16], true);
        check(9, [8, 17], false);
        check(9, [1000, 6], true);
        check(9, [1000, 7], false);
        // The world has 2³⁰ units.
        check(9, [1 << 30, 6], true);
        check(9, [1 << 30, 7], false);
    }
}
