//! From a layer of the edition to its pyramid.

use super::anchors::{Anchor, Anchors};
use super::arcs::Arcs;
use super::attributes::{Attributes, Writer};
use super::budget::{self, Room};
use super::coarsen;
use super::generalise;
use super::grid::{self, DEEPEST, Rounding, Window};
use super::level::Level;
use super::paths::Paths;
use super::points::Points;
use super::{MUNICIPALITY, PRECISION, Pyramid};
use crate::Tileset;
use crate::mvt::Value;
use atlas::Layer;
use domain::Role;
use geometry::{Kind, Shape};
use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

/// A level is packed by itself if it has at most this share of the positions of the one below, in eighths; else it is drawn from
/// that one.
const PACKED_ANEW: usize = 7;
/// How wide a polygon is, in units, from the first zoom level on that shows its name: 24 pixels.
const NAMED: i32 = 192;

impl Pyramid {
    /// Builds the pyramid of a layer.
    #[must_use]
    pub fn build(layer: &Layer, tileset: &Tileset) -> Self {
        let (paths, (attributes, labels)) =
            rayon::join(|| paths(layer, tileset), || (attributes(layer, tileset), labels(layer, tileset)));
        let (labels, label_zooms) = labels;
        let points = points(layer);
        let anchors = anchors(layer);
        let mut anchored = vec![false; if anchors.is_empty() { 0 } else { layer.len() }];
        for member in anchors.iter().flat_map(|anchor| &anchor.members) {
            anchored[*member as usize] = true;
        }
        let (categories, category_of) = categories(layer);
        let sums = tileset.sums().iter().filter_map(|field| {
            let place = layer.collection.position(field)?;
            Some((field.clone(), (0..layer.len()).map(|at| amount(layer.value(at, place))).collect()))
        });
        let mut rooms: Vec<Room> = tileset.zooms().clone().map(|_| Room::of(attributes.len())).collect();
        let levels = levels(paths, tileset, &attributes, &mut rooms);
        budget::points(&points, tileset, &attributes, &mut rooms);
        Self {
            tag: layer.tag.clone(),
            name: layer.collection.id.to_string(),
            tileset: tileset.clone(),
            ids: if tileset.has_ids(&layer.collection) { ids(layer) } else { Vec::new() },
            sums: sums.collect(),
            attributes,
            levels,
            points,
            labels,
            label_zooms,
            anchors,
            anchored,
            categories,
            category_of,
            rooms,
            spare: Mutex::default(),
        }
    }
}

fn ids(layer: &Layer) -> Vec<u64> {
    (0..layer.len()).map(|at| layer.id(at).number()).collect()
}

fn paths(layer: &Layer, tileset: &Tileset) -> Paths {
    let zoom = *tileset.zooms().end();
    Paths::of(shapes(layer), zoom, |degrees| grid::of_degrees(degrees, zoom))
}

/// The packings of lines and polygons, the coarsest first.
pub(super) fn levels(
    mut paths: Paths,
    tileset: &Tileset,
    attributes: &Attributes,
    rooms: &mut [Room],
) -> Vec<Level> {
    let zooms = tileset.zooms();
    if paths.drawings.is_empty() {
        return Vec::new();
    }
    // The arcs go before anything is packed: they take half as much memory as the paths.
    let (mut first, is_shared) = {
        let arcs = Arcs::of(&paths);
        (generalise::first_levels(&paths, &arcs, zooms), arcs.is_shared)
    };
    let mut counts = [0; 1 + DEEPEST as usize + 1];
    for zoom in &first {
        counts[usize::from(*zoom)] += 1;
    }
    let on = |zoom: u8| counts[..=usize::from(zoom)].iter().sum::<usize>();
    let mut levels: Vec<Level> = Vec::new();
    let mut packed = usize::MAX;
    for (zoom, room) in zooms.clone().zip(rooms).rev() {
        let fits = levels.last().is_some_and(|below| {
            on(zoom) > packed / 8 * PACKED_ANEW && budget::fits(below, zoom, attributes, room)
        });
        if fits {
            continue;
        }
        paths.thin(&mut first, zoom);
        let sketches = coarsen::sketches(&paths, &is_shared, zoom);
        let (shown, smallest) = budget::shown(&sketches, zoom, zoom == *zooms.end(), attributes, room);
        levels.push(coarsen::level(&paths, &is_shared, zoom, (&sketches, &shown, smallest)));
        packed = on(zoom);
    }
    levels.reverse();
    levels
}

/// The own shapes of features in degrees, each with the feature's place.
fn shapes(layer: &Layer) -> impl Iterator<Item = (u32, &Shape)> {
    (0..).zip(0..layer.len()).flat_map(|(at, place)| layer.shapes(place).iter().map(move |shape| (at, shape)))
}

