//! Tables of text, in the dialect of Italian Excel, which opens them by a double click: a byte order mark (or else accents break),
//! semicolons between cells, because the comma is the decimal mark. Everything else follows RFC 4180.
//!
//! Headings are the fields' names, so amounts are whole cents; days are `2023-02-21`; a list is joined by `; `; a missing value is
//! an empty cell. The geometry is the last column, as well-known text under the name by which GDAL and QGIS find it.

use crate::column::joined;
use crate::encoder::Encoder;
use crate::error::ExportError;
use crate::selection::Selection;
use crate::wkt;
use domain::Value;
use domain::money::Cents;
use std::io::Write;

/// What a text must not begin with: a spreadsheet would take it for a formula and run it.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '＠'];
/// The heading of the geometry.
const GEOMETRY: &str = "WKT";

/// Whether a spreadsheet would take a text for a formula.
pub fn begins_formula(text: &str) -> bool {
    text.starts_with(FORMULA)
}

/// Writes a cell of text. One that would begin a formula gets an apostrophe in front, the sign of spreadsheets for text.
pub fn cell(out: &mut Vec<u8>, text: &str) {
    let guard = if begins_formula(text) { "'" } else { "" };
    if text.contains([';', ',', '"', '\r', '\n', '\t']) || text.trim() != text {
        out.push(b'"');
        out.extend_from_slice(guard.as_bytes());
        out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(guard.as_bytes());
        out.extend_from_slice(text.as_bytes());
    }
}

/// The encoder of tables.
pub struct Csv;

impl Encoder for Csv {
    fn head(&mut self, selection: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.extend_from_slice("\u{feff}".as_bytes());
        let names = selection.columns().map(|column| column.name(selection.layer()));
        for (place, name) in names.chain(selection.has_geometry().then_some(GEOMETRY)).enumerate() {
            out.extend_from_slice(if place > 0 { b";" } else { b"" });
            cell(out, name);
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn record(
        &mut self,
        selection: &Selection,
        _: usize,
        place: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        for (rank, column) in selection.columns().enumerate() {
            out.extend_from_slice(if rank > 0 { b";" } else { b"" });
            value(out, &column.value(selection.layer(), place));
        }
        if selection.has_geometry() {
            out.push(b';');
            cell(out, &wkt::of(&selection.shown(place)));
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn foot(&mut self, _: &Selection, _: &mut Vec<u8>) -> Result<(), ExportError> {
        Ok(())
    }
}

/// Numbers stay numbers, negative ones too: they are no texts, so nothing of theirs can be a formula.
fn value(out: &mut Vec<u8>, value: &Value) {
    // Writing to a vector cannot fail.
    let _ = match value {
        Value::Missing => Ok(()),
        Value::Text(text) => {
            cell(out, text);
            Ok(())
        }
        Value::List(texts) => {
            cell(out, &joined(texts));
            Ok(())
        }
        Value::Integer(number) | Value::Cents(Cents(number)) => write!(out, "{number}"),
        Value::Decimal(number) => write!(out, "{}", number.to_string().replace('.', ",")),
        Value::Date(day) => write!(out, "{day}"),
        Value::Boolean(truth) => write!(out, "{truth}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_has_to_be_and_never_begins_a_formula() {
        for (text, expect) in [
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
            let mut out = Vec::new();
            cell(&mut out, text);
            assert_eq!(String::from_utf8(out).unwrap(), expect, "{text:?}");
        }
    }

    #[test]
    fn values_are_written_as_italian_excel_reads_them() {
        for (stated, expect) in [
            (Value::Missing, ""),
            (Value::Integer(-5), "-5"),
            (Value::Cents(Cents(11_400_000_001)), "11400000001"),
            (Value::Decimal(12.5), "12,5"),
            (Value::Boolean(true), "true"),
            (Value::Date(time::macros::date!(2023 - 02 - 21)), "2023-02-21"),
            (Value::List(vec!["a".to_owned(), "=b".to_owned()]), "\"a; =b\""),
            (Value::List(vec!["=b".to_owned()]), "'=b"),
        ] {
            let mut out = Vec::new();
            value(&mut out, &stated);
            assert_eq!(String::from_utf8(out).unwrap(), expect, "{stated:?}");
        }
    }
}
