//! What a browser is shown when a request fails: what happened, where, what to do.

use askama::Template;

use super::Layout;

/// A problem in words, the HTML twin of `application/problem+json`.
#[derive(Debug, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in an English sentence. `None` for faults of the server, of which the client is told nothing.
    pub detail: Option<String>,
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
        let key = if KNOWN.contains(&self.status) {
            format!("problem.{what}_{}", self.status)
        } else {
            format!("problem.{what}_other")
        };
        self.layout.word(&key).to_owned()
    }
}
