//! What came of an import, for people and programs.

use crate::archive::Original;
use domain::source::Source;
use domain::{Diff, Issue, ReleaseId, Tally};
use ingest::Reading;
use serde::Serialize;

/// The report of an import or of a dry run; serialised, it is what `remix import --format json` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The source.
    pub source: String,
    /// Rows that concern the territory.
    pub read: u64,
    /// Rows that became records.
    pub accepted: u64,
    /// Rows set aside.
    pub quarantined: u64,
    /// Rows of other territories.
    pub filtered: u64,
    /// The same for locations.
    pub locations: TallyReport,
    /// The generation of the source's schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation: Option<String>,
    /// The latest day on which the source says that it touched its data.
    pub extraction_date: Option<String>,
    /// The files used.
    pub files: Vec<FileReport>,
    /// What was wrong with rows.
    pub issues: Vec<IssueReport>,
    /// How the records differ from those that stood.
    pub diff: Option<DiffReport>,
    /// The release that stands now; absent in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<i64>,
    /// Whether the same bytes had been published already, so that nothing was written.
    pub already_published: bool,
}

/// How many rows were read and what became of them.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TallyReport {
    /// Rows that concern the territory.
    pub read: u64,
    /// Rows accepted.
    pub accepted: u64,
    /// Rows set aside.
    pub quarantined: u64,
    /// Rows of other territories.
    pub filtered: u64,
}

/// One file, and how it was understood.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// Its name.
    pub name: String,
    /// The table that it is.
    pub table: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// The encoding, where it had to be found out.
    pub encoding: Option<&'static str>,
    /// Columns that no field uses.
    pub unused_columns: Vec<String>,
    /// Fields without a column.
    pub absent_fields: Vec<String>,
}

/// One fault.
#[derive(Clone, Debug, Serialize)]
pub struct IssueReport {
    /// The file.
    pub file: String,
    /// The line, the header included; or the number of the feature. From 1.
    pub line: u64,
    /// The field; empty for the whole row.
    pub field: String,
    /// The value as written.
    pub value: String,
    /// What kind of fault.
    pub kind: &'static str,
    /// `error`: the row was set aside; `warning`: it was accepted.
    pub severity: &'static str,
    /// The sentence.
    pub message: String,
}

/// How records differ from those that stood before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DiffReport {
    /// New keys.
    pub added: u64,
    /// Keys with other values or places.
    pub changed: u64,
    /// Keys that are there no more.
    pub removed: u64,
    /// Keys that are as they were.
    pub unchanged: u64,
}

impl Report {
    pub(super) fn new(source: &Source, reading: &Reading, originals: &[Original]) -> Self {
        let tally = TallyReport::from(reading.tally);
        Self {
            source: source.id.to_string(),
            read: tally.read,
            accepted: tally.accepted,
            quarantined: tally.quarantined,
            filtered: tally.filtered,
            locations: reading.locations.into(),
            generation: reading.generation.clone(),
            extraction_date: reading.extracted_on.map(|day| day.to_string()),
            files: files(reading, originals),
            issues: reading.issues.iter().map(IssueReport::from).collect(),
            diff: None,
            release: None,
            already_published: false,
        }
    }

    pub(super) fn with_diff(mut self, diff: Diff) -> Self {
        let Diff { added, changed, removed, unchanged } = diff;
        self.diff = Some(DiffReport { added, changed, removed, unchanged });
        self
    }

    pub(super) fn published(mut self, release: ReleaseId) -> Self {
        self.release = Some(release.0);
        self
    }

    pub(super) fn unchanged(self, release: ReleaseId, records: u64) -> Self {
        let mut report = self.with_diff(Diff { unchanged: records, ..Diff::default() }).published(release);
        report.already_published = true;
        report
    }
}

/// One entry for each part of each file: a shapefile has several.
fn files(reading: &Reading, originals: &[Original]) -> Vec<FileReport> {
    let parts = reading.files.iter().flat_map(|file| file.parts.iter().map(move |_| file));
    let report = |(file, original): (&ingest::reading::FileUse, &Original)| FileReport {
        name: original.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        table: file.table.clone(),
        bytes: original.bytes,
        sha256: original.sha256.clone(),
        encoding: file.encoding,
        unused_columns: file.unused_columns.clone(),
        absent_fields: file.absent_fields.clone(),
    };
    parts.zip(originals).map(report).collect()
}

impl From<Tally> for TallyReport {
    fn from(tally: Tally) -> Self {
        let Tally { read, accepted, quarantined, filtered } = tally;
        Self { read, accepted, quarantined, filtered }
    }
}

impl From<&Issue> for IssueReport {
    fn from(issue: &Issue) -> Self {
        Self {
            file: issue.file.clone(),
            line: issue.line,
            field: issue.field.clone(),
            value: issue.value.clone(),
            kind: issue.kind.as_str(),
            severity: issue.severity.as_str(),
            message: issue.message.clone(),
        }
    }
}
