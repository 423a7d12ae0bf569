//! What a source said at one time, and how it differs from what it said before.

use std::fmt;

/// The number of a release; later releases have greater numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseId(pub i64);

impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many rows were read, and what became of them: `read = accepted + quarantined`, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that concern the territory.
    pub read: u64,
    /// Rows that became records or locations.
    pub accepted: u64,
    /// Rows set aside with an issue.
    pub quarantined: u64,
    /// Rows of other territories: neither read nor at fault.
    pub filtered: u64,
}

impl Tally {
    /// Counts one accepted row.
    pub const fn accept(&mut self) {
        self.read += 1;
        self.accepted += 1;
    }

    /// Counts one row set aside.
    pub const fn quarantine(&mut self) {
        self.read += 1;
        self.quarantined += 1;
    }

    /// Counts one row of another territory.
    pub const fn filter(&mut self) {
        self.filtered += 1;
    }
}

/// How the records of a release differ from those of the release of the same source before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Keys that were not there before.
    pub added: u64,
    /// Keys that were there with other values or places.
    pub changed: u64,
    /// Keys that are there no more.
    pub removed: u64,
    /// Keys that are as they were.
    pub unchanged: u64,
}
