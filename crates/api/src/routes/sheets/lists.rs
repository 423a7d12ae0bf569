//! The lists of municipalities and of zones, with the figures of each.

use atlas::Edition;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::MunicipalityCode;
use overlay::sheet::{self, Figures, Place};
use serde_json::{Value, json};

use crate::ask::{Ask, Face};
use crate::content::{Content, JSON};
use crate::detail::said;
use crate::links;
use crate::listing;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// All municipalities; with `istat`, as a form without scripts asks for it, the sheet of one.
pub async fn municipalities(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let parameters = ask.parameters(&[links::ISTAT])?;
    if let Some(code) = listing::value(parameters, links::ISTAT) {
        let code = MunicipalityCode::parse(code)
            .map_err(|_| Problem::bad_request(said("no_istat_code", &[("code", &code)])))?;
        let language = if ask.language.1 { format!("?lang={}", ask.language.0.tag()) } else { String::new() };
        return Ok(Redirect::to(&format!("/municipalities/{code}{language}")).into_response());
    }
    list(&portal, "municipalities", sheet::municipalities, &ask).await
}

/// All zones.
pub async fn zones(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    list(&portal, "zones", sheet::zones, &ask).await
}

async fn list(
    portal: &Portal,
    kind: &'static str,
    places: fn(&Edition) -> Vec<Place<'_>>,
    ask: &Ask,
) -> Result<Response, Problem> {
    let edition = portal.edition();
    ask.answer(&edition.tag, || {
        let places = places(&edition);
        match ask.face {
            Face::Html => Ok(Content::html(views::places::page(&edition, kind, &places, ask)?)),
            Face::Json | Face::Csv => Ok(Content::json(&json!({
                "links": links::of_itself(ask, JSON),
                kind: places.iter().map(|place| row(&edition, place, ask)).collect::<Vec<_>>(),
            }))),
        }
    })
    .await
}

fn row(edition: &Edition, place: &Place<'_>, ask: &Ask) -> Value {
    let figures = Figures::of_place(edition, place);
    json!({
        "code": place.code(),
        "name": place.name(),
        "zone": place.zone_of(edition).map(|zone| zone.code()),
        "population": place.population(),
        "proposals": figures.as_ref().map(|it| it.proposals),
        "whole_cents": figures.as_ref().and_then(|it| it.funding).map(|amount| amount.0),
        "per_inhabitant_cents": figures.as_ref().and_then(Figures::per_inhabitant).map(|amount| amount.0),
        "href": format!("{}{}", ask.origin, links::to_sheet(place)),
    })
}
