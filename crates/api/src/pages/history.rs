//! What a record's page tells of its past.

use super::Language;
use super::diff::Record;
use super::layout::Link;

/// Fields that are told at once; more are folded away.
const AT_ONCE: usize = 6;

/// The history of a record.
#[derive(Clone, Debug)]
pub struct History {
    /// Its steps, the latest first; `None` while the archive does not answer.
    pub steps: Option<Vec<Step>>,
}

/// A time at which the record came, changed or went.
#[derive(Clone, Debug)]
pub struct Step {
    /// When, in words.
    pub when: String,
    /// By which release.
    pub by: Link,
    /// The source of that release.
    pub source: String,
    /// What became of it, in words.
    pub what: String,
    /// The fields that say something else since.
    pub record: Record,
}

impl Step {
    /// What is read while the fields are folded away; `None` where they are few.
    #[must_use]
    pub fn fold(&self, language: Language) -> Option<String> {
        let count = self.record.fields.len();
        (count > AT_ONCE).then(|| language.counted("history.fields", count as u64))
    }
}
