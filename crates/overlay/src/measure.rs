//! What is measured of two places that are both drawn: the surface, length or points that they share, and how far apart they are.

use atlas::Layer;
use domain::FeatureId;
use domain::question::Sliver;
use geometry::{Kind, Shape, Survey};

use crate::answer::{Pair, Relation};

/// A record as it is drawn.
#[derive(Clone, Copy, Debug)]
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
    /// The lengths of their lines, m.
    lines: [f64; 2],
    /// How many points they have.
    points: [usize; 2],
    /// The surface that they share, m².
    shared_area: f64,
    /// How much of the one's lines lies in the other's surface, m; and the other way round.
    lengths_inside: [f64; 2],
    /// How many of the one's points do; and the other way round.
    points_inside: [usize; 2],
    /// Whether they meet, neither of them being a surface.
    is_crossing: bool,
}

/// What a subject and an object have in common: more than a sliver.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meeting {
    /// How they lie.
    pub relation: Relation,
    /// The surface that both cover, m².
    pub area_m2: f64,
    /// Its share of the subject, from 0 to 1; 0 if that has no surface.
    pub share_of_subject: f64,
    /// Its share of the object.
    pub share_of_object: f64,
    /// The length of the subject's lines in the object, m.
    pub length_of_subject_m: f64,
    /// The length of the object's lines in the subject, m.
    pub length_of_object_m: f64,
    /// How many points of the subject lie in the object.
    pub points_of_subject: usize,
    /// How many points of the object lie in the subject.
    pub points_of_object: usize,
}

impl<'a> Drawn<'a> {
    /// The record at a place of a layer.
    pub fn new(layer: &'a Layer, at: usize) -> Self {
        Self { survey: layer.survey(), at, points: points(layer.shapes(at)) }
    }

    /// The only record of a survey, which has these shapes.
    pub fn alone(survey: &'a Survey, shapes: &[Shape]) -> Self {
        Self { survey, at: 0, points: points(shapes) }
    }

    /// The area of its polygons, m².
    pub fn area(self) -> f64 {
        self.survey.area(self.at)
    }

    /// The length of its lines, m.
    pub fn length(self) -> f64 {
        self.survey.length(self.at)
    }

    /// How many points it has.
    pub const fn points(self) -> usize {
        self.points
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
    pub fn common(self, other: Self) -> Common {
        let areas = [self.area(), other.area()];
        let are_surfaces = areas.iter().all(|area| *area > 0.0);
        let is_none_a_surface = areas.iter().all(|area| *area <= 0.0);
        let overlap = || self.survey.overlap_area(self.at, other.survey, other.at);
        Common {
            areas,
            lines: [self.length(), other.length()],
            points: [self.points, other.points],
            shared_area: if are_surfaces { overlap() } else { 0.0 },
            lengths_inside: [self.length_in(other), other.length_in(self)],
            points_inside: [self.points_in(other), other.points_in(self)],
            is_crossing: is_none_a_surface && self.survey.intersects(self.at, other.survey, other.at),
        }
    }
}

impl Common {
    /// Whether it is more than a sliver.
    pub fn is_something(&self, sliver: Sliver) -> bool {
        let [own, others] = self.areas;
        !sliver.is(self.shared_area, own.min(others))
            || self.lengths_inside.iter().any(|length| *length > Sliver::LENGTH_M)
            || self.points_inside.iter().any(|points| *points > 0)
            || self.is_crossing
    }

    /// Whether it is a sliver.
    pub fn is_sliver(&self, sliver: Sliver) -> bool {
        self.shared_area > 0.0 && !self.is_something(sliver)
    }

    /// What the two have in common, if it is something.
    pub fn meeting(&self, sliver: Sliver) -> Option<Meeting> {
        if !self.is_something(sliver) {
            return None;
        }
        // Areas are sums of their own: the last digit of a share of all of it may be above one.
        let share = |whole: f64| if whole > 0.0 { (self.shared_area / whole).clamp(0.0, 1.0) } else { 0.0 };
        Some(Meeting {
            relation: self.relation(sliver),
            area_m2: self.shared_area,
            share_of_subject: share(self.areas[0]),
            share_of_object: share(self.areas[1]),
            length_of_subject_m: self.lengths_inside[0],
            length_of_object_m: self.lengths_inside[1],
            points_of_subject: self.points_inside[0],
            points_of_object: self.points_inside[1],
        })
    }

    fn relation(&self, sliver: Sliver) -> Relation {
        let lacks = |side: usize| {
            let whole = self.areas[side];
            whole > 0.0 && !sliver.is(whole - self.shared_area, whole)
                || self.lines[side] - self.lengths_inside[side] > Sliver::LENGTH_M
                || self.points[side] > self.points_inside[side]
        };
        match [lacks(0), lacks(1)] {
            [false, _] => Relation::Inside,
            [true, false] => Relation::Contains,
            [true, true] => Relation::PartlyInside,
        }
    }

    /// The pair of the two, if they have something in common; the other is the feature `object`.
    pub fn pair(&self, sliver: Sliver, object: FeatureId) -> Option<Pair> {
        let meeting = self.meeting(sliver)?;
        let [own, others] = self.areas;
        let are_surfaces = own.min(others) > 0.0;
        let has_lines = self.lines[0] > 0.0 && others > 0.0;
        let share_of_lines = has_lines.then(|| (self.lengths_inside[0] / self.lines[0]).clamp(0.0, 1.0));
        Some(Pair {
            object,
            relation: meeting.relation,
            area_m2: are_surfaces.then_some(meeting.area_m2),
            share_of_subject: are_surfaces.then_some(meeting.share_of_subject).or(share_of_lines),
            share_of_object: are_surfaces.then_some(meeting.share_of_object),
            length_m: has_lines.then_some(self.lengths_inside[0]),
            distance_m: None,
        })
    }
}

fn points(shapes: &[Shape]) -> usize {
    shapes.iter().filter(|shape| shape.kind() == Kind::Points).map(|shape| shape.coords().len()).sum()
}
