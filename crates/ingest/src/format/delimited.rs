//! Text with a header line: CSV and its kin.

use super::{Row, check_is_data};
use crate::{IngestError, encoding};
use csv::{ReaderBuilder, StringRecord};
use std::fs;
use std::path::{Path, PathBuf};

/// An opened text file.
pub struct Sheet {
    /// Where it is.
    pub path: PathBuf,
    /// The encoding it was in.
    pub encoding: &'static str,
    /// The header, as written.
    pub columns: Vec<String>,
    text: String,
    delimiter: u8,
}

/// Opens a text file and reads its header.
///
/// # Errors
/// [`IngestError`] if it cannot be read, is no text, or is in none of the `declared` encodings.
pub fn open(path: &Path, delimiter: u8, declared: &[String]) -> Result<Sheet, IngestError> {
    let start = check_is_data(path)?;
    if let Some(found) = known_binary(&start) {
        return Err(IngestError::NotText { path: path.to_owned(), found });
    }
    let bytes = fs::read(path)
        .map_err(|error| IngestError::Unreadable { path: path.to_owned(), reason: error.to_string() })?;
    let (text, encoding) = encoding::decode(&bytes, declared)
        .ok_or_else(|| IngestError::Encoding { path: path.to_owned(), tried: declared.join(", ") })?;
    let mut header = StringRecord::new();
    // The reader takes any text; a header that makes no sense is refused when columns are looked for.
    let _ = reader(&text, delimiter).read_record(&mut header);
    let columns = header.iter().map(str::to_owned).collect();
    Ok(Sheet { path: path.to_owned(), encoding, columns, text, delimiter })
}

impl Sheet {
    /// Visits the rows below the header.
    ///
    /// A stray quotation mark would swallow the lines after it; so a row that runs over several lines without being
    /// quoted by the rules is at fault with its first line alone, and reading goes on at the next.
    pub fn visit(&self, visit: &mut dyn FnMut(Row<'_>)) {
        let (mut offset, mut lines, mut is_header, mut entry) = (0, Lines::default(), true, 0);
        'restart: loop {
            let text = &self.text[offset..];
            let mut reader = reader(text, self.delimiter);
            let mut record = StringRecord::new();
            while reader.read_record(&mut record).unwrap_or(false) {
                if std::mem::take(&mut is_header) {
                    continue;
                }
                entry += 1;
                let place = |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(text.len());
                let (start, end) = (record.position().map_or(0, place), place(reader.position()));
                let raw = text[start..end].trim_start_matches(['\r', '\n']);
                let start = end - raw.len();
                let line = lines.at(&self.text, offset + start);
                let first_line = raw.find('\n').map_or(raw.len(), |end| end + 1);
                let spans_lines = first_line < raw.len();
                let is_whole =
                    record.len() == self.columns.len() && !(spans_lines && self.swallows_lines(raw));
                if is_whole && !raw.contains('\0') {
                    let cells: Vec<&str> = record.iter().collect();
                    visit(Row { line, entry, cells: Ok(&cells), shape: None });
                    continue;
                }
                visit(Row { line, entry, cells: Err(self.fault(&record, spans_lines)), shape: None });
                if spans_lines {
                    offset += start + first_line;
                    continue 'restart;
                }
            }
            return;
        }
    }

    /// Whether a row over several lines owes them to a stray quotation mark: its quoting breaks the rules, or one of its
    /// inner lines would be a whole row by itself (in tables wide enough for that to be no coincidence).
    fn swallows_lines(&self, raw: &str) -> bool {
        let is_row = |line: &str| {
            line.bytes().filter(|byte| *byte == self.delimiter).count() + 1 == self.columns.len()
        };
        let mut inner = raw.trim_end().lines().skip(1);
        !is_well_quoted(raw, self.delimiter) || (self.columns.len() > 3 && inner.any(is_row))
    }

    fn fault(&self, record: &StringRecord, spans_lines: bool) -> String {
        if record.as_slice().contains('\0') {
            return "the row has NUL characters: the file is damaged here".to_owned();
        }
        if spans_lines {
            return "a quotation mark is opened and not closed as it should be".to_owned();
        }
        format!("the row has {} cells where the header has {}", record.len(), self.columns.len())
    }
}

/// Counts lines, once over the whole text.
#[derive(Default)]
struct Lines {
    counted_to: usize,
    line_ends: u64,
}

