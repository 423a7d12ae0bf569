//! Releases and changes as programs and people read them.

use crate::import::PartReport;
use serde::Serialize;
use serde_json::Value as Json;
use store::history::{Change, Release, ReleasePart};
use time::format_description::well_known::Rfc3339;

/// A release.
#[derive(Clone, Debug, Serialize)]
pub struct ReleaseReport {
    /// Its number.
    pub release: i64,
    /// Its source.
    pub source: String,
    /// `staged`, `published`, `withdrawn` or `discarded`.
    pub state: String,
    /// Whether it is invented data.
    pub demo: bool,
    /// The generation of the source's schema.
    pub generation: Option<String>,
    /// The latest day on which the source says that it touched its data.
    pub extraction_date: Option<String>,
    /// When it was read.
    pub read_at: Option<String>,
    /// When it was published or withdrawn.
    pub decided_at: Option<String>,
    /// Why a person did so.
    pub reason: String,
    /// Why it waits, or waited.
    pub waits_because: Vec<String>,
    /// How many issues it has.
    pub issue_count: u64,
    /// What it says of each collection, and how that differed from what stood.
    pub collections: Vec<PartReport>,
    /// Its files.
    pub files: Json,
}

/// A record that stands differently.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeReport {
    /// Its collection.
    pub collection: String,
    /// Its public number.
    pub id: u64,
    /// `added`, `changed` or `removed`.
    pub change: &'static str,
    /// The fields that are stated differently.
    pub fields: Vec<FieldReport>,
}

/// A field that is stated differently.
#[derive(Clone, Debug, Serialize)]
pub struct FieldReport {
    /// The field; `locations` for the places.
    pub field: String,
    /// What was stated before.
    pub before: Option<Json>,
    /// What is stated after.
    pub after: Option<Json>,
}

impl From<Release> for ReleaseReport {
    fn from(release: Release) -> Self {
        let part = |part: &ReleasePart| PartReport {
            collection: part.collection.clone(),
            rows: part.tally.into(),
            locations: part.locations.into(),
            diff: Some(part.diff.into()),
        };
        Self {
            release: release.id.0,
            collections: release.parts.iter().map(part).collect(),
            source: release.source,
            state: release.state,
            demo: release.demo,
            generation: release.generation,
            extraction_date: release.extracted_on.map(|day| day.to_string()),
            read_at: release.read_at.format(&Rfc3339).ok(),
            decided_at: release.decided_at.and_then(|at| at.format(&Rfc3339).ok()),
            reason: release.reason,
            waits_because: release.waits_because,
            issue_count: release.issues,
            files: release.files,
        }
    }
}

impl From<&Change> for ChangeReport {
    fn from(change: &Change) -> Self {
        let field = |it: store::history::FieldChange| FieldReport {
            field: it.field,
            before: it.before,
            after: it.after,
        };
        Self {
            collection: change.collection.clone(),
            id: change.id.number(),
            change: change.kind(),
            fields: change.fields().into_iter().map(field).collect(),
        }
    }
}
