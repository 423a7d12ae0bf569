//! A number that no record has now: it may be known by another number, or have gone.

use atlas::{Edition, Layer};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{FeatureId, Key};
use serde_json::{Value, json};
use store::versions::{self, Step};
use time::format_description::well_known::Rfc3339;

use crate::as_of::AsOf;
use crate::ask::{Ask, Face};
use crate::detail::said;
use crate::portal::Portal;
use crate::problem::{Problem, Whole};
use crate::views;

/// 308 to the record that it is part of now, 410 with its history if it has gone.
///
/// # Errors
/// 404 if there never was such a record.
pub async fn answer(
    portal: &Portal,
    as_of: &AsOf,
    layer: &Layer,
    asked: &str,
    ask: &Ask,
) -> Result<Response, Problem> {
    let unknown = || {
        let detail = said("no_feature", &[("id", &asked), ("collection", &layer.collection.id)]);
        Problem::new(StatusCode::NOT_FOUND, detail)
    };
    let id = FeatureId::parse(asked).ok_or_else(unknown)?;
    if let Some(successor) = successor(&as_of.edition, layer, id) {
        let query = ask.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let address = format!("/collections/{}/items/{successor}{query}", layer.collection.id);
        return Ok(Redirect::permanent(&address).into_response());
    }
    let steps = portal.archive.ask(versions::steps(&portal.store, &layer.collection.id, id)).await?;
    let steps = steps.unwrap_or_default();
    let last = steps.last().filter(|last| last.change.after.is_none() && as_of.past.is_none());
    gone(portal, as_of, layer, (&steps, last.ok_or_else(unknown)?), ask)
}

/// The record that stands for another now: the official one of a proposal, the municipality that another became part of.
fn successor(edition: &Edition, layer: &Layer, id: FeatureId) -> Option<FeatureId> {
    if let Some(official) = layer.merged_into(id) {
        return Some(official);
    }
    let collection = &layer.collection.id;
    let municipalities = edition.municipalities().filter(|it| &it.collection.id == collection)?;
    let number = |code: &str| FeatureId::of(collection, &Key::new(vec![code.to_owned()]));
    let became = |it: &&domain::territory::RegisteredMunicipality| {
        it.predecessors.iter().any(|(code, _)| number(code.as_str()) == id)
    };
    let today = number(edition.territory.municipalities.iter().find(became)?.code.as_str());
    municipalities.position(today).map(|_| today)
}

fn gone(
    portal: &Portal,
    as_of: &AsOf,
    layer: &Layer,
    (steps, last): (&[Step], &Step),
    ask: &Ask,
) -> Result<Response, Problem> {
    let (media_type, body) = match ask.face {
        Face::Html => (
            "text/html; charset=utf-8",
            views::gone::page(portal, &as_of.edition, layer, (steps, last), ask)?,
        ),
        Face::Json | Face::Csv => ("application/problem+json", document(layer, steps, last).to_string()),
    };
    Ok((StatusCode::GONE, [(CONTENT_TYPE, media_type)], axum::Extension(Whole), body).into_response())
}

/// The problem, with what the record said last and its history.
fn document(layer: &Layer, steps: &[Step], last: &Step) -> Value {
    let collection = &layer.collection.id;
    json!({
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": format!("Release {} of {} no longer has this record: its last state and its history are here.", last.release, last.source),
        "collection": collection.as_str(),
        "id": last.change.id.number(),
        "gone_at": instant(last),
        "last": last.change.before,
        "history": history(steps),
    })
}

/// A history as programs read it, the latest step first.
pub fn history(steps: &[Step]) -> Vec<Value> {
    let step = |step: &Step| {
        let fields = if step.change.kind() == "changed" { step.change.fields() } else { Vec::new() };
        json!({
            "at": instant(step),
            "release": step.release.0,
            "source": step.source,
            "withdrawal": step.is_withdrawal,
            "change": step.change.kind(),
            "fields": fields.into_iter().map(|it| json!({ "field": it.field, "before": it.before, "after": it.after })).collect::<Vec<_>>(),
        })
    };
    steps.iter().rev().map(step).collect()
}

fn instant(step: &Step) -> String {
    step.at.format(&Rfc3339).unwrap_or_default()
}
