//! The number of a tile: level by level, and on each along a Hilbert curve, on which near tiles are near.

use crate::TileAddress;

/// The number of a tile.
pub fn number(address: TileAddress) -> u64 {
    let side = 1_u64 << address.z();
    let (mut x, mut y) = (u64::from(address.x()), u64::from(address.y()));
    // The tiles of all levels above.
    let mut number = (side * side - 1) / 3;
    let mut half = side / 2;
    while half > 0 {
        let [right, below] = [x & half, y & half].map(|bit| u64::from(bit > 0));
        number += half * half * ((3 * right) ^ below);
        if below == 0 {
            if right == 1 {
                (x, y) = (side - 1 - x, side - 1 - y);
            }
            (x, y) = (y, x);
        }
        half /= 2;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_those_of_the_specification() {
        let check = |z, x, y, expected| {
            assert_eq!(number(TileAddress::new(z, x, y).unwrap()), expected, "{z}/{x}/{y}");
        };
        check(0, 0, 0, 0);
        check(1, 0, 0, 1);
        check(1, 0, 1, 2);
        check(1, 1, 1, 3);
        check(1, 1, 0, 4);
        check(2, 0, 0, 5);
        check(12, 3423, 1763, 19_078_479);
    }

    #[test]
    fn each_tile_of_a_level_has_a_number_of_its_own() {
        let tiles = (0..16).flat_map(|x| (0..16).map(move |y| TileAddress::new(4, x, y).unwrap()));
        let numbers: BTreeSet<u64> = tiles.map(number).collect();
        assert_eq!((numbers.len(), numbers.first(), numbers.last()), (256, Some(&85), Some(&340)));
    }
}
