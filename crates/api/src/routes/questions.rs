//! `/strategies/{id}/questions/{q}`: the answer to a question, as a page, JSON, a table or features; with `compare=`, what became of
//! it since a release.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Question, Strategy};
use std::sync::Arc;

use crate::answering::{Asked, At, COMPARE, GEOMETRY, STANDING, Told};
use crate::as_of::{self, Parameters};
use crate::ask::{Ask, Face};
use crate::content::Content;
use crate::detail::said;
use crate::etag;
use crate::listing::{self, value};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::routes::strategies;
use crate::views;

/// The parameters beside those of time and paging.
const OWN: [&str; 3] = [STANDING, GEOMETRY, COMPARE];

/// The answer.
pub async fn show(
    State(portal): State<Portal>,
    Path((strategy, question)): Path<(String, String)>,
    ask: Ask,
) -> Result<Response, Problem> {
    let (strategy, question) = asked(&portal, &strategy, &question)?;
    let known: Vec<&str> = OWN.into_iter().chain(listing::PARAMETERS).chain(as_of::PARAMETERS).collect();
    let (time, parameters) = as_of::split(ask.parameters_of_table(&known)?);
    let wants_features = ask.features;
    let told = Told::read(&parameters, &ask)?;
    let found = at(&portal, &time, strategy, question).await?;
    let earlier = match value(&parameters, COMPARE) {
        Some(release) if wants_features => {
            let detail = format!(
                "What changed since release {release} is no set of features: ask for f=json or f=csv."
            );
            return Err(Problem::bad_request(detail));
        }
        Some(release) => {
            let time = vec![("release".to_owned(), release.to_owned())];
            Some(at(&portal, &time, strategy, question).await?)
        }
        None => None,
    };
    let tag = etag::joined(
        [found.tag.as_str(), if wants_features { "features" } else { "" }]
            .into_iter()
            .chain(earlier.as_ref().map(|it| it.tag.as_str())),
    );
    let asked = Asked { strategy: strategy.clone(), found, earlier, told, parameters, time };
    let (reply, own) = (ask.reply(&tag), ask.clone());
    if wants_features {
        return reply.make_apart(move |wanted| asked.features(&own, wanted)).await;
    }
    match ask.face {
        Face::Html => {
            let page = views::question::page(&asked, &ask);
            reply.make(|| Ok(Content::html(page?))).await
        }
        Face::Json => reply.make_apart(move |_| Ok(Content::json(&asked.document(&own)))).await,
        Face::Csv => asked.table()?.answer(&ask, &asked.file_name()).await,
    }
}

/// The question that an address names.
///
/// # Errors
/// 404 with the names there are.
fn asked<'p>(
    portal: &'p Portal,
    strategy: &str,
    question: &str,
) -> Result<(&'p Strategy, &'p Question), Problem> {
    let strategy = strategies::strategy(portal, strategy)?;
    let found = strategy.questions.iter().find(|it| it.id.as_str() == question);
    let question = found.ok_or_else(|| {
        let known: Vec<_> = strategy.questions.iter().map(|it| it.id.as_str()).collect();
        let known = known.join(", ");
        Problem::new(
            StatusCode::NOT_FOUND,
            said("no_question", &[("strategy", &strategy.id), ("question", &question), ("known", &known)]),
        )
    })?;
    Ok((strategy, question))
}

/// The answer at the time that parameters name: the latest one, if they name none.
async fn at(
    portal: &Portal,
    time: &Parameters,
    strategy: &Strategy,
    question: &Question,
) -> Result<At, Problem> {
    let as_of = as_of::edition(portal, time).await?;
    if as_of.past.is_none() {
        let answered = portal.answered()?;
        let missing = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, said("answer_under_way", &[]));
        let answer = answered.answer(&strategy.id, &question.id).ok_or_else(missing)?.clone();
        let is_current = portal.is_current(&answered);
        return Ok(At {
            edition: answered.edition.clone(),
            answer,
            is_current,
            as_of: None,
            tag: portal.tag_of(&answered),
        });
    }
    let (edition, key) =
        (as_of.edition.clone(), (as_of.edition.tag.clone(), strategy.id.clone(), question.id.clone()));
    let (past, id, question) = (edition.clone(), strategy.id.clone(), question.clone());
    let room = &portal.answers.room;
    let make = room.work(move |_| Ok(overlay::answer(&past, &id, &question, None)));
    let answer = portal.past_answers.get(&key, make).await?;
    let tag = as_of.tag();
    Ok(At { edition, answer: (*answer).clone(), is_current: true, as_of: Some(Arc::new(as_of)), tag })
}
