//! `/tiles/{ids}.json` and `/tiles/{ids}/{z}/{x}/{y}`: TileJSON and vector tiles of one or several collections.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use tiles::describe::LayerDescription;
use tiles::{Drawn, Pyramid, TileAddress, describe, draw};

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
    let pyramids = pyramids(&drawn, ids)?;
    ask.answer(&tag(&pyramids), || Ok(Content::json(&tile_json(&ask, &drawn, ids, &pyramids)))).await
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
    let pyramids = pyramids(&drawn, &ids)?;
    let tag = tag(&pyramids);
    let reply = ask.reply(&tag).same_for_all();
    let draw = move || {
        let drawings: Vec<_> = pyramids.iter().map(|pyramid| (&**pyramid, None)).collect();
        Ok(Content::new(MVT, draw::tile(&drawings, address)))
    };
    if address.z() >= LIGHT_FROM_ZOOM {
        return reply.make(draw).await;
    }
    reply.make_apart(move |_: &Wanted| draw()).await
}

/// What tells the tiles of these pyramids from those of any other content.
fn tag(pyramids: &[Arc<Pyramid>]) -> String {
    reply::joined(pyramids.iter().map(|pyramid| pyramid.tag.as_str()))
}

/// The pyramids of the collections that `ids` names, each once.
fn pyramids(drawn: &Drawn, ids: &str) -> Result<Vec<Arc<Pyramid>>, Problem> {
    let mut pyramids: Vec<Arc<Pyramid>> = Vec::new();
    for id in ids.split(',') {
        let layer = portal::layer(&drawn.edition, id)?;
        let pyramid = drawn.pyramid(&layer.collection.id).ok_or_else(|| {
            let detail = format!(
                "The records of “{id}” are not places, so there are no tiles of them: see /collections/{id}/items."
            );
            Problem::new(StatusCode::NOT_FOUND, detail)
        })?;
        if pyramids.iter().any(|earlier| earlier.name == pyramid.name) {
            return Err(Problem::bad_request(format!("The collection “{id}” stands twice.")));
        }
        pyramids.push(pyramid.clone());
    }
    Ok(pyramids)
}

fn tile_json(ask: &Ask, drawn: &Drawn, ids: &str, pyramids: &[Arc<Pyramid>]) -> Value {
    let layers: Vec<_> = drawn.edition.layers.iter().collect();
    let layers: Vec<_> = pyramids
        .iter()
        .filter_map(|pyramid| {
            let layer = layers.iter().find(|layer| layer.collection.id.as_str() == pyramid.name)?;
            Some((*layer, pyramid))
        })
        .collect();
    let [min_zoom, max_zoom] = Pyramid::zooms_of(pyramids).unwrap_or_default();
    let attributions: Vec<_> = layers
        .iter()
        .flat_map(|(layer, _)| &layer.origins)
        .map(|origin| format!("{} ({})", origin.publisher, origin.licence))
        .collect();
    let described = layers.iter().flat_map(|(layer, pyramid)| describe::layers(layer, &pyramid.tileset));
    json!({
        "tilejson": "3.0.0",
        "name": layers.iter().map(|(layer, _)| layer.collection.title.it.as_str()).collect::<Vec<_>>().join(", "),
        "tiles": [links::tiles(&ask.origin, ids, &tag(pyramids))],
        "vector_layers": described.map(vector_layer).collect::<Vec<_>>(),
        "minzoom": min_zoom,
        "maxzoom": max_zoom,
        "bounds": drawn.edition.territory.extent,
        "attribution": attributions.join("; "),
        "version": "1.0.0",
        "scheme": "xyz",
    })
}

fn vector_layer(layer: LayerDescription) -> Value {
    let fields = layer.fields.into_iter().map(|(name, kind)| (name, Value::from(kind)));
    json!({
        "id": layer.id,
        "description": layer.description,
        "fields": fields.collect::<Map<_, _>>(),
        "minzoom": layer.zooms[0],
        "maxzoom": layer.zooms[1],
    })
}
