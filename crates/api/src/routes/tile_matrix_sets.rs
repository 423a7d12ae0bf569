//! `/tileMatrixSets`: the tiling scheme in which tiles are offered (OGC API – Tiles 1, OGC 20-057).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::content::{Content, JSON};
use crate::links::{self, link};
use crate::portal::Portal;
use crate::problem::Problem;

/// The one tile matrix set there is.
pub const WEB_MERCATOR_QUAD: &str = "WebMercatorQuad";
/// Its address in the OGC's register.
pub const URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// The reference system of its tiles.
pub const CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";

/// Of the matrix of zoom level 0, by OGC 17-083r4 annex D.1: the scale's denominator, metres to a pixel, half a side of the world.
const SCALE: f64 = 559_082_264.028_717_7;
const CELL: f64 = 156_543.033_928_041;
const HALF_SIDE: f64 = 20_037_508.342_789_244;

/// All tile matrix sets: the one.
pub async fn list(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    ask.answer(&portal.edition().tag, || {
        Ok(Content::json(&json!({
            "links": [link(&ask, "self", JSON, "/tileMatrixSets", "This document")],
            "tileMatrixSets": [{
                "id": WEB_MERCATOR_QUAD,
                "title": "Google Maps Compatible for the World",
                "uri": URI,
                "crs": CRS,
                "links": [link(&ask, "self", JSON, &address(), "The tile matrix set")],
            }],
        })))
    })
    .await
}

/// The tile matrix set.
pub async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    check(&id)?;
    ask.answer(&portal.edition().tag, || Ok(Content::json(&document(&ask)))).await
}

/// Whether a tile matrix set is the one there is.
///
/// # Errors
/// 404 with the name of that.
pub fn check(id: &str) -> Result<(), Problem> {
    if id == WEB_MERCATOR_QUAD {
        return Ok(());
    }
    let detail = format!("There is no tile matrix set “{id}”: there is {WEB_MERCATOR_QUAD}.");
    Err(Problem::new(StatusCode::NOT_FOUND, detail))
}

/// The link to the tile matrix set from tilesets that use it.
pub fn link_to(ask: &Ask) -> Value {
    link(ask, links::TILING_SCHEME, JSON, &address(), "The tile matrix set")
}

fn address() -> String {
    format!("/tileMatrixSets/{WEB_MERCATOR_QUAD}")
}

fn document(ask: &Ask) -> Value {
    let matrix = |zoom: u8| {
        let across = 1_u64 << zoom;
        let shrink = f64::from(zoom).exp2();
        json!({
            "id": zoom.to_string(),
            "scaleDenominator": SCALE / shrink,
            "cellSize": CELL / shrink,
            "cornerOfOrigin": "topLeft",
            "pointOfOrigin": [-HALF_SIDE, HALF_SIDE],
            "tileWidth": 256,
            "tileHeight": 256,
            "matrixWidth": across,
            "matrixHeight": across,
        })
    };
    json!({
        "id": WEB_MERCATOR_QUAD,
        "title": "Google Maps Compatible for the World",
        "uri": URI,
        "crs": CRS,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": (0..=tiles::address::MAX_ZOOM).map(matrix).collect::<Vec<_>>(),
        "links": [link(ask, "self", JSON, &address(), "This document")],
    })
}
