//! What came of a sync, for people and programs.

use super::SyncError;
use crate::import::{DiffReport, Report};
use domain::SourceId;
use serde::Serialize;
use store::attempts::Attempt;

/// The report of one source; serialised, it is what `remix sync --format json` prints a list of.
#[derive(Clone, Debug, Serialize)]
pub struct SyncReport {
    /// The source.
    pub source: String,
    /// What came of it.
    pub outcome: Outcome,
    /// The release that was published or waits, or that the files are already.
    pub release: Option<i64>,
    /// How its records differ from those that stood.
    pub diff: Option<DiffReport>,
    /// Why the release waits for a person's word.
    pub waits_because: Vec<String>,
    /// Why nothing was published.
    pub error: Option<String>,
    /// Its files, in the order of its definition.
    pub files: Vec<FileReport>,
}

/// What came of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// There is a new release.
    Published,
    /// There is nothing new.
    Unchanged,
    /// A release waits for a person's word.
    Waits,
    /// Nothing was published, for a fault.
    Failed,
}

/// What came of one file.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// Its address.
    pub url: String,
    /// `fetched`, `unchanged` or `failed`.
    pub outcome: &'static str,
    /// What the server answered in the end.
    pub status: Option<u16>,
    /// What was received this time, unpacked.
    pub bytes: u64,
    /// How long it took.
    pub elapsed_ms: u64,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: Option<String>,
    /// Why there is none.
    pub error: Option<String>,
}

impl FileReport {
    pub(super) fn of(attempt: &Attempt) -> Self {
        Self {
            url: attempt.url.clone(),
            outcome: attempt.outcome.as_str(),
            status: attempt.status,
            bytes: attempt.bytes,
            elapsed_ms: attempt.elapsed_ms,
            sha256: attempt.outcome.state().map(|state| state.sha256.clone()),
            error: attempt.outcome.error().map(str::to_owned),
        }
    }
}

impl SyncReport {
    pub(super) fn of(source: &SourceId) -> Self {
        Self {
            source: source.to_string(),
            outcome: Outcome::Unchanged,
            release: None,
            diff: None,
            waits_because: Vec::new(),
            error: None,
            files: Vec::new(),
        }
    }

    pub(super) fn unchanged(&mut self, release: i64) {
        self.release = Some(release);
    }

    pub(super) fn imported(&mut self, report: Report) {
        self.outcome = match (report.staged, report.already_published) {
            (true, _) => Outcome::Waits,
            (false, true) => Outcome::Unchanged,
            (false, false) => Outcome::Published,
        };
        self.release = report.release;
        self.diff = report.diff;
        self.waits_because = report.waits_because;
    }

    pub(super) fn fail(&mut self, error: &SyncError) {
        self.outcome = Outcome::Failed;
        self.error = Some(error.to_string());
    }

    /// Whether a later attempt may come to another end by itself: a file is missing, which refused files are not.
    pub(super) fn is_worth_another_attempt(&self) -> bool {
        let is_whole = !self.files.is_empty() && self.files.iter().all(|file| file.error.is_none());
        self.outcome == Outcome::Failed && !is_whole
    }

    /// What is wrong, in one line; `None` if nothing is.
    pub(super) fn fault(&self) -> Option<String> {
        let of_file = |file: &FileReport| Some(format!("{}: {}", file.url, file.error.as_ref()?));
        let files: Vec<_> = self.files.iter().filter_map(of_file).collect();
        if files.is_empty() { self.error.clone() } else { Some(files.join("; ")) }
    }
}
