//! The reader on Mapbox's fixtures, so that its word counts.

use super::decoder::{Layer, Value, decode};
use super::shared;
use serde_json::json;
use std::fs;
use std::path::Path;

fn json_of(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => json!({ "string_value": text }),
        Value::Float(number) => json!({ "float_value": number.to_string().parse::<f64>().unwrap() }),
        Value::Double(number) => json!({ "double_value": number }),
        Value::Int(number) => json!({ "int_value": number }),
        Value::Uint(number) => json!({ "uint_value": number }),
        Value::Sint(number) => json!({ "sint_value": number }),
        Value::Bool(yes) => json!({ "bool_value": yes }),
    }
}

fn check(folder: &Path, layers: &[Layer]) {
    let expected: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("tile.json")).unwrap()).unwrap();
    let expected = expected["layers"].as_array().unwrap();
    assert_eq!(layers.len(), expected.len());
    for (layer, expected) in layers.iter().zip(expected) {
        assert_eq!(layer.name, expected["name"]);
        assert_eq!(json!(layer.keys), expected["keys"], "{}", folder.display());
        let values: Vec<_> = layer.values.iter().map(json_of).collect();
        assert_eq!(json!(values), expected["values"], "{}", folder.display());
        for (feature, expected) in layer.features.iter().zip(expected["features"].as_array().unwrap()) {
            assert_eq!(json!(feature.tags), expected["tags"], "{}", folder.display());
            assert_eq!(json!(feature.commands), expected["geometry"], "{}", folder.display());
        }
    }
}

#[test]
fn the_decoder_reads_the_sound_fixtures() {
    let Some(root) = shared("mvt/mvt-fixtures") else { return };
    for sound in [
        "017", "018", "019", "020", "021", "022", "027", "032", "033", "034", "035", "036", "037", "038",
        "043",
    ] {
        let layers = decode(&fs::read(root.join(sound).join("tile.mvt")).unwrap()).unwrap();
        check(&root.join(sound), &layers);
        for feature in layers.iter().flat_map(|layer| &layer.features) {
            assert!(!feature.paths().unwrap().is_empty(), "{sound}");
        }
    }
}

#[test]
fn the_decoder_refuses_the_faulty_ones() {
    let Some(root) = shared("mvt/mvt-fixtures") else { return };
    for faulty in ["044", "045", "047", "048", "051", "052", "058", "061"] {
        let layers = decode(&fs::read(root.join(faulty).join("tile.mvt")).unwrap()).unwrap();
        assert!(
            layers.iter().flat_map(|layer| &layer.features).any(|feature| feature.paths().is_err()),
            "{faulty}"
        );
    }
}
