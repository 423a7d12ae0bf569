//! `/collections/{id}/queryables` and `/collections/{id}/schema` for people: the names, what they mean, the codes that are known.

use askama::Template;

use super::Layout;

/// A property.
#[derive(Clone, Debug)]
pub struct FieldRow {
    /// Its name in the data: `funding_pnrr_cents`.
    pub id: String,
    /// Its label in the page's language.
    pub label: String,
    /// Its type in words.
    pub kind: String,
    /// What it means, where the label does not say it all.
    pub description: Option<String>,
    /// The values that are known, with their meanings.
    pub codes: Vec<(String, String)>,
}

/// The properties of a collection.
#[derive(Debug, Template)]
#[template(path = "fields.html")]
pub struct FieldsPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The collection's id.
    pub collection: String,
    /// Its title in the page's language.
    pub collection_title: String,
    /// What the page is: `Campi interrogabili`.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub lead: String,
    /// The properties.
    pub fields: Vec<FieldRow>,
    /// The same as JSON Schema.
    pub json_url: String,
}
