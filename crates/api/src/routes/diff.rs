//! `/releases/{n}/diff`: what a release changed, field by field; with `from=`, what changed since an earlier one.

mod features;

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Collection, ReleaseId};
use serde_json::{Value, json};
use std::sync::Arc;
use store::history::{self, Release};

use self::features::States;
use super::releases::number_of;
use crate::ask::{Ask, Face};
use crate::comparison::{ChangeKind, Comparison, FieldChange, RecordChange};
use crate::content::{Content, JSON};
use crate::detail::said;
use crate::links::{self, link};
use crate::listing::{self, Listing};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views::diff::{self, Found};

/// Records on a page for people, and for programs.
const USUAL: [usize; 2] = [100, 1000];

/// The changes.
pub async fn show(
    State(portal): State<Portal>,
    Path(number): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    let known = ["from"].into_iter().chain(diff::FILTERS).chain(listing::PARAMETERS).collect::<Vec<_>>();
    let parameters = ask.parameters_of_table(&known)?;
    let usual = USUAL[usize::from(ask.face != Face::Html)];
    let listing = Listing::of(parameters, usual)?;
    let release = history::release(&portal.store, number_of(&number)?).await?;
    let from = listing::value(parameters, "from").map(number_of).transpose()?;
    let comparison = comparison(&portal, &release, from).await?;
    let matched = matched(&comparison, parameters)?;
    let states = if ask.features { Some(States::of(&portal, &release, from).await?) } else { None };
    let from = from.map(|from| from.0);
    let found = Found { release: &release, from, comparison: &comparison, matched, parameters };
    if let Some(states) = states {
        let document = document(&portal, &found, listing, &ask);
        return ask.answer_made(states.collection(listing.of_all(&found.matched), document)).await;
    }
    match ask.face {
        Face::Html => ask.answer_made(Content::html(diff::page(&portal, &found, listing, &ask)?)).await,
        Face::Json => ask.answer_made(Content::json(&document(&portal, &found, listing, &ask))).await,
        Face::Csv => {
            let since = from.map(|from| format!("-da-{from}")).unwrap_or_default();
            let name = format!("{}-rilascio-{}{since}-variazioni", release.source, release.id);
            diff::table(&portal.edition(), &found.matched, ask.language.0).answer(&ask, &name).await
        }
    }
}

/// The comparison, made once for what will not change any more.
async fn comparison(
    portal: &Portal,
    release: &Release,
    from: Option<ReleaseId>,
) -> Result<Arc<Comparison>, Problem> {
    if let Some(from) = from {
        let earlier = history::release(&portal.store, from).await?;
        if earlier.source != release.source {
            return Err(Problem::bad_request(said(
                "sources_differ",
                &[
                    ("from", &from),
                    ("of_from", &earlier.source),
                    ("to", &release.id),
                    ("of_to", &release.source),
                ],
            )));
        }
    }
    let edition = portal.edition();
    let make = async {
        let changes = match from {
            Some(from) => history::between(&portal.store, &release.source, from, release.id).await?,
            None => history::changes(&portal.store, release.id).await?,
        };
        let definitions: Vec<&Collection> = edition.layers.iter().map(|layer| &*layer.collection).collect();
        Ok::<_, Problem>(Comparison::of(changes, &definitions))
    };
    if release.state == "staged" {
        return make.await.map(Arc::new);
    }
    portal.comparisons.get(&(from, release.id), make).await
}

fn matched<'c>(
    comparison: &'c Comparison,
    parameters: &[(String, String)],
) -> Result<Vec<&'c RecordChange>, Problem> {
    let kind = listing::value(parameters, "change").map(|word| {
        ChangeKind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| {
            let known = ChangeKind::ALL.map(ChangeKind::as_str).join(", ");
            Problem::bad_request(said("none_of", &[("value", &word), ("name", &"change"), ("known", &known)]))
        })
    });
    let (kind, field) = (kind.transpose()?, listing::value(parameters, "field"));
    let collection = listing::value(parameters, "collection");
    let fits = |change: &&RecordChange| {
        kind.is_none_or(|kind| change.kind == kind)
            && collection.is_none_or(|collection| change.collection == collection)
            && field.is_none_or(|field| change.fields.iter().any(|it| it.field == field))
    };
    Ok(comparison.changes.iter().filter(fits).collect())
}

fn document(portal: &Portal, found: &Found, listing: Listing, ask: &Ask) -> Value {
    let edition = portal.edition();
    let Found { release, from, comparison, matched, parameters } = found;
    let language = ask.language.0;
    let field = |change: &RecordChange, field: &FieldChange| {
        let text = |value: &Option<Value>| {
            diff::written(&edition, &change.collection, &field.field, value.as_ref(), language)
        };
        json!({
            "field": field.field,
            "label": diff::label(&edition, &change.collection, &field.field, language),
            "before": field.before,
            "after": field.after,
            "before_text": text(&field.before),
            "after_text": text(&field.after),
        })
    };
    let record = |change: &&RecordChange| {
        json!({
            "collection": change.collection,
            "id": change.id.number(),
            "title": change.title,
            "change": change.kind.as_str(),
            "fields": change.fields.iter().map(|it| field(change, it)).collect::<Vec<_>>(),
            "href": diff::address(&edition, change).map(|path| format!("{}{path}", ask.origin)),
        })
    };
    let changed = |(collection, field, count): (&str, &str, u64)| json!({ "collection": collection, "field": field, "changed": count });
    let records: Vec<_> = listing.of_all(matched).iter().map(record).collect();
    let mut links = links::of_itself(ask, JSON);
    let pages =
        [("next", listing.next(ask, parameters, matched.len())), ("prev", listing.previous(ask, parameters))];
    let page = |(rel, path): (&str, Option<String>)| Some(link(ask, rel, JSON, &path?, "Another page"));
    links.extend(pages.into_iter().filter_map(page));
    links.push(link(ask, "up", JSON, &format!("/releases/{}", release.id), "The release"));
    let counts = |[changed, added, removed]: [u64; 3]| json!({ "added": added, "changed": changed, "removed": removed });
    let of_kind = |kind| matched.iter().filter(|change| change.kind == kind).count() as u64;
    json!({
        "release": release.id.0,
        "from": from,
        "source": release.source,
        "state": release.state,
        "diff": counts(ChangeKind::ALL.map(|kind| comparison.count(kind))),
        "fields": comparison.by_field().into_iter().map(changed).collect::<Vec<_>>(),
        "matched": counts(ChangeKind::ALL.map(of_kind)),
        "numberMatched": matched.len(),
        "numberReturned": records.len(),
        "links": links,
        "changes": records,
    })
}
