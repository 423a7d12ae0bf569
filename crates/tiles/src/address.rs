//! Where a tile is: zoom level, column, row.

use crate::Error;
use geometry::{Bbox, Crs, Xy};
use std::fmt;
use std::str::FromStr;

/// The deepest zoom level: 2.4 m to a tile, so that a unit of its grid is half a millimetre.
pub const MAX_ZOOM: u8 = 24;

/// The place of a tile in the `WebMercatorQuad` pyramid (OGC 17-083r4 annex D.1): on zoom level `z` there are
/// 2^`z` columns from the antimeridian eastwards and as many rows from the north southwards. It cannot be out
/// of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileAddress {
    z: u8,
    x: u32,
    y: u32,
}

impl TileAddress {
    /// The tile in column `x` and row `y` of zoom level `z`.
    ///
    /// # Errors
    /// [`Error::AddressZoom`] beyond [`MAX_ZOOM`], [`Error::AddressRange`] beyond the last column or row.
    pub const fn new(z: u8, x: u32, y: u32) -> Result<Self, Error> {
        if z > MAX_ZOOM {
            return Err(Error::AddressZoom { z });
        }
        let count = 1_u32 << z;
        if x >= count || y >= count {
            return Err(Error::AddressRange { z, x, y });
        }
        Ok(Self { z, x, y })
    }

    /// The tile whose three numbers are written in an address.
    ///
    /// # Errors
    /// [`Error::AddressNumber`] for a text that is no number, and the errors of [`new`](Self::new).
    pub fn parse(z: &str, x: &str, y: &str) -> Result<Self, Error> {
        Self::new(number("z", z)?, number("x", x)?, number("y", y)?)
    }

    /// The tile of a zoom level in which a place lies, given by longitude and latitude in degrees.
    ///
    /// # Errors
    /// [`Error::AddressZoom`] beyond [`MAX_ZOOM`].
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a column is not negative, and held below the last"
    )]
    pub fn at(z: u8, degrees: Xy) -> Result<Self, Error> {
        let first = Self::new(z, 0, 0)?;
        let last = (1_u32 << z) - 1;
        let world = Crs::Geographic.to(Crs::World, degrees);
        let [x, y] = world.map(|share| ((share * first.tiles_across()).max(0.0) as u32).min(last));
        Self::new(z, x, y)
    }

    /// The four tiles of the next zoom level that cover this one; none of the deepest.
    pub fn quarters(self) -> impl Iterator<Item = Self> {
        let corners = [[0, 0], [1, 0], [0, 1], [1, 1]];
        corners
            .into_iter()
            .filter_map(move |[x, y]| Self::new(self.z + 1, 2 * self.x + x, 2 * self.y + y).ok())
    }

    /// The zoom level.
    #[must_use]
    pub const fn z(self) -> u8 {
        self.z
    }

    /// The column, from the antimeridian eastwards.
    #[must_use]
    pub const fn x(self) -> u32 {
        self.x
    }

    /// The row, from the north southwards.
    #[must_use]
    pub const fn y(self) -> u32 {
        self.y
    }

    /// Tiles along a side of the world on this zoom level; the side of the tile is its reciprocal.
    #[must_use]
    pub fn tiles_across(self) -> f64 {
        f64::from(1_u32 << self.z)
    }

    /// The tile's square in the unit square of the world (`geometry::Crs::World`: y southwards), grown on
    /// every side by `buffer`, a share of the tile's side.
    #[must_use]
    pub fn world_bbox(self, buffer: f64) -> Bbox {
        let (side, x, y) = (self.tiles_across().recip(), f64::from(self.x), f64::from(self.y));
        Bbox::new(
            [(x - buffer) * side, (y - buffer) * side],
            [(x + 1.0 + buffer) * side, (y + 1.0 + buffer) * side],
        )
    }
}

impl fmt::Display for TileAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.z, self.x, self.y)
    }
}

fn number<N: FromStr<Err = std::num::ParseIntError>>(name: &'static str, text: &str) -> Result<N, Error> {
    text.parse().map_err(|source| Error::AddressNumber { name, text: text.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_range_is_no_address() {
        let check =
            |z, x, y, sound: bool| assert_eq!(TileAddress::new(z, x, y).is_ok(), sound, "{z}/{x}/{y}");
        check(0, 0, 0, true);
        check(0, 1, 0, false);
        check(9, 511, 511, true);
        check(9, 512, 0, false);
        check(9, 0, 512, false);
        check(24, (1 << 24) - 1, 0, true);
        check(25, 0, 0, false);
        check(255, 0, 0, false);
    }

    #[test]
    fn faults_are_said_in_words() {
        let said = |z, x, y| TileAddress::parse(z, x, y).unwrap_err().to_string();
        assert_eq!(said("9", "abc", "0"), "x is a whole number, not \"abc\"");
        assert_eq!(said("9", "0", "-1"), "y is a whole number, not \"-1\"");
        assert_eq!(said("300", "0", "0"), "z is a whole number, not \"300\"");
        assert_eq!(said("25", "0", "0"), "zoom level 25 is beyond the deepest, 24");
        assert_eq!(said("2", "4", "0"), "tile 4/0 is not on zoom level 2, where both numbers are below 4");
        assert_eq!(TileAddress::parse("9", "269", "183").unwrap().to_string(), "9/269/183");
    }

    #[test]
    fn the_tiles_of_a_level_cover_the_world() {
        let tile = |x, y| TileAddress::new(1, x, y).unwrap();
        assert_eq!(tile(0, 0).world_bbox(0.0), Bbox::new([0.0, 0.0], [0.5, 0.5]));
        assert_eq!(tile(1, 0).world_bbox(0.0), Bbox::new([0.5, 0.0], [1.0, 0.5]));
        assert_eq!(tile(0, 1).world_bbox(0.25), Bbox::new([-0.125, 0.375], [0.625, 1.125]));
    }
}
