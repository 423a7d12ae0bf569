//! `/`: the front page for people, the way in for programs.

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::ask::{Ask, Face};
use crate::content::{Content, HTML, JSON, OPENAPI};
use crate::links::{self, link};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// The landing page.
pub async fn show(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let edition = portal.edition();
    ask.parameters(&[])?;
    ask.answer(&edition.tag, || match ask.face {
        Face::Html => Ok(Content::html(views::home::page(&edition, &ask)?)),
        Face::Json | Face::Csv => Ok(Content::json(&document(&ask, &edition.territory.title.it))),
    })
    .await
}

fn document(ask: &Ask, territory: &str) -> Value {
    let mut links = links::of_itself(ask, JSON);
    links.extend([
        link(ask, "service-desc", OPENAPI, "/api", "The definition of this API"),
        link(ask, "service-doc", HTML, "/collections?f=html", "What there is, as a page"),
        link(ask, "conformance", JSON, "/conformance", "The standards that are kept"),
        link(ask, "data", JSON, "/collections", "The collections"),
        link(ask, "http://www.opengis.net/def/rel/ogc/1.0/styles", JSON, "/styles", "The map styles"),
        link(ask, links::TILESETS, JSON, "/tiles", "The tilesets of all collections together"),
        link(ask, links::TILING_SCHEMES, JSON, "/tileMatrixSets", "The tile matrix sets"),
        link(ask, links::PROCESSES, JSON, "/processes", "What can be executed: the screening of a place"),
        link(ask, "search", JSON, "/search", "Search: records by name, place or code (q)"),
        link(ask, "related", HTML, "/map", "The map, as a page"),
        link(ask, "related", JSON, "/strategies", "The strategies, with the answers to their questions"),
        link(ask, "related", JSON, "/municipalities", "The sheets of the municipalities"),
        link(ask, "related", JSON, "/zones", "The sheets of the zones"),
        link(ask, "related", JSON, "/sources", "The sources"),
        link(ask, "related", "text/event-stream", "/events", "What is published, as it is"),
        link(ask, "version-history", JSON, "/releases", "The releases"),
        link(ask, "related", "application/atom+xml", "/changes?f=atom", "What the latest releases changed"),
    ]);
    json!({
        "title": format!("REMIX – {territory}"),
        "description": "Ciò che è proposto e programmato sul territorio: progetti PNRR, servizi, programmazione, ambiti.",
        "links": links,
    })
}
