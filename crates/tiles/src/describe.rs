//! What there is in the tiles of a collection: its layers and their attributes, as TileJSON and its like say it.

use crate::Tileset;
use crate::pyramid::{MUNICIPALITY, MUNICIPALITY_NAME, PRECISION, Pyramid, categories, label_layer};
use atlas::Layer;
use domain::FieldType;
use geometry::{Kind, Shape};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A layer in tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerDescription {
    /// Its name.
    pub id: String,
    /// What it holds, in Italian.
    pub description: String,
    /// Its attributes, each with what its values are: `Number`, `Boolean` or `String`.
    pub fields: Vec<(String, &'static str)>,
    /// What its shapes are, if all are of one kind.
    pub kind: Option<Kind>,
    /// The first and the last zoom level that has tiles.
    pub zooms: [u8; 2],
}

impl LayerDescription {
    /// How `TileJSON` and its like say it, of tiles down to the zoom level `last`.
    #[must_use]
    pub fn to_json(&self, last: u8) -> Value {
        let fields = self.fields.iter().map(|(name, kind)| (name.clone(), Value::from(*kind)));
        json!({
            "id": self.id,
            "description": self.description,
            "fields": fields.collect::<Map<_, _>>(),
            "minzoom": self.zooms[0],
            "maxzoom": self.zooms[1].min(last),
        })
    }

    /// The dimension of its shapes: 0 of points, 1 of lines, 2 of polygons; `None` if they differ.
    #[must_use]
    pub fn dimension(&self) -> Option<u8> {
        Some(match self.kind? {
            Kind::Points => 0,
            Kind::Lines => 1,
            Kind::Polygons => 2,
        })
    }
}

/// Who is to be named beside what is drawn of some layers, each once.
#[must_use]
pub fn attribution<'l>(layers: impl Iterator<Item = &'l Layer>) -> String {
    let origins = layers.flat_map(|layer| &layer.origins);
    let named: BTreeSet<String> =
        origins.map(|origin| format!("{} ({})", origin.publisher, origin.licence)).collect();
    named.into_iter().collect::<Vec<_>>().join("; ")
}

/// The layers of a collection: its own, and that of its names if it has one.
#[must_use]
pub fn layers(layer: &Layer, tileset: &Tileset) -> Vec<LayerDescription> {
    let own = LayerDescription {
        id: layer.collection.id.to_string(),
        description: layer.collection.description.it.clone(),
        fields: fields(layer, tileset),
        kind: kind(layer),
        zooms: [*tileset.zooms().start(), *tileset.zooms().end()],
    };
    let labels = tileset.has_labels().then(|| LayerDescription {
        id: label_layer(&own.id),
        kind: Some(Kind::Points),
        ..own.clone()
    });
    [Some(own), labels].into_iter().flatten().collect()
}

fn fields(layer: &Layer, tileset: &Tileset) -> Vec<(String, &'static str)> {
    let located = if layer.anchors.is_empty() { &[][..] } else { &[PRECISION, MUNICIPALITY] };
    let located = located.iter().map(|field| ((*field).to_owned(), "String"));
    let stated = tileset.attributes().iter().filter_map(|field| {
        let place = layer.collection.position(field)?;
        Some((field.clone(), type_name(layer.collection.fields[place].field_type)))
    });
    let mut fields: Vec<_> = located.chain(stated).collect();
    // Of any collection, where a tile has no room for each feature.
    fields.extend([("cluster".to_owned(), "Boolean"), ("count".to_owned(), "Number")]);
    if tileset.is_clustered() {
        fields.extend(tileset.sums().iter().map(|field| (field.clone(), "Number")));
        fields.extend(categories(layer).0.into_iter().map(|name| (name, "Number")));
        if !layer.anchors.is_empty() {
            fields.push((MUNICIPALITY_NAME.to_owned(), "String"));
        }
    }
    // A sum bears the name of the field that is summed.
    let mut named = BTreeSet::new();
    fields.retain(|(name, _)| named.insert(name.clone()));
    fields
}

const fn type_name(field_type: FieldType) -> &'static str {
    match field_type {
        FieldType::Integer | FieldType::Cents | FieldType::Decimal => "Number",
        FieldType::Boolean => "Boolean",
        FieldType::Text
        | FieldType::Date
        | FieldType::Cup
        | FieldType::MunicipalityCode
        | FieldType::List => "String",
    }
}

fn kind(layer: &Layer) -> Option<Kind> {
    let mut kinds = (0..layer.len()).flat_map(|at| layer.shapes(at)).map(Shape::kind);
    let first = kinds.next().unwrap_or(Kind::Points);
    kinds.all(|kind| kind == first).then_some(first)
}

impl Pyramid {
    /// The zoom levels on which some of these pyramids has tiles; `None` of none.
    #[must_use]
    pub fn zooms_of(pyramids: &[Arc<Self>]) -> Option<[u8; 2]> {
        let zooms = || pyramids.iter().map(|pyramid| pyramid.tileset.zooms());
        let (first, last) =
            (zooms().map(RangeInclusive::start).min(), zooms().map(RangeInclusive::end).max());
        Some([*first?, *last?])
    }
}
