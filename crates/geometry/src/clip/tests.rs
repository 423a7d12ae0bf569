//! Known cuts, and laws that hold for every cut.

use std::borrow::Cow;

use super::shape as clip;
use crate::{Bbox, Shape, Xy, area, contains, length};

const BOX: Bbox = Bbox::new([0.0, 0.0], [10.0, 10.0]);

fn polygon(ring: &[Xy]) -> Shape {
    Shape::polygons([[ring.iter().copied().chain([ring[0]]).collect::<Vec<_>>()]]).unwrap()
}

/// A star with its center somewhere round the rectangle: many crossings, long edges.
fn star(seed: u32, center: Xy) -> Shape {
    let spikes = 7 + seed % 40;
    let ring: Vec<Xy> = (0..2 * spikes)
        .map(|i| {
            let angle = std::f64::consts::PI * f64::from(i) / f64::from(spikes);
            let radius = if i % 2 == 0 { 9.0 } else { 2.0 + f64::from(seed % 5) };
            [center[0] + radius * angle.cos(), center[1] + radius * angle.sin()]
        })
        .collect();
    polygon(&ring)
}

fn stars() -> impl Iterator<Item = Shape> {
    (0..400).map(|seed| star(seed, [f64::from(seed % 23) - 6.3, f64::from(seed % 19) - 4.7]))
}

#[test]
fn what_is_inside_is_borrowed_and_what_is_outside_is_nothing() {
    let inside = polygon(&[[1.0, 1.0], [2.0, 1.0], [1.0, 2.0]]);
    assert!(matches!(clip(&inside, BOX), Some(Cow::Borrowed(_))));
    assert!(clip(&inside.map(|[x, y]| [x + 20.0, y]), BOX).is_none());
    // The boxes meet, the shapes do not: a triangle across a corner.
    assert!(clip(&polygon(&[[9.0, 15.0], [15.0, 9.0], [15.0, 15.0]]), BOX).is_none());
    // Only a border is shared.
    assert!(clip(&polygon(&[[10.0, 2.0], [12.0, 2.0], [12.0, 5.0], [10.0, 5.0]]), BOX).is_none());
}

#[test]
fn polygons_are_cut() {
    let check = |ring: &[Xy], expected: f64| {
        let whole = polygon(ring);
        let cut = clip(&whole, BOX);
        let got = cut.as_deref().map_or(0.0, area::shape);
        assert!((got - expected).abs() < 1e-9, "{ring:?}: {got} is not {expected}");
        assert!(cut.is_none_or(|cut| BOX.contains(cut.bbox())), "{ring:?}");
    };
    check(&[[-5.0, -5.0], [5.0, -5.0], [5.0, 5.0], [-5.0, 5.0]], 25.0);
    check(&[[-50.0, -50.0], [50.0, -50.0], [50.0, 50.0], [-50.0, 50.0]], 100.0);
    check(&[[5.0, -5.0], [15.0, 5.0], [5.0, 15.0], [-5.0, 5.0]], 100.0);
    check(&[[-1.0, 11.0], [-1.0, 10.0], [0.0, 11.0]], 0.0);
    // A comb of three teeth comes in through one side.
    let comb = [[-2.0, 1.0], [3.0, 1.0], [-1.0, 2.0], [3.0, 3.0], [-1.0, 4.0], [3.0, 5.0], [-2.0, 5.0]];
    check(&comb, 1.125 + 2.25 + 1.125);
}

#[test]
fn quarters_make_the_whole() {
    for (seed, star) in stars().enumerate() {
        let split = [f64::from(u8::try_from(seed % 7).unwrap()), 4.2];
        let cells = [[-99.0, -99.0], [split[0], -99.0], [-99.0, split[1]], split];
        let far = [split, [99.0, split[1]], [split[0], 99.0], [99.0, 99.0]];
        let parts: f64 = (0..4)
            .filter_map(|i| clip(&star, Bbox::new(cells[i], far[i])).map(|cut| area::shape(&cut)))
            .sum();
        let whole = area::shape(&star);
        assert!((parts - whole).abs() < 1e-11 * whole, "star {seed}: {parts} of {whole}");
    }
}

