//! What is measured between two surveys, on shapes whose measures can be told by heart.

use super::*;
use crate::{Xy, area};

fn square(x: f64, y: f64, side: f64) -> Vec<Xy> {
    vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
}

fn survey(shapes: Vec<Shape>) -> Survey {
    Survey::build(shapes.into_iter().map(|shape| [shape]))
}

fn close(got: f64, expect: f64) {
    assert!((got - expect).abs() <= 1e-9 * expect.abs() + 1e-9, "{got} is not {expect}");
}

#[test]
fn areas_are_shared_where_polygons_are() {
    let check = |a: Vec<Vec<Vec<Xy>>>, b: Vec<Vec<Vec<Xy>>>, expect: f64| {
        let (a, b) = (survey(vec![Shape::polygons(a).unwrap()]), survey(vec![Shape::polygons(b).unwrap()]));
        close(a.overlap_area(0, &b, 0), expect);
        close(b.overlap_area(0, &a, 0), expect);
        let pieces = a.clipped(0, &b, 0);
        close(pieces.iter().map(area::shape).sum(), expect);
        assert_eq!(a.pairs(&b).len(), usize::from(expect > 0.0));
    };
    let plain = || vec![vec![square(0.0, 0.0, 10.0)]];
    check(plain(), vec![vec![square(5.0, 5.0, 10.0)]], 25.0);
    check(plain(), vec![vec![square(-5.0, -50.0, 100.0)]], 100.0);
    check(plain(), vec![vec![square(10.0, 0.0, 10.0)]], 0.0);
    check(plain(), vec![vec![square(20.0, 0.0, 10.0)]], 0.0);
    check(plain(), vec![vec![square(-9.0, -9.0, 30.0), square(-1.0, -1.0, 12.0)]], 0.0);
    check(plain(), vec![vec![square(-9.0, -9.0, 30.0), square(2.0, 2.0, 3.0)]], 91.0);
    check(plain(), vec![vec![square(1.0, 1.0, 2.0)], vec![square(8.0, 8.0, 4.0)]], 8.0);
    let hair = vec![[0.0, 0.0], [20.0, 0.0], [20.0, 10.0], [f64::MIN_POSITIVE, 10.0], [0.0, 0.0]];
    check(vec![vec![square(-1.0, -1.0, 12.0)]], vec![vec![hair]], 110.0);
    // Two polygons of which upright edges alone reach into what both rectangles cover.
    let gate = [
        [-9.0, 0.0],
        [-9.0, 30.0],
        [9.0, 30.0],
        [9.0, 0.0],
        [4.0, 0.0],
        [4.0, 10.0],
        [2.0, 10.0],
        [2.0, 0.0],
        [-9.0, 0.0],
    ];
    check(plain(), vec![vec![gate.to_vec()]], 70.0);
    let turned = square(2.0, 2.0, 3.0).into_iter().rev().collect();
    check(plain(), vec![vec![turned]], 9.0);
    let diamond = vec![[5.0, -5.0], [15.0, 5.0], [5.0, 15.0], [-5.0, 5.0], [5.0, -5.0]];
    check(plain(), vec![vec![diamond]], 100.0);
    let diamond = vec![[5.0, -1.0], [11.0, 5.0], [5.0, 11.0], [-1.0, 5.0], [5.0, -1.0]];
    check(plain(), vec![vec![diamond]], 72.0 - 4.0);
}

#[test]
fn lines_are_measured_where_they_run_inside() {
    let holed = Shape::polygons([vec![square(0.0, 0.0, 10.0), square(4.0, 4.0, 2.0)]]).unwrap();
    let areas = survey(vec![holed]);
    let check = |line: Vec<Xy>, expect: f64| {
        let lines = survey(vec![Shape::lines([line]).unwrap()]);
        close(lines.length_inside(0, &areas, 0), expect);
        close(lines.clipped(0, &areas, 0).iter().map(length::shape).sum(), expect);
    };
    check(vec![[-5.0, 5.0], [15.0, 5.0]], 8.0);
    check(vec![[1.0, 1.0], [2.0, 1.0], [2.0, 2.0]], 2.0);
    check(vec![[-5.0, 1.0], [-1.0, 1.0]], 0.0);
    check(vec![[-1.0, 1.0], [1.0, -1.0]], 0.0);
    check(vec![[5.0, 5.0], [5.0, 7.0], [5.0, 12.0]], 4.0);
}

