//! `/collections/{id}/items`: a page of records as a table.

use askama::Template;

use super::layout::{Link, PastNote};
use super::{Layout, format};

/// A column of the table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its heading in the page's language.
    pub label: String,
    /// Whether its values are numbers or amounts, which are set to the right.
    pub numeric: bool,
}

/// A record in the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Address of the record's page.
    pub url: String,
    /// The title: the row's heading, and the link's text.
    pub title: String,
    /// One value for each column, written for people. `None`: the source does not state it.
    pub cells: Vec<Option<String>>,
}

/// A filter that the address asks for.
#[derive(Clone, Debug)]
pub struct ActiveFilter {
    /// The field's label.
    pub label: String,
    /// The value asked for, in words.
    pub value: String,
    /// The same address without it.
    pub remove_url: String,
}

/// A page of a collection's records.
#[derive(Debug, Template)]
#[template(path = "items.html")]
pub struct ItemsPage {
    /// What stands round the page.
    pub layout: Layout,
    /// What it is of, where that is not the present.
    pub past: Option<PastNote>,
    /// The collection's id.
    pub collection: String,
    /// Its title in the page's language.
    pub title: String,
    /// The heading of the first column, the record's title.
    pub title_label: String,
    /// The other columns.
    pub columns: Vec<Column>,
    /// The records of this page.
    pub rows: Vec<Row>,
    /// The number of this page's first record among all that match, from 1.
    pub first: u64,
    /// How many match in all. `None` when it is not known.
    pub matched: Option<u64>,
    /// The filters that are on.
    pub filters: Vec<ActiveFilter>,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// All records that match, as files.
    pub downloads: Vec<Link>,
}

impl ItemsPage {
    fn caption(&self) -> String {
        let language = self.layout.language;
        let last = self.first + (self.rows.len() as u64).saturating_sub(1);
        let first = format::integer(self.first, language);
        let last = format::integer(last, language);
        match self.matched {
            Some(total) => {
                let total = format::integer(total, language);
                language.phrase("items.caption_all", &[("first", &first), ("last", &last), ("total", &total)])
            }
            None => language.phrase("items.caption_open", &[("first", &first), ("last", &last)]),
        }
    }

    /// The cells of a row beside whether their column is numeric.
    fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (bool, Option<&'a str>)> {
        self.columns.iter().zip(&row.cells).map(|(column, cell)| (column.numeric, cell.as_deref()))
    }
}
