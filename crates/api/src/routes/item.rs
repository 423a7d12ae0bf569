//! `/collections/{id}/items/{fid}`: one feature.

use atlas::{Edition, Form, Layer};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::FeatureId;
use serde_json::{Value, json};

use crate::as_of::{self, AsOf};
use crate::ask::{Ask, Face};
use crate::content::{Content, GEOJSON};
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
    let place = FeatureId::parse(&fid).and_then(|fid| layer.position(fid)).ok_or_else(|| {
        let detail = format!(
            "There is no feature “{fid}” in “{id}”: find it by its properties in /collections/{id}/items."
        );
        Problem::new(StatusCode::NOT_FOUND, detail)
    })?;
    let form = form::of(layer, &parameters)?;
    let reference = form.reference;
    let tag = if ask.face == Face::Html { as_of.tag() } else { as_of.tag_of(family(&as_of.edition, layer)) };
    let response = ask.answer(&tag, || match ask.face {
        Face::Html => Ok(Content::html(views::item::page(&as_of, layer, place, &ask)?)),
        Face::Json | Face::Csv => Ok(feature(&as_of, layer, place, &form, &ask)),
    });
    Ok(form::stated(response.await?, reference))
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
