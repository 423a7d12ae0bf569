//! What dissolving makes of neighbours, holes, exclaves and corners.

use super::*;

/// A square, counterclockwise.
fn square(x: f64, y: f64, side: f64) -> Vec<Xy> {
    vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
}

fn shape(rings: Vec<Vec<Xy>>) -> Shape {
    Shape::polygons([rings]).unwrap()
}

/// Dissolves, and checks parts, rings and area.
fn check(shapes: &[Shape], parts: usize, rings: usize) -> Shape {
    let whole = polygons(shapes).unwrap();
    assert_eq!((whole.part_count(), whole.ring_count()), (parts, rings), "{whole:?}");
    let sum: f64 = shapes.iter().map(area::shape).sum();
    assert!((area::shape(&whole) - sum).abs() < 1e-12 * sum, "{} is not {sum}", area::shape(&whole));
    for ring in whole.rings() {
        for (place, xy) in ring[1..].iter().enumerate() {
            assert!(!ring[1..=place].contains(xy), "a ring passes through {xy:?} twice: {ring:?}");
        }
    }
    whole
}

#[test]
fn the_border_of_neighbours_vanishes_whichever_way_they_run() {
    let mut turned = square(1.0, 0.0, 1.0);
    turned.reverse();
    let whole = check(&[shape(vec![square(0.0, 0.0, 1.0)]), shape(vec![turned])], 1, 1);
    assert_eq!(whole.coords().len(), 7);
    assert!(whole.parts().all(|part| area::ring(part.shell()) > 0.0));
}

#[test]
fn a_ring_of_neighbours_has_a_hole_and_what_lies_in_it_fills_it() {
    let mut around: Vec<Shape> = Vec::new();
    for (x, y) in [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)] {
        around.push(shape(vec![square(f64::from(x), f64::from(y), 1.0)]));
    }
    check(&around, 1, 2);
    let island = shape(vec![square(1.25, 1.25, 0.5)]);
    let whole = check(&[around.clone(), vec![island]].concat(), 2, 3);
    assert_eq!(whole.parts().map(|part| part.holes().len()).collect::<Vec<_>>(), [1, 0]);
    around.push(shape(vec![square(1.0, 1.0, 1.0)]));
    check(&around, 1, 1);
}

#[test]
fn a_hole_that_another_fills_vanishes_and_an_exclave_stays() {
    let mut hole = square(1.0, 1.0, 1.0);
    hole.reverse();
    let host = shape(vec![square(0.0, 0.0, 3.0), hole]);
    check(std::slice::from_ref(&host), 1, 2);
    check(&[host, shape(vec![square(1.0, 1.0, 1.0)]), shape(vec![square(9.0, 9.0, 1.0)])], 2, 2);
}

#[test]
fn what_touches_in_a_corner_stays_apart() {
    check(&[shape(vec![square(0.0, 0.0, 1.0)]), shape(vec![square(1.0, 1.0, 1.0)])], 2, 2);
}

#[test]
fn a_hole_may_touch_its_shell_and_another_hole() {
    // The first diamond stands on the shell's lower edge, the other two on each other.
    let diamond = |x: f64, y: f64| vec![[x, y], [x + 1.0, y + 1.0], [x, y + 2.0], [x - 1.0, y + 1.0], [x, y]];
    let outer = vec![[0.0, 0.0], [2.0, 0.0], [6.0, 0.0], [6.0, 9.0], [0.0, 9.0], [0.0, 0.0]];
    let host = shape(vec![outer, diamond(2.0, 0.0), diamond(4.0, 3.0), diamond(4.0, 5.0)]);
    let whole = check(&[host], 1, 4);
    assert_eq!(whole.parts().map(|part| part.holes().len()).collect::<Vec<_>>(), [3]);
}

#[test]
fn holes_in_a_closed_chain_part_the_inside_from_the_outside() {
    let diamond = |x: f64, y: f64| vec![[x, y], [x + 1.0, y + 1.0], [x, y + 2.0], [x - 1.0, y + 1.0], [x, y]];
    let outer = vec![[-5.0, -5.0], [5.0, -5.0], [5.0, 7.0], [-5.0, 7.0], [-5.0, -5.0]];
    // Four diamonds round a fifth, corner to corner.
    let chain = [diamond(0.0, -1.0), diamond(1.0, 0.0), diamond(0.0, 1.0), diamond(-1.0, 0.0)];
    let rings = [vec![outer], chain.to_vec()].concat();
    let whole = polygons(&[shape(rings.clone())]).unwrap();
    let expect = 120.0 - 4.0 * 2.0;
    assert!((area::shape(&whole) - expect).abs() < 1e-9, "{whole:?}");
}

#[test]
fn borders_that_do_not_match_are_left_as_they_are() {
    let left = shape(vec![square(0.0, 0.0, 2.0)]);
    let right = shape(vec![square(2.0, 0.0, 1.0)]);
    check(&[left.clone(), right], 2, 2);
    // The neighbour's border dents away from the common one: a sliver between them stays a hole in the area.
    let dented = vec![[2.0, 0.0], [3.0, 0.0], [3.0, 2.0], [2.0, 2.0], [2.1, 1.0], [2.0, 0.0]];
    check(&[left, shape(vec![dented])], 2, 2);
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(polygons([]), None);
    assert_eq!(polygons(&[Shape::points([[0.0, 0.0]]).unwrap()]), None);
}
