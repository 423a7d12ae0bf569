//! `/collections` and `/collections/{id}`: what is published, and how to reach it.

use askama::Template;

use super::layout::{Link, SourceNote};
use super::{Layout, format};

/// How complete and how fresh a collection is.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// In how many municipalities it has records. `None`: that means nothing for it.
    pub coverage: Option<Coverage>,
    /// The day of its data, and how long ago that was. `None`: no source says.
    pub freshness: Option<String>,
    /// The licences, by their short names.
    pub licences: Vec<String>,
    /// What was wrong with the rows of each of the releases.
    pub issues: Vec<Issues>,
}

/// In how many municipalities a collection has records.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// In words: `120 comuni su 133`.
    pub text: String,
    /// Those in which it has none.
    pub missing: Vec<Link>,
}

/// What was wrong with the rows of a release.
#[derive(Clone, Debug)]
pub struct Issues {
    /// How much, in words.
    pub text: String,
    /// The release.
    pub release: String,
    /// The list.
    pub url: String,
}

/// A collection in the list.
#[derive(Clone, Debug)]
pub struct CollectionCard {
    /// The collection's id: `pnrr-projects`.
    pub id: String,
    /// Its title in the page's language.
    pub title: String,
    /// What it contains, in a sentence.
    pub description: String,
    /// How many records are published. `None`: no release is published.
    pub count: Option<u64>,
    /// How complete and how fresh it is.
    pub state: State,
}

/// The list of the collections.
#[derive(Debug, Template)]
#[template(path = "collections.html")]
pub struct CollectionsPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The collections in the order of the list.
    pub collections: Vec<CollectionCard>,
}

impl CollectionsPage {
    fn count(&self, collection: &CollectionCard) -> String {
        match collection.count {
            Some(count) => self.layout.language.counted("collections.record", count),
            None => self.layout.word("collection.not_published").to_owned(),
        }
    }
}

/// A field of a collection.
#[derive(Clone, Debug)]
pub struct FieldNote {
    /// Its name in the data: `funding_pnrr_cents`.
    pub id: String,
    /// Its label in the page's language.
    pub label: String,
    /// Its type and unit in words.
    pub kind: String,
    /// What it means, where the label does not say it all.
    pub description: Option<String>,
}

/// An address to copy into another program.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// What it is for: `OGC API – Features`, `Tiles (XYZ)`.
    pub label: String,
    /// The whole address, with the scheme and host.
    pub url: String,
}

/// One collection.
#[derive(Debug, Template)]
#[template(path = "collection.html")]
pub struct CollectionPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The collection's id.
    pub id: String,
    /// Its title in the page's language.
    pub title: String,
    /// What it contains.
    pub description: String,
    /// How many records are published. `None`: no release is published.
    pub count: Option<u64>,
    /// How complete and how fresh it is.
    pub state: State,
    /// The collection as linked data, safe to stand in a `script` element.
    pub linked_data: String,
    /// The releases that its records come from.
    pub sources: Vec<SourceNote>,
    /// The addresses to copy.
    pub endpoints: Vec<Endpoint>,
    /// The files to download. May be empty.
    pub downloads: Vec<Link>,
    /// Its fields, in the order of its definition.
    pub fields: Vec<FieldNote>,
}

impl CollectionPage {
    fn count(&self) -> Option<String> {
        self.count.map(|count| format::integer(count, self.layout.language))
    }
}
