//! Pyramids of shapes alone, for tests.

use super::Pyramid;
use super::anchors::Anchors;
use super::attributes::Writer;
use super::budget::{self, Room};
use super::build::levels;
use super::grid::{self, DEEPEST};
use super::paths::Paths;
use super::points::Points;
use crate::Tileset;
use crate::mvt::Value;
use geometry::{Kind, Shape};
use std::sync::Mutex;

/// A tileset of some levels without attributes.
pub fn tileset(min_zoom: u8, max_zoom: u8, buffer: u32) -> Tileset {
    let text = format!("min_zoom = {min_zoom}\nmax_zoom = {max_zoom}\nbuffer = {buffer}\nattributes = []");
    Tileset::parse("sample.toml", &text).unwrap()
}

/// The pyramid of shapes in the unit square of the world, each a feature with its place as its number.
pub fn of_shapes(shapes: &[Shape], tileset: Tileset) -> Pyramid {
    with_texts(shapes, tileset, &[])
}

/// The same, where features have a text in each of some columns, which none shares with another.
pub fn with_texts(shapes: &[Shape], tileset: Tileset, columns: &[&str]) -> Pyramid {
    let zoom = *tileset.zooms().end();
    let points = (0..).zip(shapes).filter(|(_, shape)| shape.kind() == Kind::Points);
    let points = points.flat_map(|(at, shape)| {
        shape.coords().iter().map(move |world| (grid::of_world(*world, DEEPEST), at))
    });
    let order: Vec<u32> = (0..).zip(shapes).map(|(at, _)| at).collect();
    let mut writer = Writer::default();
    for column in columns {
        let texts: Vec<String> = order.iter().map(|at| format!("{column} {at} ").repeat(20)).collect();
        writer.column(column, texts.iter().map(|text| Some(Value::Text(text))));
    }
    let attributes = writer.finish(&order);
    let mut rooms: Vec<Room> = tileset.zooms().clone().map(|_| Room::of(attributes.len())).collect();
    let points = Points::of(points);
    budget::points(&points, &tileset, &attributes, &mut rooms);
    let paths = Paths::of((0..).zip(shapes), zoom, |world| grid::of_world(world, zoom));
    Pyramid {
        name: "layer".to_owned(),
        tag: String::new(),
        ids: (0..shapes.len() as u64).collect(),
        levels: levels(paths, &tileset, &attributes, &mut rooms),
        points,
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
