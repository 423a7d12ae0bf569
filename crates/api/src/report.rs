//! The report of issues as a file that stands alone: what `remix import --report` writes.

use askama::Template;
use domain::Collection;
use std::io;

use crate::pages::issues::{IssueReport, ReportFile, STYLES};
use crate::pages::releases::Part;
use crate::pages::{Language, format};
use crate::views;

pub use domain::source::Source;
pub use domain::{Diff, Issue, IssueKind, Severity, Tally};

/// What a report is of.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The source of the files.
    pub source: &'a Source,
    /// The collections of which the files are, each with what became of its rows.
    pub parts: &'a [(&'a Collection, Tally, Option<Diff>)],
    /// The release; `None` in a dry run.
    pub release: Option<i64>,
    /// When the files were read.
    pub read_at: time::OffsetDateTime,
    /// The latest day that the source names: ISO date.
    pub extracted_on: Option<&'a str>,
    /// What was wrong.
    pub issues: &'a [Issue],
    /// The language to write in.
    pub language: Language,
}

/// The report as an HTML document, without anything from elsewhere.
///
/// # Errors
/// If the template cannot be filled in, which is a fault of the program.
pub fn html(findings: &Findings<'_>) -> io::Result<String> {
    ReportFile { report: report(findings), styles: STYLES }.render().map_err(io::Error::other)
}

/// The issues as a table for spreadsheets.
#[must_use]
pub fn csv(findings: &Findings<'_>) -> Vec<u8> {
    views::issues::table(&rows(findings), findings.language).into_bytes()
}

fn report(findings: &Findings<'_>) -> IssueReport {
    let Findings { source, parts, release, read_at, extracted_on, issues, language } = *findings;
    let part = |(collection, tally, diff): &(&Collection, Tally, Option<Diff>)| Part {
        language,
        title: views::words(language, &collection.title).to_owned(),
        url: None,
        tally: *tally,
        diff: *diff,
    };
    IssueReport {
        language,
        source: views::words(language, &source.title).to_owned(),
        publisher: source.publisher.clone(),
        release,
        demo: source.demo,
        read_at: Some(format::instant(read_at, language)),
        extracted_on: extracted_on.map(str::to_owned),
        parts: parts.iter().map(part).collect(),
        summary: views::issues::summary(issues, language, |_, _| None),
        rows: rows(findings),
        first: 1,
        matched: issues.len() as u64,
    }
}

fn rows(findings: &Findings<'_>) -> Vec<crate::pages::issues::Row> {
    let collections: Vec<_> = findings.parts.iter().map(|(collection, ..)| *collection).collect();
    let row = |issue: &Issue| views::issues::row(issue, &collections, |_, _| false, findings.language);
    findings.issues.iter().map(row).collect()
}
