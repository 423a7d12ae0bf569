//! The list of releases, and the page of one.

use atlas::Edition;
use domain::CollectionId;
use domain::source::Source;
use store::history::{self, ReleasePart};

use super::{layout, render, words};
use crate::ask::Ask;
use crate::pages::layout::{Link, Section};
use crate::pages::releases::{Part, Release};
use crate::pages::{Language, ReleasePage, ReleasesPage, format};
use crate::portal::Portal;
use crate::problem::Problem;

/// The list; `source` is the name to which it is narrowed, `more` leads to a longer list.
pub fn list(
    portal: &Portal,
    releases: &[history::Release],
    source: Option<&str>,
    more: Option<String>,
    ask: &Ask,
) -> Result<String, Problem> {
    let (edition, language) = (portal.edition(), ask.language.0);
    let json: Vec<_> = source.map(|source| ("source", source)).into_iter().chain([("f", "json")]).collect();
    render(&ReleasesPage {
        layout: layout::of(&edition, ask, Section::Releases),
        releases: releases.iter().map(|it| release(portal, &edition, it, language)).collect(),
        source: source.map(|source| source_title(portal.source(source), source, language)),
        more,
        formats: vec![Link { label: "JSON".to_owned(), url: ask.with_query(&json) }],
    })
}

/// One release.
pub fn one(portal: &Portal, found: &history::Release, ask: &Ask) -> Result<String, Problem> {
    let (edition, language) = (portal.edition(), ask.language.0);
    let stood = matches!(found.state.as_str(), "published" | "withdrawn");
    let state_link = |part: &ReleasePart| {
        let title = collection_title(&edition, &part.collection, language)?;
        let url = format!("/collections/{}/items?release={}", part.collection, found.id);
        Some(Link { label: title, url })
    };
    let files = found.files.as_array().into_iter().flatten().map(|file| {
        let text = |key: &str| file[key].as_str().unwrap_or_default().to_owned();
        let kibibytes = file["bytes"].as_u64().unwrap_or_default().div_ceil(1024);
        (text("name"), format!("{}\u{a0}kB", format::integer(kibibytes, language)), text("sha256"))
    });
    render(&ReleasePage {
        layout: layout::of(&edition, ask, Section::Releases),
        release: release(portal, &edition, found, language),
        files: files.collect(),
        state_links: if stood { found.parts.iter().filter_map(state_link).collect() } else { Vec::new() },
        formats: vec![Link { label: "JSON".to_owned(), url: ask.with_query(&[("f", "json")]) }],
    })
}

/// A release as pages show it.
pub fn release(portal: &Portal, edition: &Edition, found: &history::Release, language: Language) -> Release {
    Release {
        language,
        number: found.id.0,
        title: source_title(portal.source(&found.source), &found.source, language),
        source: found.source.clone(),
        demo: found.demo,
        state: found.state.clone(),
        read_at: format::instant(found.read_at, language),
        decided_at: found.decided_at.map(|at| format::instant(at, language)),
        reason: (!found.reason.is_empty()).then(|| found.reason.clone()),
        extracted_on: found.extracted_on.map(|day| day.to_string()),
        waits_because: found.waits_because.iter().map(|reason| waiting(reason, language)).collect(),
        issues: found.issues,
        parts: found.parts.iter().map(|it| part(edition, it, language)).collect(),
    }
}

/// What a release says of a collection, as pages show it.
pub fn part(edition: &Edition, part: &ReleasePart, language: Language) -> Part {
    let title = collection_title(edition, &part.collection, language);
    Part {
        language,
        url: title.as_ref().map(|_| format!("/collections/{}", part.collection)),
        title: title.unwrap_or_else(|| part.collection.clone()),
        tally: part.tally,
        diff: Some(part.diff),
    }
}

/// The title of a source; its name if its definition has been taken away.
pub fn source_title(source: Option<&Source>, id: &str, language: Language) -> String {
    source.map_or_else(|| id.to_owned(), |source| words(language, &source.title).to_owned())
}

/// The title of a collection, if it is defined.
pub fn collection_title(edition: &Edition, id: &str, language: Language) -> Option<String> {
    let layer = edition.layer(&CollectionId::parse(id)?)?;
    Some(words(language, &layer.collection.title).to_owned())
}

/// Why a release waits. The database has the sentences of the import in English: those known are told in Italian.
fn waiting(reason: &str, language: Language) -> String {
    let italian = || {
        if let Some(rest) = reason.strip_prefix("it would end ") {
            let (removed, rest) = rest.split_once(" of the ")?;
            let (stood, rest) = rest.split_once(" records of ")?;
            let collection = rest.strip_suffix(" that stand")?;
            let values = [("removed", removed), ("stood", stood), ("collection", collection)];
            return Some(language.phrase("release.waits_removes", &values));
        }
        let rest = reason.strip_prefix("the columns of table ")?;
        let (table, rest) = rest.split_once(" have changed")?;
        let rest = rest.replace("; gone: ", "; mancano: ").replace("; new: ", "; nuove: ");
        Some(language.phrase("release.waits_columns", &[("table", table), ("columns", &rest)]))
    };
    match language {
        Language::Italian => italian().unwrap_or_else(|| reason.to_owned()),
        Language::English => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_release_waits_is_told_in_italian_too() {
        for (reason, expect) in [
            (
                "it would end 3 of the 10 records of areas that stand",
                "toglierebbe 3 dei 10 elementi di areas oggi pubblicati",
            ),
            (
                "the columns of table projects have changed; gone: cup; new: cupp",
                "le colonne della tabella projects sono cambiate; mancano: cup; nuove: cupp",
            ),
            ("anything else", "anything else"),
        ] {
            assert_eq!(waiting(reason, Language::Italian), expect);
            assert_eq!(waiting(reason, Language::English), reason);
        }
    }
}
