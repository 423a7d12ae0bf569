//! `/sources` and `/sources/{id}`: where data comes from.

use askama::Template;

use super::Layout;
use super::layout::Link;
use super::releases::Release;

/// A source.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in addresses.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is invented data.
    pub demo: bool,
    /// Who publishes it.
    pub publisher: String,
    /// Its licence.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// The page that offers it.
    pub homepage: Option<String>,
    /// The collections it feeds.
    pub collections: Vec<Fed>,
    /// Its last release, whatever became of it.
    pub last: Option<Release>,
    /// The release that waits for a person's word.
    pub waiting: Option<i64>,
}

/// A collection that a source feeds.
#[derive(Clone, Debug)]
pub struct Fed {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// The release that stands.
    pub standing: Option<i64>,
}

/// All sources.
#[derive(Debug, Template)]
#[template(path = "sources.html")]
pub struct SourcesPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The sources, those of which something stands first.
    pub sources: Vec<Source>,
}

/// One source.
#[derive(Debug, Template)]
#[template(path = "source.html")]
pub struct SourcePage {
    /// What stands round the page.
    pub layout: Layout,
    /// The source.
    pub source: Source,
    /// Its latest releases.
    pub releases: Vec<Release>,
    /// The same in other formats.
    pub formats: Vec<Link>,
}
