//! One layer of a tile: features that share a name, keys and values.

use super::dictionary::Dictionary;
use super::geometry::Geometry;
use super::protobuf::{
    bytes, bytes_field, bytes_length, double_field, varint, varint_field, varint_length, zigzag,
};
use super::{EXTENT, Value};
use crate::TileAddress;
use geometry::{Kind, Shape};

/// A layer in the making.
#[derive(Debug)]
pub struct Layer {
    name: String,
    geometry: Geometry,
    features: Vec<u8>,
    keys: Dictionary,
    values: Dictionary,
    /// The tags of the feature at hand; kept for its memory.
    tags: Vec<u8>,
}

impl Layer {
    /// A layer without features. Shapes will be cut to the tile and `buffer` units of its grid round it, at
    /// most [`EXTENT`]: 64 keep borders from showing at the seams, symbols want half their width.
    #[must_use]
    pub fn new(name: &str, address: TileAddress, buffer: u32) -> Self {
        Self {
            name: name.to_owned(),
            geometry: Geometry::new(address, buffer),
            features: Vec::new(),
            keys: Dictionary::default(),
            values: Dictionary::default(),
            tags: Vec::new(),
        }
    }

    /// Adds a feature, and says whether there was anything of it to draw here.
    ///
    /// The shape is in the unit square of the world (`geometry::Crs::World`). Ids should be unique in the
    /// layer.
    ///
    /// Nothing is drawn of what is outside, and of lines and polygons that on the tile's grid have no length
    /// or area: they are smaller than an eighth of a pixel. Anything larger is kept however small, because
    /// what is a speck by itself may be a piece of a coverage.
    pub fn feature<'a>(
        &mut self,
        id: Option<u64>,
        shape: &Shape,
        attributes: impl IntoIterator<Item = (&'a str, Value<'a>)>,
    ) -> bool {
        let Some(geometry) = self.geometry.encode(shape) else { return false };
        self.tags.clear();
        for (key, value) in attributes {
            let key = self.keys.number(|out| bytes(out, 3, key.as_bytes()));
            let value = self.values.number(|out| write_value(out, value));
            varint(&mut self.tags, key.into());
            varint(&mut self.tags, value.into());
        }
        let id_length = id.map_or(0, |id| 1 + varint_length(id));
        let tags_length = if self.tags.is_empty() { 0 } else { bytes_length(self.tags.len()) };
        let out = &mut self.features;
        out.push(bytes_field(2));
        varint(out, (id_length + tags_length + 2 + bytes_length(geometry.len())) as u64);
        if let Some(id) = id {
            out.push(varint_field(1));
            varint(out, id);
        }
        if tags_length > 0 {
            bytes(out, 2, &self.tags);
        }
        let geometry_type = match shape.kind() {
            Kind::Points => 1,
            Kind::Lines => 2,
            Kind::Polygons => 3,
        };
        out.extend([varint_field(3), geometry_type]);
        bytes(out, 4, geometry);
        true
    }

    /// Writes the layer as a field of a tile; nothing if it has no features.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        const VERSION: [u8; 2] = [varint_field(15), 2];
        if self.features.is_empty() {
            return;
        }
        let (keys, values) = (self.keys.as_bytes(), self.values.as_bytes());
        let extent_length = 1 + varint_length(EXTENT.into());
        let contents = self.features.len() + keys.len() + values.len();
        let length = VERSION.len() + bytes_length(self.name.len()) + contents + extent_length;
        out.reserve(bytes_length(length));
        out.push(bytes_field(3));
        varint(out, length as u64);
        out.extend(VERSION);
        bytes(out, 1, self.name.as_bytes());
        out.extend_from_slice(&self.features);
        out.extend_from_slice(keys);
        out.extend_from_slice(values);
        out.push(varint_field(5));
        varint(out, EXTENT.into());
    }
}

/// Writes a value as a field of a layer: a message of one field, whose number tells the type.
fn write_value(out: &mut Vec<u8>, value: Value<'_>) {
    out.push(bytes_field(4));
    match value {
        Value::Text(text) => {
            varint(out, bytes_length(text.len()) as u64);
            bytes(out, 1, text.as_bytes());
        }
        Value::Double(number) => {
            out.extend([9, double_field(3)]);
            out.extend(number.to_le_bytes());
        }
        // As a plain integer, a negative number would take ten bytes.
        Value::Integer(number) if number < 0 => write_integer(out, 6, zigzag(number)),
        Value::Integer(number) => write_integer(out, 4, number.cast_unsigned()),
        Value::Boolean(yes) => write_integer(out, 7, yes.into()),
    }
}

fn write_integer(out: &mut Vec<u8>, field: u8, number: u64) {
    varint(out, 1 + varint_length(number) as u64);
    out.push(varint_field(field));
    varint(out, number);
}
