//! Planar lengths, in whatever unit the coordinates have: metres in UTM 32N.

use crate::{Kind, Shape, Xy};

/// The length of a chain of segments.
#[must_use]
pub fn line(line: &[Xy]) -> f64 {
    line.windows(2).map(|edge| (edge[1][0] - edge[0][0]).hypot(edge[1][1] - edge[0][1])).sum()
}

/// The length of the lines of a shape, or of all borders of its polygons, holes included. Points have none.
#[must_use]
pub fn shape(shape: &Shape) -> f64 {
    if shape.kind() == Kind::Points { 0.0 } else { shape.rings().map(line).sum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_add_up() {
        let path = [[0.0, 0.0], [3.0, 4.0], [3.0, 5.0], [0.0, 0.0]];
        let close =
            |got: f64, expected: f64| assert!((got - expected).abs() < 1e-12, "{got} is not {expected}");
        close(line(&path[..3]), 6.0);
        close(line(&path[..1]), 0.0);
        close(shape(&Shape::lines([&path[..2], &path[1..3]].map(<[Xy]>::to_vec)).unwrap()), 6.0);
        close(shape(&Shape::polygons([[path]]).unwrap()), 6.0 + 34_f64.sqrt());
        close(shape(&Shape::points(path).unwrap()), 0.0);
    }
}
