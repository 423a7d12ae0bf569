//! One layer of a tile: features that share a name, keys and values.

use super::commands::{self, Commands};
use super::dictionary::Dictionary;
use super::protobuf::{
    bytes, bytes_field, bytes_length, double_field, varint, varint_field, varint_length, zigzag,
};
use super::{EXTENT, Value};
use geometry::Kind;

const VERSION: [u8; 2] = [varint_field(15), 2];

/// A layer in the making. The attributes of a feature are said before the feature itself.
#[derive(Debug)]
pub struct Layer {
    name: String,
    features: Vec<u8>,
    keys: Dictionary,
    values: Dictionary,
    /// The tags of the feature at hand.
    tags: Vec<u8>,
}

impl Layer {
    /// A layer without features.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            features: Vec::new(),
            keys: Dictionary::default(),
            values: Dictionary::default(),
            tags: Vec::new(),
        }
    }

    /// The number of a key.
    pub fn key(&mut self, key: &str) -> u32 {
        self.keys.number(|out| bytes(out, 3, key.as_bytes()))
    }

    /// The number of a value; always the same for the same value.
    pub fn value(&mut self, value: Value<'_>) -> u32 {
        self.values.number(|out| write_value(out, value))
    }

    /// The number of a value in the bytes of [`write_value`], which has not been in this layer.
    pub fn new_value(&mut self, bytes: &[u8]) -> u32 {
        self.values.append(bytes)
    }

    /// Gives the next feature an attribute.
    pub fn attribute(&mut self, key: &str, value: Value<'_>) {
        let (key, value) = (self.key(key), self.value(value));
        self.tag(key, value);
    }

    /// The same by the numbers of key and value.
    pub fn tag(&mut self, key: u32, value: u32) {
        varint(&mut self.tags, key.into());
        varint(&mut self.tags, value.into());
    }

    /// Adds a feature with the attributes that were given before; nothing if it has no geometry. Ids should be unique in the
    /// layer.
    pub fn feature(&mut self, id: Option<u64>, kind: Kind, geometry: &Commands) {
        let geometry = geometry.as_bytes();
        if !geometry.is_empty() {
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
            out.extend([varint_field(3), commands::number(kind)]);
            bytes(out, 4, geometry);
        }
        self.tags.clear();
    }

    /// Takes back the attributes that were said for the next feature.
    pub fn unsay(&mut self) {
        self.tags.clear();
    }

    /// How many bytes it takes in a tile, with the attributes that were said for the next feature.
    #[must_use]
    pub fn size(&self) -> usize {
        bytes_length(self.length()) + self.tags.len()
    }

    fn length(&self) -> usize {
        let contents = self.features.len() + self.keys.as_bytes().len() + self.values.as_bytes().len();
        VERSION.len() + bytes_length(self.name.len()) + contents + 1 + varint_length(EXTENT.into())
    }

    /// Writes the layer as a field of a tile; nothing if it has no features.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let (keys, values, length) = (self.keys.as_bytes(), self.values.as_bytes(), self.length());
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
pub fn write_value(out: &mut Vec<u8>, value: Value<'_>) {
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
