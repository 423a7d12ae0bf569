//! `/strategies/{id}/questions/{q}`: a question as a sentence, its answer as a number, tables and bars.

use askama::Template;

use super::Layout;
use super::layout::{Link, PastNote};

/// A number, what it counts, and the list of it.
#[derive(Clone, Debug)]
pub struct Count {
    /// The number, as it is written.
    pub number: String,
    /// What it counts.
    pub label: String,
    /// The same page with the list of these; `None` if there are none.
    pub url: Option<String>,
    /// Whether the page lists these now.
    pub is_current: bool,
}

/// Sums by group.
#[derive(Clone, Debug)]
pub struct Groups {
    /// What the groups are.
    pub heading: String,
    /// What the bars show.
    pub bars: String,
    /// The headings of the numbers.
    pub columns: Vec<String>,
    /// The rows, the greatest first.
    pub rows: Vec<GroupRow>,
    /// How they are to be read.
    pub notes: Vec<String>,
}

/// A group.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// What it is called.
    pub label: String,
    /// Its page, if it is a feature.
    pub url: Option<String>,
    /// Its share of the greatest, from 0 to 100; `None` without a bar.
    pub bar: Option<u8>,
    /// One number for each column, or what stands there instead.
    pub cells: Vec<String>,
}

/// A subject, with its objects.
#[derive(Clone, Debug)]
pub struct SubjectRow {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub url: String,
    /// How it stands to the objects, in words.
    pub standing: String,
    /// Its objects: what they are called, their pages, and what is measured.
    pub objects: Vec<(String, String, String)>,
    /// How many more there are, in words.
    pub more: Option<String>,
}

/// A subject of which something else is found than before.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// What it is called.
    pub title: String,
    /// Its page; `None` if it is gone.
    pub url: Option<String>,
    /// What was found of it.
    pub before: String,
    /// What is found now.
    pub after: String,
}

/// What became of the answer since a release.
#[derive(Clone, Debug)]
pub struct Changes {
    /// Since when, and how many, in words.
    pub lead: String,
    /// They.
    pub rows: Vec<ChangeRow>,
    /// The page without the comparison.
    pub back_url: String,
}

/// An answer to a question.
#[derive(Clone, Debug)]
pub struct AnswerPart {
    /// The number that answers.
    pub figure: String,
    /// What it counts.
    pub figure_label: String,
    /// How many stand how.
    pub counts: Vec<Count>,
    /// Sums: what, how much.
    pub totals: Vec<(String, String)>,
    /// What may be missing, or has to be known to read it.
    pub warnings: Vec<String>,
    /// Sums by group.
    pub groups: Option<Groups>,
    /// The subjects on this page.
    pub subjects: Vec<SubjectRow>,
    /// Which of how many these are.
    pub caption: String,
    /// What became of it since a release.
    pub changes: Option<Changes>,
}

impl AnswerPart {
    /// Whether any of the subjects on this page has an object.
    fn has_objects(&self) -> bool {
        self.subjects.iter().any(|subject| !subject.objects.is_empty())
    }
}

/// The page of a question.
#[derive(Debug, Template)]
#[template(path = "question.html")]
pub struct QuestionPage {
    /// What stands round the page.
    pub layout: Layout,
    /// What it is of, where that is not the present.
    pub past: Option<PastNote>,
    /// The strategy: what it is called in short, and its page.
    pub strategy: Link,
    /// The question.
    pub title: String,
    /// Whether a release has landed since this answer.
    pub is_before: bool,
    /// What is not loaded and is needed.
    pub not_loaded: Vec<String>,
    /// What is not loaded of what is asked about.
    pub partly_loaded: Vec<String>,
    /// The answer; `None` if something is not loaded.
    pub answer: Option<AnswerPart>,
    /// How the question is asked: what, how.
    pub method: Vec<(String, String)>,
    /// What it rests on: the collection, the source, its release.
    pub bases: Vec<(String, String, Link)>,
    /// The map with the objects.
    pub map_url: String,
    /// The address to which the form of the comparison is sent.
    pub compare_url: String,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// The same in other formats.
    pub formats: Vec<Link>,
}
