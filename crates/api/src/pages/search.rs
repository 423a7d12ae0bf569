//! `/search`: what was found, as a list.

use askama::Template;

use super::{Layout, format};

/// A record that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its collection's id.
    pub collection: String,
    /// Its public number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What tells it from others of its name: kind, places, amount, code.
    pub about: String,
    /// Its collection's title in the page's language.
    pub kind: String,
    /// Its page.
    pub url: String,
}

/// A collection in which something was found.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// Its id; empty: all collections.
    pub id: String,
    /// Its title in the page's language.
    pub title: String,
    /// How many records were found in it.
    pub count: u64,
    /// These alone.
    pub url: String,
    /// Whether these alone are shown.
    pub current: bool,
}

/// The page of a search.
#[derive(Debug, Template)]
#[template(path = "search.html")]
pub struct SearchPage {
    /// What stands round the page.
    pub layout: Layout,
    /// What was looked for; empty: nothing yet.
    pub asked: String,
    /// Whether these are only spelt alike.
    pub is_alike: bool,
    /// The collections, all together first.
    pub narrowings: Vec<Narrowing>,
    /// The records of this page.
    pub hits: Vec<Hit>,
    /// The number of the first of them, from 1.
    pub first: u64,
    /// How many there are.
    pub matched: u64,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
}

impl SearchPage {
    fn title(&self) -> String {
        if self.asked.is_empty() {
            return self.layout.word("search.title").to_owned();
        }
        self.layout.language.phrase("search.title_of", &[("asked", &self.asked)])
    }

    fn sentence(&self) -> String {
        let found = self.layout.language.counted("search.found", self.matched);
        if self.is_alike && self.matched > 0 {
            return format!("{} {found}", self.layout.word("search.alike"));
        }
        found
    }

    fn number(&self, value: u64) -> String {
        format::integer(value, self.layout.language)
    }

    fn start(&self) -> u64 {
        self.first
    }
}