#[test]
fn points_are_counted_once() {
    let areas = survey([0.0, 10.0].map(|x| Shape::polygons([[square(x, 0.0, 10.0)]]).unwrap()).to_vec());
    let points = survey(vec![Shape::points([[10.0, 5.0], [3.0, 3.0], [25.0, 5.0]]).unwrap()]);
    assert_eq!([0, 1].map(|at| points.points_inside(0, &areas, at)), [1, 1]);
    assert_eq!(points.clipped(0, &areas, 1), [Shape::points([[10.0, 5.0]]).unwrap()]);
}

#[test]
fn relations_and_distances_agree() {
    let own = survey(vec![Shape::polygons([[square(0.0, 0.0, 10.0)]]).unwrap()]);
    let check = |other: Shape, meets: bool, holds: bool, distance: f64| {
        let others = survey(vec![other]);
        assert_eq!(own.intersects(0, &others, 0), meets);
        assert_eq!(others.is_within(0, &own, 0), holds);
        close(own.distance(0, &others, 0), distance);
        close(others.distance(0, &own, 0), distance);
    };
    check(Shape::points([[5.0, 5.0]]).unwrap(), true, true, 0.0);
    check(Shape::points([[13.0, 14.0]]).unwrap(), false, false, 5.0);
    check(Shape::lines([[[20.0, -5.0], [20.0, 30.0]]]).unwrap(), false, false, 10.0);
    check(Shape::polygons([[square(10.0, 0.0, 3.0)]]).unwrap(), true, false, 0.0);
    check(Shape::polygons([[square(1.0, 1.0, 3.0)]]).unwrap(), true, true, 0.0);
}

#[test]
fn the_nearest_come_first() {
    let points = [[0.0, 0.0], [0.0, 900.0], [0.0, 30.0], [0.0, -30.0], [0.0, 5000.0]];
    let others = survey(points.map(|xy| Shape::points([xy]).unwrap()).to_vec());
    let own = survey(vec![Shape::points([[0.0, 0.0]]).unwrap()]);
    let check = |count: usize, limit: f64, expect: &[(u32, f64)]| {
        assert_eq!(own.nearest(0, &others, count, limit), expect, "{count} within {limit}");
    };
    check(3, 1000.0, &[(0, 0.0), (2, 30.0), (3, 30.0)]);
    check(9, 899.0, &[(0, 0.0), (2, 30.0), (3, 30.0)]);
    check(9, 900.0, &[(0, 0.0), (2, 30.0), (3, 30.0), (1, 900.0)]);
    check(9, f64::INFINITY, &[(0, 0.0), (2, 30.0), (3, 30.0), (1, 900.0), (4, 5000.0)]);
    check(0, 1000.0, &[]);
}

#[test]
fn a_record_without_shapes_meets_nothing() {
    let nothing = Survey::build([[]; 1]);
    let own = survey(vec![Shape::polygons([[square(0.0, 0.0, 10.0)]]).unwrap()]);
    assert_eq!((nothing.len(), nothing.bbox(0), nothing.area(0)), (1, None, 0.0));
    assert!(nothing.near(Bbox::new([-1.0; 2], [1.0; 2])).is_empty());
    assert!(
        !nothing.intersects(0, &own, 0) && !nothing.is_within(0, &own, 0) && !own.is_within(0, &nothing, 0)
    );
    close(nothing.overlap_area(0, &own, 0), 0.0);
    assert!(nothing.distance(0, &own, 0).is_infinite());
    assert!(nothing.nearest(0, &own, 3, 10.0).is_empty() && own.clipped(0, &nothing, 0).is_empty());
}
