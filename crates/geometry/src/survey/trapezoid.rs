//! Trapezoids under edges, and how much of them two polygons share.
//!
//! Let e run over the edges of a polygon, s(e) = 1 if the polygon lies below e and −1 if above, and y(e, x) be the height of e
//! over the x that it spans. A point (x, y) with y ≥ 0 lies in the polygon exactly if Σ s(e) = 1 over the edges with y < y(e, x),
//! and otherwise the sum is 0. So the area of the polygon is Σ s(e) ∫ y(e, x) dx, and what two polygons share is
//! Σ s(e) s(f) ∫ min(y(e, x), y(f, x)) dx over the pairs of an edge of the one and an edge of the other.

/// At most so many pairs of edges are all gone through; more are sorted first. Measured on municipalities: the curves cross
/// between 300 and 600 pairs.
const FEW_PAIRS: usize = 400;

/// An edge that is not upright: the upper side of a trapezoid that stands on the x axis. Metres, from a corner of the window.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// Where it begins and ends on the x axis.
    pub left: f64,
    /// See `left`.
    pub right: f64,
    /// Its height at `left`.
    pub height: f64,
    /// How much it rises a metre.
    pub slope: f64,
    /// 1 if the polygon lies below it, −1 if above.
    pub sign: f64,
}

impl Edge {
    /// Its trapezoid, m², signed.
    fn area(&self) -> f64 {
        let width = self.right - self.left;
        self.sign * width * (self.height + self.slope * width / 2.0)
    }

    fn at(&self, x: f64) -> f64 {
        self.height + (x - self.left) * self.slope
    }

    /// What its trapezoid shares with that of another edge, m², signed.
    fn shared(&self, other: &Self) -> f64 {
        let (from, to) = (self.left.max(other.left), self.right.min(other.right));
        if from >= to {
            return 0.0;
        }
        let (own, others) = ([self.at(from), self.at(to)], [other.at(from), other.at(to)]);
        let apart = [own[0] - others[0], own[1] - others[1]];
        let mut sum = (own[0] + own[1]).min(others[0] + others[1]);
        if apart[0] * apart[1] < 0.0 {
            // They cross: min(a, b) = a − max(a − b, 0), and a − b is above zero over apart/(|apart₀| + |apart₁|) of the way.
            let above = apart[0].max(apart[1]);
            sum = own[0] + own[1] - above * above / (apart[0] - apart[1]).abs();
        }
        self.sign * other.sign * (to - from) * sum / 2.0
    }
}

/// The area under the edges of a polygon, m².
pub fn area(edges: &[Edge]) -> f64 {
    edges.iter().map(Edge::area).sum()
}

/// The edges of two polygons, and room to add up what their trapezoids share; used again from pair to pair, since asking for memory
/// takes longer than many a pair, and threads would wait for one another there.
#[derive(Debug, Default)]
pub struct Desk {
    /// The edges of one polygon.
    pub a: Vec<Edge>,
    /// The edges of the other.
    pub b: Vec<Edge>,
    open_a: Vec<Edge>,
    open_b: Vec<Edge>,
}

impl Desk {
    /// The area that the two polygons share, m². The edges may be put in another order.
    pub fn shared(&mut self) -> f64 {
        if self.a.len() * self.b.len() <= FEW_PAIRS {
            return self.a.iter().map(|edge| with_all(edge, &self.b)).sum();
        }
        self.sweep()
    }

    /// Goes through the edges of both from left to right, each with those of the other polygon that have begun and not ended.
    fn sweep(&mut self) -> f64 {
        let Self { a, b, open_a, open_b } = self;
        a.sort_unstable_by(|one, other| one.left.total_cmp(&other.left));
        b.sort_unstable_by(|one, other| one.left.total_cmp(&other.left));
        open_a.clear();
        open_b.clear();
        let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
        let mut sum = 0.0;
        loop {
            let is_a = match (a.peek(), b.peek()) {
                (Some(a), Some(b)) => a.left <= b.left,
                // What is left of one polygon meets only what is open of the other.
                (Some(_), None) if !open_b.is_empty() => true,
                (None, Some(_)) if !open_a.is_empty() => false,
                _ => return sum,
            };
            let (next, own, others) = if is_a {
                (a.next(), &mut *open_a, &mut *open_b)
            } else {
                (b.next(), &mut *open_b, &mut *open_a)
            };
            let Some(edge) = next else { return sum };
            others.retain(|other| other.right > edge.left);
            sum += with_all(edge, others);
            own.push(*edge);
        }
    }
}

fn with_all(edge: &Edge, others: &[Edge]) -> f64 {
    others.iter().map(|other| edge.shared(other)).sum()
}
