//! `/collections/{id}/queryables` and `/collections/{id}/schema`: what can be asked, and what is answered, as JSON Schema.

use atlas::Layer;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::Value;

use crate::ask::{Ask, Face};
use crate::content::{Content, SCHEMA};
use crate::json_schema;
use crate::pages::Language;
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::views;
use crate::views::fields::Subject;

/// What a filter can say of a collection's features.
pub async fn queryables(state: State<Portal>, id: Path<String>, ask: Ask) -> Result<Response, Problem> {
    show(state, id, ask, Subject::Queryables, json_schema::queryables).await
}

/// What a feature of a collection is.
pub async fn schema(state: State<Portal>, id: Path<String>, ask: Ask) -> Result<Response, Problem> {
    show(state, id, ask, Subject::Schema, json_schema::schema).await
}

async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
    subject: Subject,
    document: fn(&Layer, Language, &str) -> Value,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    let layer = portal::layer(&edition, &id)?;
    let tag = if ask.face == Face::Html { &edition.tag } else { &layer.tag };
    ask.answer(tag, || match ask.face {
        Face::Html => Ok(Content::html(views::fields::page(&edition, layer, subject, &ask)?)),
        Face::Json | Face::Csv => {
            let address = format!("{}{}", ask.origin, ask.uri.path());
            let body = document(layer, ask.language.0, &address).to_string().into_bytes();
            Ok(Content::new(SCHEMA, body))
        }
    })
    .await
}
