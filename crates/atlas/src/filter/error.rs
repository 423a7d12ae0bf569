//! What can be wrong with a filter.

/// Why a filter is refused: a sentence for whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}{}", at.map(|at| format!(" (at character {at})")).unwrap_or_default())]
pub struct FilterError {
    /// What is wrong, and what would be right; without a full stop.
    pub what: String,
    /// The character of the text at which it is, from 1; `None` for JSON.
    pub at: Option<usize>,
}

impl FilterError {
    /// What is wrong, and where.
    pub(super) fn new(what: impl Into<String>, at: Option<usize>) -> Self {
        Self { what: what.into(), at }
    }
}
