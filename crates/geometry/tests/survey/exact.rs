//! Areas against exact rational arithmetic: every double is a fraction, and so are the trapezoids under edges between doubles.

use crate::land::{areas, around, municipalities, survey};
use geometry::{Shape, Xy, area};
use num_bigint::BigInt;
use num_rational::BigRational;

/// Terms are added up in units of 2⁻⁸⁰ m²: their sum is exact to far below what is asked.
const FRACTION_BITS: u32 = 80;

/// An edge from left to right, and whether the polygon lies below it (1) or above it (−1).
struct Edge {
    left: [BigRational; 2],
    right: [BigRational; 2],
    sign: i32,
    span: [f64; 2],
}

fn exact(number: f64) -> BigRational {
    BigRational::from_float(number).unwrap()
}

fn edges(polygons: &Shape, origin: Xy) -> Vec<Edge> {
    let position = |xy: Xy| [0, 1].map(|axis| exact(xy[axis]) - exact(origin[axis]));
    let mut found = Vec::new();
    for part in polygons.parts() {
        for (place, ring) in part.rings().enumerate() {
            let turn = if (area::ring(ring) < 0.0) == (place == 0) { -1 } else { 1 };
            for edge in ring.windows(2) {
                let (a, b) = (edge[0], edge[1]);
                let (left, right, sign) = if a[0] < b[0] { (a, b, -turn) } else { (b, a, turn) };
                if left[0] < right[0] {
                    let span = [left[0], right[0]];
                    found.push(Edge { left: position(left), right: position(right), sign, span });
                }
            }
        }
    }
    found
}

impl Edge {
    fn at(&self, x: &BigRational) -> BigRational {
        let slope = (&self.right[1] - &self.left[1]) / (&self.right[0] - &self.left[0]);
        &self.left[1] + (x - &self.left[0]) * slope
    }

    /// Twice the area under both edges.
    fn shared(&self, other: &Self) -> BigRational {
        let (from, to) = ((&self.left[0]).max(&other.left[0]), (&self.right[0]).min(&other.right[0]));
        let heights = |edge: &Self| [edge.at(from), edge.at(to)];
        let ([a0, a1], [b0, b1]) = (heights(self), heights(other));
        let (start, end) = (&a0 - &b0, &a1 - &b1);
        let zero = exact(0.0);
        if (&start * &end) < zero {
            // The lower of two lines that cross: two trapezoids, on either side of the crossing.
            let share = &start / (&start - &end);
            let (width, height) = (to - from, &a0 + (&a1 - &a0) * &share);
            let (first, last) = (a0.min(b0), a1.min(b1));
            &width * &share * (first + &height) + width * (exact(1.0) - share) * (height + last)
        } else {
            (to - from) * (a0 + a1).min(b0 + b1)
        }
    }
}

/// The area that two polygons share, to the last digit of a double.
fn shared(a: &Shape, b: &Shape) -> f64 {
    let low = a.bbox().union(b.bbox()).min;
    let (a, b) = (edges(a, low), edges(b, low));
    let mut sum = BigInt::from(0);
    for (a, b) in a.iter().flat_map(|a| b.iter().map(move |b| (a, b))) {
        if a.span[0].max(b.span[0]) < a.span[1].min(b.span[1]) {
            let term = a.shared(b) * BigInt::from(a.sign * b.sign);
            sum += (term.numer() << FRACTION_BITS) / term.denom();
        }
    }
    let whole = BigRational::new(sum, BigInt::from(2) << FRACTION_BITS);
    // The quotient of two integers of at most some hundred bits.
    let (numerator, denominator) = (whole.numer().to_string(), whole.denom().to_string());
    numerator.parse::<f64>().unwrap() / denominator.parse::<f64>().unwrap()
}

#[test]
fn areas_are_those_of_exact_arithmetic() {
    let Some(municipalities) = municipalities(15) else { return };
    let moved: Vec<Shape> =
        municipalities.iter().map(|shape| shape.map(|[x, y]| [x + 1_234.567, y - 765.4321])).collect();
    let (own, mut worst, mut checked): (_, f64, _) = (survey(&municipalities), 0.0, 0);
    for others in [areas(300, around(&municipalities)), moved, municipalities.clone()] {
        let other = survey(&others);
        let pairs = (0..others.len()).flat_map(|j| {
            let near = own.near(other.bbox(j).unwrap());
            near.into_iter().map(move |i| (i as usize, j))
        });
        for (i, j) in pairs.step_by(19).take(25) {
            let expect = shared(&municipalities[i], &others[j]);
            let found = own.overlap_area(i, &other, j);
            worst = worst.max((found - expect).abs());
            checked += 1;
        }
    }
    assert!(worst <= 1e-7 && checked > 60, "{worst:e} m² off in {checked} pairs");
}
