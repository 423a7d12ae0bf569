//! What was wrong with a row, kept beside the rows that were right.

/// One fault found in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// File in which it was found.
    pub file: String,
    /// Line of the file (from 1, the header included), where the format has lines; else the number of the feature (from 1).
    pub line: u64,
    /// Which of the file's rows it is, from 1, the header not counted.
    pub entry: u64,
    /// Key of the record that the row is or belongs to, as far as it can be read; else empty.
    pub record: String,
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

    /// The severity that a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Warning, Self::Error].into_iter().find(|severity| severity.as_str() == word)
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
    /// A code or name of a municipality that there is not.
    UnknownMunicipality,
    /// A name that several municipalities have.
    AmbiguousName,
    /// A code or name that has been replaced; the row follows its successor.
    SupersededCode,
    /// A value that is not in the code list; it is kept.
    UnknownCode,
    /// Letters that were damaged before the file came here.
    DamagedText,
    /// A record that belongs to none that is known.
    OrphanRecord,
}

/// Who can mend a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Responsibility {
    /// The publisher of the source, in the data.
    Source,
    /// The office that runs the portal, in the definitions of the source or of the territory.
    Portal,
}

impl Responsibility {
    /// The word for it in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Portal => "portal",
        }
    }
}

/// What a fault takes from the quality of data, in the words of ISO 25012.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// What is needed is not there.
    Completeness,
    /// What is there does not follow its rules.
    Validity,
    /// What is there is not what is on the ground.
    Accuracy,
    /// What is there contradicts something else.
    Consistency,
    /// The same is there twice.
    Uniqueness,
}

impl Dimension {
    /// The word for it in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completeness => "completeness",
            Self::Validity => "validity",
            Self::Accuracy => "accuracy",
            Self::Consistency => "consistency",
            Self::Uniqueness => "uniqueness",
        }
    }
}

impl IssueKind {
    /// All kinds.
    pub const ALL: [Self; 15] = [
        Self::RowShape,
        Self::MissingValue,
        Self::UnreadableValue,
        Self::NormalisedValue,
        Self::DuplicateKey,
        Self::OrphanLocation,
        Self::MissingGeometry,
        Self::InvalidGeometry,
        Self::OutsideTerritory,
        Self::UnknownMunicipality,
        Self::AmbiguousName,
        Self::SupersededCode,
        Self::UnknownCode,
        Self::DamagedText,
        Self::OrphanRecord,
    ];

    /// What it takes from the quality of the data.
    #[must_use]
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::MissingValue | Self::MissingGeometry => Dimension::Completeness,
            Self::RowShape
            | Self::UnreadableValue
            | Self::NormalisedValue
            | Self::InvalidGeometry
            | Self::UnknownMunicipality
            | Self::UnknownCode
            | Self::DamagedText => Dimension::Validity,
            Self::OutsideTerritory => Dimension::Accuracy,
            Self::OrphanLocation | Self::OrphanRecord | Self::AmbiguousName | Self::SupersededCode => {
                Dimension::Consistency
            }
            Self::DuplicateKey => Dimension::Uniqueness,
        }
    }

    /// Who can mend it.
    #[must_use]
    pub const fn responsibility(self) -> Responsibility {
        match self {
            // The code list is the portal's own: a word it does not know may be right.
            Self::UnknownCode => Responsibility::Portal,
            _ => Responsibility::Source,
        }
    }

    /// The kind that a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

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
            Self::UnknownMunicipality => "unknown-municipality",
            Self::AmbiguousName => "ambiguous-name",
            Self::SupersededCode => "superseded-code",
            Self::UnknownCode => "unknown-code",
            Self::DamagedText => "damaged-text",
            Self::OrphanRecord => "orphan-record",
        }
    }
}
