//! `/collections/{id}/items/{fid}/answers`: the questions of the strategies in whose answers a feature is found, and what it meets
//! there.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::FeatureId;
use serde_json::json;

use crate::answering::{self, Words};
use crate::ask::{Ask, Face};
use crate::content::{Content, GEOJSON, JSON};
use crate::detail::said;
use crate::links::{self, link};
use crate::portal::{self, Portal};
use crate::problem::Problem;

/// The answers about the feature with this number; for people they are part of its page.
pub async fn show(
    State(portal): State<Portal>,
    Path((id, fid)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let answered = portal.answered()?;
    let layer = portal::layer(&answered.edition, &id)?;
    let found = FeatureId::parse(&fid).filter(|number| layer.position(*number).is_some());
    let unknown = || said("no_feature", &[("id", &fid), ("collection", &id)]);
    let number = found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, unknown()))?;
    let feature = format!("/collections/{id}/items/{fid}");
    if ask.face == Face::Html {
        return Ok(Redirect::to(&format!("{feature}#asked")).into_response());
    }
    let make = || {
        let mut links = links::of_itself(&ask, JSON);
        links.push(link(&ask, "up", GEOJSON, &feature, "The feature"));
        Ok(Content::json(&json!({
            "collection": id,
            "id": number.number(),
            "is_current": portal.is_current(&answered),
            "questions": answering::record(&answered, layer, number, Words::of(&ask)),
            "links": links,
        })))
    };
    ask.answer(&portal.tag_of(&answered), make).await
}