#[test]
fn a_cut_changes_no_inside() {
    for star in stars().step_by(11) {
        let cut = clip(&star, BOX);
        for (i, j) in (0..20).flat_map(|i| (0..20).map(move |j| (i, j))) {
            let probe = [0.25 + f64::from(i) / 2.0, 0.26 + f64::from(j) / 2.0];
            let inside = cut.as_deref().is_some_and(|cut| contains::point(cut, probe));
            assert_eq!(inside, contains::point(&star, probe), "{probe:?}");
        }
    }
}

#[test]
fn neighbours_are_cut_at_the_same_positions() {
    let border = [[-3.0, 1.1], [4.7, 3.3], [13.1, 8.9]];
    let below = polygon(&[border[0], [5.0, -4.0], border[2], border[1]]);
    let above = polygon(&[border[0], border[1], border[2], [5.0, 14.0]]);
    let [below, above] = [below, above].map(|shape| clip(&shape, BOX).unwrap().into_owned());
    let on_border = |shape: &Shape| {
        let mut edges: Vec<_> =
            shape.coords().windows(2).map(|edge| [edge[0], edge[1]].map(|xy| xy.map(f64::to_bits))).collect();
        edges.sort_unstable();
        edges
    };
    let turned: Vec<_> = on_border(&above).into_iter().map(|[a, b]| [b, a]).collect();
    let shared = on_border(&below).iter().filter(|edge| turned.contains(edge)).count();
    assert_eq!(shared, 2);
}

#[test]
fn lines_fall_into_pieces() {
    let check = |line: &[Xy], pieces: &[&[Xy]]| {
        let expected =
            (!pieces.is_empty()).then(|| Shape::lines(pieces.iter().map(|piece| piece.to_vec())).unwrap());
        let got = clip(&Shape::lines([line.to_vec()]).unwrap(), BOX).map(Cow::into_owned);
        assert_eq!(got, expected, "{line:?}");
    };
    check(&[[-5.0, 5.0], [15.0, 5.0]], &[&[[0.0, 5.0], [10.0, 5.0]]]);
    check(
        &[[5.0, 5.0], [15.0, 5.0], [15.0, 8.0], [5.0, 8.0]],
        &[&[[5.0, 5.0], [10.0, 5.0]], &[[10.0, 8.0], [5.0, 8.0]]],
    );
    check(&[[5.0, 5.0], [10.0, 6.0], [12.0, 7.0]], &[&[[5.0, 5.0], [10.0, 6.0]]]);
    check(&[[5.0, 5.0], [10.0, 5.0], [5.0, 6.0]], &[&[[5.0, 5.0], [10.0, 5.0], [5.0, 6.0]]]);
    check(&[[10.0, -3.0], [10.0, 13.0]], &[&[[10.0, 0.0], [10.0, 10.0]]]);
    check(&[[-5.0, 5.0], [5.0, 15.0]], &[]);
    check(&[[-4.0, 7.0], [5.0, 14.5]], &[]);
    check(&[[3.0, 12.0], [12.0, 12.0], [12.0, 3.0]], &[]);
}

#[test]
fn halves_of_lines_make_the_whole() {
    for star in stars() {
        let line = Shape::lines(star.rings().map(<[Xy]>::to_vec)).unwrap();
        let halves = [Bbox::new([-99.0, -99.0], [3.3, 99.0]), Bbox::new([3.3, -99.0], [99.0, 99.0])];
        let parts: f64 =
            halves.iter().filter_map(|&half| clip(&line, half)).map(|cut| length::shape(&cut)).sum();
        assert!((parts - length::shape(&line)).abs() < 1e-9);
    }
}

#[test]
fn points_on_the_border_stay() {
    let points = Shape::points([[0.0, 0.0], [5.0, 5.0], [10.0, 10.1], [10.0, 10.0]]).unwrap();
    let kept = Shape::points([[0.0, 0.0], [5.0, 5.0], [10.0, 10.0]]).unwrap();
    assert_eq!(clip(&points, BOX).map(Cow::into_owned), Some(kept));
}
