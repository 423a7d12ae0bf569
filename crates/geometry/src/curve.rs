//! The order in which places lie in memory: what is near on the ground is near there, so that a walk from place to place finds what
//! it needs side by side.

use crate::Bbox;

/// Cells a side of the net over all places.
const CELLS: f64 = 65_536.0;

/// Sorts numbered rectangles along Morton's curve through their middles: the bits of both axes in turns.
pub fn sort(boxes: &mut [(u32, Bbox)]) {
    let Some(all) = boxes.iter().map(|(_, bbox)| *bbox).reduce(Bbox::union) else { return };
    let cell = |at: f64, axis: usize| {
        let extent = all.max[axis] - all.min[axis];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "16 bits; NaN is 0")]
        let cell = ((at - all.min[axis]) / extent * CELLS) as u32;
        spread(cell.min(0xFFFF))
    };
    boxes.sort_by_cached_key(|(_, bbox)| {
        let [x, y] = bbox.center();
        cell(x, 0) | cell(y, 1) << 1
    });
}

/// The 16 bits of a number with a blank after each.
const fn spread(number: u32) -> u32 {
    let n = (number | number << 8) & 0x00FF_00FF;
    let n = (n | n << 4) & 0x0F0F_0F0F;
    let n = (n | n << 2) & 0x3333_3333;
    (n | n << 1) & 0x5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_quarter_by_quarter() {
        let check = |places: &[[f64; 2]], expect: &[u32]| {
            let mut boxes: Vec<_> = (0..).zip(places.iter().map(|at| Bbox::new(*at, *at))).collect();
            sort(&mut boxes);
            assert_eq!(boxes.into_iter().map(|(number, _)| number).collect::<Vec<_>>(), expect, "{places:?}");
        };
        check(&[[8.0, 8.0], [0.0, 0.0], [1.0, 9.0], [9.0, 1.0], [1.0, 1.0]], &[1, 4, 3, 2, 0]);
        check(&[[5.0, 5.0], [5.0, 5.0]], &[0, 1]);
        check(&[], &[]);
    }

    #[test]
    fn bits_are_spread() {
        assert_eq!((spread(0), spread(0b11), spread(0xFFFF)), (0, 0b101, 0x5555_5555));
    }
}
