//! Tables for spreadsheets. Italian Excel takes a file with a byte order mark as UTF-8, and semicolons as what stands between
//! cells: a comma is its decimal mark. Everything else follows RFC 4180.

use axum::http::header::{CONTENT_DISPOSITION, HeaderValue};
use axum::response::Response;

use crate::ask::{Ask, Content};
use crate::problem::Problem;

/// The media type of the tables.
const MEDIA_TYPE: &str = "text/csv; charset=utf-8";
/// What a cell must not begin with: a spreadsheet would take it for a formula and run it.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '＠'];

/// A table under way.
#[derive(Debug)]
pub struct Table(String);

impl Table {
    /// A table with these headings.
    pub fn new<T: AsRef<str>>(headings: impl IntoIterator<Item = T>) -> Self {
        let mut table = Self("\u{feff}".to_owned());
        table.row(headings);
        table
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.0.push(';');
            }
            self.cell(cell.as_ref());
        }
        self.0.push_str("\r\n");
    }

    /// The table as text.
    pub fn into_text(self) -> String {
        self.0
    }

    /// The table as a download with this name, the extension left out.
    pub async fn answer(self, ask: &Ask, name: &str) -> Result<Response, Problem> {
        let mut response = ask.answer_made(Content::new(MEDIA_TYPE, self.0.into_bytes())).await?;
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\"")) {
            response.headers_mut().insert(CONTENT_DISPOSITION, value);
        }
        Ok(response)
    }

    fn cell(&mut self, text: &str) {
        let guard = if text.starts_with(FORMULA) { "'" } else { "" };
        if text.contains([';', ',', '"', '\r', '\n', '\t']) || text.trim() != text {
            self.0.push('"');
            self.0.push_str(guard);
            self.0.push_str(&text.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(guard);
            self.0.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be_and_never_begins_a_formula() {
        for (cell, expect) in [
            ("Rho", "Rho"),
            ("a;b", "\"a;b\""),
            ("1,5", "\"1,5\""),
            ("detto \"il\"", "\"detto \"\"il\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+39", "'+39"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("", ""),
        ] {
            let text = Table::new([cell]).into_text();
            assert_eq!(text, format!("\u{feff}{expect}\r\n"), "{cell:?}");
        }
    }
}
