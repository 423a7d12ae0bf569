//! The paths of tiles: XYZ with TileJSON, and OGC API – Tiles.

use atlas::Layer;
use domain::GeometryKind;
use serde_json::{Value, json};

use super::features::filter_parameters;
use super::history::time_parameters;
use super::path;
use crate::content::MVT;
use crate::routes::pmtiles::PMTILES;
use crate::routes::tile_matrix_sets::WEB_MERCATOR_QUAD;

const JSON: &[&str] = &["application/json"];
const TILES: &[&str] = &[MVT];

/// What adds a path: address, id, summary, parameters, media types.
type Add<'a> = dyn FnMut(&str, &str, &str, Vec<Value>, &[&str]) + 'a;

/// The paths of the tiles of a collection; none if its records are not places.
pub fn of_collection(add: &mut Add<'_>, layer: &Layer) {
    if layer.collection.geometry == GeometryKind::None {
        return;
    }
    let (id, title) = (layer.collection.id.as_str(), &layer.collection.title.en);
    let mut add = |path: &str, name: &str, summary: &str, parameters, types| {
        add(path, &format!("{id}.{name}"), &format!("{title}: {summary}"), parameters, types);
    };
    let with_filter =
        |path: Vec<Value>| path.into_iter().chain(filter_parameters()).chain(time_parameters()).collect();
    add(&format!("/tiles/{id}.json"), "tilejson", "TileJSON", with_filter(Vec::new()), JSON);
    let xyz = with_filter(numbers(&[("z", "Zoom level"), ("x", "Column"), ("y", "Row")]));
    add(&format!("/tiles/{id}/{{z}}/{{x}}/{{y}}"), "tile", "a tile", xyz, TILES);
    let file = format!("/pmtiles/{id}.pmtiles");
    add(&file, "pmtiles", "the pyramid in one file (PMTiles), in ranges", Vec::new(), &[PMTILES]);
    let tilesets = format!("/collections/{id}/tiles");
    add(&tilesets, "tilesets", "tilesets", Vec::new(), JSON);
    let tileset = format!("{tilesets}/{WEB_MERCATOR_QUAD}");
    add(&tileset, "tileset", "the tileset", Vec::new(), JSON);
    let address = format!("{tileset}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}");
    add(&address, "getTile", "a tile, by row and column", with_filter(by_row()), TILES);
}

/// The paths of the tiles of all collections together, and of the tile matrix set.
pub fn of_dataset(add: &mut Add<'_>) {
    add("/tileMatrixSets", "getTileMatrixSetsList", "The tile matrix sets", Vec::new(), JSON);
    let set = format!("/tileMatrixSets/{WEB_MERCATOR_QUAD}");
    add(&set, "getTileMatrixSet", "The tile matrix set", Vec::new(), JSON);
    add("/tiles", "dataset.tilesets", "The tilesets of all collections together", Vec::new(), JSON);
    let tileset = format!("/tiles/{WEB_MERCATOR_QUAD}");
    add(&tileset, "dataset.tileset", "The tileset of all collections together", Vec::new(), JSON);
    let collections = json!({
        "name": "collections", "in": "query", "required": false, "style": "form", "explode": false,
        "description": "The collections to be drawn; all if none is named",
        "schema": { "type": "array", "items": { "type": "string" } },
    });
    let parameters = by_row().into_iter().chain([collections]).collect();
    let address = format!("{tileset}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}");
    add(&address, "dataset.getTile", "A tile of all collections together", parameters, TILES);
}

fn by_row() -> Vec<Value> {
    numbers(&[("tileMatrix", "Zoom level"), ("tileRow", "Row"), ("tileCol", "Column")])
}

fn numbers(names: &[(&str, &str)]) -> Vec<Value> {
    let number = &json!({ "type": "integer", "minimum": 0 });
    names.iter().map(|(name, about)| path(name, about, number)).collect()
}
