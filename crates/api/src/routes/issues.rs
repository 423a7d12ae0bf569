//! `/releases/{n}/issues`: what was wrong with the rows of a release, to read, print, open in a spreadsheet or program against.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Collection, CollectionId, Issue, IssueKind, Severity};
use serde_json::{Value, json};
use store::history::{self, Release};

use super::releases::number_of;
use crate::ask::{Ask, Face};
use crate::content::{Content, JSON};
use crate::detail::said;
use crate::links::{self, link};
use crate::listing::{self, Listing};
use crate::pages::issues::{IssueReport, Row};
use crate::pages::layout::{Link, Section};
use crate::pages::{IssuesPage, format};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views::{self, issues, layout, releases};

/// The parameters that narrow the list.
const FILTERS: [&str; 3] = ["severity", "kind", "responsibility"];
/// Issues on a page for people, and for programs.
const USUAL: [usize; 2] = [500, 1000];

/// The issues.
pub async fn show(
    State(portal): State<Portal>,
    Path(number): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    let known = FILTERS.into_iter().chain(listing::PARAMETERS).collect::<Vec<_>>();
    let parameters = ask.parameters_of_table(&known)?;
    let listing = Listing::of(parameters, USUAL[usize::from(ask.face != Face::Html)])?;
    let fits = filter(parameters)?;
    let release = history::release(&portal.store, number_of(&number)?).await?;
    let all = history::issues(&portal.store, release.id).await?;
    let matched: Vec<&Issue> = all.iter().filter(|issue| fits(issue)).collect();
    match ask.face {
        Face::Html => {
            let report = report(&portal, &release, &all, &matched, listing, &ask);
            ask.answer_made(Content::html(page(&portal, report, parameters, listing, &ask)?)).await
        }
        Face::Json => {
            ask.answer_made(Content::json(&document(&release, &all, &matched, (listing, parameters), &ask)))
                .await
        }
        Face::Csv => {
            let name = format!("{}-rilascio-{}-segnalazioni", release.source, release.id);
            issues::table(&rows(&portal, &release, &matched, &ask), ask.language.0).answer(&ask, &name).await
        }
    }
}

/// Which issues are asked for.
fn filter(parameters: &[(String, String)]) -> Result<impl Fn(&Issue) -> bool + use<>, Problem> {
    let wrong = |name: &str, value: &str, known: String| {
        Problem::bad_request(said("none_of", &[("value", &value), ("name", &name), ("known", &known)]))
    };
    let severity = listing::value(parameters, "severity").map(|word| {
        Severity::parse(word).ok_or_else(|| wrong("severity", word, "error, warning".to_owned()))
    });
    let kind = listing::value(parameters, "kind").map(|word| {
        let known = IssueKind::ALL.map(IssueKind::as_str).join(", ");
        IssueKind::parse(word).ok_or_else(|| wrong("kind", word, known))
    });
    let responsibility = listing::value(parameters, "responsibility").map(|word| {
        let all = IssueKind::ALL.map(IssueKind::responsibility);
        let found = all.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| wrong("responsibility", word, "source, portal".to_owned()))
    });
    let (severity, kind, responsibility) =
        (severity.transpose()?, kind.transpose()?, responsibility.transpose()?);
    Ok(move |issue: &Issue| {
        severity.is_none_or(|it| issue.severity == it)
            && kind.is_none_or(|it| issue.kind == it)
            && responsibility.is_none_or(|it| issue.kind.responsibility() == it)
    })
}

fn report(
    portal: &Portal,
    release: &Release,
    all: &[Issue],
    matched: &[&Issue],
    listing: Listing,
    ask: &Ask,
) -> IssueReport {
    let (edition, language) = (portal.edition(), ask.language.0);
    let source = portal.source(&release.source);
    let url = |kind: IssueKind, severity: Severity| {
        let lang = ask.language.1.then_some(("lang", language.tag()));
        let filters = [("kind", kind.as_str()), ("severity", severity.as_str())];
        Some(ask.with_query(&filters.into_iter().chain(lang).collect::<Vec<_>>()))
    };
    IssueReport {
        language,
        source: releases::source_title(source, &release.source, language),
        publisher: source.map(|source| source.publisher.clone()).unwrap_or_default(),
        release: Some(release.id.0),
        demo: release.demo,
        read_at: Some(format::instant(release.read_at, language)),
        extracted_on: release.extracted_on.map(|day| day.to_string()),
        parts: release.parts.iter().map(|part| releases::part(&edition, part, language)).collect(),
        summary: issues::summary(all, language, url),
        rows: rows(portal, release, listing.of_all(matched), ask),
        first: listing.offset as u64 + 1,
        matched: matched.len() as u64,
    }
}

