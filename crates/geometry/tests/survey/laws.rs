//! Laws that hold whatever is measured: sharing goes both ways, a partition shares all there is, and moving changes nothing.

use crate::land::{areas, around, lines, municipalities, survey};
use geometry::{Bbox, Shape, Survey, Xy};
use std::collections::BTreeMap;

const LAND: Bbox = Bbox::new([480_000.0, 5_000_000.0], [540_000.0, 5_050_000.0]);

/// The cells of a net over a rectangle, its nodes moved about, as polygons that share their edges.
fn partition(over: Bbox, side: usize) -> Vec<Shape> {
    let step = [over.width() / side as f64, over.height() / side as f64];
    let node = |column: usize, row: usize| {
        let is_inner = (1..side).contains(&column) && (1..side).contains(&row);
        let off = |prime: usize| ((column * 7_919 + row * prime) % 101) as f64 / 101.0 - 0.5;
        let off = if is_inner { [off(104_729), off(15_485_863)] } else { [0.0; 2] };
        [0, 1].map(|axis| over.min[axis] + step[axis] * ([column, row][axis] as f64 + 0.7 * off[axis]))
    };
    let cell = |place: usize| {
        let (column, row) = (place % side, place / side);
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)];
        Shape::polygons([[corners.map(|(east, north)| node(column + east, row + north))]]).unwrap()
    };
    (0..side * side).map(cell).collect()
}

fn sums(pairs: impl Iterator<Item = (u32, f64)>) -> BTreeMap<u32, f64> {
    let mut sums = BTreeMap::new();
    pairs.for_each(|(subject, measure)| *sums.entry(subject).or_default() += measure);
    sums
}

fn near(found: f64, expect: f64, tolerance: f64) {
    assert!((found - expect).abs() <= tolerance, "{found} is not {expect}");
}

#[test]
fn sharing_goes_both_ways() {
    let (a, b) = (survey(&areas(400, LAND)), survey(&partition(LAND, 23)));
    let mut back: Vec<(u32, u32, f64)> =
        b.pairs(&a).iter().map(|pair| (pair.object, pair.subject, pair.area)).collect();
    back.sort_unstable_by_key(|(a, b, _)| (*a, *b));
    let pairs = a.pairs(&b);
    assert_eq!(pairs.len(), back.len());
    for (pair, (subject, object, area)) in pairs.iter().zip(back) {
        assert_eq!((pair.subject, pair.object), (subject, object));
        near(pair.area, area, 1e-7);
        let least = a.area(subject as usize).min(b.area(object as usize));
        assert!(pair.area <= least * (1.0 + 1e-12) + 1e-6, "{} of {least}", pair.area);
    }
}

#[test]
fn the_shares_of_a_partition_sum_to_one() {
    let inner = LAND.grown(-8_000.0);
    let check = |shapes: &[Shape], parts: &Survey| {
        let own = survey(shapes);
        let areas = sums(own.pairs(parts).iter().map(|pair| (pair.subject, pair.area)));
        let lengths = sums(own.lengths(parts).into_iter().map(|(subject, _, length)| (subject, length)));
        let counts = sums(own.counts(parts).into_iter().map(|(subject, _, count)| (subject, count as f64)));
        for record in 0..own.len() {
            let of = |sums: &BTreeMap<u32, f64>| sums.get(&(record as u32)).copied().unwrap_or(0.0);
            near(of(&areas), own.area(record), 1e-9 * own.area(record) + 1e-6);
            near(of(&lengths), own.length(record), 1e-9 * own.length(record));
            let points = own.shapes(record).iter().filter(|it| it.kind() == geometry::Kind::Points).count();
            near(of(&counts), points as f64, 0.0);
        }
    };
    let parts = partition(LAND, 31);
    let (cells, borders): (_, Vec<Shape>) = (
        survey(&parts),
        parts.iter().map(|cell| Shape::lines(cell.rings().map(<[Xy]>::to_vec)).unwrap()).collect(),
    );
    let corners: Vec<Shape> = parts.iter().map(|cell| Shape::points([cell.coords()[0]]).unwrap()).collect();
    check(&areas(300, inner), &cells);
    check(&lines(300, inner), &cells);
    // What lies on borders is counted once too, but for the outermost ones, of which the inside may have none.
    let is_inner = |shape: &&Shape| inner.contains(shape.bbox());
    check(&borders.iter().filter(is_inner).cloned().collect::<Vec<_>>(), &cells);
    check(&corners.iter().filter(is_inner).cloned().collect::<Vec<_>>(), &cells);
    if let Some(municipalities) = municipalities(15) {
        let middle = around(&municipalities).center();
        let city = Bbox::new(middle, middle).grown(6_000.0);
        check(&areas(200, city), &survey(&municipalities));
        let borders = municipalities.iter().map(|it| Shape::lines(it.rings().map(<[Xy]>::to_vec)).unwrap());
        check(
            &borders.filter(|shape| city.contains(shape.bbox())).collect::<Vec<_>>(),
            &survey(&municipalities),
        );
    }
}

#[test]
fn moving_both_changes_nothing() {
    let (a, b) = (areas(200, LAND), partition(LAND, 17));
    // Powers of two, so that the coordinates of the moved are exact.
    let moved = |shapes: &[Shape]| -> Vec<Shape> {
        shapes.iter().map(|shape| shape.map(|[x, y]| [x + 65_536.0, y - 1_048_576.0])).collect()
    };
    let here = survey(&a).pairs(&survey(&b));
    let there = survey(&moved(&a)).pairs(&survey(&moved(&b)));
    assert_eq!(here.len(), there.len());
    for (here, there) in here.iter().zip(&there) {
        assert_eq!((here.subject, here.object), (there.subject, there.object));
        near(here.area, there.area, 1e-4);
    }
}

#[test]
fn one_thread_or_many_find_the_same_in_the_same_order() {
    let (a, b) = (survey(&areas(500, LAND)), survey(&partition(LAND, 29)));
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let of = |threads| pool(threads).install(|| a.pairs(&b));
    let alone = of(1);
    assert!(alone.len() > 500);
    for threads in [2, 3, 8] {
        assert_eq!(of(threads), alone, "{threads}");
    }
}
