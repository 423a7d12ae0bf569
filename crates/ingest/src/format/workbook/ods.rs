//! `OpenDocument`. A cell or a row may say that it stands for a million alike, so they are counted before they are read.

use super::MOST_CELLS;
use super::cells::{self, Cells};
use crate::format::archive::Archive;
use crate::format::input::Input;
use calamine::{Data, Ods, Reader, open_workbook};
use quick_xml::events::{BytesStart, Event};
use std::fs::File;
use std::io::{BufRead, BufReader};

/// The words by which `LibreOffice` and Excel show the errors of formulas, in English and Italian.
const ERRORS: [&str; 9] =
    ["#REF!", "#DIV/0!", "#N/A", "#N/D", "#NAME?", "#NOME?", "#VALUE!", "#VALORE!", "#NUM!"];

/// The sheets by name, in order.
///
/// # Errors
/// A sentence, if the workbook is damaged or too large.
pub fn sheets(input: &Input) -> Result<Vec<(String, Cells)>, String> {
    let mut archive = Archive::open(&input.path, input.at()).map_err(|error| error.to_string())?;
    let content = archive.reader("content.xml").map_err(|error| error.to_string())?;
    if counted(BufReader::new(content))? > MOST_CELLS {
        return Err(format!("it has more than {MOST_CELLS} cells"));
    }
    let mut book: Ods<BufReader<File>> =
        open_workbook(input.at()).map_err(|error: calamine::OdsError| error.to_string())?;
    let names = book.sheet_names();
    names.into_iter().map(|name| Ok((name.clone(), sheet(&mut book, &name)?))).collect()
}

fn sheet(book: &mut Ods<BufReader<File>>, name: &str) -> Result<Cells, String> {
    let range = book.worksheet_range(name).map_err(|error| error.to_string())?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut cells = Cells::default();
    for (row, column, value) in range.used_cells() {
        let at = |start: u32, place: usize| start.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
        let (row, column) = (at(first_row, row), at(first_column, column));
        let text = text(value);
        cells.push(row, column, &text)?;
        if ERRORS.contains(&text.as_str()) || text.starts_with("Err:") {
            cells.blame(column, format!("cell {} holds the error {text}", cells::name(row, column)));
        }
    }
    Ok(cells)
}

fn text(value: &Data) -> String {
    match value {
        Data::Float(number) => cells::number(*number),
        // A date at midnight is a date.
        Data::DateTimeIso(moment) => moment.strip_suffix("T00:00:00").unwrap_or(moment).to_owned(),
        other => other.to_string(),
    }
}

/// How many cells the sheets have, once all repetitions are written out and each sheet is made a rectangle.
fn counted(content: impl BufRead) -> Result<usize, String> {
    let mut reader = quick_xml::Reader::from_reader(content);
    let (mut buffer, mut sheet, mut total) = (Vec::new(), Extent::default(), 0_usize);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
            Event::Start(element) => sheet.open(&element, false),
            Event::Empty(element) => sheet.open(&element, true),
            Event::End(element) if element.name().as_ref() == "table:table" => {
                total = total.saturating_add(std::mem::take(&mut sheet).cells());
            }
            Event::DocType(_) => return Err("it carries a document type declaration".to_owned()),
            Event::Eof => return Ok(total),
            _ => {}
        }
    }
}

/// How far a sheet reaches, as far as its elements have been seen.
#[derive(Default)]
struct Extent {
    /// Rows seen, and those up to the last that has anything in it.
    rows: (usize, usize),
    /// Cells seen in the row, and those up to the last that has anything in it.
    columns: (usize, usize),
    /// For how many rows the row stands.
    repeats: usize,
    /// The greatest width of a row.
    width: usize,
    /// The sum of all widths, as rows are written.
    written: usize,
}

impl Extent {
    fn open(&mut self, element: &BytesStart<'_>, is_blank: bool) {
        let has = |name: &str| element.try_get_attribute(name).ok().flatten().is_some();
        match element.name().as_ref() {
            "table:table-row" => {
                self.rows.0 = self.rows.0.saturating_add(self.repeats);
                self.repeats = repeats(element, "table:number-rows-repeated");
                self.columns = (0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.columns.0 =
                    self.columns.0.saturating_add(repeats(element, "table:number-columns-repeated"));
                if !is_blank || has("office:value-type") || has("table:formula") {
                    self.written = self.written.saturating_add(self.columns.0 - self.columns.1);
                    self.columns.1 = self.columns.0;
                    self.width = self.width.max(self.columns.1);
                    self.rows.1 = self.rows.0.saturating_add(self.repeats);
                }
            }
            _ => {}
        }
    }

    fn cells(self) -> usize {
        self.rows.1.saturating_mul(self.width).max(self.written)
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> usize {
    let value = element.try_get_attribute(name).ok().flatten();
    // A number that is not plain, such as one with character references, hides something.
    value.map_or(1, |value| value.value.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_are_counted_before_they_are_written_out() {
        let check = |rows: &str, expect: usize| {
            let sheet = format!("<table:table>{rows}</table:table>");
            assert_eq!(counted(sheet.as_bytes()), Ok(expect), "{rows}");
        };
        let cell = "<table:table-cell office:value-type='string'><text:p>a</text:p></table:table-cell>";
        check(&format!("<table:table-row>{cell}{cell}</table:table-row>"), 2);
        let wide = cell.replacen(' ', " table:number-columns-repeated='16384' ", 1);
        check(
            &format!("<table:table-row table:number-rows-repeated='1000000'>{wide}</table:table-row>"),
            16_384_000_000,
        );
        // LibreOffice ends each sheet with blank rows up to the last there can be.
        let blank = "<table:table-row table:number-rows-repeated='1048575'><table:table-cell \
                     table:number-columns-repeated='16384'/></table:table-row>";
        check(&format!("<table:table-row>{cell}</table:table-row>{blank}"), 1);
        check(&format!("{blank}<table:table-row>{cell}</table:table-row>"), 1_048_576);
    }
}
