//! Strategies: views of the territory with a legal standing, as `data/strategies/<id>.toml` defines them.

use crate::collection::is_slug;
use crate::question::Question;
use crate::selection::Selection;
use crate::text::Bilingual;
use std::fmt;
use time::Date;

/// The name of a strategy, the same in files and addresses: `sttm-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StrategyId(String);

impl StrategyId {
    /// Reads a name: lower-case letters, digits and hyphens, beginning with a letter. `None` if it is not so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_slug(text).then(|| Self(text.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StrategyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The definition of a strategy.
#[derive(Clone, Debug, PartialEq)]
pub struct Strategy {
    /// Its name.
    pub id: StrategyId,
    /// What people call it in short: `STTM 1`.
    pub code: String,
    /// Its title.
    pub title: Bilingual,
    /// The acts by which it is in force.
    pub legal_reference: Bilingual,
    /// The first day on which it is in force.
    pub in_force_from: Date,
    /// The last one; `None` while it is.
    pub in_force_to: Option<Date>,
    /// What its map shows, in no order: the style has the order of drawing.
    pub shown: Vec<Selection>,
    /// What it asks, in the order in which it is told.
    pub questions: Vec<Question>,
}
