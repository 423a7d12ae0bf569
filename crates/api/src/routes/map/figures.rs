//! `/map/figures`: the numbers of what the map is narrowed to: beside each choice, and of each municipality. Each parameter is a
//! choice of the map, and its value the condition in CQL2 that the reader has set by it.

use atlas::{Edition, Layer};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::as_of;
use crate::ask::Ask;
use crate::content::Content;
use crate::facets::{Facet, Narrowed};
use crate::filters::{self, FILTER};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// The numbers.
pub async fn show(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let present = portal.edition();
    let mut known = Facet::choices(&present, proposals(&present)?);
    known.extend(as_of::PARAMETERS);
    let (time, conditions) = as_of::split(ask.parameters(&known)?);
    let as_of = as_of::edition(&portal, &time).await?;
    let (tag, edition) = (as_of.tag(), as_of.edition.clone());
    let is_present = as_of.parameter.is_none();
    let reply = ask.reply(&tag).same_for_all().of_edition(is_present.then_some(&edition.tag));
    reply.make_apart(move |_| Ok(Content::json(&document(&as_of.edition, &conditions)?))).await
}

fn document(edition: &Edition, conditions: &[(String, String)]) -> Result<Value, Problem> {
    let layer = proposals(edition)?;
    let mut narrowed = Narrowed::of(layer.len());
    for (choice, condition) in conditions {
        let query = filters::query(layer, &[(FILTER.to_owned(), condition.clone())])?;
        narrowed.narrow(choice, &layer.select(&query));
    }
    let facets = Facet::all(edition, layer);
    let choices: serde_json::Map<String, Value> =
        facets.iter().map(|facet| (facet.id().to_owned(), json!(narrowed.count(facet)))).collect();
    let matched = narrowed.all().count();
    let municipalities = views::map::figures::of(edition, layer, narrowed.all());
    Ok(
        json!({ "numberPublished": layer.len(), "numberMatched": matched, "choices": choices, "municipalities": municipalities }),
    )
}

fn proposals(edition: &Edition) -> Result<&Layer, Problem> {
    let nothing = || Problem::new(StatusCode::NOT_FOUND, "This portal has no collection of proposals.");
    views::figures::proposals(edition).ok_or_else(nothing)
}
