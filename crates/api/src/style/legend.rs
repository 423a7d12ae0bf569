//! The legend of a style, read off the style: colours are said once, where they are drawn.

use atlas::{Edition, Layer};
use domain::Bilingual;
use serde::Serialize;
use serde_json::{Value, json};

/// What a legend says of one collection.
pub struct Entry<'a> {
    /// The collection.
    pub layer: &'a Layer,
    /// How its records are drawn, each class by itself where they differ; one class without a value where they do not.
    pub classes: Vec<Class>,
}

/// Records that are drawn alike.
pub struct Class {
    /// The field and its value by which they are told; `None`: all.
    pub value: Option<(String, String)>,
    /// What they are called.
    pub label: Bilingual,
    /// How they are drawn.
    pub sign: Sign,
}

/// How a record is drawn. What it does not have is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sign {
    /// `polygon`, `line` or `point`.
    pub shape: &'static str,
    /// The colour of the inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill: Option<String>,
    /// How much of it is seen, up to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill_opacity: Option<f64>,
    /// The colour of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stroke: Option<String>,
    /// Dashes and gaps, in widths of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dashes: Option<Vec<f64>>,
}

impl Sign {
    /// The colour of the inside, as a drawing has it.
    pub fn inside(&self) -> &str {
        self.fill.as_deref().unwrap_or("none")
    }

    /// The colour of the line, as a drawing has it.
    pub fn outline(&self) -> &str {
        self.stroke.as_deref().unwrap_or("none")
    }

    /// Dashes and gaps of a line of this width, as a drawing has them.
    pub fn dashes_of(&self, width: f64) -> String {
        let lengths = self.dashes.iter().flatten().map(|length| (length * width).to_string());
        lengths.collect::<Vec<_>>().join(" ")
    }
}

/// The entries of a style's legend, in the order of the collections.
pub fn of<'a>(style: &Value, edition: &'a Edition) -> Vec<Entry<'a>> {
    let layers = style["layers"].as_array().map(Vec::as_slice).unwrap_or_default();
    let entry = |layer: &'a std::sync::Arc<Layer>| {
        let id = layer.collection.id.as_str();
        let signs: Vec<&Value> =
            layers.iter().filter(|it| it["source"] == id && it["metadata"]["remix:legend"] == true).collect();
        (!signs.is_empty()).then(|| Entry { layer, classes: classes(layer, &signs) })
    };
    edition.layers.iter().filter_map(entry).collect()
}

/// A legend as data.
pub fn document(entries: &[Entry]) -> Value {
    let words = |words: &Bilingual| json!({ "it": words.it, "en": words.en });
    let class = |class: &Class| {
        let mut document = json!({ "label": words(&class.label), "sign": class.sign });
        if let Some((field, value)) = &class.value {
            document["field"] = Value::from(field.as_str());
            document["value"] = Value::from(value.as_str());
        }
        document
    };
    let entry = |entry: &Entry| {
        json!({
            "collection": entry.layer.collection.id.as_str(),
            "label": words(&entry.layer.collection.title),
            "classes": entry.classes.iter().map(class).collect::<Vec<_>>(),
        })
    };
    entries.iter().map(entry).collect()
}

/// The classes of these drawn layers: by the values of the field that their colours depend on.
fn classes(layer: &Layer, drawn: &[&Value]) -> Vec<Class> {
    let all = Class { value: None, label: layer.collection.title.clone(), sign: sign(drawn, None) };
    let Some(field) = drawn.iter().find_map(|it| matched_field(it)) else { return vec![all] };
    let codes = layer.collection.position(field).map(|place| layer.collection.fields[place].codes.as_slice());
    let class = |code: &domain::collection::Code| Class {
        value: Some((field.to_owned(), code.code.clone())),
        label: code.label.clone(),
        sign: sign(drawn, Some(&code.code)),
    };
    codes.unwrap_or_default().iter().filter(|code| is_selected(drawn, field, &code.code)).map(class).collect()
}

/// The field that a colour of a layer depends on.
fn matched_field(layer: &Value) -> Option<&str> {
    let paint = layer["paint"].as_object()?;
    paint.values().find(|it| it[0] == "match").and_then(|it| it[1][1].as_str())
}

/// Whether the layers draw records with this value at all: a strategy may leave some out.
fn is_selected(drawn: &[&Value], field: &str, value: &str) -> bool {
    drawn
        .iter()
        .all(|layer| chosen(&layer["filter"], field).is_none_or(|values| values.iter().any(|it| it == value)))
}

/// The values to which a filter narrows a field.
fn chosen<'a>(filter: &'a Value, field: &str) -> Option<&'a Vec<Value>> {
    let parts = filter.as_array()?;
    if parts.first()? == "in" && parts.get(1)?[1] == field {
        return parts.get(2)?[1].as_array();
    }
    parts.iter().find_map(|part| chosen(part, field))
}

/// The sign that these layers give, for one value of the field that their colours depend on.
fn sign(drawn: &[&Value], value: Option<&str>) -> Sign {
    let mut sign = Sign::default();
    for layer in drawn {
        let paint = |name: &str| resolved(&layer["paint"][name], value);
        let colour = |name: &str| paint(name).and_then(|it| Some(it.as_str()?.to_owned()));
        match layer["type"].as_str() {
            Some("fill") => {
                sign.shape = "polygon";
                sign.fill = colour("fill-color");
                sign.fill_opacity = paint("fill-opacity").and_then(Value::as_f64);
            }
            Some("line") => {
                sign.shape = if sign.shape.is_empty() { "line" } else { sign.shape };
                sign.stroke = colour("line-color");
                let dashes = layer["paint"]["line-dasharray"].as_array();
                sign.dashes = dashes.map(|dashes| dashes.iter().filter_map(Value::as_f64).collect());
            }
            Some("circle") if sign.shape.is_empty() => {
                sign.shape = "point";
                sign.fill = colour("circle-color");
                sign.stroke = colour("circle-stroke-color");
            }
            _ => {}
        }
    }
    sign
}

/// What a property is for one value of the field that it depends on.
fn resolved<'a>(property: &'a Value, value: Option<&str>) -> Option<&'a Value> {
    match property.as_array() {
        Some(parts) if parts.first()? == "match" => {
            let pairs = parts.get(2..)?.chunks_exact(2);
            let found = pairs.clone().find(|pair| value.is_some_and(|value| pair[0] == value));
            found.map(|pair| &pair[1]).or_else(|| parts.last())
        }
        Some(_) => None,
        None => Some(property),
    }
}
