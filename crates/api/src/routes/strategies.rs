//! `/strategies` and `/strategies/{id}`: what the strategies ask of the territory, and what came of it in short.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Strategy;
use overlay::Answered;
use serde_json::{Value, json};

use crate::answering::{both, summary};
use crate::ask::{Ask, Face};
use crate::content::{Content, HTML, JSON};
use crate::detail::said;
use crate::links::{self, link};
use crate::portal::{Portal, Shared};
use crate::problem::Problem;
use crate::views;

/// The strategies.
pub async fn list(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let answered = portal.answered()?;
    ask.answer(&portal.tag_of(&answered), || {
        Ok(match ask.face {
            Face::Html => Content::html(views::strategies::list(&portal, &answered, &ask)?),
            Face::Json | Face::Csv => Content::json(&json!({
                "links": links::of_itself(&ask, JSON),
                "strategies": portal.strategies().iter().map(|it| head(it, &ask)).collect::<Vec<_>>(),
            })),
        })
    })
    .await
}

/// One strategy, with its questions.
pub async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let strategy = strategy(&portal, &id)?;
    let answered = portal.answered()?;
    ask.answer(&portal.tag_of(&answered), || {
        Ok(match ask.face {
            Face::Html => Content::html(views::strategies::one(&portal, &answered, strategy, &ask)?),
            Face::Json | Face::Csv => Content::json(&document(&portal, &answered, strategy, &ask)),
        })
    })
    .await
}

/// The strategy that an address names.
///
/// # Errors
/// 404 with the names there are.
pub fn strategy<'p>(portal: &'p Shared, id: &str) -> Result<&'p Strategy, Problem> {
    portal.strategies().iter().find(|strategy| strategy.id.as_str() == id).ok_or_else(|| {
        let known: Vec<_> = portal.strategies().iter().map(|it| it.id.as_str()).collect();
        let detail = said("no_strategy", &[("id", &id), ("known", &known.join(", "))]);
        Problem::new(StatusCode::NOT_FOUND, detail)
    })
}

fn head(strategy: &Strategy, ask: &Ask) -> Value {
    let path = format!("/strategies/{}", strategy.id);
    json!({
        "id": strategy.id.as_str(),
        "code": strategy.code,
        "title": both(&strategy.title),
        "legal_reference": both(&strategy.legal_reference),
        "in_force_from": strategy.in_force_from.to_string(),
        "in_force_to": strategy.in_force_to.map(|day| day.to_string()),
        "questions": strategy.questions.len(),
        "links": [
            link(ask, "self", JSON, &path, "The strategy"),
            link(ask, "alternate", HTML, &format!("{path}?f=html"), "The strategy as a page"),
            link(ask, "stylesheet", JSON, &format!("/styles/{}", strategy.id), "Its map, as a MapLibre style"),
        ],
    })
}

fn document(portal: &Shared, answered: &Answered, strategy: &Strategy, ask: &Ask) -> Value {
    let mut document = head(strategy, ask);
    let questions = answered.of_strategy(&strategy.id).map(|answer| {
        let mut question = summary(&answered.edition, answer);
        let path = format!("/strategies/{}/questions/{}", strategy.id, answer.question.id);
        question.insert("links".to_owned(), json!([link(ask, "item", JSON, &path, "The answer")]));
        Value::from(question)
    });
    document["questions"] = questions.collect();
    document["is_current"] = portal.is_current(answered).into();
    let mut links = links::of_itself(ask, JSON);
    links.push(link(ask, "up", JSON, "/strategies", "The strategies"));
    links.push(link(
        ask,
        "stylesheet",
        JSON,
        &format!("/styles/{}", strategy.id),
        "Its map, as a MapLibre style",
    ));
    document["links"] = links.into();
    document
}
