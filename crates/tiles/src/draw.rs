//! From layers of the edition to one tile: the same whatever tile is asked for, without a database.

use crate::mvt::{self, Tile, Value};
use crate::placement::swarm;
use crate::{TileAddress, Tileset};
use atlas::{Anchor, Layer};
use domain::{FieldType, Role};
use geometry::{Bbox, Shape, Xy};
use std::collections::BTreeMap;

/// The side of a tile, in units of its grid.
const EXTENT: f64 = mvt::EXTENT as f64;

/// What the layer of names of a collection of polygons is called in tiles.
#[must_use]
pub fn label_layer(collection: &str) -> String {
    format!("{collection}-labels")
}

/// The tile at `address` with these layers, each drawn as its tileset says; empty if there is nothing in it.
#[must_use]
pub fn tile(layers: &[(&Layer, &Tileset)], address: TileAddress) -> Vec<u8> {
    let mut tile = Tile::new();
    for (layer, tileset) in layers {
        if !tileset.zooms().contains(&address.z()) {
            continue;
        }
        let pen = Pen::new(layer, tileset, address);
        tile.push(&pen.shapes());
        if tileset.has_labels() {
            tile.push(&pen.labels());
        }
    }
    tile.into_bytes()
}

/// Draws one collection into one tile.
struct Pen<'a> {
    layer: &'a Layer,
    tileset: &'a Tileset,
    address: TileAddress,
    /// The tile with its buffer, in world units.
    reach: Bbox,
    /// The fields that features carry: their places in the collection.
    attributes: Vec<usize>,
}

impl<'a> Pen<'a> {
    fn new(layer: &'a Layer, tileset: &'a Tileset, address: TileAddress) -> Self {
        let place = |field: &String| layer.collection.position(field);
        Self {
            layer,
            tileset,
            address,
            reach: address.world_bbox(f64::from(tileset.buffer()) / EXTENT),
            attributes: tileset.attributes().iter().filter_map(place).collect(),
        }
    }

    fn new_layer(&self, name: &str) -> mvt::Layer {
        mvt::Layer::new(name, self.address, self.tileset.buffer())
    }

    /// The features themselves: from afar one symbol for each municipality of those that have locations.
    fn shapes(&self) -> mvt::Layer {
        let mut drawn = self.new_layer(self.layer.collection.id.as_str());
        if !self.layer.anchors.is_empty() && self.tileset.cluster_at(self.address.z()).is_some() {
            self.layer.anchors.iter().for_each(|anchor| self.draw_cluster(&mut drawn, anchor));
            return drawn;
        }
        for place in self.layer.near_in_world(self.reach) {
            let at = place as usize;
            for shape in self.layer.world(at) {
                drawn.feature(Some(self.layer.id(at).number()), shape, self.values(at, None));
            }
        }
        self.layer.anchors.iter().for_each(|anchor| self.draw_swarm(&mut drawn, anchor));
        drawn
    }

    /// One point for each feature, well inside it, to carry its name once.
    fn labels(&self) -> mvt::Layer {
        let mut drawn = self.new_layer(&label_layer(self.layer.collection.id.as_str()));
        for at in 0..self.layer.len() {
            if let Some(point) = self.layer.label(at).filter(|point| self.reach.contains_point(*point)) {
                draw_point(&mut drawn, Some(self.layer.id(at).number()), point, self.values(at, None));
            }
        }
        drawn
    }

