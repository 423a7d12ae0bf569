//! Writes feature collections as `GeoJSON` (RFC 7946), one feature a line.

use super::plane::Plane;
use super::shape::Shape;
use serde_json::{Map, Value, json};

/// One feature: what it is, and where.
pub struct Feature {
    properties: Map<String, Value>,
    shape: Shape,
}

impl Feature {
    pub fn new(shape: Shape) -> Self {
        Self { properties: Map::new(), shape }
    }

    /// Adds a property; they are written in this order.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.properties.insert(name.to_owned(), value.into());
        self
    }
}

/// The bytes of a file with these features.
pub fn write(features: Vec<Feature>, plane: &Plane) -> Vec<u8> {
    let line = |feature: Feature| {
        let geometry = feature.shape.geojson(plane);
        json!({"type": "Feature", "properties": feature.properties, "geometry": geometry}).to_string()
    };
    let lines: Vec<String> = features.into_iter().map(line).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", lines.join(",\n")).into_bytes()
}
