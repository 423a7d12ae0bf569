//! Laws of the tessellation, checked on the coordinates as they are published.

use super::TOLERANCE;
use crate::demo::DemoError;
use crate::demo::plane::Point;
use crate::demo::shape;
use crate::demo::tests::TERRITORY;
use std::collections::{BTreeMap, BTreeSet};

/// A vertex in whole units of the seventh decimal, so that equal means equal.
type Vertex = (i64, i64);

/// The rings as published.
fn rings() -> Vec<Vec<Vertex>> {
    #[expect(clippy::cast_possible_truncation, reason = "degrees times ten million")]
    let vertex =
        |at: &Point| TERRITORY.plane.degrees(*at).map(|degrees| (degrees * 1e7).round() as i64).into();
    TERRITORY.towns.iter().map(|town| town.ring.iter().map(vertex).collect()).collect()
}

fn sides(ring: &[Vertex]) -> impl Iterator<Item = (Vertex, Vertex)> + Clone {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Twice the area, in square units.
fn area(ring: &[Vertex]) -> i128 {
    sides(ring).map(|(a, b)| i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1)).sum()
}

/// The sides that no other municipality has in the other direction, put together to rings.
fn outlines(rings: &[Vec<Vertex>]) -> Vec<Vec<Vertex>> {
    let all: BTreeSet<_> = rings.iter().flat_map(|ring| sides(ring)).collect();
    let mut outer: BTreeMap<Vertex, Vertex> =
        all.iter().filter(|(a, b)| !all.contains(&(*b, *a))).copied().collect();
    let mut outlines = Vec::new();
    while let Some((start, mut next)) = outer.pop_first() {
        let mut outline = vec![start];
        while next != start {
            outline.push(next);
            next = outer.remove(&next).unwrap();
        }
        outlines.push(outline);
    }
    outlines
}

fn is_simple(ring: &[Vertex]) -> bool {
    let turn = |a: Vertex, b: Vertex, c: Vertex| {
        (i128::from(b.0 - a.0) * i128::from(c.1 - a.1) - i128::from(b.1 - a.1) * i128::from(c.0 - a.0))
            .signum()
    };
    let cross = |(a, b): (Vertex, Vertex), (c, d): (Vertex, Vertex)| {
        turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
    };
    let distinct = ring.iter().collect::<BTreeSet<_>>().len() == ring.len();
    let near = |one: &(Vertex, Vertex), other: &(Vertex, Vertex)| {
        one.0.0.min(one.1.0) <= other.0.0.max(other.1.0) && other.0.0.min(other.1.0) <= one.0.0.max(one.1.0)
    };
    let sides: Vec<_> = sides(ring).collect();
    let pairs = sides
        .iter()
        .enumerate()
        .flat_map(|(index, one)| sides[index + 1..].iter().map(move |other| (one, other)));
    distinct && !pairs.filter(|(one, other)| near(one, other)).any(|(one, other)| cross(*one, *other))
}

#[test]
fn areas_are_those_of_the_facts() {
    for town in &TERRITORY.towns {
        let published: Vec<Point> =
            town.ring.iter().map(|at| TERRITORY.plane.point(TERRITORY.plane.degrees(*at))).collect();
        let error = shape::signed_area(&published) / (town.facts.area_km2 * 1e6) - 1.0;
        assert!(error.abs() < TOLERANCE, "{}: {error:.4}", town.facts.name);
    }
}

#[test]
fn every_municipality_holds_its_own_centre() {
    for town in &TERRITORY.towns {
        assert!(shape::contains(&town.ring, town.centre), "{}", town.facts.name);
    }
}

#[test]
fn no_ring_touches_or_crosses_itself() {
    for (ring, town) in rings().iter().zip(&TERRITORY.towns) {
        assert!(is_simple(ring), "{}", town.facts.name);
    }
}

#[test]
fn neighbours_share_their_borders_exactly() {
    let rings = rings();
    let count = rings.iter().map(Vec::len).sum::<usize>();
    let all: BTreeSet<_> = rings.iter().flat_map(|ring| sides(ring)).collect();
    assert_eq!(all.len(), count, "a side that two municipalities have in the same direction");
    // Where every side has its twin and the outer ring is simple, no place is covered twice or left out.
    let outlines = outlines(&rings);
    assert_eq!(outlines.len(), 2, "an overlap, or a gap");
    assert!(outlines.iter().all(|outline| is_simple(outline) && area(outline) > 0), "a gap");
    let sum: i128 = rings.iter().map(|ring| area(ring)).sum();
    assert_eq!(outlines.iter().map(|outline| area(outline)).sum::<i128>(), sum);
}

#[test]
fn san_colombano_lies_apart_and_the_rest_hangs_together() {
    for (index, town) in TERRITORY.towns.iter().enumerate() {
        let apart = town.facts.istat_code == "015191";
        assert_eq!(TERRITORY.route(TERRITORY.chief(), index).is_empty(), apart, "{}", town.facts.name);
    }
}

#[test]
fn facts_that_leave_no_room_are_refused() {
    let place = "9.1,45.4,9.07,45.38,9.13,45.42";
    let csv = format!(
        "istat_code,name,zone,role,population,area_km2,lon,lat,west,south,east,north\n\
         015001,Sopra,a,,10,15,{place}\n015002,Sotto,a,,10,15,{place}"
    );
    assert!(matches!(crate::demo::generate(&csv), Err(DemoError::NotOneArea { .. })));
}
