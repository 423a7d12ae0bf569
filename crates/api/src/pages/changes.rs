//! `/changes`: what the latest releases changed.

use askama::Template;

use super::Layout;
use super::layout::Link;
use super::map_config::Municipality;

/// What one event changed.
#[derive(Clone, Debug)]
pub struct Event {
    /// What happened, in a line.
    pub title: String,
    /// When, in words.
    pub when: String,
    /// All that the release changed.
    pub url: String,
    /// The first of the records: kind, the word for it, the record, what of it.
    pub records: Vec<(&'static str, String, Link, String)>,
    /// How many more there are, in words.
    pub more: Option<String>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "changes.html")]
pub struct ChangesPage {
    /// What stands round the page.
    pub layout: Layout,
    /// What is told: `Che cosa è cambiato a Rho`.
    pub title: String,
    /// The events, the latest first.
    pub events: Vec<Event>,
    /// The same as a feed.
    pub feed_url: String,
    /// The same as data.
    pub json_url: String,
    /// All changes, where they are narrowed.
    pub all_url: Option<String>,
    /// The sheet of the municipality that they are narrowed to.
    pub sheet_url: Option<String>,
    /// The municipalities to choose from.
    pub municipalities: Vec<Municipality>,
    /// Feeds of strategies and of collections: heading, and the pages.
    pub others: Vec<(String, Vec<Link>)>,
}
