//! `/processes`: what can be executed (OGC API – Processes 1, 18-062r2). There is one process, the screening of a place; it is
//! executed while its client waits, and nothing of it is stored.

mod asked;
mod description;
mod document;
mod features;
mod given;
mod table;

use atlas::Edition;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, VARY};
use axum::response::{IntoResponse, Response};
use overlay::screening::{Ground, Screening};
use overlay::{Answered, sheet};
use serde_json::json;
use std::sync::Arc;

use self::asked::{Asked, Form};
pub use self::asked::{FORMS, INPUTS};
pub use self::given::Given;
use crate::ask::{Ask, Content, Face};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// The name of the process.
pub const SCREENING: &str = "screening";
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
    let (edition, answered) = current(&portal);
    let (own, room) = (ask.clone(), portal.clone());
    let made = room.answers.room.work(move |_| {
        let given = Given::read(&asked.inputs, &edition)?;
        let ground = given.ground(&edition);
        let screening = Screening::of(&edition, portal.strategies(), answered.as_deref(), &ground);
        let screened = Screened { edition: &edition, given: &given, ground: &ground, screening: &screening };
        let content = screened.written(form, &own)?;
        Ok(if asked.as_document { as_document(&content) } else { content })
    });
    Ok(reply(made.await?, form))
}

/// A place that has been screened.
#[derive(Clone, Copy)]
pub struct Screened<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// What was given.
    pub given: &'a Given<'a>,
    /// The place.
    pub ground: &'a Ground<'a>,
    /// What was found.
    pub screening: &'a Screening<'a>,
}

impl<'a> Screened<'a> {
    fn written(self, form: Form, ask: &Ask) -> Result<Content, Problem> {
        Ok(match form {
            Form::Json => Content::json(&document::of(self, ask)),
            Form::Features => features::of(self),
            Form::Table => table::of(self, ask),
            Form::Page => Content::html(views::screening::page(self, ask)?),
        })
    }

    /// The municipalities of the place, each with its share of it, if that is a surface.
    pub fn municipalities(self) -> Vec<(sheet::Place<'a>, Option<overlay::Meeting>)> {
        let Some(layer) = self.edition.municipalities() else { return Vec::new() };
        let met = self.screening.layers.iter().find(|it| it.layer.collection.id == layer.collection.id);
        let met = met.into_iter().flat_map(|it| &it.found);
        let mut all: Vec<_> = met
            .filter_map(|it| {
                let code = self.edition.places.iter().find(|(_, place)| place.position == it.position)?.0;
                Some((sheet::Place::municipality(self.edition, code)?, it.meeting))
            })
            .collect();
        if let Some((layer, at)) = self.given.record() {
            let stated = layer.municipalities(at).iter().copied();
            let stated = stated.filter_map(|code| sheet::Place::municipality(self.edition, code));
            for place in stated {
                if all.iter().all(|(known, _)| known.position != place.position) {
                    all.push((place, None));
                }
            }
        }
        all
    }
}

/// The edition to screen on, and what the strategies' questions are answered on it.
fn current(portal: &Portal) -> (Arc<Edition>, Option<Arc<Answered>>) {
    let edition = portal.edition();
    let answered = portal.answered().ok().filter(|answered| answered.edition.tag == edition.tag);
    (edition, answered)
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
        Ok(value) if content.media_type == crate::links::JSON => value,
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
