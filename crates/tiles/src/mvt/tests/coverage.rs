//! A coverage stays a coverage: municipalities that share borders on the ground share them in every tile.

use super::decoder::Layer;
use super::{address, drawn, municipalities};
use crate::TileAddress;
use geometry::{Shape, Xy};
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

fn rings(layer: &Layer) -> Vec<Vec<[i64; 2]>> {
    layer.features.iter().flat_map(|feature| feature.paths().unwrap()).collect()
}

fn edges(ring: &[[i64; 2]]) -> impl Iterator<Item = Edge<[i64; 2]>> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)).map(|(a, b)| [a, b])
}

/// Whether an edge runs along the cut and not along a border on the ground.
fn is_cut([a, b]: &Edge<[i64; 2]>) -> bool {
    (0..2).any(|axis| a[axis] == b[axis] && (a[axis] == -64 || a[axis] == 4096 + 64))
}

fn doubled_area(rings: &[Vec<[i64; 2]>]) -> i64 {
    rings.iter().flat_map(|ring| edges(ring)).map(|[a, b]| a[0] * b[1] - b[0] * a[1]).sum()
}

fn check(tile: TileAddress, shapes: &[Shape], outline: &Shape) -> bool {
    let Some(pieces) = drawn(tile, 64, shapes) else { return false };
    let pieces = rings(&pieces);
    let whole = drawn(tile, 64, std::slice::from_ref(outline)).map_or(vec![], |layer| rings(&layer));
    let [ours, theirs] = [&pieces, &whole].map(|rings| {
        let mut unpaired = unpaired(rings.iter().flat_map(|ring| edges(ring)));
        unpaired.retain(|edge, _| !is_cut(edge));
        unpaired
    });
    assert_eq!(ours, theirs, "{tile}: a gap or an overlap");
    assert_eq!(doubled_area(&pieces), doubled_area(&whole), "{tile}: the areas do not add up");
    true
}

#[test]
fn there_is_no_gap_and_no_overlap_between_municipalities() {
    let Some(municipalities) = municipalities() else { return };
    let shapes: Vec<Shape> = municipalities.into_iter().map(|(_, shape)| shape).collect();
    let outline = dissolved(&shapes);
    // San Colombano al Lambro lies apart from the rest.
    assert_eq!((shapes.len(), outline.part_count()), (133, 2));
    let bbox = outline.bbox();
    for z in 4..=13 {
        let across = f64::from(1 << z);
        let range = |axis: usize| [bbox.min[axis] * across, bbox.max[axis] * across].map(f64::floor);
        let tiles = |[first, last]: [f64; 2]| {
            (0..1_u32 << z).filter(move |&i| (first..=last).contains(&f64::from(i)))
        };
        let (mut seen, columns) = (0, tiles(range(0)));
        for x in columns {
            seen += tiles(range(1)).filter(|&y| check(address(z, x, y), &shapes, &outline)).count();
        }
        assert!(seen > 0, "no tile on level {z}");
    }
}
