//! What of the lines and points of a record lies in the polygons of another.
//!
//! A point is inside if a ray from it to the east crosses an odd number of borders. A chunk that lies all to the east of the
//! point is crossed as the straight line from its first to its last coordinate is: only the few chunks round the point are
//! looked into. Sides are decided exactly. A point on a border belongs to the polygon to the east of it, or to the north where the
//! border is level: of two neighbours one has it, so that what is counted by area is counted once.
//!
//! A line is cut where it crosses borders, and the middle of each piece is inside or not. What runs along a border that two
//! neighbours share is in one of them.

use super::Survey;
use super::runs::{Chunk, View};
use crate::relate::side;
use crate::{Bbox, Xy, length};

impl Survey {
    /// The length of the lines of a record in the polygons of one of another survey, m.
    #[must_use]
    pub fn length_inside(&self, record: usize, other: &Self, at: usize) -> f64 {
        self.lines(record).zip(other.polygons(at)).map_or(0.0, |(lines, polygons)| polygons.length_of(lines))
    }

    /// How many points of a record lie in the polygons of one of another survey.
    #[must_use]
    pub fn points_inside(&self, record: usize, other: &Self, at: usize) -> usize {
        other.polygons(at).map_or(0, |polygons| polygons.held(self.points(record)).count())
    }

    /// All pairs of a record with lines and one with polygons that they run through, with the length inside, m: by subject and then by
    /// object.
    #[must_use]
    pub fn lengths(&self, other: &Self) -> Vec<(u32, u32, f64)> {
        self.join(other, |(): &mut (), subject, object| {
            let length = other.polygons.at(object)?.length_of(self.lines.at(subject)?);
            (length > 0.0).then_some(length)
        })
    }

    /// All pairs of a record with points and one with polygons that hold some of them, with their number: by subject and then by
    /// object.
    #[must_use]
    pub fn counts(&self, other: &Self) -> Vec<(u32, u32, usize)> {
        self.join(other, |(): &mut (), subject, object| {
            let count = other.polygons.at(object)?.held(self.points.at(subject)).count();
            (count > 0).then_some(count)
        })
    }
}

impl<'a> View<'a> {
    /// The points that lie in the polygons.
    pub fn held(self, points: &'a [Xy]) -> impl Iterator<Item = Xy> {
        points.iter().copied().filter(move |xy| self.holds(*xy))
    }

    fn length_of(self, lines: View<'a>) -> f64 {
        let mut sum = 0.0;
        self.pieces_of(lines, |piece| sum += length::line(&piece));
        sum
    }

    /// Hands over the pieces of lines that lie in the polygons, segment by segment.
    pub fn pieces_of(self, lines: View<'a>, mut each: impl FnMut([Xy; 2])) {
        let mut walk = Walk { polygons: self, near: Vec::new(), cuts: Vec::new(), state: None };
        for block in lines.blocks {
            walk.state = None;
            for chunk in lines.chunks(block) {
                walk.chunk(chunk, lines.coords(chunk), &mut each);
            }
        }
    }

    /// Whether a position lies in the polygons.
    pub fn holds(self, xy: Xy) -> bool {
        let mut inside = false;
        for block in self.blocks.iter().filter(|block| is_level(block.bbox, xy)) {
            let chunks = self.chunks(block);
            if block.bbox.min[0] > xy[0] {
                let [first, last] = [&chunks[0], &chunks[chunks.len() - 1]].map(|chunk| self.coords(chunk));
                inside ^= (first[0][1] <= xy[1]) != (last[last.len() - 1][1] <= xy[1]);
                continue;
            }
            for chunk in chunks.iter().filter(|chunk| is_level(chunk.bbox, xy)) {
                let coords = self.coords(chunk);
                if chunk.bbox.min[0] > xy[0] {
                    inside ^= (coords[0][1] <= xy[1]) != (coords[coords.len() - 1][1] <= xy[1]);
                } else {
                    inside ^= coords.windows(2).filter(|edge| is_west(edge, xy)).count() % 2 == 1;
                }
            }
        }
        inside
    }
}

