//! The order in which records lie in memory: what is near on the ground is near there, so that a walk from place to place finds
//! what it needs side by side.

use crate::{Bbox, Shape};

/// Cells a side of the net over all records.
const CELLS: f64 = 65_536.0;

/// The records with shapes, along Morton's curve through the middles of their rectangles: the bits of both axes in turns.
pub fn along_curve<R: AsRef<[Shape]>>(records: &[R]) -> Vec<u32> {
    let boxes = (0_u32..).zip(records).filter_map(|(record, shapes)| {
        Some((record, shapes.as_ref().iter().map(Shape::bbox).reduce(Bbox::union)?))
    });
    let boxes: Vec<(u32, Bbox)> = boxes.collect();
    let Some(all) = boxes.iter().map(|(_, bbox)| *bbox).reduce(Bbox::union) else { return Vec::new() };
    let cell = |at: f64, axis: usize| {
        let extent = all.max[axis] - all.min[axis];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "16 bits; NaN is 0")]
        let cell = ((at - all.min[axis]) / extent * CELLS) as u32;
        spread(cell.min(0xFFFF))
    };
    let mut order: Vec<(u32, u32)> = boxes
        .into_iter()
        .map(|(record, bbox)| (bbox.center(), record))
        .map(|([x, y], record)| (cell(x, 0) | cell(y, 1) << 1, record))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, record)| record).collect()
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
    fn records_with_shapes_come_quarter_by_quarter() {
        let point = |x: f64, y: f64| vec![Shape::points([[x, y]]).unwrap()];
        let records =
            [point(8.0, 8.0), point(0.0, 0.0), Vec::new(), point(1.0, 9.0), point(9.0, 1.0), point(1.0, 1.0)];
        assert_eq!(along_curve(&records), [1, 5, 4, 3, 0]);
        assert_eq!(along_curve(&[point(5.0, 5.0), point(5.0, 5.0)]), [0, 1]);
        assert!(along_curve(&[Vec::new()]).is_empty());
    }

    #[test]
    fn bits_are_spread() {
        assert_eq!((spread(0), spread(0b11), spread(0xFFFF)), (0, 0b101, 0x5555_5555));
    }
}
