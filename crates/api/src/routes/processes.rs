//! `/processes`: what can be executed (OGC API – Processes 1, 18-062r2). There is one process, the screening of a place; it is
//! executed while its client waits, and nothing of it is stored.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, VARY};
use axum::response::{IntoResponse, Response};
use overlay::screening::Screening;
use serde_json::json;

use crate::ask::{Ask, Face};
use crate::content::{Content, JSON};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::screening::{self, Asked, Form, Given, SCREENING, Screened, description};
use crate::views;

/// The sort of problem when there is no such process.
const NO_SUCH_PROCESS: &str = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process";

/// The list of processes.
pub async fn list(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    ask.answer(&edition.tag, || match ask.face {
        Face::Html => Ok(Content::html(views::screening::form(&edition, &ask)?)),
        Face::Json | Face::Csv => Ok(Content::json(&description::list(&ask))),
    })
    .await
}

/// The description of a process; for people, the form by which it is executed.
pub async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    known(&id)?;
    let edition = portal.edition();
    ask.answer(&edition.tag, || match ask.face {
        Face::Html => Ok(Content::html(views::screening::form(&edition, &ask)?)),
        Face::Json | Face::Csv => Ok(Content::json(&description::screening(&ask))),
    })
    .await
}

/// Executes a process.
pub async fn execute(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
    request: Request,
) -> Result<Response, Problem> {
    known(&id)?;
    ask.parameters_of_table(&[])?;
    let asked = Asked::read(request, &portal).await?;
    let form = asked.form.unwrap_or_else(|| Form::of(&ask));
    let edition = portal.edition();
    let answered = portal.answered_on(&edition);
    let (own, room) = (ask.clone(), portal.clone());
    let made = room.answers.room.work(move |_| {
        let given = Given::read(&asked.inputs, &edition)?;
        let ground = given.ground(&edition);
        let screening = Screening::of(&edition, portal.strategies(), answered.as_deref(), &ground);
        let screened = Screened { edition: &edition, given: &given, ground: &ground, screening: &screening };
        let content = written(form, screened, &own)?;
        Ok(if asked.as_document { as_document(&content) } else { content })
    });
    Ok(reply(made.await?, form))
}

fn written(form: Form, screened: Screened<'_>, ask: &Ask) -> Result<Content, Problem> {
    Ok(match form {
        Form::Json => Content::json(&screening::document(screened, ask)),
        Form::Features => screening::features(screened),
        Form::Table => screening::table(screened, ask),
        Form::Page => Content::html(views::screening::page(screened, ask)?),
    })
}

/// # Errors
/// 404, of the sort that the standard names.
fn known(id: &str) -> Result<(), Problem> {
    if id == SCREENING {
        return Ok(());
    }
    let detail = format!("There is no process “{id}”: there is {SCREENING}.");
    Err(Problem { sort: NO_SUCH_PROCESS, ..Problem::new(StatusCode::NOT_FOUND, detail) })
}

/// The results document of the standard, with the one output in it.
fn as_document(content: &Content) -> Content {
    let text = String::from_utf8_lossy(&content.body);
    let value = match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(value) if content.media_type == JSON => value,
        Ok(value) => json!({ "value": value, "mediaType": content.media_type }),
        Err(_) => json!({ "value": text, "mediaType": content.media_type }),
    };
    Content::json(&json!({ SCREENING: value }))
}

/// The answer: of nobody else's concern, and kept nowhere.
fn reply(content: Content, form: Form) -> Response {
    let mut response = Body::from(content.body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content.media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("Accept, Accept-Language"));
    if matches!(form, Form::Table) {
        let name = HeaderValue::from_static("attachment; filename=\"screening.csv\"");
        headers.insert(CONTENT_DISPOSITION, name);
    }
    response
}