fn rows(portal: &Portal, release: &Release, issues: &[&Issue], ask: &Ask) -> Vec<Row> {
    let edition = portal.edition();
    let layers =
        release.parts.iter().filter_map(|part| edition.layer(&CollectionId::parse(&part.collection)?));
    let collections: Vec<&Collection> = layers.map(|layer| &*layer.collection).collect();
    let stands = |collection: &CollectionId, id| {
        edition.layer(collection).is_some_and(|layer| layer.position(id).is_some())
    };
    issues.iter().map(|issue| issues::row(issue, &collections, stands, ask.language.0)).collect()
}

fn page(
    portal: &Portal,
    report: IssueReport,
    parameters: &[(String, String)],
    listing: Listing,
    ask: &Ask,
) -> Result<String, Problem> {
    let matched = usize::try_from(report.matched).unwrap_or(usize::MAX);
    let filters = parameters.iter().filter(|(name, _)| FILTERS.contains(&name.as_str()));
    let filters: Vec<(&str, &str)> = filters.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let with = |more: &[(&str, &str)]| ask.with_query(&[&filters, more].concat());
    let most = listing::MAX_LIMIT.to_string();
    views::render(&IssuesPage {
        layout: layout::of(&portal.edition(), ask, Section::Releases),
        release_url: format!("/releases/{}", report.release.unwrap_or_default()),
        all_url: (!filters.is_empty()).then(|| ask.with_query(&[])),
        whole_url: (report.rows.len() < matched).then(|| with(&[("limit", most.as_str())])),
        previous: listing.previous(ask, parameters),
        next: listing.next(ask, parameters, matched),
        formats: vec![
            Link { label: ask.language.0.word("issues.csv").to_owned(), url: with(&[("f", "csv")]) },
            Link { label: "JSON".to_owned(), url: with(&[("f", "json")]) },
        ],
        report,
    })
}

fn document(
    release: &Release,
    all: &[Issue],
    matched: &[&Issue],
    (listing, parameters): (Listing, &[(String, String)]),
    ask: &Ask,
) -> Value {
    let words = |kind: IssueKind, severity: Severity| {
        json!({
            "kind": kind.as_str(),
            "severity": severity.as_str(),
            "responsibility": kind.responsibility().as_str(),
            "dimension": kind.dimension().as_str(),
        })
    };
    let issue = |issue: &&Issue| {
        let mut document = json!({
            "file": issue.file, "line": issue.line, "entry": issue.entry, "record": issue.record,
            "field": issue.field, "value": issue.value, "message": issue.message,
        });
        merge(&mut document, words(issue.kind, issue.severity));
        document
    };
    let counted = issues::summary(all, ask.language.0, |_, _| None).into_iter().map(|it| {
        let mut document = words(it.kind, it.severity);
        merge(&mut document, json!({ "count": it.count }));
        document
    });
    let next = listing.next(ask, parameters, matched.len());
    let mut links = links::of_itself(ask, JSON);
    links.extend(next.map(|path| link(ask, "next", JSON, &path, "The next page")));
    links.push(link(ask, "up", JSON, &format!("/releases/{}", release.id), "The release"));
    let shown = listing.of_all(matched);
    json!({
        "release": release.id.0,
        "source": release.source,
        "counts": counted.collect::<Vec<_>>(),
        "numberMatched": matched.len(),
        "numberReturned": shown.len(),
        "links": links,
        "issues": shown.iter().map(issue).collect::<Vec<_>>(),
    })
}

fn merge(document: &mut Value, more: Value) {
    if let (Value::Object(document), Value::Object(more)) = (document, more) {
        document.extend(more);
    }
}