impl Lines {
    /// The line, from 1, of the character at `place`, which never lies before an earlier one.
    fn at(&mut self, text: &str, place: usize) -> u64 {
        let passed = text.as_bytes().get(self.counted_to..place).unwrap_or_default();
        self.line_ends += passed.iter().filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>();
        self.counted_to = place;
        self.line_ends + 1
    }
}

/// Whether quotation marks open at the start of a cell, close at its end and are doubled in between (RFC 4180, 2.5–2.7).
fn is_well_quoted(row: &str, delimiter: u8) -> bool {
    let mut bytes = row.trim_end_matches(['\r', '\n']).bytes().peekable();
    let (mut at_start, mut quoted) = (true, false);
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if quoted && bytes.next_if_eq(&b'"').is_some() => {}
            b'"' if quoted => {
                quoted = false;
                if bytes.peek().is_some_and(|next| *next != delimiter) {
                    return false;
                }
            }
            b'"' if at_start => quoted = true,
            _ => {}
        }
        at_start = !quoted && byte == delimiter;
    }
    !quoted
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// What a file that begins like this is, if it is certainly no text.
fn known_binary(start: &[u8]) -> Option<&'static str> {
    let signs: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "an archive or a spreadsheet (ZIP, XLSX, ODS)"),
        (b"\xD0\xCF\x11\xE0", "an old spreadsheet (XLS)"),
        (b"\x1F\x8B", "a compressed file (GZIP)"),
        (b"%PDF", "a PDF document"),
        (b"SQLite format 3", "a database (GeoPackage, SQLite)"),
    ];
    signs.into_iter().find(|(sign, _)| start.starts_with(sign)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a file with this text: line and cells, or line and the word `fault`.
    fn rows(text: &str) -> Vec<(u64, String)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, text).unwrap();
        let mut rows = Vec::new();
        open(&path, b';', &["utf-8".to_owned()]).unwrap().visit(&mut |row| {
            rows.push((row.line, row.cells.map_or("fault".to_owned(), |cells| cells.join("|"))));
        });
        rows
    }

    fn check(text: &str, expect: &[(u64, &str)]) {
        let expect: Vec<_> = expect.iter().map(|(line, cells)| (*line, (*cells).to_owned())).collect();
        assert_eq!(rows(text), expect, "{text:?}");
    }

    #[test]
    fn rows_know_their_lines() {
        check("a;b\n1;2\n3;4\n", &[(2, "1|2"), (3, "3|4")]);
        check("a;b\r\n1;2\r\n3;4", &[(2, "1|2"), (3, "3|4")]);
        check("a;b\n1;\"x\ny\"\n3;4\n", &[(2, "1|x\ny"), (4, "3|4")]);
    }

    #[test]
    fn a_row_of_the_wrong_width_is_a_fault_of_that_row_alone() {
        check("a;b\n1;2;3\n3;4\n", &[(2, "fault"), (3, "3|4")]);
        check("a;b\n1\n3;4\n", &[(2, "fault"), (3, "3|4")]);
        check("a;b\n1;\0\n3;4\n", &[(2, "fault"), (3, "3|4")]);
    }

    #[test]
    fn a_stray_quotation_mark_does_not_swallow_the_rows_after_it() {
        check("a;b\n\";1;2\n3;4\n5;6\n", &[(2, "fault"), (3, "3|4"), (4, "5|6")]);
        check(
            "a;b;c;d\n\";x;y;z\n3;4;5;6\n\";u;v;w\n5;6;7;8\n",
            &[(2, "fault"), (3, "3|4|5|6"), (4, "fault"), (5, "5|6|7|8")],
        );
        check("a;b;c;d\n1;\"x\ny\"z;3;4\n5;6;7;8\n", &[(2, "fault"), (3, "fault"), (4, "5|6|7|8")]);
    }

    #[test]
    fn what_is_no_text_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let check = |name: &str, bytes: &[u8], expect: &str| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            let error = open(&path, b';', &["utf-8".to_owned()]).err().map(|error| error.to_string());
            assert!(error.as_deref().is_some_and(|error| error.contains(expect)), "{error:?}");
        };
        check("empty.csv", b"", "is empty");
        check("page.csv", b"\n<!DOCTYPE html><html>404</html>", "is a web page");
        check("book.csv", b"PK\x03\x04....", "spreadsheet");
        check("latin.csv", b"Cant\xF9;1\n", "none of the encodings");
    }
}
