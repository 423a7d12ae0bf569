//! `/releases` and `/releases/{n}`: what each source said when, and what became of it.

use askama::Template;

use super::layout::Link;
use super::{Language, Layout, format};
use domain::{Diff, Tally};

/// A release.
#[derive(Clone, Debug)]
pub struct Release {
    /// The language of its words.
    pub language: Language,
    /// Its number.
    pub number: i64,
    /// The source's name, as addresses have it.
    pub source: String,
    /// The source's title.
    pub title: String,
    /// Whether it is invented data.
    pub demo: bool,
    /// `staged`, `published`, `withdrawn` or `discarded`.
    pub state: String,
    /// When it was read, in words.
    pub read_at: String,
    /// When it was published or withdrawn, in words.
    pub decided_at: Option<String>,
    /// Why a person did so.
    pub reason: Option<String>,
    /// The latest day that the source names: ISO date.
    pub extracted_on: Option<String>,
    /// Why it waits, or waited.
    pub waits_because: Vec<String>,
    /// How many issues it has.
    pub issues: u64,
    /// What it says of each collection.
    pub parts: Vec<Part>,
}

/// What a release says of a collection.
#[derive(Clone, Debug)]
pub struct Part {
    /// The language of its words.
    pub language: Language,
    /// The collection's title.
    pub title: String,
    /// The collection's page; `None` if it is no longer defined.
    pub url: Option<String>,
    /// What became of its rows.
    pub tally: Tally,
    /// How its records differ from those that stood before; `None` if they were not compared.
    pub diff: Option<Diff>,
}

impl Release {
    /// `Rilascio 3`.
    #[must_use]
    pub fn name(&self) -> String {
        self.language.phrase("release.name", &[("number", &self.number.to_string())])
    }

    /// The state in a word or two.
    #[must_use]
    pub fn state_words(&self) -> String {
        self.language.word(&format!("release.state_{}", self.state)).to_owned()
    }

    /// What the date of the decision says: published, withdrawn.
    #[must_use]
    pub fn decision(&self) -> String {
        self.language.word(&format!("release.decided_{}", self.state)).to_owned()
    }

    /// The latest day that the source names, in words.
    #[must_use]
    pub fn extracted(&self) -> Option<String> {
        self.extracted_on.as_deref().map(|day| format::date(day, self.language))
    }

    /// How many issues, in words.
    #[must_use]
    pub fn issue_count(&self) -> String {
        self.language.counted("release.issue", self.issues)
    }
}

impl Part {
    /// Number and label for each count of rows; those of other territories only where there are any.
    #[must_use]
    pub fn rows(&self) -> Vec<(String, String)> {
        let Tally { read, accepted, quarantined, filtered } = self.tally;
        let mut counts = vec![
            ("read", read),
            ("accepted", accepted),
            ("quarantined", quarantined),
            ("filtered", filtered),
        ];
        counts.retain(|(key, count)| *key != "filtered" || *count > 0);
        counts.into_iter().map(|(key, count)| labelled(key, count, self.language)).collect()
    }

    /// Number and label for each count of records.
    #[must_use]
    pub fn records(&self) -> Vec<(String, String)> {
        let Some(Diff { added, changed, removed, unchanged }) = self.diff else { return Vec::new() };
        let counts = [("added", added), ("changed", changed), ("removed", removed), ("unchanged", unchanged)];
        counts.into_iter().map(|(key, count)| labelled(key, count, self.language)).collect()
    }
}

/// A count as it is written, and what it counts.
pub(super) fn labelled(key: &str, count: u64, language: Language) -> (String, String) {
    let form = if count == 1 { "one" } else { "many" };
    (format::integer(count, language), language.word(&format!("release.{key}_{form}")).to_owned())
}

/// The list of releases.
#[derive(Debug, Template)]
#[template(path = "releases.html")]
pub struct ReleasesPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The releases, the latest first.
    pub releases: Vec<Release>,
    /// The source of which they are, if of one; its title.
    pub source: Option<String>,
    /// The list with more of them, if there may be more.
    pub more: Option<String>,
    /// The same in other formats.
    pub formats: Vec<Link>,
}

/// One release.
#[derive(Debug, Template)]
#[template(path = "release.html")]
pub struct ReleasePage {
    /// What stands round the page.
    pub layout: Layout,
    /// The release.
    pub release: Release,
    /// Its files: name, size in words, SHA-256.
    pub files: Vec<(String, String, String)>,
    /// The records as they stood when it had just been published, for each collection; empty if it never was.
    pub state_links: Vec<Link>,
    /// The same in other formats.
    pub formats: Vec<Link>,
}
