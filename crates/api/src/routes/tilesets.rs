//! Tilesets by OGC API – Tiles 1 (OGC 20-057): those of each collection, and that of all of them together.

use atlas::{Bbox, Layer};
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use tiles::describe::{self, LayerDescription};
use tiles::{Drawn, Pyramid, TileAddress};

use super::tile_matrix_sets::{self, CRS, URI, WEB_MERCATOR_QUAD};
use crate::ask::Ask;
use crate::content::{Content, JSON, MVT};
use crate::links::link;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::pyramids;

/// The tilesets of a collection: one.
pub async fn of_collection(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    let drawn = portal.drawn();
    let pyramids = pyramids::named(&drawn, &id)?;
    list(&ask, &drawn, &pyramids, &format!("/collections/{id}/tiles")).await
}

/// The tilesets of all collections together: one.
pub async fn of_dataset(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let drawn = portal.drawn();
    list(&ask, &drawn, &pyramids::all(&drawn), "/tiles").await
}

/// The tileset of a collection in a tile matrix set.
pub async fn one_of_collection(
    State(portal): State<Portal>,
    Path((id, set)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    tile_matrix_sets::check(&set)?;
    let drawn = portal.drawn();
    let pyramids = pyramids::named(&drawn, &id)?;
    show(&ask, &drawn, &pyramids, &format!("/collections/{id}/tiles")).await
}

/// The tileset of all collections together.
pub async fn one_of_dataset(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let drawn = portal.drawn();
    show(&ask, &drawn, &pyramids::all(&drawn), "/tiles").await
}

async fn list(ask: &Ask, drawn: &Drawn, pyramids: &[Arc<Pyramid>], path: &str) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    ask.answer(&pyramids::tag(pyramids), || {
        Ok(Content::json(&json!({
            "links": [link(ask, "self", JSON, path, "This document")],
            "tilesets": [Value::Object(summary(ask, drawn, pyramids, path))],
        })))
    })
    .await
}

async fn show(ask: &Ask, drawn: &Drawn, pyramids: &[Arc<Pyramid>], path: &str) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    ask.answer(&pyramids::tag(pyramids), || {
        let mut document = summary(ask, drawn, pyramids, path);
        let [first, last] = Pyramid::zooms_of(pyramids).unwrap_or_default();
        let bbox = bbox(drawn, pyramids);
        let layers = pyramids.iter().filter_map(|pyramid| Some((drawn.layer_of(pyramid)?, pyramid)));
        let layers = layers.flat_map(|(layer, pyramid)| {
            describe::layers(layer, &pyramid.tileset).into_iter().map(move |it| layer_document(layer, &it))
        });
        document.extend([
            ("layers".to_owned(), layers.collect()),
            (
                "boundingBox".to_owned(),
                json!({ "lowerLeft": bbox.min, "upperRight": bbox.max, "crs": CRS84 }),
            ),
            (
                "tileMatrixSetLimits".to_owned(),
                (first..=last).filter_map(|zoom| limits(zoom, bbox)).collect(),
            ),
        ]);
        Ok(Content::json(&Value::Object(document)))
    })
    .await
}

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// What a list says of a tileset; the tileset itself says more.
fn summary(ask: &Ask, drawn: &Drawn, pyramids: &[Arc<Pyramid>], path: &str) -> Map<String, Value> {
    let address = format!("{path}/{WEB_MERCATOR_QUAD}");
    let titles =
        pyramids.iter().filter_map(|pyramid| Some(drawn.layer_of(pyramid)?.collection.title.it.as_str()));
    let mut item =
        link(ask, "item", MVT, &format!("{address}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"), "The tiles");
    item["templated"] = Value::Bool(true);
    let ids: Vec<&str> = pyramids.iter().map(|pyramid| pyramid.name.as_str()).collect();
    let tile_json = format!("/tiles/{}.json", ids.join(","));
    let summary = json!({
        "title": titles.collect::<Vec<_>>().join(", "),
        "dataType": "vector",
        "crs": CRS,
        "tileMatrixSetURI": URI,
        "links": [
            link(ask, "self", JSON, &address, "This tileset"),
            tile_matrix_sets::link_to(ask),
            item,
            link(ask, "describedby", JSON, &tile_json, "The same as TileJSON"),
        ],
    });
    match summary {
        Value::Object(summary) => summary,
        _ => Map::new(),
    }
}

fn layer_document(layer: &Layer, described: &LayerDescription) -> Value {
    let schema = |kind: &str| json!({ "type": kind.to_ascii_lowercase() });
    let properties: Map<String, Value> =
        described.fields.iter().map(|(name, kind)| (name.clone(), schema(kind))).collect();
    let mut document = json!({
        "id": described.id,
        "title": layer.collection.title.it,
        "description": described.description,
        "dataType": "vector",
        "minTileMatrix": described.zooms[0].to_string(),
        "maxTileMatrix": described.zooms[1].to_string(),
        "propertiesSchema": { "type": "object", "properties": properties },
    });
    if let Some(dimension) = described.dimension() {
        document["geometryDimension"] = Value::from(dimension);
    }
    document
}

/// The box round what is shown, in degrees.
fn bbox(drawn: &Drawn, pyramids: &[Arc<Pyramid>]) -> Bbox {
    let boxes = pyramids.iter().filter_map(|pyramid| drawn.layer_of(pyramid)?.bbox);
    let [west, south, east, north] = drawn.edition.territory.extent;
    boxes.reduce(Bbox::union).unwrap_or_else(|| Bbox::new([west, south], [east, north]))
}

/// The rows and columns that the box reaches on a zoom level.
fn limits(zoom: u8, bbox: Bbox) -> Option<Value> {
    let [south_west, north_east] = [bbox.min, bbox.max].map(|at| TileAddress::at(zoom, at).ok());
    let (south_west, north_east) = (south_west?, north_east?);
    Some(json!({
        "tileMatrix": zoom.to_string(),
        "minTileRow": north_east.y(),
        "maxTileRow": south_west.y(),
        "minTileCol": south_west.x(),
        "maxTileCol": north_east.x(),
    }))
}
