//! Office Open XML, cell by cell: a sheet may claim a million rows and hold two.

use super::cells::{self, Cells};
use crate::format::input::Input;
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, open_workbook};
use std::fs::File;
use std::io::BufReader;

/// The sheets by name, in order.
///
/// # Errors
/// A sentence, if the workbook is damaged or too large.
pub fn sheets(input: &Input) -> Result<Vec<(String, Cells)>, String> {
    let mut book: Xlsx<BufReader<File>> =
        open_workbook(input.at()).map_err(|error: calamine::XlsxError| error.to_string())?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        // Sheets of charts and of macros have no cells.
        if let Ok(cells) = sheet(&mut book, &name)? {
            sheets.push((name, cells));
        }
    }
    Ok(sheets)
}

fn sheet(book: &mut Xlsx<BufReader<File>>, name: &str) -> Result<Result<Cells, ()>, String> {
    let Ok(mut reader) = book.worksheet_cells_reader(name) else { return Ok(Err(())) };
    let mut cells = Cells::default();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| error.to_string())? {
        let (row, column) = cell.pos;
        match (text(&cell.value), &cell.value, &cell.formula) {
            (Some(text), _, _) => cells.push(row, column, &text)?,
            (None, DataRef::Error(error), _) => {
                cells.push(row, column, &error.to_string())?;
                cells.blame(column, format!("cell {} holds the error {error}", cells::name(row, column)));
            }
            (None, _, Some(_)) => {
                cells.push(row, column, "")?;
                let cell = cells::name(row, column);
                cells.blame(
                    column,
                    format!("cell {cell} holds a formula without a result: calculate and save the workbook"),
                );
            }
            (None, _, None) => {}
        }
    }
    Ok(Ok(cells))
}

/// A cell's value as text; `None` if it has none.
fn text(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => cells::number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::Error(_) | DataRef::Empty => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A date in ISO 8601, with the time of day if it has one; a span of time as its number of days.
fn date(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return cells::number(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}
