//! What came of an import, for people and programs.

use crate::archive::Original;
use domain::source::Source;
use domain::{Diff, Issue, ReleaseId, Tally};
use ingest::Reading;
use ingest::reading::{FileUse, Part};
use serde::Serialize;
use store::history;
use store::publication::Reason;

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
    /// The same for each collection of which a file was given; the counts above are those of the first.
    pub collections: Vec<PartReport>,
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
    /// The release; absent in a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<i64>,
    /// Whether the release waits for a person's word, or would.
    pub staged: bool,
    /// Why it does.
    pub waits_because: Vec<String>,
    /// Whether the same bytes had been published already, so that nothing was written.
    pub already_published: bool,
}

/// What a source says of one collection.
#[derive(Clone, Debug, Serialize)]
pub struct PartReport {
    /// The collection.
    pub collection: String,
    /// What became of its rows.
    #[serde(flatten)]
    pub rows: TallyReport,
    /// What became of its locations.
    pub locations: TallyReport,
    /// How its records differ from those that stood.
    pub diff: Option<DiffReport>,
}

/// How many rows were read and what became of them.
#[derive(Clone, Copy, Debug, Default, Serialize)]
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
    /// What told it: `bom`, `declared`, `cpg`, `ldid` or `statistics`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding_found_by: Option<&'static str>,
    /// The CRS of its shapes, if its format has shapes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
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
    /// Which of the rows, from 1, the header not counted.
    pub entry: u64,
    /// The key of the record, as far as it can be read; else empty.
    pub record: String,
    /// The field; empty for the whole row.
    pub field: String,
    /// The value as written.
    pub value: String,
    /// What kind of fault.
    pub kind: &'static str,
    /// `error`: the row was set aside; `warning`: it was accepted.
    pub severity: &'static str,
    /// Who can mend it: `source`, the publisher; `portal`, the office that runs the portal.
    pub responsibility: &'static str,
    /// What it takes from the quality of the data: `completeness`, `validity`, `accuracy`, `consistency` or `uniqueness`.
    pub dimension: &'static str,
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
    pub(super) fn new(
        source: &Source,
        reading: &Reading,
        generation: Option<String>,
        files: Vec<FileReport>,
    ) -> Self {
        let collections: Vec<PartReport> = reading.parts.iter().map(PartReport::from).collect();
        let first = collections.first();
        let tally = first.map(|part| part.rows).unwrap_or_default();
        Self {
            locations: first.map(|part| part.locations).unwrap_or_default(),
            collections,
            generation,
            extraction_date: reading.extracted_on.map(|day| day.to_string()),
            files,
            issues: reading.issues.iter().map(IssueReport::from).collect(),
            ..Self::empty(source, tally)
        }
    }

    /// The report of files that are a release already.
    pub(super) fn already(source: &Source, release: &history::Release) -> Self {
        let collections: Vec<PartReport> = release.parts.iter().map(PartReport::from).collect();
        let first = collections.first();
        Self {
            locations: first.map(|part| part.locations).unwrap_or_default(),
            diff: first.and_then(|part| part.diff),
            extraction_date: release.extracted_on.map(|day| day.to_string()),
            generation: release.generation.clone(),
            release: Some(release.id.0),
            staged: release.state == "staged",
            waits_because: release.waits_because.clone(),
            already_published: true,
            ..Self::empty(source, first.map(|part| part.rows).unwrap_or_default())
        }
        .of(collections)
    }

    fn empty(source: &Source, tally: TallyReport) -> Self {
        Self {
            source: source.id.to_string(),
            read: tally.read,
            accepted: tally.accepted,
            quarantined: tally.quarantined,
            filtered: tally.filtered,
            locations: TallyReport::default(),
            collections: Vec::new(),
            generation: None,
            extraction_date: None,
            files: Vec::new(),
            issues: Vec::new(),
            diff: None,
            release: None,
            staged: false,
            waits_because: Vec::new(),
            already_published: false,
        }
    }

    fn of(mut self, collections: Vec<PartReport>) -> Self {
        self.collections = collections;
        self
    }

    pub(super) fn with_diffs(mut self, diffs: &[Diff]) -> Self {
        for (part, diff) in self.collections.iter_mut().zip(diffs) {
            part.diff = Some((*diff).into());
        }
        self.diff = self.collections.first().and_then(|part| part.diff);
        self
    }

    pub(super) fn published(mut self, release: ReleaseId) -> Self {
        self.release = Some(release.0);
        self
    }

    pub(super) fn waiting(mut self, reasons: &[Reason]) -> Self {
        self.staged = !reasons.is_empty();
        self.waits_because = reasons.iter().map(ToString::to_string).collect();
        self
    }
}

/// One entry for each part of each file: a shapefile has several.
pub(super) fn files(files: &[FileUse], originals: &[Original]) -> Vec<FileReport> {
    let parts = files.iter().flat_map(|file| file.parts.iter().map(move |_| file));
    let report = |(file, original): (&FileUse, &Original)| FileReport {
        name: original.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        table: file.table.clone(),
        bytes: original.bytes,
        sha256: original.sha256.clone(),
        encoding: file.encoding.as_ref().map(|it| it.name),
        encoding_found_by: file.encoding.as_ref().map(|it| it.found_by.as_str()),
        crs: file.crs.as_ref().map(|it| it.name.clone()),
        unused_columns: file.unused_columns.clone(),
        absent_fields: file.absent_fields.clone(),
    };
    parts.zip(originals).map(report).collect()
}

impl From<&Part> for PartReport {
    fn from(part: &Part) -> Self {
        Self {
            collection: part.collection.id.to_string(),
            rows: part.tally.into(),
            locations: part.locations.into(),
            diff: None,
        }
    }
}

impl From<&history::ReleasePart> for PartReport {
    /// What stands already differs in nothing from itself.
    fn from(part: &history::ReleasePart) -> Self {
        Self {
            collection: part.collection.clone(),
            rows: part.tally.into(),
            locations: part.locations.into(),
            diff: Some(Diff { unchanged: part.tally.accepted, ..Diff::default() }.into()),
        }
    }
}

impl From<Diff> for DiffReport {
    fn from(diff: Diff) -> Self {
        let Diff { added, changed, removed, unchanged } = diff;
        Self { added, changed, removed, unchanged }
    }
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
            entry: issue.entry,
            record: issue.record.clone(),
            field: issue.field.clone(),
            value: issue.value.clone(),
            kind: issue.kind.as_str(),
            severity: issue.severity.as_str(),
            responsibility: issue.kind.responsibility().as_str(),
            dimension: issue.kind.dimension().as_str(),
            message: issue.message.clone(),
        }
    }
}
