//! `remix import --report FILE`: the report of issues as a file, to print or for a spreadsheet.

use anyhow::{Context, Result, bail};
use api::pages::Language;
use api::report::{self, Diff, Findings, Issue, IssueKind, Severity, Tally};
use jobs::Configuration;
use jobs::import::{DiffReport, IssueReport, PartReport, Report, TallyReport};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// What a report is written as.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A document that stands alone.
    Html,
    /// A table.
    Csv,
}

impl Kind {
    /// The kind that a file's name asks for.
    ///
    /// # Errors
    /// If it ends in neither `.html` nor `.csv`.
    pub fn of(path: &Path) -> Result<Self> {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("html") => Ok(Self::Html),
            Some("csv") => Ok(Self::Csv),
            _ => bail!("the report is written to a file ending in .html or .csv, not to {}", path.display()),
        }
    }
}

/// Writes the report.
///
/// # Errors
/// If the file cannot be written, or the files have been imported before, so that they were not read.
pub fn write(configuration: &Configuration, report: &Report, kind: Kind, path: &Path) -> Result<()> {
    if let Some(release) = report.release.filter(|_| report.already_published) {
        bail!(
            "the same files are release {release} already: its report is at /releases/{release}/issues of the portal"
        );
    }
    let source = configuration.source_called(&report.source)?;
    let part = |part: &PartReport| {
        let collection = configuration.collections.iter().find(|it| it.id.as_str() == part.collection)?;
        Some((&**collection, tally(part.rows), part.diff.map(diff)))
    };
    let parts: Vec<_> = report.collections.iter().filter_map(part).collect();
    let issues: Vec<Issue> = report.issues.iter().filter_map(issue).collect();
    let findings = Findings {
        source,
        parts: &parts,
        release: report.release,
        read_at: SystemTime::now().into(),
        extracted_on: report.extraction_date.as_deref(),
        issues: &issues,
        language: Language::Italian,
    };
    let text = match kind {
        Kind::Html => report::html(&findings)?.into_bytes(),
        Kind::Csv => report::csv(&findings),
    };
    fs::write(path, text).with_context(|| format!("cannot write the report to {}", path.display()))
}

fn tally(counts: TallyReport) -> Tally {
    let TallyReport { read, accepted, quarantined, filtered } = counts;
    Tally { read, accepted, quarantined, filtered }
}

fn diff(counts: DiffReport) -> Diff {
    let DiffReport { added, changed, removed, unchanged } = counts;
    Diff { added, changed, removed, unchanged }
}

fn issue(issue: &IssueReport) -> Option<Issue> {
    Some(Issue {
        kind: IssueKind::parse(issue.kind)?,
        severity: Severity::parse(issue.severity)?,
        file: issue.file.clone(),
        line: issue.line,
        entry: issue.entry,
        record: issue.record.clone(),
        field: issue.field.clone(),
        value: issue.value.clone(),
        message: issue.message.clone(),
    })
}
