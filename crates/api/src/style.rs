//! MapLibre styles, all made of one list of layers in the order of drawing (`tiles/styles/base.json`): the whole list is the map of
//! the portal, a part of it shows one collection, or what a strategy is about. All that a style names is on this server.

pub mod legend;
mod selection;

use atlas::{Edition, Layer};
use domain::{Bilingual, GeometryKind, Strategy};
use serde_json::{Map, Value, json};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

const BASE: &str = include_str!("../../../tiles/styles/base.json");
const DEFAULT: &str = include_str!("../../../tiles/styles/default.json");
const PALETTE: &str = include_str!("../../../tiles/styles/palette.json");

/// The name of the style that the portal's own map has.
pub const OF_THE_PORTAL: &str = "base";

/// The list of layers, with its colours.
static LIST: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let style: Value = serde_json::from_str(&coloured(BASE)).unwrap_or_default();
    style["layers"].as_array().cloned().unwrap_or_default()
});
/// What the files of the styles say: two programs with other styles give other entity tags.
pub static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    [BASE, DEFAULT, PALETTE].hash(&mut hasher);
    format!("{:016x}", hasher.finish())
});

/// What there is a style of.
pub enum Subject<'a> {
    /// The map of the portal.
    Portal,
    /// One collection.
    Collection(&'a Layer),
    /// What a strategy shows.
    Strategy(&'a Strategy),
}

impl Subject<'_> {
    /// What the style is called.
    pub fn title(&self, edition: &Edition) -> Bilingual {
        match self {
            Self::Portal => edition.territory.title.clone(),
            Self::Collection(layer) => layer.collection.title.clone(),
            Self::Strategy(strategy) => strategy.title.clone(),
        }
    }

    /// The style, for clients of the server at `origin` (`https://host`, no slash at the end).
    pub fn style(&self, edition: &Edition, origin: &str) -> Value {
        let layers = match self {
            Self::Portal => LIST.iter().filter(|layer| is_drawn(edition, layer)).cloned().collect(),
            Self::Collection(layer) => with_ground(edition, &shown(layer)),
            Self::Strategy(strategy) => with_ground(edition, &selection::layers(edition, strategy)),
        };
        let [west, south, east, north] = edition.territory.extent;
        json!({
            "version": 8,
            "name": self.title(edition).it,
            "center": [f64::midpoint(west, east), f64::midpoint(south, north)],
            "zoom": 8,
            "sources": sources(&layers, origin),
            "layers": layers,
        })
    }
}

/// The part of the list that a layer belongs to: `ground`, `page`, or none but its collection.
fn part(layer: &Value) -> Option<&str> {
    layer["metadata"]["remix:part"].as_str()
}

/// Whether a layer of the list has anything to draw: other portals have other collections.
fn is_drawn(edition: &Edition, layer: &Value) -> bool {
    let is_there =
        |source: &str| edition.layers.iter().any(|it| it.collection.id.as_str() == source && has_places(it));
    layer["source"].as_str().is_none_or(is_there)
}

/// Whether maps can show a collection.
pub fn has_places(layer: &Layer) -> bool {
    layer.collection.geometry != GeometryKind::None
}

/// The layers of the ground below and above these, in the order of the list.
fn with_ground(edition: &Edition, layers: &[Value]) -> Vec<Value> {
    let ground = |layer: &&Value| {
        let is_shown = layers.iter().any(|it| it["id"] == layer["id"]);
        part(layer) == Some("ground") && is_drawn(edition, layer) && !is_shown
    };
    let (names, below): (Vec<&Value>, Vec<&Value>) =
        LIST.iter().filter(ground).partition(|layer| layer["type"] == "symbol");
    below.into_iter().cloned().chain(layers.iter().cloned()).chain(names.into_iter().cloned()).collect()
}

/// The layers that show a collection: those of the list, or, for one that it does not know, those that show its kind of shapes.
/// They are visible, and need nothing that only the portal's own page draws.
fn shown(layer: &Layer) -> Vec<Value> {
    let id = layer.collection.id.as_str();
    let own = LIST.iter().filter(|it| it["source"] == id && part(it) != Some("page"));
    let mut layers: Vec<Value> = own.cloned().collect();
    if layers.is_empty() {
        layers = default_layers(layer);
    }
    for layout in layers.iter_mut().filter_map(|it| it.get_mut("layout")?.as_object_mut()) {
        layout.remove("visibility");
    }
    layers
}

fn default_layers(layer: &Layer) -> Vec<Value> {
    let text = coloured(DEFAULT).replace("{collection}", layer.collection.id.as_str());
    let layers: Vec<Value> = serde_json::from_str(&text).unwrap_or_default();
    let kind = layer.collection.geometry.as_str();
    let fits = |it: &Value| {
        it["metadata"]["remix:for"].as_array().is_some_and(|kinds| kinds.iter().any(|it| it == kind))
    };
    layers.into_iter().filter(fits).collect()
}

/// The tiles that layers are drawn from, each described by this server.
fn sources(layers: &[Value], origin: &str) -> Map<String, Value> {
    let named = layers.iter().filter_map(|layer| layer["source"].as_str());
    named
        .map(|id| (id.to_owned(), json!({ "type": "vector", "url": format!("{origin}/tiles/{id}.json") })))
        .collect()
}

/// A text with the colours of the palette in the place of their names.
fn coloured(text: &str) -> String {
    let palette: Value = serde_json::from_str(PALETTE).unwrap_or_default();
    let mut text = text.to_owned();
    for (group, colours) in palette.as_object().into_iter().flatten() {
        for (name, colour) in colours.as_object().into_iter().flatten() {
            text = text.replace(&format!("{{{group}.{name}}}"), colour.as_str().unwrap_or_default());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_colour_is_in_the_palette_and_colours_stand_nowhere_else() {
        assert!(!LIST.is_empty());
        for text in [BASE, DEFAULT] {
            assert!(!text.contains("\"#"), "a style names a colour of its own");
            let text = coloured(text).replace("{collection}", "x");
            assert!(!text.contains("\"{"), "a colour that palette.json does not have");
            assert!(serde_json::from_str::<Value>(&text).is_ok());
        }
    }

    #[test]
    fn every_kind_of_place_is_drawn_without_a_style_of_its_own() {
        let layers: Vec<Value> = serde_json::from_str(DEFAULT).unwrap();
        for kind in GeometryKind::ALL.into_iter().filter(|kind| *kind != GeometryKind::None) {
            let fits =
                layers.iter().any(|layer| layer["metadata"]["remix:for"].to_string().contains(kind.as_str()));
            assert!(fits, "{}", kind.as_str());
        }
    }
}
