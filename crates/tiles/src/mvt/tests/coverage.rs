//! A coverage stays a coverage: municipalities that share borders on the ground share them in every tile, however generalised.

use super::decoder::{self, Feature};
use super::{address, municipalities};
use crate::pyramid::samples;
use crate::{Pyramid, TileAddress, draw};
use geometry::{Shape, Xy, contains};
use std::collections::HashMap;

type Edge<P> = [P; 2];

/// How often each edge is run one way less how often the other way, where that is not the same.
fn unpaired<P: Copy + Ord + std::hash::Hash>(edges: impl Iterator<Item = Edge<P>>) -> HashMap<Edge<P>, i64> {
    let mut counts: HashMap<Edge<P>, i64> = HashMap::new();
    for [a, b] in edges {
        let (edge, way) = if a < b { ([a, b], 1) } else { ([b, a], -1) };
        *counts.entry(edge).or_default() += way;
    }
    counts.retain(|_, count| *count != 0);
    counts
}

/// The outer border of a coverage, as one shape: the edges that no two shapes share, strung together.
fn dissolved(shapes: &[Shape]) -> Shape {
    let bits = |xy: Xy| xy.map(f64::to_bits);
    let edges =
        shapes.iter().flat_map(Shape::rings).flat_map(|ring| ring.windows(2).map(|edge| [edge[0], edge[1]]));
    let outer = unpaired(edges.map(|edge| edge.map(bits)));
    let mut next: HashMap<[u64; 2], Vec<[u64; 2]>> = HashMap::new();
    for ([a, b], way) in outer {
        assert_eq!(way.abs(), 1, "two shapes overlap");
        let (from, to) = if way > 0 { (a, b) } else { (b, a) };
        next.entry(from).or_default().push(to);
    }
    let mut rings: Vec<Vec<Xy>> = Vec::new();
    while let Some(&start) = next.keys().min() {
        let mut ring = vec![start];
        let mut at = start;
        while let Some(to) = next.get_mut(&at).and_then(Vec::pop) {
            ring.push(to);
            at = to;
        }
        next.retain(|_, targets| !targets.is_empty());
        rings.push(ring.into_iter().map(|xy| xy.map(f64::from_bits)).collect());
    }
    Shape::polygons(rings.into_iter().map(|ring| [ring])).unwrap()
}

/// Pixels along a side of a tile: one is 16 units wide.
const PIXELS: i64 = 256;

/// The rings of a feature, and the rows of units that they reach.
struct Piece {
    rings: Vec<Vec<[i64; 2]>>,
    rows: [i64; 2],
}

impl Piece {
    fn of(feature: &Feature) -> Self {
        let rings = feature.paths().unwrap();
        let rows = || rings.iter().flatten().map(|[_, y]| *y);
        Self { rows: [rows().min().unwrap(), rows().max().unwrap()], rings }
    }

    /// Whether a position lies in it, by the crossings of a ray eastwards; one on a border that two pieces share lies in one.
    fn holds(&self, [x, y]: [i64; 2]) -> bool {
        let mut inside = false;
        if !(self.rows[0]..=self.rows[1]).contains(&y) {
            return inside;
        }
        for ring in &self.rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                let (low, high) = if a[1] < b[1] { (a, b) } else { (b, a) };
                let side = || (high[0] - low[0]) * (y - low[1]) - (x - low[0]) * (high[1] - low[1]);
                inside ^= low[1] <= y && y < high[1] && side() > 0;
            }
        }
        inside
    }
}

/// The middle of every so-manieth pixel of a tile must lie in one municipality where it lies in the territory, and in none
/// elsewhere; says how many lay in one. Near the outer border generalising may move it across: there only overlaps are looked for.
fn check(tile: TileAddress, pyramid: &Pyramid, outline: &Shape, every: usize) -> usize {
    let bytes = draw::tile(&[(pyramid, None)], tile);
    let layers = decoder::decode(&bytes).unwrap();
    let Some(layer) = layers.first() else { return 0 };
    let pieces: Vec<Piece> = layer.features.iter().map(Piece::of).collect();
    let (corner, unit) = (tile.world_bbox(0.0).min, 1.0 / (4096.0 * tile.tiles_across()));
    #[expect(clippy::cast_precision_loss, reason = "units of a tile are few")]
    let world = |x: i64, y: i64| [corner[0] + x as f64 * unit, corner[1] + y as f64 * unit];
    let in_territory = |at: Xy| contains::point(outline, at);
    let mut seen = 0;
    for row in (0..PIXELS).step_by(every) {
        for column in (0..PIXELS).step_by(every) {
            let [x, y] = [column, row].map(|pixel| pixel * 16 + 8);
            let inside = pieces.iter().filter(|piece| piece.holds([x, y])).count();
            assert!(inside < 2, "{tile}: {x} {y} lies in {inside} municipalities");
            let is_in = in_territory(world(x, y));
            let mut around = (-6..=6).flat_map(|dx| (-6..=6).map(move |dy| world(x + 4 * dx, y + 4 * dy)));
            let mut is_near_the_border = || around.any(|at| in_territory(at) != is_in);
            assert!(
                inside == usize::from(is_in) || is_near_the_border(),
                "{tile}: {x} {y} lies in a gap, or outside"
            );
            seen += inside;
        }
    }
    seen
}

/// Checks all tiles of the metropolitan city on some levels.
fn check_levels(zooms: std::ops::RangeInclusive<u8>, every: usize) {
    let Some(municipalities) = municipalities() else { return };
    let shapes: Vec<Shape> = municipalities.into_iter().map(|(_, shape)| shape).collect();
    let outline = dissolved(&shapes);
    // San Colombano al Lambro lies apart from the rest.
    assert_eq!((shapes.len(), outline.part_count()), (133, 2));
    let pyramid = samples::of_shapes(&shapes, samples::tileset(4, 12, 64));
    let bbox = outline.bbox();
    for z in zooms {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tiles are few")]
        let at = |edge: f64| (edge * f64::from(1 << z)) as u32;
        let range = |axis: usize| at(bbox.min[axis])..=at(bbox.max[axis]);
        let tiles = range(0).flat_map(|x| range(1).map(move |y| address(z, x, y)));
        let seen: usize = tiles.map(|tile| check(tile, &pyramid, &outline, every)).sum();
        assert!(seen > 20, "only {seen} pixels on level {z}");
    }
}

#[test]
fn there_is_no_gap_and_no_overlap_between_municipalities() {
    check_levels(4..=6, 1);
    check_levels(7..=10, 9);
}

#[test]
#[ignore = "takes minutes: cargo test --release -p tiles -- --ignored pixel"]
fn there_is_none_at_any_pixel_of_any_tile() {
    check_levels(4..=12, 1);
}
