//! `/releases/{n}/diff`: what a release changed, field by field.

use askama::Template;

use super::layout::Link;
use super::releases::labelled;
use super::{Layout, format};

/// A record that stands differently.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its title.
    pub title: String,
    /// Its page, if it stands now.
    pub url: Option<String>,
    /// Its collection's title.
    pub collection: String,
    /// `changed`, `added` or `removed`.
    pub kind: &'static str,
    /// Label, before, after of each field that differs.
    pub fields: Vec<FieldChange>,
}

/// A field that says something else, in words.
#[derive(Clone, Debug)]
pub struct FieldChange {
    /// Its label.
    pub label: String,
    /// What it said; `None` if it was not stated.
    pub before: Option<String>,
    /// What it says.
    pub after: Option<String>,
}

/// In how many records a field differs.
#[derive(Clone, Debug)]
pub struct FieldCount {
    /// Its label.
    pub label: String,
    /// Its collection's title.
    pub collection: String,
    /// In how many.
    pub count: u64,
    /// These records alone.
    pub url: String,
}

/// How many records there are of a kind.
#[derive(Clone, Debug)]
pub struct KindCount {
    /// `changed`, `added` or `removed`.
    pub kind: &'static str,
    /// How many.
    pub count: u64,
    /// These records alone.
    pub url: String,
    /// Whether these alone are shown.
    pub current: bool,
}

/// What changed.
#[derive(Debug, Template)]
#[template(path = "diff.html")]
pub struct DiffPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The release's number.
    pub number: i64,
    /// The earlier release, where two are compared.
    pub from: Option<i64>,
    /// The source's title.
    pub source: String,
    /// Whether it waits, so that nothing has changed yet.
    pub staged: bool,
    /// How many records of each kind.
    pub kinds: Vec<KindCount>,
    /// How many records for each field, the most frequent first.
    pub fields: Vec<FieldCount>,
    /// The field to which the list is narrowed.
    pub field: Option<String>,
    /// The list without filters; `None` if it has none.
    pub all_url: Option<String>,
    /// The records of this page.
    pub records: Vec<Record>,
    /// The number of the first of them, from 1.
    pub first: u64,
    /// How many match.
    pub matched: u64,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// The same in other formats.
    pub formats: Vec<Link>,
}

impl DiffPage {
    fn name(&self) -> String {
        self.layout.language.phrase("release.name", &[("number", &self.number.to_string())])
    }

    fn title(&self) -> String {
        let number = self.number.to_string();
        match self.from {
            Some(from) => self
                .layout
                .language
                .phrase("diff.title_between", &[("from", &from.to_string()), ("number", &number)]),
            None => self.layout.language.phrase("diff.title", &[("number", &number)]),
        }
    }

    fn kind(&self, kind: &KindCount) -> (String, String) {
        labelled(kind.kind, kind.count, self.layout.language)
    }

    fn kind_word(&self, record: &Record) -> String {
        self.layout.word(&format!("diff.{}", record.kind)).to_owned()
    }

    fn integer(&self, number: u64) -> String {
        format::integer(number, self.layout.language)
    }

    fn caption(&self) -> String {
        let language = self.layout.language;
        let last = self.first + (self.records.len() as u64).saturating_sub(1);
        let [first, last, total] =
            [self.first, last, self.matched].map(|number| format::integer(number, language));
        language.phrase("items.caption_all", &[("first", &first), ("last", &last), ("total", &total)])
    }
}
