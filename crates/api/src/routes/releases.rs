//! `/releases` and `/releases/{n}`: what each source said when, and what became of it.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Diff, ReleaseId, Tally};
use serde_json::{Map, Value, json};
use store::history::{self, Release};
use time::format_description::well_known::Rfc3339;

use crate::ask::{Ask, Face};
use crate::content::{Content, GEOJSON, HTML, JSON};
use crate::detail::said;
use crate::links::{self, link};
use crate::listing::{self, Listing};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// Releases that are listed where the client does not say how many.
const USUAL: usize = 50;

/// The releases, the latest first.
pub async fn list(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    let parameters = ask.parameters(&["source", "limit"])?;
    let source = listing::value(parameters, "source");
    let limit = Listing::of(parameters, USUAL)?.limit;
    let releases = history::releases(&portal.store, source, i64::try_from(limit).unwrap_or(i64::MAX)).await?;
    if let Some(id) = source.filter(|id| releases.is_empty() && portal.source(id).is_none()) {
        return Err(Problem::bad_request(said("no_source", &[("id", &id)])));
    }
    let more = (releases.len() == limit && limit < listing::MAX_LIMIT).then(|| {
        let limit = (limit * 4).to_string();
        let source = source.map(|source| ("source", source)).into_iter();
        ask.with_query(&source.chain([("limit", limit.as_str())]).collect::<Vec<_>>())
    });
    ask.answer_made(match ask.face {
        Face::Html => Content::html(views::releases::list(&portal, &releases, source, more, &ask)?),
        Face::Json | Face::Csv => Content::json(&json!({
            "links": links::of_itself(&ask, JSON),
            "numberReturned": releases.len(),
            "releases": releases.iter().map(|it| document(&portal, it, &ask)).collect::<Vec<_>>(),
        })),
    })
    .await
}

/// One release.
pub async fn show(
    State(portal): State<Portal>,
    Path(number): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let release = history::release(&portal.store, number_of(&number)?).await?;
    ask.answer_made(match ask.face {
        Face::Html => Content::html(views::releases::one(&portal, &release, &ask)?),
        Face::Json | Face::Csv => Content::json(&document(&portal, &release, &ask)),
    })
    .await
}

/// The number of a release, as an address has it.
///
/// # Errors
/// 404 if it cannot be one.
pub fn number_of(text: &str) -> Result<ReleaseId, Problem> {
    let number = text.parse().ok().filter(|number: &i64| *number > 0 && number.to_string() == text);
    number.map(ReleaseId).ok_or_else(|| {
        Problem::new(axum::http::StatusCode::NOT_FOUND, said("no_release", &[("release", &text)]))
    })
}

/// A release as data.
pub fn document(portal: &Portal, release: &Release, ask: &Ask) -> Value {
    let path = format!("/releases/{}", release.id);
    let moment = |at: time::OffsetDateTime| at.format(&Rfc3339).unwrap_or_default();
    let mut links = vec![
        link(ask, "self", JSON, &path, "The release"),
        link(ask, "alternate", HTML, &format!("{path}?f=html"), "The release as a page"),
        link(ask, "related", JSON, &format!("{path}/diff"), "What it changed"),
        link(ask, "related", JSON, &format!("{path}/issues"), "What was wrong with its rows"),
        link(ask, "up", JSON, &format!("/sources/{}", release.source), "Its source"),
    ];
    if matches!(release.state.as_str(), "published" | "withdrawn") {
        links.extend(release.parts.iter().map(|part| {
            let path = format!("/collections/{}/items?release={}", part.collection, release.id);
            link(ask, "items", GEOJSON, &path, "The records as they stood then")
        }));
    }
    json!({
        "id": release.id.0,
        "source": release.source,
        "title": portal.source(&release.source).map(|source| &source.title.it),
        "demo": release.demo,
        "state": release.state,
        "generation": release.generation,
        "extraction_date": release.extracted_on.map(|day| day.to_string()),
        "read_at": moment(release.read_at),
        "decided_at": release.decided_at.map(moment),
        "reason": release.reason,
        "waits_because": release.waits_because,
        "issues": release.issues,
        "files": release.files,
        "collections": release.parts.iter().map(|part| {
            let mut counts = tally(part.tally);
            counts.insert("collection".to_owned(), Value::from(part.collection.as_str()));
            counts.insert("locations".to_owned(), Value::from(tally(part.locations)));
            counts.insert("diff".to_owned(), diff(part.diff));
            Value::from(counts)
        }).collect::<Vec<_>>(),
        "links": links,
    })
}

fn tally(tally: Tally) -> Map<String, Value> {
    let Tally { read, accepted, quarantined, filtered } = tally;
    let counts =
        [("read", read), ("accepted", accepted), ("quarantined", quarantined), ("filtered", filtered)];
    counts.into_iter().map(|(name, count)| (name.to_owned(), Value::from(count))).collect()
}

fn diff(diff: Diff) -> Value {
    let Diff { added, changed, removed, unchanged } = diff;
    json!({ "added": added, "changed": changed, "removed": removed, "unchanged": unchanged })
}
