//! `/search?q=`: records of all collections by name, place or code, as people type them.

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::ask::{Ask, Face};
use crate::content::{Content, GEOJSON, JSON};
use crate::detail::said;
use crate::links;
use crate::listing::{self, Listing, value};
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::views;
use crate::views::search::Asked;

/// What is looked for.
pub const QUESTION: &str = "q";
/// The collection to which it is narrowed.
pub const COLLECTION: &str = "collection";

/// Records on a page where the client does not say how many.
const USUAL: usize = 20;
/// Letters of a question: titles are shorter.
const LETTERS: usize = 300;

/// The records that fit, the best first.
pub async fn show(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let known = [&[QUESTION, COLLECTION], &listing::PARAMETERS[..]].concat();
    let parameters = ask.parameters(&known)?.to_vec();
    let edition = portal.edition();
    if let Some(id) = value(&parameters, COLLECTION) {
        portal::layer(&edition, id).map_err(|problem| Problem::bad_request(problem.detail))?;
    }
    let text = value(&parameters, QUESTION).unwrap_or_default();
    if text.chars().count() > LETTERS {
        return Err(Problem::bad_request(said("many_letters", &[("name", &QUESTION), ("most", &LETTERS)])));
    }
    let listing = Listing::of(&parameters, USUAL)?;
    let (asked, tag) = (ask.clone(), edition.tag.clone());
    let make = move |_: &_| {
        let question = Asked {
            text: value(&parameters, QUESTION).unwrap_or_default().trim(),
            collection: value(&parameters, COLLECTION),
            listing,
        };
        let found = edition.search(question.text, question.collection, listing.rows());
        Ok(match asked.face {
            Face::Html => Content::html(views::search::page(&edition, &found, &question, &asked)?),
            Face::Json | Face::Csv => {
                let hits = views::search::hits(&edition, &found, asked.language.0);
                let narrowings = views::search::narrowings(&found, &question, &asked);
                Content::json(&document(&question, &found, &hits, &narrowings, &asked))
            }
        })
    };
    ask.reply(&tag).make_apart(make).await
}

fn document(
    asked: &Asked,
    found: &atlas::Found,
    hits: &[crate::pages::search::Hit],
    narrowings: &[crate::pages::search::Narrowing],
    ask: &Ask,
) -> Value {
    let result = |hit: &crate::pages::search::Hit| {
        let record = links::link(ask, "item", GEOJSON, &hit.url, &hit.title);
        json!({
            "collection": hit.collection, "id": hit.id, "title": hit.title, "about": hit.about, "kind": hit.kind,
            "url": hit.url, "links": [record],
        })
    };
    let collection = |it: &crate::pages::search::Narrowing| json!({ "id": it.id, "title": it.title, "numberMatched": it.count });
    let each = narrowings.iter().filter(|it| !it.id.is_empty());
    let mut document = json!({
        "query": asked.text,
        "alike": found.is_alike && found.matched > 0,
        "numberMatched": found.matched,
        "numberReturned": hits.len(),
        "collections": each.map(collection).collect::<Vec<_>>(),
        "results": hits.iter().map(result).collect::<Vec<_>>(),
        "links": links::of_itself(ask, JSON),
    });
    if let (Some(next), Some(links)) =
        (asked.listing.next(ask, ask.stated(), found.matched), document["links"].as_array_mut())
    {
        links.push(links::link(ask, "next", JSON, &next, "More"));
    }
    document
}
