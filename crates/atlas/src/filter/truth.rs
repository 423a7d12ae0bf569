//! Whether something holds: yes, no, or nobody knows, because a value is missing.

use std::cmp::Ordering;

/// Whether a condition holds. In this order, *and* is the least and *or* the greatest (Kleene's logic, as SQL has it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not.
    No,
    /// A value is missing.
    Unknown,
    /// It does.
    Yes,
}

impl Truth {
    /// The opposite; what is not known stays so.
    pub const fn negated(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }

    /// Whether an ordering fits; unknown if there is none.
    pub fn of(ordering: Option<Ordering>, fits: impl Fn(Ordering) -> bool) -> Self {
        ordering.map_or(Self::Unknown, |ordering| fits(ordering).into())
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::Yes } else { Self::No }
    }
}
