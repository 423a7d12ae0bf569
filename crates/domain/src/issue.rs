//! What was wrong with a row, kept beside the rows that were right.

/// One fault found in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// File in which it was found.
    pub file: String,
    /// Line of the file (from 1, the header included), where the format has lines; else the number of the feature (from 1).
    pub line: u64,
    /// Name of the field in the collection, or of the column in the file; empty for a fault of the whole row.
    pub field: String,
    /// The value as the source wrote it; shortened if very long.
    pub value: String,
    /// What kind of fault.
    pub kind: IssueKind,
    /// What became of the row.
    pub severity: Severity,
    /// One sentence for the person who can mend it.
    pub message: String,
}

/// What became of the row with the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row was accepted.
    Warning,
    /// The row was set aside.
    Error,
}

impl Severity {
    /// The word for it in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueKind {
    /// The row has more or fewer cells than the header.
    RowShape,
    /// A required value is missing.
    MissingValue,
    /// A value does not follow its type or the source's declared format.
    UnreadableValue,
    /// A value was brought to its standard form.
    NormalisedValue,
    /// Another row of the same release has the same key.
    DuplicateKey,
    /// A location without its record.
    OrphanLocation,
    /// No geometry where one is needed.
    MissingGeometry,
    /// A geometry of another kind than the collection's, or that is not valid.
    InvalidGeometry,
    /// A geometry outside the territory's extent.
    OutsideTerritory,
}

impl IssueKind {
    /// The word for it in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RowShape => "row-shape",
            Self::MissingValue => "missing-value",
            Self::UnreadableValue => "unreadable-value",
            Self::NormalisedValue => "normalised-value",
            Self::DuplicateKey => "duplicate-key",
            Self::OrphanLocation => "orphan-location",
            Self::MissingGeometry => "missing-geometry",
            Self::InvalidGeometry => "invalid-geometry",
            Self::OutsideTerritory => "outside-territory",
        }
    }
}
