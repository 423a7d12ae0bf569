//! Strategies: views of the territory with a legal standing, as `data/strategies/<id>.toml` defines them.

use crate::name::name;
use crate::question::Question;
use crate::selection::Selection;
use crate::text::Bilingual;
use time::Date;

name! {
    /// The name of a strategy, the same in files and addresses: `sttm-1`.
    StrategyId
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