/// Whether a ray from a position to the east may cross what lies in a rectangle.
fn is_level(bbox: Bbox, xy: Xy) -> bool {
    bbox.min[1] <= xy[1] && xy[1] <= bbox.max[1] && xy[0] <= bbox.max[0]
}

/// Whether a position is to the west of an edge, which holds its lower end but not its upper one.
fn is_west(edge: &[Xy], xy: Xy) -> bool {
    let (a, b) = (edge[0], edge[1]);
    if (a[1] <= xy[1]) == (b[1] <= xy[1]) {
        return false;
    }
    // Most edges are all on one side.
    if a[0] > xy[0] && b[0] > xy[0] {
        return true;
    }
    let (low, high) = if a[1] <= xy[1] { (a, b) } else { (b, a) };
    side(low, high, xy) > 0.0
}

/// A way along lines through polygons.
struct Walk<'a> {
    polygons: View<'a>,
    /// The chunks near the segments at hand.
    near: Vec<&'a Chunk>,
    cuts: Vec<f64>,
    /// Whether the last position is inside, if no border has come near since that was asked.
    state: Option<bool>,
}

impl Walk<'_> {
    fn chunk(&mut self, chunk: &Chunk, coords: &[Xy], each: &mut impl FnMut([Xy; 2])) {
        self.near.clear();
        self.near.extend(self.polygons.near(chunk.bbox));
        for edge in coords.windows(2) {
            self.segment([edge[0], edge[1]], each);
        }
    }

    fn segment(&mut self, segment: [Xy; 2], each: &mut impl FnMut([Xy; 2])) {
        if !self.cut(segment) {
            let polygons = self.polygons;
            if *self.state.get_or_insert_with(|| polygons.holds(segment[0])) {
                each(segment);
            }
            return;
        }
        self.state = None;
        for piece in self.cuts.windows(2) {
            if self.polygons.holds(along(segment, piece[0].midpoint(piece[1]))) {
                each([along(segment, piece[0]), along(segment, piece[1])]);
            }
        }
    }

    /// Finds the shares of the way along a segment at which it crosses borders, ascending, with 0 and 1; whether any border is near.
    fn cut(&mut self, segment: [Xy; 2]) -> bool {
        let bbox = Bbox::new(segment[0], segment[0]).with(segment[1]);
        let mut is_near = false;
        self.cuts.clear();
        for chunk in self.near.iter().filter(|chunk| chunk.bbox.intersects(bbox)) {
            for edge in self.polygons.coords(chunk).windows(2) {
                if Bbox::new(edge[0], edge[0]).with(edge[1]).intersects(bbox) {
                    is_near = true;
                    self.cuts.extend(crossing(segment, edge));
                }
            }
        }
        self.cuts.extend([0.0, 1.0]);
        self.cuts.sort_unstable_by(f64::total_cmp);
        self.cuts.dedup();
        is_near
    }
}

/// The share of the way along a segment at which it crosses an edge.
fn crossing([start, end]: [Xy; 2], edge: &[Xy]) -> Option<f64> {
    // Always from the lower end, so that a border and its reverse round alike.
    let (low, high) = if edge[0][1] <= edge[1][1] { (edge[0], edge[1]) } else { (edge[1], edge[0]) };
    let (from, to) = (side(low, high, start), side(low, high, end));
    let straddles = |one: f64, other: f64| (one > 0.0) != (other > 0.0);
    (straddles(from, to) && straddles(side(start, end, low), side(start, end, high)))
        .then(|| (from / (from - to)).clamp(0.0, 1.0))
}

fn along([start, end]: [Xy; 2], share: f64) -> Xy {
    if share >= 1.0 {
        return end;
    }
    [0, 1].map(|axis| start[axis] + share * (end[axis] - start[axis]))
}
