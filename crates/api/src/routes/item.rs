//! `/collections/{id}/items/{fid}`: one feature.

use atlas::Layer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::FeatureId;
use serde_json::Value;

use crate::as_of::{self, AsOf};
use crate::ask::{Ask, Content, Face};
use crate::links::{self, GEOJSON};
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::views;

/// The feature with this number.
pub async fn show(
    State(portal): State<Portal>,
    Path((id, fid)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    let (time, _) = as_of::split(ask.parameters(&as_of::PARAMETERS)?);
    let as_of = as_of::edition(&portal, &time).await?;
    let layer = portal::layer(&as_of.edition, &id)?;
    let place = FeatureId::parse(&fid).and_then(|fid| layer.position(fid)).ok_or_else(|| {
        let detail = format!(
            "There is no feature “{fid}” in “{id}”: find it by its properties in /collections/{id}/items."
        );
        Problem::new(StatusCode::NOT_FOUND, detail)
    })?;
    ask.answer(&as_of.tag(), || match ask.face {
        Face::Html => Ok(Content::html(views::item::page(&as_of, layer, place, &ask)?)),
        Face::Json | Face::Csv => {
            Ok(Content { media_type: GEOJSON, body: feature(layer, place, &as_of, &ask) })
        }
    })
}

/// The feature with its links.
fn feature(layer: &Layer, place: usize, as_of: &AsOf, ask: &Ask) -> Vec<u8> {
    let mut links = links::of_itself_at(ask, GEOJSON, as_of);
    links.push(links::to_collection(ask, &layer.collection.id));
    let body = layer.geojson(place);
    // The links come before the brace that ends the feature.
    let mut out = body.strip_suffix(b"}").unwrap_or(body).to_vec();
    out.extend_from_slice(format!(r#","links":{}}}"#, Value::from(links)).as_bytes());
    out
}
