//! `/tiles/{ids}.json` and `/tiles/{ids}/{z}/{x}/{y}`: TileJSON and vector tiles of one or several collections.

use atlas::{Edition, Layer};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::GeometryKind;
use serde_json::{Map, Value, json};
use tiles::{Drawn, TileAddress, Tileset, draw};

use crate::ask::{Ask, Content};
use crate::links::{self, MVT};
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::reply::{self, VERSION};
use crate::work::Wanted;

/// From this zoom level on a tile has so little in it that it is drawn at once.
const LIGHT_FROM_ZOOM: u8 = 10;

/// The TileJSON 3.0 document of the collections that `ids` names, joined by commas.
pub async fn describe(
    State(portal): State<Portal>,
    Path(document): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let ids = document.strip_suffix(".json").ok_or_else(|| {
        let detail = format!("The description of these tiles is at /tiles/{document}.json.");
        Problem::new(StatusCode::NOT_FOUND, detail)
    })?;
    let drawn = portal.drawn();
    let layers = layers(&drawn, ids)?;
    ask.answer(&tag(&layers), || Ok(Content::json(&tile_json(&ask, &drawn.edition, ids, &layers)))).await
}

/// One tile; 204 where there is nothing in it.
pub async fn show(
    State(portal): State<Portal>,
    Path((ids, z, x, y)): Path<(String, String, String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[VERSION])?;
    let y = y.strip_suffix(".mvt").or_else(|| y.strip_suffix(".pbf")).unwrap_or(&y);
    let address = TileAddress::parse(&z, &x, y).map_err(|error| Problem::bad_request(format!("{error}.")))?;
    let drawn = portal.drawn();
    let layers = layers(&drawn, &ids)?;
    let tag = tag(&layers);
    let reply = ask.reply(&tag).same_for_all();
    if address.z() >= LIGHT_FROM_ZOOM {
        return reply.make(|| Ok(Content { media_type: MVT, body: draw::tile(&layers, address) })).await;
    }
    let drawn = drawn.clone();
    let draw = move |_: &Wanted| {
        let layers = self::layers(&drawn, &ids)?;
        Ok(Content { media_type: MVT, body: draw::tile(&layers, address) })
    };
    reply.make_apart(draw).await
}

/// What tells the tiles of these layers from those of any other content.
fn tag(layers: &[(&Layer, &Tileset)]) -> String {
    reply::joined(layers.iter().map(|(layer, _)| layer.tag.as_str()))
}

/// The layers that `ids` names, each once.
fn layers<'a>(drawn: &'a Drawn, ids: &str) -> Result<Vec<(&'a Layer, &'a Tileset)>, Problem> {
    let mut layers: Vec<(&Layer, &Tileset)> = Vec::new();
    for id in ids.split(',') {
        let layer = portal::layer(&drawn.edition, id)?;
        if layer.collection.geometry == GeometryKind::None {
            let detail = format!(
                "The records of “{id}” are not places, so there are no tiles of them: see /collections/{id}/items."
            );
            return Err(Problem::new(StatusCode::NOT_FOUND, detail));
        }
        if layers.iter().any(|(earlier, _)| earlier.collection.id == layer.collection.id) {
            return Err(Problem::bad_request(format!("The collection “{id}” stands twice.")));
        }
        layers.extend(drawn.tileset(&layer.collection.id).map(|tileset| (layer, tileset)));
    }
    Ok(layers)
}

fn tile_json(ask: &Ask, edition: &Edition, ids: &str, layers: &[(&Layer, &Tileset)]) -> Value {
    let zooms = layers.iter().map(|(_, tileset)| tileset.zooms());
    let min_zoom = zooms.clone().map(|zooms| *zooms.start()).min().unwrap_or_default();
    let max_zoom = zooms.map(|zooms| *zooms.end()).max().unwrap_or_default();
    let attributions: Vec<_> = layers
        .iter()
        .flat_map(|(layer, _)| &layer.origins)
        .map(|origin| format!("{} ({})", origin.publisher, origin.licence))
        .collect();
    json!({
        "tilejson": "3.0.0",
        "name": layers.iter().map(|(layer, _)| layer.collection.title.it.as_str()).collect::<Vec<_>>().join(", "),
        "tiles": [links::tiles(&ask.origin, ids, &tag(layers))],
        "vector_layers": layers.iter().flat_map(|(layer, tileset)| vector_layers(layer, tileset)).collect::<Vec<_>>(),
        "minzoom": min_zoom,
        "maxzoom": max_zoom,
        "bounds": edition.territory.extent,
        "attribution": attributions.join("; "),
        "version": "1.0.0",
        "scheme": "xyz",
    })
}

/// What `TileJSON` says of a collection: its layer, and the one of its names if it has one.
fn vector_layers(layer: &Layer, tileset: &Tileset) -> Vec<Value> {
    let fields: Map<String, Value> = draw::attribute_types(layer, tileset)
        .into_iter()
        .map(|(name, kind)| (name, Value::from(kind)))
        .collect();
    let described = |id: String| {
        json!({
            "id": id,
            "description": layer.collection.description.it,
            "fields": fields,
            "minzoom": tileset.zooms().start(),
            "maxzoom": tileset.zooms().end(),
        })
    };
    let id = layer.collection.id.as_str();
    let mut described_layers = vec![described(id.to_owned())];
    if tileset.has_labels() {
        described_layers.push(described(draw::label_layer(id)));
    }
    described_layers
}
