//! The smallest upright rectangle round something.

use crate::Xy;

/// An upright rectangle, its borders included; it may be a segment or a point. In the plane of whatever it
/// bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bbox {
    /// The corner with the smallest x and the smallest y.
    pub min: Xy,
    /// The corner with the largest x and the largest y.
    pub max: Xy,
}

impl Bbox {
    /// The rectangle with these corners, `min` ≤ `max` on both axes.
    #[must_use]
    pub const fn new(min: Xy, max: Xy) -> Self {
        Self { min, max }
    }

    /// The smallest rectangle round some coordinates; `None` if there are none.
    #[must_use]
    pub fn around(coords: &[Xy]) -> Option<Self> {
        let (&first, rest) = coords.split_first()?;
        Some(rest.iter().fold(Self::new(first, first), |bbox, &xy| bbox.with(xy)))
    }

    /// The smallest rectangle round this one and a point.
    #[must_use]
    pub fn with(self, [x, y]: Xy) -> Self {
        Self { min: [self.min[0].min(x), self.min[1].min(y)], max: [self.max[0].max(x), self.max[1].max(y)] }
    }

    /// The smallest rectangle round both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        self.with(other.min).with(other.max)
    }

    /// What both share; `None` if they share nothing, not even a border.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.intersects(other).then(|| Self {
            min: [self.min[0].max(other.min[0]), self.min[1].max(other.min[1])],
            max: [self.max[0].min(other.max[0]), self.max[1].min(other.max[1])],
        })
    }

    /// Whether both share at least a point of their borders.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.min[0] <= other.max[0]
            && other.min[0] <= self.max[0]
            && self.min[1] <= other.max[1]
            && other.min[1] <= self.max[1]
    }

    /// Whether all of the other lies in this one, borders included.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.contains_point(other.min) && self.contains_point(other.max)
    }

    /// Whether a point lies in it or on its border.
    #[must_use]
    pub fn contains_point(self, [x, y]: Xy) -> bool {
        self.min[0] <= x && x <= self.max[0] && self.min[1] <= y && y <= self.max[1]
    }

    /// The rectangle grown by a margin on every side.
    #[must_use]
    pub fn grown(self, margin: f64) -> Self {
        Self {
            min: [self.min[0] - margin, self.min[1] - margin],
            max: [self.max[0] + margin, self.max[1] + margin],
        }
    }

    /// Extent along x.
    #[must_use]
    pub fn width(self) -> f64 {
        self.max[0] - self.min[0]
    }

    /// Extent along y.
    #[must_use]
    pub fn height(self) -> f64 {
        self.max[1] - self.min[1]
    }

    /// The middle.
    #[must_use]
    pub fn center(self) -> Xy {
        [self.min[0].midpoint(self.max[0]), self.min[1].midpoint(self.max[1])]
    }

    /// The corners, counterclockwise where y grows upwards, from `min`.
    #[must_use]
    pub fn corners(self) -> [Xy; 4] {
        [self.min, [self.max[0], self.min[1]], self.max, [self.min[0], self.max[1]]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Bbox = Bbox::new([0.0, 0.0], [1.0, 1.0]);

    #[test]
    fn surrounds_its_coordinates() {
        assert_eq!(Bbox::around(&[]), None);
        assert_eq!(
            Bbox::around(&[[3.0, 1.0], [-2.0, 5.0], [0.0, 0.0]]),
            Some(Bbox::new([-2.0, 0.0], [3.0, 5.0]))
        );
    }

    #[test]
    fn borders_belong_to_it() {
        let check = |other: Bbox, meets: bool, holds: bool| {
            assert_eq!(UNIT.intersects(other), meets, "{other:?}");
            assert_eq!(other.intersects(UNIT), meets, "{other:?}");
            assert_eq!(UNIT.intersection(other).is_some(), meets, "{other:?}");
            assert_eq!(UNIT.contains(other), holds, "{other:?}");
        };
        check(UNIT, true, true);
        check(Bbox::new([0.2, 0.2], [0.2, 0.2]), true, true);
        check(Bbox::new([1.0, 1.0], [2.0, 2.0]), true, false);
        check(Bbox::new([0.5, -1.0], [0.6, 2.0]), true, false);
        check(Bbox::new([1.1, 0.0], [2.0, 1.0]), false, false);
        check(Bbox::new([0.0, -2.0], [1.0, -0.1]), false, false);
    }

    #[test]
    fn grows_unites_and_measures() {
        let other = Bbox::new([4.0, 2.0], [6.0, 3.0]);
        assert_eq!(UNIT.union(other), Bbox::new([0.0, 0.0], [6.0, 3.0]));
        assert_eq!(UNIT.grown(1.0), Bbox::new([-1.0, -1.0], [2.0, 2.0]));
        assert_eq!((other.width(), other.height(), other.center()), (2.0, 1.0, [5.0, 2.5]));
        assert_eq!(
            UNIT.intersection(Bbox::new([0.5, -1.0], [3.0, 0.25])),
            Some(Bbox::new([0.5, 0.0], [1.0, 0.25]))
        );
    }
}
