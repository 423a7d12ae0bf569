//! Who wins each vertex of the lattice, and where the borders between the winners run.

use super::bids::Bids;
use super::lattice::Lattice;
use crate::demo::plane::Point;

/// How near a border may come to a vertex, as a share of the lattice's side, so that borders around it do not touch.
const CLEARANCE: f64 = 0.05;

/// A vertex of a border: it has the same name on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// On the side between two vertices of the lattice, the lower first.
    Crossing(usize, usize),
    /// In the triangle of this number, whose corners have three winners.
    Junction(usize),
}

/// A straight piece of border.
pub struct Segment {
    pub from: (Node, Point),
    pub to: (Node, Point),
    pub left: usize,
    pub right: usize,
}

pub struct Partition<'a> {
    lattice: &'a Lattice,
    bids: &'a Bids,
    weights: &'a [f64],
    /// By vertex; the outside is the number after the last municipality.
    winners: Vec<usize>,
}

impl<'a> Partition<'a> {
    pub fn new(lattice: &'a Lattice, bids: &'a Bids, weights: &'a [f64]) -> Self {
        let winner = |(municipalities, outside): (&Vec<(usize, f64)>, &f64)| {
            let mut best = (weights.len(), *outside);
            for &(index, bid) in municipalities {
                let bid = bid - weights[index];
                if bid < best.1 {
                    best = (index, bid);
                }
            }
            best.0
        };
        let winners = bids.municipalities.iter().zip(&bids.outside).map(winner).collect();
        Self { lattice, bids, weights, winners }
    }

    /// The number that stands for the outside.
    pub fn outside(&self) -> usize {
        self.weights.len()
    }

    /// The vertices that nobody has but the outside.
    pub fn outside_points(&self) -> Vec<Point> {
        let outside = (0..self.winners.len()).filter(|&vertex| self.winners[vertex] == self.outside());
        outside.map(|vertex| self.lattice.point(vertex)).collect()
    }

    /// Square metres of each municipality.
    pub fn areas(&self) -> Vec<f64> {
        let mut areas = vec![0.0; self.weights.len() + 1];
        self.borders(|Segment { from: (_, from), to: (_, to), left, right }| {
            let triangle = (from.x * to.y - to.x * from.y) / 2.0;
            areas[left] += triangle;
            areas[right] -= triangle;
        });
        areas
    }

    /// Vertices that are cut off from the rest of their winner's, each with that winner.
    pub fn strays(&self) -> Vec<(usize, usize)> {
        // Each vertex points to an earlier one of its piece, the first of a piece to itself (union-find).
        let mut earlier: Vec<usize> = (0..self.winners.len()).collect();
        for &[a, b, c] in &self.lattice.triangles {
            for (one, other) in [(a, b), (b, c), (c, a)] {
                if self.winners[one] == self.winners[other] {
                    let (one, other) = (first(&mut earlier, one), first(&mut earlier, other));
                    earlier[one.max(other)] = one.min(other);
                }
            }
        }
        let mut sizes = vec![0_u32; self.winners.len()];
        for vertex in 0..self.winners.len() {
            sizes[first(&mut earlier, vertex)] += 1;
        }
        // A vertex of each winner's largest piece: its first, which is the one that is counted.
        let mut main = vec![0; self.weights.len() + 1];
        for (vertex, winner) in self.winners.iter().enumerate() {
            if sizes[vertex] > sizes[main[*winner]] || self.winners[main[*winner]] != *winner {
                main[*winner] = vertex;
            }
        }
        let all = self.winners.iter().copied().enumerate();
        all.filter(|&(vertex, winner)| first(&mut earlier, vertex) != main[winner]).collect()
    }

    /// Visits every piece of border once.
    pub fn borders(&self, mut visit: impl FnMut(Segment)) {
        for (number, &[a, b, c]) in self.lattice.triangles.iter().enumerate() {
            let [winner_a, winner_b, winner_c] = [a, b, c].map(|vertex| self.winners[vertex]);
            // A corner that differs from two equal ones is cut off; three that differ meet in the middle.
            let mut cut = |corner: usize, next: usize, last: usize| {
                let (left, right) = (self.winners[corner], self.winners[next]);
                visit(Segment {
                    from: self.crossing(corner, next),
                    to: self.crossing(last, corner),
                    left,
                    right,
                });
            };
            match (winner_a == winner_b, winner_b == winner_c, winner_c == winner_a) {
                (true, true, _) => {}
                (true, ..) => cut(c, a, b),
                (_, true, _) => cut(a, b, c),
                (.., true) => cut(b, c, a),
                _ => self.meeting(number, [a, b, c], &mut visit),
            }
        }
    }

    fn meeting(&self, triangle: usize, corners: [usize; 3], visit: &mut impl FnMut(Segment)) {
        let [a, b, c] = corners;
        let sides = [(a, b), (b, c), (c, a)];
        let crossings = sides.map(|(one, other)| self.crossing(one, other));
        let [(_, first), (_, second), (_, third)] = crossings;
        let middle =
            Point { x: (first.x + second.x + third.x) / 3.0, y: (first.y + second.y + third.y) / 3.0 };
        for ((one, other), from) in sides.into_iter().zip(crossings) {
            let (left, right) = (self.winners[one], self.winners[other]);
            visit(Segment { from, to: (Node::Junction(triangle), middle), left, right });
        }
    }

    /// Where the bids of two winners are equal between their two vertices.
    fn crossing(&self, one: usize, other: usize) -> (Node, Point) {
        let (low, high) = (one.min(other), one.max(other));
        let (winner, rival) = (self.winners[low], self.winners[high]);
        let lead = self.bid(rival, low) - self.bid(winner, low);
        let lag = self.bid(winner, high) - self.bid(rival, high);
        let share = if lead + lag > 0.0 { lead / (lead + lag) } else { 0.5 };
        let share = share.clamp(CLEARANCE, 1.0 - CLEARANCE);
        let at = self.lattice.point(low).towards(self.lattice.point(high), share);
        (Node::Crossing(low, high), at)
    }

    /// What a bidder bids with its weight; who made no bid is taken to have made the highest.
    fn bid(&self, bidder: usize, vertex: usize) -> f64 {
        if bidder == self.outside() {
            return self.bids.outside[vertex];
        }
        let bids = &self.bids.municipalities[vertex];
        let own = bids.iter().find(|(index, _)| *index == bidder);
        own.map_or(super::bids::HIGHEST, |(_, bid)| *bid) - self.weights[bidder]
    }
}

/// The first vertex of a piece. Every vertex on the way there is brought nearer to it.
fn first(earlier: &mut [usize], mut vertex: usize) -> usize {
    while earlier[vertex] != vertex {
        earlier[vertex] = earlier[earlier[vertex]];
        vertex = earlier[vertex];
    }
    vertex
}
