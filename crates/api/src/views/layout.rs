//! What stands round every page.

use atlas::{Edition, Origin};
use axum::http::Uri;
use std::collections::BTreeSet;

use super::words;
use crate::address;
use crate::as_of::{self, AsOf, Moment};
use crate::ask::Ask;
use crate::built;
use crate::pages::layout::{PastNote, Section, SourceNote};
use crate::pages::{Language, Layout, format};

/// The layout of a page that answers `ask`.
pub fn of(edition: &Edition, ask: &Ask, section: Section) -> Layout {
    let (language, in_url) = ask.language;
    // A source that feeds several collections is named once.
    let mut named = BTreeSet::new();
    let origins = edition.layers.iter().flat_map(|layer| &layer.origins);
    let origins = origins.filter(|origin| named.insert((origin.source.as_str(), origin.release)));
    Layout {
        language,
        language_in_url: in_url,
        path: without_language(&ask.uri),
        territory: words(language, &edition.territory.title).to_owned(),
        section,
        demo: edition.is_demo(),
        sources: origins.map(|origin| source(origin, language)).collect(),
        asset_version: built::VERSION.clone(),
    }
}

/// How pages name where data comes from.
pub fn source(origin: &Origin, language: Language) -> SourceNote {
    SourceNote {
        title: words(language, &origin.title).to_owned(),
        homepage: origin.homepage.clone(),
        publisher: origin.publisher.clone(),
        licence: origin.licence.clone(),
        licence_url: origin.licence_url.clone(),
        release: origin.release.to_string(),
        release_url: Some(format!("/releases/{}", origin.release)),
        url: Some(format!("/sources/{}", origin.source)),
        extracted_on: origin.extracted_on.map(|day| day.to_string()),
    }
}

/// The note of a page that shows another time than now.
pub fn past(as_of: &AsOf, ask: &Ask) -> Option<PastNote> {
    let language = ask.language.0;
    let text = match as_of.past? {
        Moment::Release(id) => language.phrase("past.release", &[("release", &id.to_string())]),
        Moment::Day(day) => {
            language.phrase("past.day", &[("date", &format::date(&day.to_string(), language))])
        }
        Moment::Instant(at) => {
            language.phrase("past.instant", &[("instant", &format::instant(at, language))])
        }
    };
    let others = address::query(&ask.uri).into_iter();
    let others: Vec<_> =
        others.filter(|(name, _)| !as_of::PARAMETERS.contains(&name.as_str()) && name != "lang").collect();
    let others: Vec<_> = others.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Some(PastNote { text, now_url: ask.with_query(&others) })
}

/// Path and query without the language.
pub fn without_language(uri: &Uri) -> String {
    let kept = address::query(uri).into_iter().filter(|(name, _)| name != "lang");
    let kept: Vec<_> =
        kept.map(|(name, value)| format!("{}={}", address::escape(&name), address::escape(&value))).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{}{mark}{}", uri.path(), kept.join("&"))
}
