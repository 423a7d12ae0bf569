//! Matrices and relations, case by case.

use super::*;
use crate::Xy;

fn square(x: f64, y: f64, side: f64) -> Vec<Xy> {
    vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
}

fn polygon(rings: &[Vec<Xy>]) -> Shape {
    Shape::polygons([rings.to_vec()]).unwrap()
}

fn line(coords: &[Xy]) -> Shape {
    Shape::lines([coords.to_vec()]).unwrap()
}

fn point(xy: Xy) -> Shape {
    Shape::points([xy]).unwrap()
}

#[test]
fn the_nine_intersections_are_found() {
    let unit = polygon(&[square(0.0, 0.0, 4.0)]);
    let check = |other: &Shape, expect: &str| {
        assert_eq!(matrix(&unit, other).to_string(), expect, "{other:?}");
        assert_eq!(matrix(other, &unit), matrix(&unit, other).transposed(), "{other:?}");
    };
    check(&unit, "2FFF1FFF2");
    check(&polygon(&[square(2.0, 2.0, 4.0)]), "212101212");
    check(&polygon(&[square(4.0, 0.0, 4.0)]), "FF2F11212");
    check(&polygon(&[square(4.0, 4.0, 4.0)]), "FF2F01212");
    check(&polygon(&[square(9.0, 9.0, 4.0)]), "FF2FF1212");
    check(&polygon(&[square(1.0, 1.0, 1.0)]), "212FF1FF2");
    check(&polygon(&[square(0.0, 0.0, 1.0)]), "212F11FF2");
    // A ring round it whose hole it fills.
    check(&polygon(&[square(-1.0, -1.0, 6.0), square(0.0, 0.0, 4.0)]), "FF2F1F212");
    check(&line(&[[-1.0, 2.0], [5.0, 2.0]]), "1F20F1102");
    check(&line(&[[0.0, 0.0], [4.0, 0.0]]), "FF2101FF2");
    check(&point([2.0, 2.0]), "0F2FF1FF2");
    check(&point([4.0, 2.0]), "FF20F1FF2");
}

#[test]
fn what_floating_point_would_round_is_decided_exactly() {
    // The third corner is off the line by less than doubles near it can tell apart by multiplication.
    let (a, b) = ([12.0, 12.0], [24.0, 24.0]);
    let above = [0.5, 0.500_000_000_000_000_1];
    let triangle = polygon(&[vec![[0.5, 0.5], b, [24.0, 0.0], [0.5, 0.5]]]);
    assert!(!matrix(&triangle, &point(above)).intersects());
    assert!(matrix(&triangle, &point(a)).touches());
}

#[test]
fn shapes_of_several_kinds_are_taken_for_their_union() {
    let mixed = [polygon(&[square(0.0, 0.0, 4.0)]), point([9.0, 9.0])];
    let related = Related::new(&mixed).unwrap();
    assert!(related.contains(&[polygon(&[square(1.0, 1.0, 1.0)]), point([9.0, 9.0])]));
    assert!(!related.contains(&[point([8.0, 9.0])]));
    assert!(related.equals(&mixed));
    assert!(!related.equals(&mixed[..1]));
    assert!(Related::new(&mixed[1..]).unwrap().is_within(&mixed));
    assert!(related.touches(&[line(&[[4.0, 0.0], [9.0, 0.0]])]));
    assert!(!related.touches(&[line(&[[4.0, 0.0], [9.0, 9.0], [9.0, 10.0]])]));
}
