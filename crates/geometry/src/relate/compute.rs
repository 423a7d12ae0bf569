//! The nine intersections, worked out.

use super::contacts::{self, Contact, Contacts};
use super::locate;
use super::matrix::{Matrix, Part, dimension};
use super::prepared::Prepared;
use super::segment::{Segment, along, order, same, side};
use crate::{Kind, Shape, Xy};
use std::collections::HashSet;

/// Whether two shapes share a point: the same as the matrix says, for less.
pub fn intersects(a: &Prepared, b: &Shape) -> bool {
    if !a.shape.bbox().intersects(b.bbox()) {
        return false;
    }
    if b.kind() == Kind::Points {
        return b.coords().iter().any(|xy| locate::part(a, *xy) != Part::Exterior);
    }
    if let Some(part) = whole(a, b) {
        return part != Part::Exterior;
    }
    let b = Prepared::new(b);
    if a.shape.kind() == Kind::Points {
        return a.shape.coords().iter().any(|xy| locate::part(&b, *xy) != Part::Exterior);
    }
    // Without a border in common, one lies in the other, whole rings and lines of it at least, or they are apart.
    contacts::meet(&b.segments, a) || has_run_in(&b.shape, a) || has_run_in(&a.shape, &b)
}

/// The part of polygons in which all of a shape lies, where its rectangle meets no border: not `None` for most shapes, and far
/// cheaper than the matrix.
pub fn whole(polygons: &Prepared, shape: &Shape) -> Option<Part> {
    let is_clear = polygons.shape.kind() == Kind::Polygons && !contacts::come_near(polygons, shape.bbox());
    is_clear.then(|| locate::part(polygons, shape.coords()[0]))
}

fn has_run_in(shape: &Shape, polygons: &Prepared) -> bool {
    polygons.shape.kind() == Kind::Polygons
        && shape.rings().any(|run| locate::part(polygons, run[0]) != Part::Exterior)
}

/// The nine intersections of two shapes.
pub fn matrix(a: &Prepared, b: &Prepared) -> Matrix {
    match (a.shape.kind(), b.shape.kind()) {
        (Kind::Points, _) => of_points(a, b),
        (_, Kind::Points) => of_points(b, a).transposed(),
        (Kind::Lines, Kind::Lines) => of_lines(a, b),
        (Kind::Lines, Kind::Polygons) => of_line_and_polygon(a, b),
        (Kind::Polygons, Kind::Lines) => of_line_and_polygon(b, a).transposed(),
        (Kind::Polygons, Kind::Polygons) => of_polygons(a, b),
    }
}

fn of_points(a: &Prepared, b: &Prepared) -> Matrix {
    let mut matrix = Matrix::apart();
    for xy in a.shape.coords() {
        matrix.note(Part::Interior, locate::part(b, *xy), 0);
    }
    let is_missed = |xy: &Xy| locate::part(a, *xy) == Part::Exterior;
    let kind = b.shape.kind();
    if kind != Kind::Points || b.shape.coords().iter().any(is_missed) {
        matrix.note(Part::Exterior, Part::Interior, dimension(kind));
    }
    match kind {
        Kind::Lines if b.ends.iter().any(is_missed) => matrix.note(Part::Exterior, Part::Border, 0),
        Kind::Polygons => matrix.note(Part::Exterior, Part::Border, 1),
        _ => {}
    }
    matrix
}

fn of_lines(a: &Prepared, b: &Prepared) -> Matrix {
    let mut matrix = Matrix::apart();
    let contacts = Contacts::of(a, b);
    let (edges_a, edges_b) = (edges(a, &contacts), edges(b, &contacts.transposed()));
    if !contacts.crossings.is_empty() {
        matrix.note(Part::Interior, Part::Interior, 0);
    }
    for xy in contacts.positions() {
        matrix.note(locate::part(a, xy), locate::part(b, xy), 0);
    }
    let (set_a, set_b) = (set(&edges_a), set(&edges_b));
    for (edge, _) in &edges_a {
        let other = if set_b.contains(&key(*edge)) { Part::Interior } else { Part::Exterior };
        matrix.note(Part::Interior, other, 1);
    }
    if edges_b.iter().any(|(edge, _)| !set_a.contains(&key(*edge))) {
        matrix.note(Part::Exterior, Part::Interior, 1);
    }
    for xy in &a.ends {
        matrix.note(Part::Border, locate::part(b, *xy), 0);
    }
    for xy in &b.ends {
        matrix.note(locate::part(a, *xy), Part::Border, 0);
    }
    matrix
}

fn of_line_and_polygon(line: &Prepared, polygon: &Prepared) -> Matrix {
    let mut matrix = Matrix::apart();
    let contacts = Contacts::of(line, polygon);
    let borders = edges(polygon, &contacts.transposed());
    let edges = edges(line, &contacts);
    for (part, dimension) in [(Part::Interior, 1), (Part::Exterior, 1), (Part::Border, 0)] {
        if !contacts.crossings.is_empty() {
            matrix.note(Part::Interior, part, dimension);
        }
    }
    for xy in contacts.positions() {
        matrix.note(locate::part(line, xy), Part::Border, 0);
    }
    for (_, part) in placed(&edges, &set(&borders), polygon, &contacts) {
        matrix.note(Part::Interior, part, 1);
    }
    for xy in &line.ends {
        matrix.note(Part::Border, locate::part(polygon, *xy), 0);
    }
    matrix.note(Part::Exterior, Part::Interior, 2);
    let along = set(&edges);
    if borders.iter().any(|(border, _)| !along.contains(&key(*border))) {
        matrix.note(Part::Exterior, Part::Border, 1);
    }
    matrix
}