fn points(layer: &Layer) -> Points {
    let points = shapes(layer).filter(|(_, shape)| shape.kind() == Kind::Points);
    Points::of(points.flat_map(|(at, shape)| {
        shape.coords().iter().map(move |degrees| (grid::of_degrees(*degrees, DEEPEST), at))
    }))
}

/// The points at which names are written, and for each feature the first zoom level on which it has one.
fn labels(layer: &Layer, tileset: &Tileset) -> (Points, Vec<u8>) {
    if !tileset.has_labels() {
        return Default::default();
    }
    let deepest = *tileset.zooms().end();
    let first = |at: usize| {
        let shapes = layer.shapes(at).iter().filter(|shape| shape.kind() == Kind::Polygons);
        let corners = shapes.flat_map(|shape| shape.bbox().corners());
        let window = corners.fold(Window::NOTHING, |all, corner| all.with(grid::of_degrees(corner, DEEPEST)));
        let is_wide = |zoom: &u8| {
            let rounding = Rounding::new(DEEPEST, *zoom);
            let [west, east] = [window.min, window.max].map(|at| rounding.unit(at)[0]);
            east - west >= NAMED
        };
        if window == Window::NOTHING { deepest } else { (0..deepest).find(is_wide).unwrap_or(deepest) }
    };
    let point = |(feature, at)| Some((grid::of_degrees(layer.inner_point(at)?, DEEPEST), feature));
    let points = Points::of((0..).zip(0..layer.len()).filter_map(point));
    (points, (0..layer.len()).map(first).collect())
}

fn anchors(layer: &Layer) -> Anchors {
    let anchor = |anchor: &atlas::Anchor| Anchor {
        municipality: anchor.municipality.as_str().to_owned(),
        name: anchor.name.clone(),
        world: anchor.world,
        members: anchor.members.iter().map(|member| member.feature).collect(),
        symbolic: anchor
            .members
            .iter()
            .filter(|member| !member.is_placed)
            .map(|member| member.feature)
            .collect(),
    };
    Anchors::of(layer.anchors.iter().map(anchor).collect())
}

/// What features carry: how well their place is known and where it is, where that differs; then what the definition names.
fn attributes(layer: &Layer, tileset: &Tileset) -> Attributes {
    let mut writer = Writer::default();
    if !layer.anchors.is_empty() {
        let all = 0..layer.len();
        writer.column(PRECISION, all.clone().map(|at| Some(Value::Text(layer.precision(at).as_str()))));
        let municipality = |at| layer.municipalities(at).first().map(|code| Value::Text(code.as_str()));
        writer.column(MUNICIPALITY, all.map(municipality));
    }
    for field in tileset.attributes() {
        if let Some(place) = layer.collection.position(field) {
            writer.column(field, (0..layer.len()).map(|at| value(layer.value(at, place))));
        }
    }
    writer.finish(&order_on_the_map(layer))
}

/// The features in the order in which a Z goes through their places, those that have none at the end.
fn order_on_the_map(layer: &Layer) -> Vec<u32> {
    let place = |at: usize| {
        let middle = layer.shown_bbox(at)?.center();
        Some(grid::z_order(grid::of_degrees(middle, DEEPEST)))
    };
    let mut order: Vec<(u64, u32)> =
        (0..).zip(0..layer.len()).map(|(feature, at)| (place(at).unwrap_or(u64::MAX), feature)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, feature)| feature).collect()
}

fn value(value: &domain::Value) -> Option<Value<'_>> {
    match value {
        // Days and lists are rare in tiles, and clients have no type for them.
        domain::Value::Missing | domain::Value::Date(_) | domain::Value::List(_) => None,
        domain::Value::Text(text) => Some(Value::Text(text)),
        domain::Value::Integer(number) => Some(Value::Integer(*number)),
        domain::Value::Cents(cents) => Some(Value::Integer(cents.0)),
        domain::Value::Decimal(number) => Some(Value::Double(*number)),
        domain::Value::Boolean(truth) => Some(Value::Boolean(*truth)),
    }
}

const fn amount(value: &domain::Value) -> Option<i64> {
    match value {
        domain::Value::Cents(cents) => Some(cents.0),
        domain::Value::Integer(number) => Some(*number),
        _ => None,
    }
}

/// The attributes by which symbols count categories, and for each feature the place of its own among them.
pub(crate) fn categories(layer: &Layer) -> (Vec<String>, Vec<u16>) {
    let Some(field) = layer.collection.with_role(Role::Category) else { return Default::default() };
    let of = |at: usize| layer.value(at, field).as_text();
    let names: BTreeSet<&str> = (0..layer.len()).filter_map(of).collect();
    let places: HashMap<&str, u16> = names.iter().copied().zip(0..).collect();
    let place = |at: usize| of(at).and_then(|name| places.get(name).copied()).unwrap_or(u16::MAX);
    let category_of = (0..layer.len()).map(place).collect();
    (names.iter().map(|name| format!("count_{name}")).collect(), category_of)
}
