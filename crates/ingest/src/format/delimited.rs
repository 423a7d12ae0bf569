//! Text with a header line: CSV and its kin.

use super::Row;
use super::input::Input;
use super::text::Window;
use crate::IngestError;
use crate::encoding::{self, Encoding, Found};
use csv::{ReaderBuilder, StringRecord};
use std::io;
use std::ops::ControlFlow;

/// The characters that a file may have between its cells, where nothing is declared.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// A text of which the beginning has been looked at.
pub struct Text {
    input: Input,
    found: Found,
    /// Its first lines.
    head: String,
}

/// A text read as a table.
pub struct Sheet {
    /// The header, as written.
    pub columns: Vec<String>,
    input: Input,
    found: Found,
    delimiter: u8,
}

/// Finds out how a text file is encoded, and reads its beginning.
///
/// # Errors
/// [`IngestError`] if it cannot be read, or is in none of the `declared` encodings.
pub fn open(input: Input, declared: &[String]) -> Result<Text, IngestError> {
    let path = || input.path.clone();
    let unreadable = |error: io::Error| IngestError::Unreadable { path: path(), reason: error.to_string() };
    let tried = if declared.is_empty() { "found by its letters".to_owned() } else { declared.join(", ") };
    let found = encoding::detect(input.at(), declared).map_err(unreadable)?;
    let found = found.ok_or_else(|| IngestError::Encoding { path: path(), tried })?;
    let mut window = Window::open(input.at(), found.charset, found.mark).map_err(unreadable)?;
    while !window.is_last() && !window.rest().trim_start().contains('\n') {
        window.grow().map_err(unreadable)?;
    }
    let head = window.rest().to_owned();
    Ok(Text { input, found, head })
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
        let header = self.head.trim_start().lines().next().unwrap_or_default();
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
        let _ = reader(&self.head, delimiter).read_record(&mut header);
        header.iter().map(str::to_owned).collect()
    }

    /// The text as a table.
    #[must_use]
    pub fn into_sheet(self, delimiter: u8) -> Sheet {
        let columns = self.columns(delimiter);
        Sheet { columns, input: self.input, found: self.found, delimiter }
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
    /// The encoding it is in, and what told it.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.found.encoding
    }

    /// Visits the rows below the header, until `visit` wants no more.
    ///
    /// A stray quotation mark would swallow the lines after it; so a row that runs over several lines without being
    /// quoted by the rules is at fault with its first line alone, and reading goes on at the next.
    ///
    /// # Errors
    /// [`IngestError::Unreadable`] if the file can be read no more.
    pub fn visit(&self, visit: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Result<(), IngestError> {
        let unreadable = |error: io::Error| IngestError::Unreadable {
            path: self.input.path.clone(),
            reason: error.to_string(),
        };
        let Found { charset, mark, .. } = self.found;
        let mut window = Window::open(self.input.at(), charset, mark).map_err(unreadable)?;
        let (mut line, mut entry, mut is_header) = (1, 0, true);
        let mut record = StringRecord::new();
        loop {
            let rest = window.rest();
            let Some((raw, plain)) = self.next_row(rest, window.is_last(), &mut record) else {
                if window.is_last() {
                    return Ok(());
                }
                window.grow().map_err(unreadable)?;
                continue;
            };
            let is_blank = if plain.is_some() { raw.trim_end().is_empty() } else { record.is_empty() };
            let spans_lines = plain.is_none() && raw.trim_end_matches(['\r', '\n']).contains('\n');
            let (mut length, mut then) = (raw.len(), ControlFlow::Continue(()));
            if !is_blank && !std::mem::take(&mut is_header) {
                entry += 1;
                let cells: Vec<&str> = match plain {
                    Some(plain) => plain.split(char::from(self.delimiter)).collect(),
                    None => record.iter().collect(),
                };
                let is_whole =
                    cells.len() == self.columns.len() && !(spans_lines && self.swallows_lines(raw));
                if is_whole && !raw.contains('\0') {
                    then = visit(Row { line, entry, cells: Ok(&cells), shape: None });
                } else {
                    let fault = self.fault(&cells, spans_lines);
                    then = visit(Row { line, entry, cells: Err(fault), shape: None });
                    if spans_lines {
                        length = raw.find('\n').map_or(length, |end| end + 1);
                    }
                }
            }
            if then.is_break() {
                return Ok(());
            }
            line += rest[..length].bytes().map(|byte| u64::from(byte == b'\n')).sum::<u64>();
            window.advance(length);
        }
    }

    /// The text of the next row with its line end; `None` if its end is not here, though more of the text follows, or if
    /// nothing is. A row without a quotation mark is its line, which comes without the line end too; any other is read into
    /// `record`.
    fn next_row<'t>(
        &self,
        rest: &'t str,
        is_last: bool,
        record: &mut StringRecord,
    ) -> Option<(&'t str, Option<&'t str>)> {
        let end = match memchr::memchr(b'\n', rest.as_bytes()) {
            Some(end) => end + 1,
            None if is_last && !rest.is_empty() => rest.len(),
            None => return None,
        };
        let (raw, line) = (&rest[..end], rest[..end].trim_end_matches('\n').trim_end_matches('\r'));
        if memchr::memchr2(b'"', b'\r', line.as_bytes()).is_none() {
            return Some((raw, Some(line)));
        }
        let mut reader = reader(rest, self.delimiter);
        // The reader takes any text.
        let _ = reader.read_record(record);
        let end = usize::try_from(reader.position().byte()).unwrap_or(rest.len()).clamp(1, rest.len());
        (is_last || end < rest.len()).then_some((&rest[..end], None))
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
    use std::fs;

    /// The rows of a file with this text: line and cells, or line and the word `fault`.
    fn rows(text: &str) -> Vec<(u64, String)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, text).unwrap();
        let mut rows = Vec::new();
        let text = open(Input::plain(&path), &["utf-8".to_owned()]).unwrap();
        let visited = text.into_sheet(b';').visit(&mut |row| {
            rows.push((row.line, row.cells.map_or("fault".to_owned(), |cells| cells.join("|"))));
            ControlFlow::Continue(())
        });
        visited.unwrap();
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
    fn rows_are_the_same_wherever_the_pieces_of_a_file_end() {
        let row = |number: usize| match number % 5 {
            0 => (format!("{number};\"x\nè {number}\"\n"), format!("{number}|x\nè {number}"), 2),
            1 => (format!("{number};€\r\n"), format!("{number}|€"), 1),
            _ => (
                format!("{number};{}\n", "ù".repeat(number % 90)),
                format!("{number}|{}", "ù".repeat(number % 90)),
                1,
            ),
        };
        let (mut text, mut expect, mut line) = ("a;b\n".to_owned(), Vec::new(), 2);
        for number in 0..20_000 {
            let (written, read, lines) = row(number);
            text.push_str(&written);
            expect.push((line, read));
            line += lines;
        }
        // Swallows all that follows; what it swallowed is read again.
        text.push_str("1;\"\n2;3\n");
        expect.extend([(line, "fault".to_owned()), (line + 1, "2|3".to_owned())]);
        let found = rows(&text);
        assert_eq!(found.len(), expect.len());
        assert!(found == expect);
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
