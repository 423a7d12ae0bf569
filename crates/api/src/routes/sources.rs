//! `/sources` and `/sources/{id}`: where data comes from.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::source::Source;
use serde_json::{Value, json};
use store::{history, standing};

use super::releases::document;
use crate::ask::{Ask, Face};
use crate::content::{Content, HTML, JSON};
use crate::detail::said;
use crate::links::{self, link};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;
use crate::views::sources::Known;

/// Releases of each source that are looked at: one that waits is among them.
const LATEST: i64 = 10;

/// The sources.
pub async fn list(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let standing = standing::releases(&portal.store).await?;
    let mut all = Vec::new();
    for source in portal.sources() {
        let releases = history::releases(&portal.store, Some(source.id.as_str()), LATEST).await?;
        all.push(Known { source, standing: &standing, releases });
    }
    ask.answer_made(match ask.face {
        Face::Html => Content::html(views::sources::list(&portal, &all, &ask)?),
        Face::Json | Face::Csv => Content::json(&json!({
            "links": links::of_itself(&ask, JSON),
            "sources": all.iter().map(|known| describe(&portal, known, &ask)).collect::<Vec<_>>(),
        })),
    })
    .await
}

/// One source.
pub async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let unknown = || Problem::new(StatusCode::NOT_FOUND, said("no_source", &[("id", &id)]));
    let source = portal.source(&id).ok_or_else(unknown)?;
    let standing = standing::releases(&portal.store).await?;
    let releases = history::releases(&portal.store, Some(&id), LATEST).await?;
    let known = Known { source, standing: &standing, releases };
    ask.answer_made(match ask.face {
        Face::Html => Content::html(views::sources::one(&portal, &known, &ask)?),
        Face::Json | Face::Csv => Content::json(&describe(&portal, &known, &ask)),
    })
    .await
}

fn describe(portal: &Portal, known: &Known, ask: &Ask) -> Value {
    let Source { id, title, publisher, licence, licence_url, homepage, demo, .. } = known.source;
    let collections = known.collections();
    let fed = collections.iter().map(
        |collection| json!({ "collection": collection.as_str(), "release": known.standing(collection) }),
    );
    json!({
        "id": id.as_str(),
        "title": title.it,
        "demo": demo,
        "publisher": publisher,
        "licence": licence,
        "licence_url": licence_url,
        "homepage": homepage,
        "collections": fed.collect::<Vec<_>>(),
        "last_release": known.releases.first().map(|release| document(portal, release, ask)),
        "waiting_release": known.waiting(),
        "links": [
            link(ask, "self", JSON, &format!("/sources/{id}"), "The source"),
            link(ask, "alternate", HTML, &format!("/sources/{id}?f=html"), "The source as a page"),
            link(ask, "version-history", JSON, &format!("/releases?source={id}"), "Its releases"),
        ],
    })
}
