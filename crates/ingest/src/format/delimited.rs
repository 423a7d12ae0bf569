//! Text with a header line: CSV and its kin.

use super::Row;
use super::input::Input;
use crate::IngestError;
use crate::encoding::{self, Encoding};
use csv::{ReaderBuilder, StringRecord};
use std::fs;

/// The characters that a file may have between its cells, where nothing is declared.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A text, decoded.
pub struct Text {
    input: Input,
    encoding: Encoding,
    decoded: String,
}

/// A text read as a table.
pub struct Sheet {
    /// The header, as written.
    pub columns: Vec<String>,
    /// The encoding it was in.
    pub encoding: Encoding,
    input: Input,
    text: String,
    delimiter: u8,
}

/// Reads and decodes a text file.
///
/// # Errors
/// [`IngestError`] if it cannot be read, or is in none of the `declared` encodings.
pub fn open(input: Input, declared: &[String]) -> Result<Text, IngestError> {
    let path = || input.path.clone();
    let bytes = fs::read(input.at())
        .map_err(|error| IngestError::Unreadable { path: path(), reason: error.to_string() })?;
    let tried = if declared.is_empty() { "found by its letters".to_owned() } else { declared.join(", ") };
    let (decoded, encoding) =
        encoding::decode(bytes, declared).ok_or_else(|| IngestError::Encoding { path: path(), tried })?;
    Ok(Text { input, encoding, decoded })
}

impl Text {
    /// The file.
    #[must_use]
    pub const fn input(&self) -> &Input {
        &self.input
    }

    /// The delimiter that the header shows: that of which it has the most outside quotation marks.
    #[must_use]
    pub fn likely_delimiter(&self) -> u8 {
        let header = self.decoded.trim_start().lines().next().unwrap_or_default();
        let mut counts = [0_usize; DELIMITERS.len()];
        let mut quoted = false;
        for byte in header.bytes() {
            quoted ^= byte == b'"';
            for (count, delimiter) in counts.iter_mut().zip(DELIMITERS) {
                *count += usize::from(!quoted && byte == delimiter);
            }
        }
        let most = counts.iter().copied().max().unwrap_or_default();
        let first = counts.into_iter().zip(DELIMITERS).find(|(count, _)| *count == most);
        first.map_or(b';', |(_, delimiter)| delimiter)
    }

    /// The header, read with this delimiter.
    #[must_use]
    pub fn columns(&self, delimiter: u8) -> Vec<String> {
        let mut header = StringRecord::new();
        // The reader takes any text; a header that makes no sense is refused when columns are looked for.
        let _ = reader(&self.decoded, delimiter).read_record(&mut header);
        header.iter().map(str::to_owned).collect()
    }

    /// The text as a table.
    #[must_use]
    pub fn into_sheet(self, delimiter: u8) -> Sheet {
        let columns = self.columns(delimiter);
        Sheet { columns, encoding: self.encoding, input: self.input, text: self.decoded, delimiter }
    }
}

impl Sheet {
    /// The file.
    #[must_use]
    pub const fn input(&self) -> &Input {
        &self.input
    }
}

impl Sheet {
    /// Visits the rows below the header.
    ///
    /// A stray quotation mark would swallow the lines after it; so a row that runs over several lines without being
    /// quoted by the rules is at fault with its first line alone, and reading goes on at the next.
    pub fn visit(&self, visit: &mut dyn FnMut(Row<'_>)) {
        let (mut rest, mut line, mut entry, mut is_header) = (self.text.as_str(), 1, 0, true);
        let mut record = StringRecord::new();
        while !rest.is_empty() {
            let (raw, plain) = self.next_row(rest, &mut record);
            let is_blank = if plain.is_some() { raw.trim_end().is_empty() } else { record.is_empty() };
            let spans_lines = plain.is_none() && raw.trim_end_matches(['\r', '\n']).contains('\n');
            let mut length = raw.len();
            if !is_blank && !std::mem::take(&mut is_header) {
                entry += 1;
                let cells: Vec<&str> = match plain {
                    Some(plain) => plain.split(char::from(self.delimiter)).collect(),
                    None => record.iter().collect(),
                };
                let is_whole =
                    cells.len() == self.columns.len() && !(spans_lines && self.swallows_lines(raw));
                if is_whole && !raw.contains('\0') {
                    visit(Row { line, entry, cells: Ok(&cells), shape: None });
                } else {
                    visit(Row { line, entry, cells: Err(self.fault(&cells, spans_lines)), shape: None });
                    if spans_lines {
                        length = raw.find('\n').map_or(length, |end| end + 1);
                    }
                }
            }
            line += rest[..length].bytes().map(|byte| u64::from(byte == b'\n')).sum::<u64>();
            rest = &rest[length..];
        }
    }

    /// The text of the next row with its line end. A row without a quotation mark is its line, which comes without the line
    /// end too; any other is read into `record`.
    fn next_row<'t>(&self, rest: &'t str, record: &mut StringRecord) -> (&'t str, Option<&'t str>) {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let (raw, line) = (&rest[..end], rest[..end].trim_end_matches('\n').trim_end_matches('\r'));
        if memchr::memchr2(b'"', b'\r', line.as_bytes()).is_none() {
            return (raw, Some(line));
        }
        let mut reader = reader(rest, self.delimiter);
        // The reader takes any text.
        let _ = reader.read_record(record);
        let end = usize::try_from(reader.position().byte()).unwrap_or(rest.len()).clamp(1, rest.len());
        (&rest[..end], None)
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

    fn fault(&self, cells: &[&str], spans_lines: bool) -> String {
        if cells.iter().any(|cell| cell.contains('\0')) {
            return "the row has NUL characters: the file is damaged here".to_owned();
        }
        if spans_lines {
            return "a quotation mark is opened and not closed as it should be".to_owned();
        }
        format!("the row has {} cells where the header has {}", cells.len(), self.columns.len())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a file with this text: line and cells, or line and the word `fault`.
    fn rows(text: &str) -> Vec<(u64, String)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, text).unwrap();
        let mut rows = Vec::new();
        let text = open(Input::plain(&path), &["utf-8".to_owned()]).unwrap();
        text.into_sheet(b';').visit(&mut |row| {
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
    fn the_header_shows_the_delimiter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let check = |header: &str, expect: u8| {
            fs::write(&path, header).unwrap();
            assert_eq!(open(Input::plain(&path), &[]).unwrap().likely_delimiter(), expect, "{header}");
        };
        check("a;b;c\n1,2,3,4;5;6\n", b';');
        check("a,b,c\n", b',');
        check("a\tb, with more\tc\n", b'\t');
        check("a|b\n", b'|');
        check("\"one, two, three\";b\n", b';');
        check("alone\n", b';');
    }

    #[test]
    fn a_text_in_none_of_the_declared_encodings_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, b"Cant\xF9;1\n").unwrap();
        let error = open(Input::plain(&path), &["utf-8".to_owned()]).err().map(|error| error.to_string());
        assert!(error.as_deref().is_some_and(|error| error.contains("none of the encodings")), "{error:?}");
    }
}
