//! The place between two pages: after which feature, of which state of the collection.

use axum::http::StatusCode;
use domain::FeatureId;
use std::fmt;

use crate::detail::said;
use crate::problem::Problem;

/// The parameter that carries it.
pub const PARAMETER: &str = "cursor";

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The tag of the collection that the page before was of.
    pub tag: String,
    /// The last feature of the page before.
    pub after: FeatureId,
}

impl Cursor {
    /// Reads a cursor.
    ///
    /// # Errors
    /// 400 for what is none.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let parts = text
            .rsplit_once('.')
            .and_then(|(tag, after)| Some(Self { tag: tag.to_owned(), after: FeatureId::parse(after)? }));
        let wrong = || said("cursor_unknown", &[("value", &text), ("name", &PARAMETER)]);
        parts.ok_or_else(|| Problem::bad_request(wrong()))
    }

    /// That a list has changed since, and what a page began after is no longer in it.
    pub fn gone() -> Problem {
        Problem::new(StatusCode::GONE, said("cursor_gone", &[("name", &PARAMETER)]))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.tag, self.after)
    }
}
