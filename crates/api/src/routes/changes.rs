//! `/changes`: what the latest releases changed, in all or in one municipality, strategy or collection: page, JSON, Atom.

use atlas::Edition;
use axum::extract::State;
use axum::response::Response;
use domain::{MunicipalityCode, StrategyId};
use serde_json::{Value, json};
use store::events::Event;
use time::format_description::well_known::Rfc3339;

use crate::ask::{Ask, Face};
use crate::atom;
use crate::chronicle::{Brief, Wanted};
use crate::comparison::ChangeKind;
use crate::content::{Content, JSON};
use crate::detail::said;
use crate::links::{self, link};
use crate::listing;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views::changes::{self, Told};

/// What the changes can be narrowed to.
const PARAMETERS: [&str; 3] = ["municipality", "strategy", "collection"];
/// Records of an event that are named in JSON.
const NAMED: usize = 1000;

/// The changes.
pub async fn show(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let parameters = ask.parameters_of_feed(&PARAMETERS)?;
    let edition = portal.edition();
    let wanted = wanted(&portal, &edition, parameters)?;
    let chronicle = portal.chronicle()?;
    let face = if ask.wants_feed() { "atom" } else { "" };
    let tag = format!("{}.{}{face}", edition.tag, chronicle.last());
    ask.answer(&tag, || {
        let told = Told { wanted: &wanted, events: chronicle.select(&wanted, edition.is_demo()) };
        if ask.wants_feed() {
            let feed = changes::feed(&portal, &edition, &told, &ask);
            return Ok(Content::new(atom::MEDIA_TYPE, feed.document().into_bytes()));
        }
        match ask.face {
            Face::Html => Ok(Content::html(changes::page(&portal, &edition, &told, &ask)?)),
            Face::Json | Face::Csv => Ok(Content::json(&document(&edition, &told, &ask))),
        }
    })
    .await
}

/// What is asked for.
///
/// # Errors
/// 400 for a municipality, strategy or collection that there is not.
fn wanted(portal: &Portal, edition: &Edition, parameters: &[(String, String)]) -> Result<Wanted, Problem> {
    let value = |name| listing::value(parameters, name);
    let unknown = |name: &str, value: &str, list: &str| {
        Problem::bad_request(said(
            "none_that_there_is",
            &[("value", &value), ("name", &name), ("list", &list)],
        ))
    };
    let municipality = value("municipality").map(|code| {
        let known = MunicipalityCode::parse(code).ok().filter(|code| edition.places.get(*code).is_some());
        known.ok_or_else(|| unknown("municipality", code, "/municipalities"))
    });
    let strategy = value("strategy").map(|id| {
        let known = StrategyId::parse(id).filter(|id| portal.strategies().iter().any(|it| it.id == *id));
        known.ok_or_else(|| unknown("strategy", id, "/strategies"))
    });
    let collection = value("collection").map(|id| {
        let known = edition.layers.iter().any(|layer| layer.collection.id.as_str() == id);
        known.then(|| id.to_owned()).ok_or_else(|| unknown("collection", id, "/collections"))
    });
    Ok(Wanted {
        municipality: municipality.transpose()?,
        strategy: strategy.transpose()?,
        collection: collection.transpose()?,
    })
}

fn document(edition: &Edition, told: &Told<'_>, ask: &Ask) -> Value {
    let mut links = links::of_itself(ask, JSON);
    links.push(link(
        ask,
        "alternate",
        "application/atom+xml",
        &changes::address(told.wanted, Some("atom")),
        "The same as a feed",
    ));
    json!({
        "links": links,
        "numberReturned": told.events.len(),
        "changes": told.events.iter().map(|(event, briefs)| entry(edition, event, briefs, ask)).collect::<Vec<_>>(),
    })
}

fn entry(edition: &Edition, event: &Event, briefs: &[&Brief], ask: &Ask) -> Value {
    let [changed, added, removed] =
        ChangeKind::ALL.map(|kind| briefs.iter().filter(|brief| brief.kind == kind).count());
    let record = |brief: &&Brief| {
        json!({
            "collection": brief.collection,
            "id": brief.id.number(),
            "title": brief.title,
            "change": brief.kind.as_str(),
            "fields": brief.fields,
            "href": changes::record_address(edition, brief).map(|path| format!("{}{path}", ask.origin)),
        })
    };
    json!({
        "event": event.id,
        "at": event.at.format(&Rfc3339).unwrap_or_default(),
        "release": event.release.0,
        "source": event.source,
        "withdrawal": event.is_withdrawal,
        "diff": { "added": added, "changed": changed, "removed": removed },
        "records": briefs.iter().take(NAMED).map(record).collect::<Vec<_>>(),
        "href": format!("{}/releases/{}/diff", ask.origin, event.release),
    })
}