fn of_polygons(a: &Prepared, b: &Prepared) -> Matrix {
    let mut matrix = Matrix::apart();
    let contacts = Contacts::of(a, b);
    let turned = contacts.transposed();
    let (edges_a, edges_b) = (edges(a, &contacts), edges(b, &turned));
    if !contacts.crossings.is_empty() {
        matrix.note(Part::Border, Part::Border, 0);
        for part in [Part::Interior, Part::Exterior] {
            matrix.note(Part::Border, part, 1);
            matrix.note(part, Part::Border, 1);
        }
    }
    if !contacts.at_vertices.is_empty() {
        matrix.note(Part::Border, Part::Border, 0);
    }
    let directed: HashSet<EdgeKey> = edges_b.iter().map(|(edge, _)| bits(*edge)).collect();
    for (edge, part) in placed(&edges_a, &set(&edges_b), b, &contacts) {
        matrix.note(Part::Border, part, 1);
        if part == Part::Border {
            // Both interiors are on the left: the same way, they lie on the same side.
            let same_side = directed.contains(&bits(edge));
            matrix.note(Part::Interior, if same_side { Part::Interior } else { Part::Exterior }, 2);
            if !same_side {
                matrix.note(Part::Exterior, Part::Interior, 2);
            }
        }
    }
    for (_, part) in placed(&edges_b, &set(&edges_a), a, &turned) {
        matrix.note(part, Part::Border, 1);
    }
    matrix.with_interiors_beside_borders()
}

/// A piece of a segment, with the segment's number.
type Edge = (Segment, u32);

/// The segments of a shape, cut where a vertex of the other lies on them.
fn edges(own: &Prepared, contacts: &Contacts) -> Vec<Edge> {
    let mut cuts: Vec<(u32, Xy)> =
        contacts.at_vertices.iter().map(|contact| (contact.a, contact.xy)).collect();
    cuts.sort_unstable_by_key(|(number, _)| *number);
    let mut cuts = cuts.as_slice();
    let mut edges = Vec::with_capacity(own.segments.len() + cuts.len());
    for (number, [start, end]) in (0..).zip(&own.segments) {
        let count = cuts.partition_point(|(of, _)| *of <= number);
        let mut positions: Vec<Xy> = cuts[..count].iter().map(|(_, xy)| *xy).chain([*start, *end]).collect();
        cuts = &cuts[count..];
        along([*start, *end], &mut positions);
        edges.extend(positions.windows(2).map(|edge| ([edge[0], edge[1]], number)));
    }
    edges
}

/// Each edge with the part of some polygons in which it lies; one that is crossed, with the part in which it begins.
fn placed<'a>(
    edges: &'a [Edge],
    borders: &HashSet<EdgeKey>,
    polygons: &Prepared,
    contacts: &Contacts,
) -> impl Iterator<Item = (Segment, Part)> + use<'a> {
    let crossed: HashSet<u32> = contacts.crossings.iter().map(|(number, _)| *number).collect();
    let mut found = Vec::with_capacity(edges.len());
    // The end of the edge before, and where it lay: the next is there too if no border comes between.
    let mut before: Option<(Xy, Part)> = None;
    for (edge, number) in edges {
        let [start, end] = *edge;
        let part = if borders.contains(&key(*edge)) {
            Part::Border
        } else if let here @ [_, ..] = contacts.at(start) {
            beside(start, end, here, polygons)
        } else if let Some((_, part)) = before.filter(|(xy, _)| same(*xy, start)) {
            part
        } else {
            locate::part(polygons, start)
        };
        before = (!crossed.contains(number) && contacts.at(end).is_empty()).then_some((end, part));
        found.push((*edge, part));
    }
    found.into_iter()
}

/// On which side of the borders that meet at a position an edge leaves it: the wedge between two borders is inside or
/// outside as the left of the one to its right says.
fn beside(start: Xy, end: Xy, contacts: &[Contact], polygons: &Prepared) -> Part {
    let mut nearest: Option<(Xy, bool)> = None;
    for contact in contacts {
        let [from, to] = polygons.segments[contact.b as usize];
        for (direction, inside_is_left) in [(to, true), (from, false)] {
            let is_nearer =
                nearest.is_none_or(|(other, _)| is_clockwise_before(start, end, direction, other));
            if !same(direction, start) && is_nearer {
                nearest = Some((direction, inside_is_left));
            }
        }
    }
    if nearest.is_some_and(|(_, inside_is_left)| inside_is_left) { Part::Interior } else { Part::Exterior }
}

/// Whether, turning clockwise about a centre from a direction, one direction is met before another.
fn is_clockwise_before(center: Xy, from: Xy, one: Xy, other: Xy) -> bool {
    let half = |direction: Xy| match side(center, from, direction) {
        side if side < 0.0 => 0,
        side if side > 0.0 => 2,
        _ => 1,
    };
    let (half_one, half_other) = (half(one), half(other));
    half_one < half_other || half_one == half_other && side(center, one, other) < 0.0
}

/// An edge by the bits of its ends.
type EdgeKey = [[u64; 2]; 2];

fn set(edges: &[Edge]) -> HashSet<EdgeKey> {
    edges.iter().map(|(edge, _)| key(*edge)).collect()
}

/// An edge whichever way it runs.
fn key([a, b]: Segment) -> EdgeKey {
    if order(&a, &b).is_le() { bits([a, b]) } else { bits([b, a]) }
}

fn bits(edge: Segment) -> EdgeKey {
    edge.map(|xy| xy.map(f64::to_bits))
}
