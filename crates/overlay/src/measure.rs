//! What is measured of two places that are both drawn: the surface, length or points that they share, and how far apart they are.

use atlas::Layer;
use domain::FeatureId;
use domain::question::Sliver;
use geometry::{Kind, Shape, Survey};

use crate::answer::{Pair, Relation};

/// Metres: lines that share less run along each other's border, or are drawn a little too long.
const LINE_NOISE: f64 = 0.01;

/// A record as it is drawn.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    pub survey: &'a Survey,
    pub at: usize,
    /// How many points are among its shapes.
    points: usize,
}

/// What two places have in common, as it was measured.
#[derive(Clone, Copy)]
pub struct Common {
    /// Their areas, m².
    areas: [f64; 2],
    /// The surface that they share, m².
    area: f64,
    /// How much of the one's lines lies in the other's surface, m; and the other way round.
    lengths: [f64; 2],
    /// How many of the one's points do; and the other way round.
    points: [usize; 2],
    /// Whether they meet, neither of them being a surface.
    is_crossing: bool,
    sliver: Sliver,
}

impl<'a> Drawn<'a> {
    /// The record at a place of a layer.
    pub fn new(layer: &'a Layer, at: usize) -> Self {
        Self { survey: layer.survey(), at, points: layer.shapes(at).iter().map(points).sum() }
    }

    /// The only record of a survey, which has this shape.
    pub fn alone(survey: &'a Survey, shape: &Shape) -> Self {
        Self { survey, at: 0, points: points(shape) }
    }

    fn area(self) -> f64 {
        self.survey.area(self.at)
    }

    fn length(self) -> f64 {
        self.survey.length(self.at)
    }

    /// How much of its lines lies in the surface of another, m.
    fn length_in(self, other: Self) -> f64 {
        let measured = self.length() > 0.0 && other.area() > 0.0;
        if measured { self.survey.length_inside(self.at, other.survey, other.at) } else { 0.0 }
    }

    /// How many of its points lie in the surface of another.
    fn points_in(self, other: Self) -> usize {
        let measured = self.points > 0 && other.area() > 0.0;
        if measured { self.survey.points_inside(self.at, other.survey, other.at) } else { 0 }
    }

    /// How far apart two are, in metres; `None` if it is farther than `limit`.
    pub fn distance(self, other: Self, limit: f64) -> Option<f64> {
        let distance = self.survey.distance(self.at, other.survey, other.at);
        (distance <= limit).then_some(distance)
    }

    /// What it has in common with another. Neighbours that touch have nothing in common.
    pub fn common(self, other: Self, sliver: Sliver) -> Common {
        let areas = [self.area(), other.area()];
        let are_surfaces = areas.iter().all(|area| *area > 0.0);
        let is_none_a_surface = areas.iter().all(|area| *area <= 0.0);
        let overlap = || self.survey.overlap_area(self.at, other.survey, other.at);
        Common {
            areas,
            area: if are_surfaces { overlap() } else { 0.0 },
            lengths: [self.length_in(other), other.length_in(self)],
            points: [self.points_in(other), other.points_in(self)],
            is_crossing: is_none_a_surface && self.survey.intersects(self.at, other.survey, other.at),
            sliver,
        }
    }

    /// The pair of the two, if they have something in common; the other is the feature `object`.
    pub fn pair(self, other: Self, common: &Common, object: FeatureId) -> Option<Pair> {
        if !common.is_something() {
            return None;
        }
        let lacks = |side: usize, lines: f64, points: usize| {
            let whole = common.areas[side];
            whole > 0.0 && !common.sliver.is(whole - common.area, whole)
                || lines - common.lengths[side] > LINE_NOISE
                || points > common.points[side]
        };
        let relation = if !lacks(0, self.length(), self.points) {
            Relation::Inside
        } else if !lacks(1, other.length(), other.points) {
            Relation::Contains
        } else {
            Relation::PartlyInside
        };
        let [own, others] = common.areas;
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| (part / whole).clamp(0.0, 1.0));
        let share_of_surface = |whole: f64| share(common.area, whole).filter(|_| own.min(others) > 0.0);
        let share_of_lines = share(common.lengths[0], self.length()).filter(|_| others > 0.0);
        Some(Pair {
            object,
            relation,
            area_m2: (own.min(others) > 0.0).then_some(common.area),
            share_of_subject: share_of_surface(own).or(share_of_lines),
            share_of_object: share_of_surface(others),
            length_m: share_of_lines.map(|_| common.lengths[0]),
            distance_m: None,
        })
    }
}

impl Common {
    /// Whether it is more than a sliver.
    pub fn is_something(&self) -> bool {
        let [own, others] = self.areas;
        !self.sliver.is(self.area, own.min(others))
            || self.lengths.iter().any(|length| *length > LINE_NOISE)
            || self.points.iter().any(|points| *points > 0)
            || self.is_crossing
    }

    /// Whether it is a sliver.
    pub fn is_sliver(&self) -> bool {
        self.area > 0.0 && !self.is_something()
    }
}

fn points(shape: &Shape) -> usize {
    if shape.kind() == Kind::Points { shape.coords().len() } else { 0 }
}