    fn draw_cluster(&self, drawn: &mut mvt::Layer, anchor: &Anchor) {
        if !self.reach.contains_point(anchor.world) {
            return;
        }
        let members = || anchor.members.iter().map(|member| member.feature as usize);
        let mut values = vec![
            ("cluster".to_owned(), Value::Boolean(true)),
            ("count".to_owned(), Value::Integer(count(anchor.members.len()))),
            ("municipality".to_owned(), Value::Text(anchor.municipality.as_str())),
            ("municipality_name".to_owned(), Value::Text(&anchor.name)),
        ];
        let sums = self
            .tileset
            .cluster_at(self.address.z())
            .map(|cluster| cluster.sums.as_slice())
            .unwrap_or_default();
        for field in sums {
            if let Some(place) = self.layer.collection.position(field) {
                let sum = members().filter_map(|at| whole(self.layer.value(at, place))).sum();
                values.push((field.clone(), Value::Integer(sum)));
            }
        }
        if let Some(place) = self.layer.collection.with_role(Role::Category) {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for category in members().filter_map(|at| self.layer.value(at, place).as_text()) {
                *counts.entry(category).or_default() += 1;
            }
            values.extend(
                counts
                    .into_iter()
                    .map(|(category, members)| (format!("count_{category}"), Value::Integer(count(members)))),
            );
        }
        draw_point(drawn, None, anchor.world, values.iter().map(|(key, value)| (key.as_str(), *value)));
    }

    /// What is known by its municipality alone, laid out round a point in it: the place is a symbol, and the
    /// precision says so.
    fn draw_swarm(&self, drawn: &mut mvt::Layer, anchor: &Anchor) {
        let spacing = self.tileset.swarm().map_or(0.0, |swarm| swarm.spacing_px);
        let symbolic = || anchor.members.iter().filter(|member| !member.is_placed);
        let Some(outermost) = u32::try_from(symbolic().count()).ok().and_then(|count| count.checked_sub(1))
        else {
            return;
        };
        let [x, y] = swarm::offset(outermost, spacing, self.address.z());
        let radius = x.hypot(y);
        if !self.reach.grown(radius).contains_point(anchor.world) {
            return;
        }
        for (rank, member) in (0..).zip(symbolic()) {
            let [x, y] = swarm::offset(rank, spacing, self.address.z());
            let at = [anchor.world[0] + x, anchor.world[1] + y];
            if self.reach.contains_point(at) {
                let feature = member.feature as usize;
                let id = self.layer.id(feature).number();
                draw_point(drawn, Some(id), at, self.values(feature, Some(anchor)));
            }
        }
    }

    fn values<'v>(
        &'v self,
        at: usize,
        anchor: Option<&'v Anchor>,
    ) -> impl Iterator<Item = (&'v str, Value<'v>)> {
        let stated = self.attributes.iter().filter_map(move |place| {
            let value = value(self.layer.value(at, *place))?;
            Some((self.layer.collection.fields[*place].id.as_str(), value))
        });
        let has_locations = !self.layer.anchors.is_empty();
        let precision = has_locations.then(|| ("precision", Value::Text(self.layer.precision(at).as_str())));
        let code = anchor.map(|anchor| &anchor.municipality).or(self.layer.municipalities(at).first());
        let municipality =
            code.filter(|_| has_locations).map(|code| ("municipality", Value::Text(code.as_str())));
        stated.chain(precision).chain(municipality)
    }
}

fn draw_point<'v>(
    drawn: &mut mvt::Layer,
    id: Option<u64>,
    at: Xy,
    values: impl IntoIterator<Item = (&'v str, Value<'v>)>,
) {
    // A point of finite coordinates is always a shape.
    if let Ok(shape) = Shape::points([at]) {
        drawn.feature(id, &shape, values);
    }
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

fn whole(value: &domain::Value) -> Option<i64> {
    match value {
        domain::Value::Cents(cents) => Some(cents.0),
        domain::Value::Integer(number) => Some(*number),
        _ => None,
    }
}

fn count(members: usize) -> i64 {
    i64::try_from(members).unwrap_or(i64::MAX)
}

/// What the attributes of a collection's features are in tiles, for `TileJSON`: name and type.
#[must_use]
pub fn attribute_types(layer: &Layer, tileset: &Tileset) -> Vec<(String, &'static str)> {
    let types = tileset.attributes().iter().filter_map(|field| {
        let place = layer.collection.position(field)?;
        let name = match layer.collection.fields[place].field_type {
            FieldType::Integer | FieldType::Cents | FieldType::Decimal => "Number",
            FieldType::Boolean => "Boolean",
            FieldType::Text
            | FieldType::Date
            | FieldType::Cup
            | FieldType::MunicipalityCode
            | FieldType::List => "String",
        };
        Some((field.clone(), name))
    });
    types.collect()
}
