//! The outline of rings: their edges less those that run in both directions, joined into rings again.

use crate::Xy;
use std::collections::HashMap;
use std::f64::consts::TAU;

/// Edges, by the numbers of their ends.
#[derive(Default)]
pub struct Outline {
    numbers: HashMap<[u64; 2], usize>,
    positions: Vec<Xy>,
    /// In the order in which they came.
    edges: Vec<(usize, usize)>,
    /// For each edge, the lower number first: how often it runs upwards more than downwards.
    surplus: HashMap<(usize, usize), i64>,
}

impl Outline {
    /// Adds a closed ring with the inside to its left.
    pub fn add(&mut self, ring: impl Iterator<Item = Xy>) {
        let mut last = None;
        for xy in ring {
            let next = self.number(xy);
            if let Some(from) = last.replace(next).filter(|from| *from != next) {
                self.edges.push((from, next));
                let (edge, direction) = undirected((from, next));
                *self.surplus.entry(edge).or_default() += direction;
            }
        }
    }

    fn number(&mut self, xy: Xy) -> usize {
        let next = self.positions.len();
        // Zero has two spellings in floating point.
        let number = *self.numbers.entry(xy.map(|it| (it + 0.0).to_bits())).or_insert(next);
        if number == next {
            self.positions.push(xy);
        }
        number
    }

    /// The rings of what remains, each closed, in the order of their first edges.
    pub fn rings(mut self) -> Vec<Vec<Xy>> {
        let edges = self.remaining();
        let mut from: HashMap<usize, Vec<usize>> = HashMap::new();
        for (edge, (start, _)) in edges.iter().enumerate() {
            from.entry(*start).or_default().push(edge);
        }
        let mut used = vec![false; edges.len()];
        let mut rings = Vec::new();
        for first in 0..edges.len() {
            if !used[first] {
                self.walk(first, &edges, &from, &mut used, &mut rings);
            }
        }
        rings
    }

    /// The edges that no edge of the other direction takes away.
    fn remaining(&mut self) -> Vec<(usize, usize)> {
        let surplus = &mut self.surplus;
        let is_left = |edge: &(usize, usize)| {
            let (edge, direction) = undirected(*edge);
            let left = surplus.entry(edge).or_default();
            let stays = *left * direction > 0;
            if stays {
                *left -= direction;
            }
            stays
        };
        self.edges.iter().copied().filter(is_left).collect()
    }

    /// Walks along the border of the inside to the left of an edge, back to its start. Where the walk comes to a position
    /// again, what it went round since then is a ring of its own.
    fn walk(
        &self,
        first: usize,
        edges: &[(usize, usize)],
        from: &HashMap<usize, Vec<usize>>,
        used: &mut [bool],
        rings: &mut Vec<Vec<Xy>>,
    ) {
        let mut path = vec![edges[first].0];
        let mut places = HashMap::from([(edges[first].0, 0)]);
        let mut current = Some(first);
        while let Some(edge) = current {
            used[edge] = true;
            let (start, end) = edges[edge];
            if let Some(place) = places.get(&end).copied() {
                let mut ring: Vec<Xy> = path[place..].iter().map(|it| self.positions[*it]).collect();
                ring.push(self.positions[end]);
                rings.push(ring);
                path.drain(place + 1..).for_each(|passed| {
                    places.remove(&passed);
                });
            } else {
                places.insert(end, path.len());
                path.push(end);
            }
            let free = from.get(&end).into_iter().flatten().copied().filter(|next| !used[*next]);
            let turn = |next: &usize| self.turn(start, end, edges[*next].1);
            current = free.min_by(|a, b| turn(a).total_cmp(&turn(b)));
            if path.len() == 1 && end == edges[first].0 {
                // Whatever else leaves from here is the border of another inside.
                return;
            }
        }
    }

    /// How far clockwise from the way back the way on is, in radians: the least of them has the same inside to its left.
    fn turn(&self, start: usize, at: usize, end: usize) -> f64 {
        let way = |to: usize| {
            let ([x, y], [x0, y0]) = (self.positions[to], self.positions[at]);
            [x - x0, y - y0]
        };
        let (back, on) = (way(start), way(end));
        let cross = back[0] * on[1] - back[1] * on[0];
        let dot = back[0] * on[0] + back[1] * on[1];
        let clockwise = (-cross).atan2(dot);
        if clockwise <= 0.0 { clockwise + TAU } else { clockwise }
    }
}

/// An edge with its lower end first, and whether it runs so (1) or the other way (-1).
const fn undirected((from, to): (usize, usize)) -> ((usize, usize), i64) {
    if from < to { ((from, to), 1) } else { ((to, from), -1) }
}
