//! `/collections/{id}/items/{fid}`: one feature, and its history.

mod absent;
pub mod answers;

use atlas::{Edition, Form, Layer};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::FeatureId;
use serde_json::{Value, json};
use store::versions;

use crate::as_of::{self, AsOf};
use crate::ask::{Ask, Face};
use crate::content::{Content, GEOJSON, JSON};
use crate::form;
use crate::links::{self, link};
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::views;

/// The feature with this number.
pub async fn show(
    State(portal): State<Portal>,
    Path((id, fid)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    let known: Vec<&str> = form::PARAMETERS.into_iter().chain(as_of::PARAMETERS).collect();
    let (time, parameters) = as_of::split(ask.parameters(&known)?);
    let as_of = as_of::edition(&portal, &time).await?;
    let layer = portal::layer(&as_of.edition, &id)?;
    let Some(place) = FeatureId::parse(&fid).and_then(|fid| layer.position(fid)) else {
        return absent::answer(&portal, &as_of, layer, &fid, &ask).await;
    };
    let form = form::of(layer, &parameters)?;
    if ask.face == Face::Html {
        return page(&portal, &as_of, (layer, place), &ask).await;
    }
    let tag = as_of.tag_of(family(&as_of.edition, layer));
    let response = ask.answer(&tag, || Ok(feature(&as_of, layer, place, &form, &ask)));
    Ok(form::stated(response.await?, form.reference))
}

/// The history of the feature with this number, whether it stands now or not; for people it is part of its page.
pub async fn history(
    State(portal): State<Portal>,
    Path((id, fid)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    let layer = portal::layer(&edition, &id)?;
    if ask.face == Face::Html {
        return Ok(Redirect::to(&format!("/collections/{id}/items/{fid}#history")).into_response());
    }
    let unknown =
        || Problem::new(StatusCode::NOT_FOUND, format!("There never was a feature “{fid}” in “{id}”."));
    let number = FeatureId::parse(&fid).ok_or_else(unknown)?;
    let steps = versions::steps(&portal.store, &layer.collection.id, number).await?;
    if steps.is_empty() {
        return Err(unknown());
    }
    let links = links::of_itself(&ask, JSON);
    let document =
        json!({ "collection": id, "id": number.number(), "steps": absent::history(&steps), "links": links });
    ask.answer_made(Content::json(&document)).await
}

/// The page of a feature, with its history, and with the answers to the questions of the strategies where they are of the present.
async fn page(
    portal: &Portal,
    as_of: &AsOf,
    (layer, place): (&Layer, usize),
    ask: &Ask,
) -> Result<Response, Problem> {
    let id = layer.id(place);
    let steps = portal.archive.ask(versions::steps(&portal.store, &layer.collection.id, id)).await?;
    let answered = portal.answered().ok().filter(|_| as_of.past.is_none());
    let beside = views::item::Beside { steps, answered };
    let of_answers = beside.answered.as_ref().map_or("", |it| it.edition.tag.as_str());
    let tag = format!("{}.{of_answers}.{}", as_of.tag(), u8::from(beside.steps.is_some()));
    ask.answer(&tag, || Ok(Content::html(views::item::page(portal, as_of, (layer, place), &beside, ask)?)))
        .await
}

/// A collection, and those whose records belong to its own: the document of a feature links to them.
fn family<'a>(edition: &'a Edition, layer: &'a Layer) -> impl Iterator<Item = &'a Layer> {
    let id = &layer.collection.id;
    let is_child = move |it: &&'a Layer| it.collection.parent.as_ref().is_some_and(|it| &it.collection == id);
    [layer].into_iter().chain(edition.layers.iter().map(AsRef::as_ref).filter(is_child))
}

/// The feature with its links, those to the records that belong to it too, and with what other sources say of it.
fn feature(as_of: &AsOf, layer: &Layer, place: usize, form: &Form, ask: &Ask) -> Content {
    let edition = &as_of.edition;
    let mut links = links::of_itself_at(ask, GEOJSON, as_of);
    links.push(links::to_collection(ask, &layer.collection.id));
    for (child, places) in edition.children(layer, place) {
        let address = links::to_children(layer, place, child, &places);
        links.push(link(ask, "related", GEOJSON, &address, &child.collection.title.it));
    }
    let history = format!("/collections/{}/items/{}/history", layer.collection.id, layer.id(place));
    links.push(link(ask, "version-history", JSON, &history, "Its history"));
    if as_of.past.is_none() {
        let answers = format!("/collections/{}/items/{}/answers", layer.collection.id, layer.id(place));
        links.push(link(
            ask,
            "related",
            JSON,
            &answers,
            "The questions of the strategies in which it is found",
        ));
    }
    let mut out = Vec::new();
    layer.write_geojson(&mut out, place, form);
    // The rest comes before the brace that ends the feature.
    out.pop();
    if !layer.also(place).is_empty() {
        out.extend_from_slice(format!(r#","differences":{}"#, differences(layer, place)).as_bytes());
    }
    out.extend_from_slice(format!(r#","links":{}}}"#, Value::from(links.as_slice())).as_bytes());
    Content::new(GEOJSON, out).linked(&links)
}

/// Where other sources say something else of the feature than its own.
fn differences(layer: &Layer, place: usize) -> Value {
    let all = layer.also(place).iter().flat_map(|also| {
        let origin = &layer.origins[also.origin];
        also.differences.iter().map(|it| {
            json!({
                "source": origin.source.as_str(),
                "release": origin.release.0,
                "field": layer.collection.fields[it.field].id,
                "official": atlas::json(&it.official),
                "proposed": atlas::json(&it.proposed),
            })
        })
    });
    all.collect()
}
