//! Pyramids of shapes alone, for tests.

use super::Pyramid;
use super::anchors::Anchors;
use super::attributes::Writer;
use super::budget::Room;
use super::build::levels;
use super::grid::{self, DEEPEST};
use super::paths::Paths;
use super::points::Points;
use crate::Tileset;
use geometry::{Kind, Shape};
use std::sync::Mutex;

/// A tileset of some levels without attributes.
pub fn tileset(min_zoom: u8, max_zoom: u8, buffer: u32) -> Tileset {
    let text = format!("min_zoom = {min_zoom}\nmax_zoom = {max_zoom}\nbuffer = {buffer}\nattributes = []");
    Tileset::parse("sample.toml", &text).unwrap()
}

/// The pyramid of shapes in the unit square of the world, each a feature with its place as its number.
pub fn of_shapes(shapes: &[Shape], tileset: Tileset) -> Pyramid {
    let zoom = *tileset.zooms().end();
    let points = (0..).zip(shapes).filter(|(_, shape)| shape.kind() == Kind::Points);
    let points = points.flat_map(|(at, shape)| {
        shape.coords().iter().map(move |world| (grid::of_world(*world, DEEPEST), at))
    });
    let order: Vec<u32> = (0..).zip(shapes).map(|(at, _)| at).collect();
    let attributes = Writer::default().finish(&order);
    let mut rooms: Vec<Room> = tileset.zooms().clone().map(|_| Room::of(0)).collect();
    let paths = Paths::of((0..).zip(shapes), zoom, |world| grid::of_world(world, zoom));
    Pyramid {
        name: "layer".to_owned(),
        tag: String::new(),
        ids: (0..shapes.len() as u64).collect(),
        levels: levels(paths, &tileset, &attributes, &mut rooms),
        points: Points::of(points),
        labels: Points::default(),
        label_zooms: Vec::new(),
        anchors: Anchors::default(),
        anchored: Vec::new(),
        sums: Vec::new(),
        categories: Vec::new(),
        category_of: Vec::new(),
        rooms,
        spare: Mutex::default(),
        attributes,
        tileset,
    }
}
