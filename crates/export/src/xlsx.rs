//! Workbooks: a sheet of records, one that explains the columns, one that says where the data comes from.
//!
//! Rows go to a temporary file as they are written. Texts are cells of text, which no spreadsheet takes for a formula; those that
//! would begin one are marked as text for good, so that they do not become one when somebody edits them.

use crate::about;
use crate::column::{Column, joined};
use crate::csv::begins_formula;
use crate::error::ExportError;
use crate::selection::Selection;
use crate::stop::{Stop, check};
use atlas::Property;
use domain::money::Cents;
use domain::{FieldType, Value};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::path::Path;
use time::Date;

/// Rows that a sheet can have, that of the headings too.
const MAX_ROWS: usize = 1_048_576;
/// Characters that a cell can have.
const MAX_TEXT: usize = 32_767;
/// Whole numbers beyond have more digits than a spreadsheet keeps.
const MAX_WHOLE: u64 = 999_999_999_999_999;

/// Writes the workbook of a selection; what it writes meanwhile lies in `folder` too.
pub fn write(selection: &Selection, path: &Path, folder: &Path, stop: Stop<'_>) -> Result<(), ExportError> {
    if selection.len() >= MAX_ROWS {
        let (rows, most) = (selection.len(), MAX_ROWS - 1);
        let sentence = format!(
            "A sheet of a workbook has {most} records at most, and these are {rows}: choose fewer, or CSV."
        );
        return Err(ExportError::Unfit(sentence));
    }
    let mut workbook = Workbook::new();
    workbook.set_tempdir(folder)?;
    let cut = records(workbook.add_worksheet_with_constant_memory()?, selection, stop)?;
    columns(workbook.add_worksheet(), selection)?;
    origins(workbook.add_worksheet(), selection, cut)?;
    check(stop)?;
    workbook.save(path)?;
    Ok(())
}

/// The formats of cells.
struct Formats {
    heading: Format,
    day: Format,
    text: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            heading: Format::new().set_bold(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            text: Format::new().set_quote_prefix(),
        }
    }
}

/// The sheet of records; how many texts had to be cut.
fn records(sheet: &mut Worksheet, selection: &Selection, stop: Stop<'_>) -> Result<usize, ExportError> {
    let (layer, formats) = (selection.layer(), Formats::new());
    sheet.set_name("Dati")?.set_freeze_panes(1, 0)?;
    for (place, column) in (0_u16..).zip(selection.columns()) {
        let width = if column.kind(layer) == FieldType::Text { 24.0 } else { 14.0 };
        sheet.set_column_width(place, width)?;
        sheet.write_string_with_format(0, place, column.name(layer), &formats.heading)?;
    }
    let mut cut = 0;
    for (row, place) in (1_u32..).zip(selection.places()) {
        check(stop)?;
        for (column_place, column) in (0_u16..).zip(selection.columns()) {
            let value = column.value(layer, place);
            cut += usize::from(cell(sheet, (row, column_place), &value, &formats)?);
        }
    }
    Ok(cut)
}

/// Writes a value; whether it had to be cut.
fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    formats: &Formats,
) -> Result<bool, XlsxError> {
    match value {
        Value::Missing => return Ok(false),
        Value::Text(text) => return written(sheet, (row, column), text, formats),
        Value::List(texts) => return written(sheet, (row, column), &joined(texts), formats),
        Value::Integer(number) | Value::Cents(Cents(number)) => whole(sheet, (row, column), *number)?,
        Value::Decimal(number) => sheet.write_number(row, column, *number)?,
        Value::Boolean(truth) => sheet.write_boolean(row, column, *truth)?,
        Value::Date(day) => match excel_day(*day) {
            Some(day) => sheet.write_datetime_with_format(row, column, day, &formats.day)?,
            None => sheet.write_string(row, column, day.to_string())?,
        },
    };
    Ok(false)
}

fn written(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    formats: &Formats,
) -> Result<bool, XlsxError> {
    let cut = text.char_indices().nth(MAX_TEXT);
    let kept = cut.map_or(text, |(end, _)| &text[..end]);
    if begins_formula(kept) {
        sheet.write_string_with_format(row, column, kept, &formats.text)?;
    } else {
        sheet.write_string(row, column, kept)?;
    }
    Ok(cut.is_some())
}

#[expect(clippy::cast_precision_loss, reason = "it has 15 digits at most, a double keeps them")]
fn whole(sheet: &mut Worksheet, (row, column): (u32, u16), number: i64) -> Result<&mut Worksheet, XlsxError> {
    if number.unsigned_abs() > MAX_WHOLE {
        return sheet.write_string(row, column, number.to_string());
    }
    sheet.write_number(row, column, number as f64)
}

/// `None` for a day that workbooks do not know.
fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::from(day.month()), day.day()).ok()
}

/// The sheet that explains the columns.
fn columns(sheet: &mut Worksheet, selection: &Selection) -> Result<(), XlsxError> {
    let (layer, formats) = (selection.layer(), Formats::new());
    sheet.set_name("Campi")?.set_freeze_panes(1, 0)?;
    let headings = ["Campo", "Etichetta", "Label", "Tipo", "Unità", "Descrizione", "Description"];
    for ((place, heading), width) in (0_u16..).zip(headings).zip([28.0, 40.0, 40.0, 18.0, 14.0, 60.0, 60.0]) {
        sheet
            .write_string_with_format(0, place, heading, &formats.heading)?
            .set_column_width(place, width)?;
    }
    for (row, column) in (1_u32..).zip(selection.columns()) {
        let mut write = |place: u16, text: &str| sheet.write_string(row, place, text).map(drop);
        write(0, column.name(layer))?;
        write(3, column.kind(layer).as_str())?;
        let Column::Property(Property::Field(place)) = column else { continue };
        let field = &layer.collection.fields[place];
        write(1, &field.label.it)?;
        write(2, &field.label.en)?;
        if let Some(unit) = &field.unit {
            write(4, &unit.it)?;
        }
        if let Some(description) = &field.description {
            write(5, &description.it)?;
            write(6, &description.en)?;
        }
    }
    Ok(())
}

/// The sheet that says where the data comes from.
fn origins(sheet: &mut Worksheet, selection: &Selection, cut: usize) -> Result<(), XlsxError> {
    sheet.set_name("Fonte")?.set_column_width(0, 160)?;
    let wide = Format::new().set_text_wrap();
    let cut = (cut > 0).then(|| format!("Testi più lunghi di {MAX_TEXT} caratteri, tagliati: {cut}."));
    let note = "Le geometrie non stanno in un foglio: sono nei formati per i GIS.";
    for (row, line) in (0_u32..).zip(about::text(selection).lines().chain([note]).chain(cut.as_deref())) {
        sheet.write_string_with_format(row, 0, line, &wide)?;
    }
    Ok(())
}
