//! What a browser is shown when a request fails: what happened, where, what to do.

use askama::Template;
use std::fmt::{self, Display};

use super::{Language, Layout};

/// What is wrong, in one language: the sentence, and what is English beside it or instead of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// In the language that was asked for.
    pub sentence: Option<String>,
    /// In English.
    pub english: Option<String>,
}

/// A problem in words, the HTML twin of `application/problem+json`.
#[derive(Debug, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The HTTP status.
    pub status: u16,
    /// What happened. Nothing for faults of the server, of which the client is told no more.
    pub detail: Told,
    /// Path and query that were asked for.
    pub instance: String,
}

/// The statuses that have words of their own; any other has the words `other`.
pub(super) const KNOWN: [u16; 9] = [400, 404, 405, 406, 413, 422, 429, 500, 503];

impl ProblemPage {
    fn title(&self) -> String {
        self.words("title")
    }

    fn advice(&self) -> String {
        self.words("advice")
    }

    fn code(&self) -> String {
        self.layout.language.phrase("problem.code", &[("status", &self.status.to_string())])
    }

    fn words(&self, what: &str) -> String {
        word(self.layout.language, what, self.status)
    }
}

/// The `title` of a status, or the `advice` for it.
#[must_use]
pub fn word(language: Language, what: &str, status: u16) -> String {
    let status = if KNOWN.contains(&status) { status.to_string() } else { "other".to_owned() };
    language.word(&format!("problem.{what}_{status}")).to_owned()
}

impl Display for Told {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<&str> =
            [&self.sentence, &self.english].into_iter().flatten().map(String::as_str).collect();
        to.write_str(&parts.join(" "))
    }
}
