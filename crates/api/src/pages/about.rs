//! Pages about the portal itself: accessibility, privacy, credits, and how to open the data in QGIS.

use askama::Template;

use super::Layout;
use super::layout::SourceNote;

/// A page of headings and paragraphs.
#[derive(Debug, Template)]
#[template(path = "statement.html")]
pub struct StatementPage {
    /// What stands round the page.
    pub layout: Layout,
    /// Its heading.
    pub title: String,
    /// What it is about, in a sentence.
    pub lead: String,
    /// Headings, each with its paragraphs.
    pub parts: Vec<(String, Vec<String>)>,
    /// Where to write, as text and as an address; `None` if nobody has said.
    pub contact: Option<(String, String)>,
}

/// Whose data and whose work the portal rests on.
#[derive(Debug, Template)]
#[template(path = "credits.html")]
pub struct CreditsPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The published sources, each once.
    pub sources: Vec<SourceNote>,
}

/// How to open the data in QGIS.
#[derive(Debug, Template)]
#[template(path = "guide_qgis.html")]
pub struct GuidePage {
    /// What stands round the page.
    pub layout: Layout,
    /// The address of the API.
    pub address: String,
    /// The address of the vector tiles of a collection, and of the style.
    pub tiles: String,
    /// The address of the style of the map.
    pub style: String,
}
