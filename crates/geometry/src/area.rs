//! Planar areas, in the square of whatever unit the coordinates have: square metres in UTM 32N.

use crate::{Kind, Shape, Xy};

/// The area in a closed ring, positive if it runs counterclockwise (where y grows upwards).
///
/// The shoelace formula, in coordinates local to the ring's first: northings are some 5 000 km, and their
/// products would leave square millimetres only to luck.
#[must_use]
pub fn ring(ring: &[Xy]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    let twice: f64 = ring
        .windows(2)
        .map(|edge| (edge[0][0] - x0) * (edge[1][1] - y0) - (edge[1][0] - x0) * (edge[0][1] - y0))
        .sum();
    twice / 2.0
}

/// The area of a shape: shells less holes, whichever way either runs. Points and lines have none.
#[must_use]
pub fn shape(shape: &Shape) -> f64 {
    if shape.kind() != Kind::Polygons {
        return 0.0;
    }
    shape
        .parts()
        .map(|part| ring(part.shell()).abs() - part.holes().map(|hole| ring(hole).abs()).sum::<f64>())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Xy; 5] = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]];
    const HOLE: [Xy; 4] = [[1.0, 1.0], [3.0, 1.0], [1.0, 3.0], [1.0, 1.0]];

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-9, "{got} is not {expected}");
    }

    #[test]
    fn the_sign_is_the_direction() {
        close(ring(&SQUARE), 16.0);
        let mut turned = SQUARE;
        turned.reverse();
        close(ring(&turned), -16.0);
        close(ring(&[]), 0.0);
    }

    #[test]
    fn holes_are_taken_off_whichever_way_they_run() {
        let far = SQUARE.map(|[x, y]| [x + 10.0, y]);
        let polygons = [vec![SQUARE.to_vec(), HOLE.to_vec()], vec![far.into_iter().rev().collect()]];
        close(shape(&Shape::polygons(polygons).unwrap()), 16.0 - 2.0 + 16.0);
        close(shape(&Shape::lines([SQUARE]).unwrap()), 0.0);
    }

    #[test]
    fn a_square_centimetre_at_milan_is_not_lost() {
        let tiny = SQUARE.map(|[x, y]| [514_853.0 + x / 1024.0, 5_034_536.0 + y / 1024.0]);
        close(1e6 * ring(&tiny), 16.0 * 1e6 / 1024.0 / 1024.0);
    }
}
