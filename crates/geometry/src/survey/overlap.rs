//! The area that two records share.

use super::Survey;
use super::runs::View;
use super::trapezoid::{self, Desk};
use super::window::{self, Cover};
use crate::Bbox;

/// Areas below this are what rounding leaves along borders that two polygons share, m². Up to 5·10⁻⁸ m² were seen on
/// municipalities.
const NOISE: f64 = 1e-6;
/// The same in wider windows, as a share of the window: some units in the last place of a double.
const ROUNDING: f64 = 2e-15;

/// Two records that share area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The record of the survey that was asked.
    pub subject: u32,
    /// The record of the other.
    pub object: u32,
    /// What they share, m².
    pub area: f64,
}

impl Survey {
    /// The area that the polygons of a record share with those of one of another survey, m²; 0 where borders only touch.
    #[must_use]
    pub fn overlap_area(&self, record: usize, other: &Self, at: usize) -> f64 {
        let slots = self.slot(record).zip(other.slot(at));
        slots.map_or(0.0, |(own, others)| self.overlap(own, other, others, &mut Desk::default()))
    }

    /// All pairs of records that share area, by subject and then by object; worked out on all processors.
    #[must_use]
    pub fn pairs(&self, other: &Self) -> Vec<Pair> {
        let measured = |desk: &mut Desk, subject: usize, object: usize| {
            Some(self.overlap(subject, other, object, desk)).filter(|area| *area > 0.0)
        };
        let found = self.join(other, measured).into_iter();
        found.map(|(subject, object, area)| Pair { subject, object, area }).collect()
    }

    fn overlap(&self, own: usize, other: &Self, others: usize, desk: &mut Desk) -> f64 {
        let (Some(a), Some(b)) = (self.polygons.at(own), other.polygons.at(others)) else { return 0.0 };
        let (a, b) =
            (Measured::new(a, self.polygons.area(own)), Measured::new(b, other.polygons.area(others)));
        // The one whose rectangle is the window is likely to lie all in the other: the other is asked first.
        if a.bbox.contains(b.bbox) { shared(&a, &b, desk) } else { shared(&b, &a, desk) }
    }
}

/// The polygons of a record with their measures.
struct Measured<'a> {
    polygons: View<'a>,
    bbox: Bbox,
    area: f64,
}

impl<'a> Measured<'a> {
    fn new(polygons: View<'a>, area: f64) -> Self {
        Self { polygons, bbox: polygons.bbox(), area }
    }
}

fn shared(a: &Measured, b: &Measured, desk: &mut Desk) -> f64 {
    let Some(window) = a.bbox.intersection(b.bbox) else { return 0.0 };
    let size = window.width() * window.height();
    let area = match window::cut(a.polygons, window, &mut desk.a) {
        Cover::Nothing => return 0.0,
        Cover::Everything if window.contains(b.bbox) => b.area,
        Cover::Everything => match window::cut(b.polygons, window, &mut desk.b) {
            Cover::Nothing => return 0.0,
            Cover::Everything => size,
            Cover::Something => trapezoid::area(&desk.b),
        },
        Cover::Something => match window::cut(b.polygons, window, &mut desk.b) {
            Cover::Nothing => return 0.0,
            Cover::Everything => trapezoid::area(&desk.a),
            Cover::Something => desk.shared(),
        },
    };
    if area >= NOISE.max(ROUNDING * size) { area } else { 0.0 }
}
