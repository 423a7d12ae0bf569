//! `/styles`, `/styles/{id}` and `/styles/{id}/legend`: how maps draw what is published.

use atlas::Edition;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::CollectionId;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::content::{Content, JSON};
use crate::etag;
use crate::links::link;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::style::{self, OF_THE_PORTAL, Subject, legend};

/// The styles there are.
pub async fn list(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    ask.answer(&tag(&edition), || {
        let styles: Vec<_> =
            all(&portal, &edition).map(|(id, it)| describe(&ask, &edition, id, &it)).collect();
        Ok(Content::json(&json!({
            "default": OF_THE_PORTAL,
            "styles": styles,
            "links": [link(&ask, "self", JSON, "/styles", "This document")],
        })))
    })
    .await
}

/// A MapLibre style.
pub async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    let subject = subject(&portal, &edition, &id)?;
    ask.answer(&tag(&edition), || Ok(Content::json(&subject.style(&edition, &ask.origin)))).await
}

/// What a legend beside the map says: the signs, and what they stand for.
pub async fn legend(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    let subject = subject(&portal, &edition, &id)?;
    ask.answer(&tag(&edition), || {
        let style = subject.style(&edition, &ask.origin);
        let title = subject.title(&edition);
        let path = format!("/styles/{id}");
        Ok(Content::json(&json!({
            "style": id,
            "title": { "it": title.it, "en": title.en },
            "entries": legend::document(&legend::of(&style, &edition)),
            "links": [
                link(&ask, "self", JSON, &format!("{path}/legend"), "This document"),
                link(&ask, "stylesheet", JSON, &path, "The style"),
            ],
        })))
    })
    .await
}

fn tag(edition: &Edition) -> String {
    etag::joined([edition.tag.as_str(), style::VERSION.as_str()])
}

/// All that there is a style of, by the name of its style.
fn all<'a>(portal: &'a Portal, edition: &'a Edition) -> impl Iterator<Item = (&'a str, Subject<'a>)> {
    let collections = edition.layers.iter().filter(|layer| style::has_places(layer));
    let collections = collections.map(|layer| (layer.collection.id.as_str(), Subject::Collection(layer)));
    let strategies = portal.strategies().iter().map(|it| (it.id.as_str(), Subject::Strategy(it)));
    [(OF_THE_PORTAL, Subject::Portal)].into_iter().chain(strategies).chain(collections)
}

/// What the style with this name is of.
///
/// # Errors
/// 404 with the names there are.
fn subject<'a>(portal: &'a Portal, edition: &'a Edition, id: &str) -> Result<Subject<'a>, Problem> {
    all(portal, edition).find(|(name, _)| *name == id).map(|(_, subject)| subject).ok_or_else(|| {
        let known: Vec<_> = all(portal, edition).map(|(name, _)| name).collect();
        let why = match CollectionId::parse(id).and_then(|id| edition.layer(&id)) {
            Some(_) => "its records are not places",
            None => "there is nothing of this name",
        };
        let detail = format!("There is no style “{id}”, {why}: there are {}.", known.join(", "));
        Problem::new(StatusCode::NOT_FOUND, detail)
    })
}

fn describe(ask: &Ask, edition: &Edition, id: &str, subject: &Subject) -> Value {
    let title = subject.title(edition);
    let path = format!("/styles/{id}");
    let mut document = json!({
        "id": id,
        "title": title.it,
        "title_en": title.en,
        "links": [
            link(ask, "stylesheet", JSON, &path, "The style (MapLibre)"),
            link(ask, "describedby", JSON, &format!("{path}/legend"), "Its legend"),
        ],
    });
    if let Subject::Strategy(strategy) = subject {
        document["strategy"] = json!({
            "code": strategy.code,
            "legal_reference": { "it": strategy.legal_reference.it, "en": strategy.legal_reference.en },
            "in_force_from": strategy.in_force_from.to_string(),
            "in_force_to": strategy.in_force_to.map(|day| day.to_string()),
        });
    }
    document
}
