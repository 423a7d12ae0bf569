//! Tables for spreadsheets, in the dialect of the downloads.

use axum::http::header::{CONTENT_DISPOSITION, HeaderValue};
use axum::response::Response;

use crate::ask::Ask;
use crate::content::Content;
use crate::problem::Problem;

/// The media type of the tables.
const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// A table under way.
#[derive(Debug)]
pub struct Table(Vec<u8>);

impl Table {
    /// A table with these headings.
    pub fn new<T: AsRef<str>>(headings: impl IntoIterator<Item = T>) -> Self {
        let mut table = Self("\u{feff}".as_bytes().to_vec());
        table.row(headings);
        table
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.0.push(b';');
            }
            export::cell(&mut self.0, cell.as_ref());
        }
        self.0.extend_from_slice(b"\r\n");
    }

    /// The table in UTF-8.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The table as an answer.
    pub fn content(self) -> Content {
        Content::new(MEDIA_TYPE, self.0)
    }

    /// The table as a download with this name, the extension left out.
    pub async fn answer(self, ask: &Ask, name: &str) -> Result<Response, Problem> {
        let mut response = ask.answer_made(self.content()).await?;
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\"")) {
            response.headers_mut().insert(CONTENT_DISPOSITION, value);
        }
        Ok(response)
    }
}
