//! The list of sources, and the page of one.

use atlas::Edition;
use domain::CollectionId;
use domain::source::Source;
use store::history;
use store::standing::StandingRelease;

use super::releases::{collection_title, release};
use super::{layout, render, words};
use crate::ask::Ask;
use crate::pages::layout::{Link, Section};
use crate::pages::sources::{self, Fed};
use crate::pages::{Language, SourcePage, SourcesPage};
use crate::portal::Portal;
use crate::problem::Problem;

/// What the database knows of a source.
pub struct Known<'a> {
    /// The definition.
    pub source: &'a Source,
    /// The releases that stand, of all sources.
    pub standing: &'a [StandingRelease],
    /// Its latest releases, the latest first.
    pub releases: Vec<history::Release>,
}

impl Known<'_> {
    /// The collections that it feeds.
    pub fn collections(&self) -> Vec<&CollectionId> {
        let mut all: Vec<&CollectionId> = Vec::new();
        for table in &self.source.tables {
            if !all.contains(&&table.collection) {
                all.push(&table.collection);
            }
        }
        all
    }

    /// The release of a collection that stands.
    pub fn standing(&self, collection: &CollectionId) -> Option<i64> {
        let of_it = |it: &&StandingRelease| it.source == self.source.id && &it.collection == collection;
        self.standing.iter().find(of_it).map(|it| it.id.0)
    }

    /// The release that waits.
    pub fn waiting(&self) -> Option<i64> {
        self.releases.iter().find(|it| it.state == "staged").map(|it| it.id.0)
    }
}

/// All sources: those of which something stands first.
pub fn list(portal: &Portal, all: &[Known], ask: &Ask) -> Result<String, Problem> {
    let (edition, language) = (portal.edition(), ask.language.0);
    let mut sources: Vec<_> = all.iter().map(|known| source(portal, &edition, known, language)).collect();
    sources.sort_by_key(|source| !source.collections.iter().any(|fed| fed.standing.is_some()));
    render(&SourcesPage { layout: layout::of(&edition, ask, Section::Sources), sources })
}

/// One source.
pub fn one(portal: &Portal, known: &Known, ask: &Ask) -> Result<String, Problem> {
    let (edition, language) = (portal.edition(), ask.language.0);
    render(&SourcePage {
        layout: layout::of(&edition, ask, Section::Sources),
        source: source(portal, &edition, known, language),
        releases: known.releases.iter().map(|it| release(portal, &edition, it, language)).collect(),
        formats: vec![Link { label: "JSON".to_owned(), url: ask.with_query(&[("f", "json")]) }],
    })
}

fn source(portal: &Portal, edition: &Edition, known: &Known, language: Language) -> sources::Source {
    let Source { id, title, publisher, licence, licence_url, homepage, demo, .. } = known.source;
    let fed = |id: &CollectionId| Fed {
        title: collection_title(edition, id.as_str(), language).unwrap_or_else(|| id.to_string()),
        url: format!("/collections/{id}"),
        standing: known.standing(id),
    };
    sources::Source {
        id: id.to_string(),
        title: words(language, title).to_owned(),
        demo: *demo,
        publisher: publisher.clone(),
        licence: licence.clone(),
        licence_url: licence_url.clone(),
        homepage: homepage.clone(),
        collections: known.collections().into_iter().map(fed).collect(),
        last: known.releases.first().map(|it| release(portal, edition, it, language)),
        waiting: known.waiting(),
    }
}
