//! `/municipalities`, `/municipalities/{istat}`, `/zones` and `/zones/{id}`: what is known to be in a place.

mod document;
mod lists;
pub mod since;

use atlas::Edition;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::MunicipalityCode;
use overlay::sheet::{Place, Sheet};
use std::sync::Arc;

use self::since::{Earlier, SINCE};
use crate::ask::{Ask, Face};
use crate::content::Content;
use crate::detail::said;
use crate::listing;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

pub use lists::{municipalities, zones};

/// The sheet of a municipality. One that has become part of another leads to that one.
pub async fn municipality(
    State(portal): State<Portal>,
    Path(istat): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    let edition = portal.edition();
    let code = MunicipalityCode::parse(&istat).ok();
    match code.and_then(|code| successor(&edition, code)) {
        Some(code) if code.as_str() != istat => Ok(moved(&ask, code)),
        Some(code) => answer(&portal, edition, Wanted::Municipality(code), &ask).await,
        None => Err(unknown_municipality(&edition, &istat, code)),
    }
}

/// The sheet of a zone.
pub async fn zone(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    let edition = portal.edition();
    if Place::zone(&edition, &id).is_none() {
        return Err(Problem::new(StatusCode::NOT_FOUND, said("no_zone", &[("id", &id)])));
    }
    answer(&portal, edition, Wanted::Zone(id), &ask).await
}

/// The place that an address names.
enum Wanted {
    Municipality(MunicipalityCode),
    Zone(String),
}

impl Wanted {
    fn place<'e>(&self, edition: &'e Edition) -> Option<Place<'e>> {
        match self {
            Self::Municipality(code) => Place::municipality(edition, *code),
            Self::Zone(id) => Place::zone(edition, id),
        }
    }
}

async fn answer(
    portal: &Portal,
    edition: Arc<Edition>,
    wanted: Wanted,
    ask: &Ask,
) -> Result<Response, Problem> {
    let since = listing::value(ask.parameters(&[SINCE])?, SINCE);
    let earlier = since::earlier(portal, &edition, since).await?;
    let answered = portal.answered_on(&edition);
    let state = if answered.is_some() { "" } else { "unanswered." };
    let tag = format!("{}.{state}{}", edition.tag, earlier.tag());
    let (portal, asked) = (portal.clone(), ask.clone());
    let make = move || {
        let place = wanted.place(&edition).ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, GONE))?;
        let changes = changed(&edition, &wanted, &place, &earlier);
        let sheet = Sheet::of(&edition, portal.strategies(), answered.as_deref(), place);
        match asked.face {
            Face::Html => Ok(Content::html(views::sheet::page(
                &portal,
                &edition,
                &sheet,
                (&earlier, &changes),
                &asked,
            )?)),
            Face::Json | Face::Csv => {
                Ok(Content::json(&document::of(&edition, &sheet, (&earlier, &changes), &asked)))
            }
        }
    };
    ask.reply(&tag).make_apart(move |_| make()).await
}

const GONE: &str = "The place has just gone with a new release: /municipalities lists those there are.";

/// What changed in a place since the earlier edition, if there is one to compare with.
fn changed<'e>(
    edition: &'e Edition,
    wanted: &Wanted,
    place: &Place<'e>,
    earlier: &'e Earlier,
) -> Vec<overlay::sheet::Change<'e>> {
    let Some(then) = earlier.edition() else { return Vec::new() };
    overlay::sheet::changes((then, wanted.place(then).as_ref()), (edition, place))
}

/// The municipality that a code means today: itself, or the one that it became.
fn successor(edition: &Edition, code: MunicipalityCode) -> Option<MunicipalityCode> {
    if edition.places.get(code).is_some() {
        return Some(code);
    }
    let became =
        |it: &&domain::territory::RegisteredMunicipality| it.predecessors.iter().any(|(was, _)| *was == code);
    let successor = edition.territory.municipalities.iter().find(became)?.code;
    edition.places.get(successor).map(|_| successor)
}

fn moved(ask: &Ask, code: MunicipalityCode) -> Response {
    let query = ask.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::permanent(&format!("/municipalities/{code}{query}")).into_response()
}

fn unknown_municipality(edition: &Edition, istat: &str, code: Option<MunicipalityCode>) -> Problem {
    let registered = edition.territory.municipalities.iter().find(|it| Some(it.code) == code);
    let territory = &edition.territory.title.it;
    let detail = match (registered, code) {
        (Some(it), _) => said("municipality_not_loaded", &[("name", &it.name), ("code", &it.code)]),
        (None, Some(code)) => said("no_municipality", &[("territory", territory), ("code", &code)]),
        (None, None) => said("no_istat_code", &[("code", &istat)]),
    };
    Problem::new(StatusCode::NOT_FOUND, detail)
}
