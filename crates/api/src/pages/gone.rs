//! The page of a record that stands no more.

use askama::Template;

use super::Layout;
use super::history::History;

/// What is left of a record: what it said last, and its history.
#[derive(Debug, Template)]
#[template(path = "gone.html")]
pub struct GonePage {
    /// What stands round the page.
    pub layout: Layout,
    /// The collection's id.
    pub collection: String,
    /// The collection's title in the page's language.
    pub collection_title: String,
    /// What the record was called.
    pub title: String,
    /// When it went, and by which release, in words.
    pub left: String,
    /// What it said last: labels and values.
    pub last: Vec<(String, String)>,
    /// Its history.
    pub history: History,
    /// The same as data.
    pub json_url: String,
}
