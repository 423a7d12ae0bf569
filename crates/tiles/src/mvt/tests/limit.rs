//! No tile is larger than 500 kB, whatever lies in it, and what is not drawn is counted.

use super::address;
use super::decoder::{self, Layer, Value};
use crate::pyramid::samples;
use crate::{Pyramid, draw};
use geometry::{Shape, Xy};
use std::f64::consts::TAU;

const MOST: usize = 500_000;
const TEXTS: [&str; 4] = ["title", "about", "place", "owner"];

/// Positions in units of the grid of the tile 14/8192/8192.
fn at([x, y]: Xy) -> Xy {
    [x, y].map(|units| (8192.0 + units / 4096.0) / 16384.0)
}

fn ring(positions: impl Iterator<Item = Xy>) -> Vec<Xy> {
    let mut ring: Vec<Xy> = positions.map(at).collect();
    ring.push(ring[0]);
    ring
}

fn polygon(positions: impl Iterator<Item = Xy>) -> Shape {
    Shape::polygons([[ring(positions)]]).unwrap()
}

fn pyramid(shapes: &[Shape], columns: &[&str]) -> Pyramid {
    samples::with_texts(shapes, samples::tileset(13, 14, 64), columns)
}

/// The tile of some pyramids, which keeps the limit and is sound.
fn drawn(pyramids: &[&Pyramid], z: u8) -> Vec<Layer> {
    let place = 8192 >> (14 - z);
    let drawings: Vec<_> = pyramids.iter().map(|pyramid| (*pyramid, None)).collect();
    let tile = draw::tile(&drawings, address(z, place, place));
    assert!(!tile.is_empty() && tile.len() <= MOST, "{} bytes", tile.len());
    let layers = decoder::decode(&tile).unwrap();
    for feature in layers.iter().flat_map(|layer| &layer.features) {
        assert!(!feature.paths().unwrap().is_empty());
    }
    layers
}

/// How many features a layer stands for.
fn count(layer: &Layer) -> i64 {
    let of = |feature: &decoder::Feature| match layer.attributes(feature).get("count") {
        Some(Value::Uint(count)) => i64::try_from(*count).unwrap(),
        Some(Value::Int(count) | Value::Sint(count)) => *count,
        _ => 1,
    };
    layer.features.iter().map(of).sum()
}

#[test]
fn points_in_one_place_are_drawn_or_counted() {
    let points = |spread: f64, count: u32| -> Vec<Shape> {
        let place = |i: u32| at([2000.0 + f64::from(i % 200) * spread, 900.0 + f64::from(i / 200) * spread]);
        (0..count).map(|i| Shape::points([place(i)]).unwrap()).collect()
    };
    for (spread, many) in [(0.0, 30_000), (7.0, 30_000), (0.01, 3_000)] {
        let pyramid = pyramid(&points(spread, many), &TEXTS);
        for z in [13, 14] {
            let layers = drawn(&[&pyramid], z);
            assert_eq!(count(&layers[0]), i64::from(many), "{spread} {z}");
        }
    }
}

#[test]
fn one_that_fits_has_everything() {
    let square = |i: i32| {
        let corner = f64::from(i * 10);
        polygon([[corner, 0.0], [corner + 8.0, 0.0], [corner + 8.0, 9.0], [corner, 9.0]].into_iter())
    };
    let few = pyramid(&(0..100).map(square).collect::<Vec<_>>(), &TEXTS);
    let layers = drawn(&[&few], 14);
    let whole = |feature: &decoder::Feature| feature.tags.len() == 2 * TEXTS.len() && feature.id.is_some();
    assert!(layers[0].features.len() == 100 && layers[0].features.iter().all(whole));
}

#[test]
fn polygons_that_all_fill_the_tile_are_drawn_or_counted() {
    let shape = |i: u32| {
        let grown = 5000.0 + f64::from(i % 1000);
        polygon([[-grown, -grown], [grown, -grown], [grown, grown], [-grown, f64::from(i)]].into_iter())
    };
    let point = |i: u32| Shape::points([at([f64::from(i), 70.0])]).unwrap();
    let shapes: Vec<Shape> = (0..25_000).map(shape).chain((0..900).map(point)).collect();
    let layers = drawn(&[&pyramid(&shapes, &TEXTS)], 14);
    assert_eq!(count(&layers[0]), 25_900);
    let polygons = layers[0].features.iter().filter(|feature| feature.geometry_type == 3).count();
    assert!(polygons > 5_000, "{polygons} are drawn");
}

#[test]
fn one_shape_of_many_vertices_keeps_its_form() {
    let star = |vertices: u32| {
        let place = |i: u32| {
            let angle = f64::from(i) / f64::from(vertices) * TAU;
            let radius = 1500.0 + 400.0 * (angle * f64::from(vertices / 7)).sin();
            [2048.0 + radius * angle.cos(), 2048.0 + radius * angle.sin()]
        };
        polygon((0..vertices).map(place))
    };
    let layers = drawn(&[&pyramid(&[star(250_000)], &TEXTS)], 14);
    assert_eq!((layers[0].features.len(), layers[0].features[0].geometry_type), (1, 3));
    // There and back again, thousands of times: what no rounding makes less is drawn as its box.
    let zigzag = |i: u32| [f64::from(i % 2) * 4000.0, f64::from(i / 4 % 50) * 80.0];
    let layers = drawn(&[&pyramid(&[polygon((0..250_000).map(zigzag))], &[])], 14);
    assert_eq!((layers[0].features.len(), layers[0].features[0].geometry_type), (1, 3));
    let line = Shape::lines([(0..250_000).map(zigzag).map(at).collect::<Vec<_>>()]).unwrap();
    let layers = drawn(&[&pyramid(&[line], &[])], 14);
    assert_eq!((layers[0].features.len(), layers[0].features[0].geometry_type), (1, 2));
}

#[test]
fn several_collections_share_the_room() {
    let many: Vec<Shape> =
        (0..30_000).map(|i| Shape::points([at([f64::from(i) / 8.0, 5.0])]).unwrap()).collect();
    let (large, small) = (pyramid(&many, &TEXTS), pyramid(&many[..10], &TEXTS));
    let layers = drawn(&[&large, &small, &large], 14);
    assert_eq!(layers.iter().map(count).collect::<Vec<_>>(), [30_000, 10, 30_000]);
    assert!(layers[1].features.iter().all(|feature| feature.tags.len() == 2 * TEXTS.len()));
}
