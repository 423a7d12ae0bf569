//! Hostile shapes: whatever is measured of them is a number, and nothing panics. `REMIX_FUZZ_SECONDS` says for how long.

use crate::land::Chance;
use geometry::{Kind, Shape, Survey, Xy, wkb};
use std::env;
use std::time::{Duration, Instant};

/// How long, if nobody says.
const USUAL_SECONDS: u64 = 3;

/// Numbers that break things: near one another, far off, on a grid, at the ends of what a double holds.
fn number(chance: Chance, what: u64) -> f64 {
    let small = (chance.of(what) * 9.0).floor();
    match (chance.of(what + 1_000) * 14.0) as u32 {
        0 => chance.of(what + 2_000) * 9.0,
        1 => small + f64::EPSILON * chance.of(what + 2_000) * 8.0,
        2 => 5_000_000.0 + small,
        3 => -small * 1e-9,
        4 if chance.of(3) < 0.1 => (chance.of(what + 2_000) - 0.5) * 1e300,
        5 if chance.of(3) < 0.1 => f64::MIN_POSITIVE * small,
        6 if chance.of(4) < 0.02 => f64::NAN,
        7 if chance.of(4) < 0.02 => f64::INFINITY,
        _ => small,
    }
}

/// Some run of positions, which may repeat itself, cross itself, go back and forth, or not be a ring at all.
fn run(chance: Chance, first: u64) -> Vec<Xy> {
    let length = 2 + (chance.of(first).powi(3) * 40.0) as u64;
    let xy = |step: u64| [number(chance, first + 10 + 2 * step), number(chance, first + 11 + 2 * step)];
    let mut run: Vec<Xy> = (0..length).map(xy).collect();
    if chance.of(first + 1) < 0.2 {
        run.extend(run.clone().into_iter().rev());
    }
    if chance.of(first + 2) < 0.97 {
        run.push(run[0]);
    }
    run
}

/// A record, and how many of its shapes were refused.
fn record(chance: Chance) -> (Vec<Shape>, usize) {
    let rings = |part: u64| {
        (0..=(chance.of(part) * 3.0) as u64).map(move |ring| run(chance, 10_000 * part + 300 * ring))
    };
    let polygons = Shape::polygons((1..=1 + (chance.of(5) * 3.0) as u64).map(rings));
    let lines = Shape::lines((20..=20 + (chance.of(6) * 2.0) as u64).map(|line| run(chance, 10_000 * line)));
    let points = Shape::points(run(chance, 500_000));
    let kinds = (chance.of(7) * 8.0) as u32;
    let chosen = [polygons, lines, points].into_iter().zip([1, 2, 4]).filter(|(_, bit)| kinds & bit != 0);
    let (taken, refused): (Vec<_>, Vec<_>) = chosen.map(|(shape, _)| shape).partition(Result::is_ok);
    (taken.into_iter().flatten().collect(), refused.len())
}

/// Measures everything of everything; what may be anything must still be a number where coordinates are moderate.
fn measure(survey: &Survey, is_moderate: bool) {
    let check = |what: &str, found: f64| {
        assert!(!is_moderate || found.is_finite() && found >= 0.0, "{what}: {found}");
    };
    for i in 0..survey.len() {
        check("length", survey.length(i));
        for j in 0..survey.len() {
            check("overlap", survey.overlap_area(i, survey, j));
            check("inside", survey.length_inside(i, survey, j));
            let _ = survey.points_inside(i, survey, j);
            let _ = survey.is_within(i, survey, j);
            let (meet, distance) = (survey.intersects(i, survey, j), survey.distance(i, survey, j));
            assert_eq!(meet, survey.intersects(j, survey, i), "{i} and {j} meet");
            assert!(!meet || distance <= 0.0, "{i} and {j} meet, {distance} apart");
            for shape in survey.clipped(i, survey, j) {
                assert_eq!(wkb::read(&wkb::write(&shape)).map(|it| it.kind()), Ok(shape.kind()));
            }
        }
        let _ = survey.nearest(i, survey, 3, 10.0);
    }
    let _ = survey.pairs(survey);
    let _ = survey.lengths(survey);
    let _ = survey.counts(survey);
}

/// Bytes that were a geometry once are a geometry or an error.
fn spoil(shape: &Shape, chance: Chance) {
    let mut bytes = wkb::write(shape);
    for hit in 0..4 {
        let at = (chance.of(600_000 + hit) * bytes.len() as f64) as usize;
        bytes[at] = (chance.of(600_010 + hit) * 256.0) as u8;
    }
    bytes.truncate((chance.of(600_020) * 2.0 * bytes.len() as f64) as usize);
    let read = wkb::read(&bytes);
    assert!(read.is_ok() || read.is_err_and(|error| !error.to_string().is_empty()));
}

#[test]
fn hostile_shapes_break_nothing() {
    let seconds =
        env::var("REMIX_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL_SECONDS);
    let (started, mut rounds, mut refused) = (Instant::now(), 0, 0);
    while started.elapsed() < Duration::from_secs(seconds) {
        let records: Vec<_> = (0..6).map(|at| record(Chance(rounds * 6 + at))).collect();
        refused += records.iter().map(|(_, refused)| refused).sum::<usize>();
        let survey = Survey::build(records.iter().map(|(shapes, _)| shapes));
        let shapes = || records.iter().flat_map(|(shapes, _)| shapes);
        let is_moderate = shapes().flat_map(Shape::coords).flatten().all(|number| number.abs() < 1e9);
        measure(&survey, is_moderate);
        shapes().filter(|shape| shape.kind() != Kind::Points).for_each(|shape| spoil(shape, Chance(rounds)));
        rounds += 1;
    }
    assert!(rounds > 10 && refused > 0, "{rounds} rounds, {refused} shapes refused");
    eprintln!("{rounds} rounds of 36 pairs of hostile records, {refused} shapes refused, no panic");
}
