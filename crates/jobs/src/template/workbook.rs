//! Writes a template as a workbook.

use super::columns::{self, Column};
use super::kind::Kind;
use super::words;
use crate::configuration::Configuration;
use domain::source::{Source, Table};
use domain::{Bilingual, Territory};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula,
    Note, Workbook, Worksheet, XlsxError,
};

/// Rows that are checked while they are filled in; the importer checks all.
const ROWS: u32 = 2000;
/// The colours of required and other headings.
const DARK: Color = Color::RGB(0x0017_324D);
const LIGHT: Color = Color::RGB(0x00D9_E6F2);

/// Writes the workbook of a source.
pub fn write(configuration: &Configuration, source: &Source) -> Result<Vec<u8>, XlsxError> {
    let territory = &configuration.territory;
    let sheets: Vec<(String, Vec<Column>)> = source
        .tables
        .iter()
        .filter_map(|table| {
            let collection = configuration.collection(&table.collection)?;
            Some((sheet_name(table), columns::of(table, collection)))
        })
        .collect();
    let extent = source.crs.is_none().then_some(territory.extent);
    let lists = lists(&sheets, territory);
    let mut workbook = Workbook::new();
    for (name, columns) in &sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        table(sheet, columns, &lists, extent)?;
    }
    instructions(workbook.add_worksheet(), &sheets, source, extent)?;
    if !lists.is_empty() {
        codes(workbook.add_worksheet(), &lists)?;
    }
    workbook.save_to_buffer()
}

/// The sheet of a table, named as the importer looks for it.
fn sheet_name(table: &Table) -> String {
    let named = table.layer.as_deref().filter(|name| !name.contains('*'));
    shortened(named.unwrap_or(&table.id), 31)
}

/// A list of the sheet of codes: what it is of, then each value with its meaning.
type List = (Kind, Vec<(String, Bilingual)>);

/// The lists that the columns choose from, each once.
fn lists(sheets: &[(String, Vec<Column>)], territory: &Territory) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for column in sheets.iter().flat_map(|(_, columns)| columns) {
        let values = match &column.kind {
            Kind::Code(_, codes) => {
                codes.iter().map(|code| (code.code.clone(), code.label.clone())).collect::<Vec<_>>()
            }
            Kind::MunicipalityName => {
                let names = territory.municipalities.iter();
                names.map(|it| (it.name.clone(), words::both(&it.code.to_string(), ""))).collect()
            }
            Kind::MunicipalityCode => {
                let codes = territory.municipalities.iter();
                codes.map(|it| (it.code.to_string(), words::both(&it.name, ""))).collect()
            }
            _ => continue,
        };
        if !values.is_empty() && !lists.iter().any(|(kind, _)| *kind == column.kind) {
            lists.push((column.kind.clone(), values));
        }
    }
    lists
}

fn heading(required: bool) -> Format {
    let format = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let format = format.set_border(FormatBorder::Thin);
    if required {
        format.set_background_color(DARK).set_font_color(Color::White)
    } else {
        format.set_background_color(LIGHT)
    }
}

/// A sheet to be filled in: headings with notes, and what cells may hold.
fn table(
    sheet: &mut Worksheet,
    columns: &[Column],
    lists: &[List],
    extent: Option<[f64; 4]>,
) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?.set_row_height(0, 36)?;
    for (column, place) in columns.iter().zip(0_u16..) {
        sheet.set_column_width(place, width(column))?.set_column_format(place, &cells(&column.kind))?;
        sheet.write_string_with_format(0, place, &column.heading, &heading(column.required))?;
        let rule = words::rule(&column.kind, extent);
        let note = format!("{}\n\n{}", says(&column.about.it, &rule.it), says(&column.about.en, &rule.en));
        sheet.insert_note(0, place, &Note::new(note).set_author("REMIX").set_width(260).set_height(130))?;
        if let Some(check) = check(&column.kind, place, lists, extent)? {
            let check =
                check.set_error_title(shortened(&column.heading, 32))?.set_error_message(message(&rule))?;
            sheet.add_data_validation(1, place, ROWS, place, &check)?;
        }
    }
    Ok(())
}

fn says(about: &str, rule: &str) -> String {
    let stop = if about.ends_with('.') || about.is_empty() { "" } else { "." };
    format!("{about}{stop} {rule}").trim().to_owned()
}

/// What a program says of a cell that cannot be.
fn message(rule: &Bilingual) -> String {
    shortened(&format!("{} / {}", rule.it, rule.en), 255)
}

/// What workbooks hold of a text in places of limited length.
fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

fn width(column: &Column) -> f64 {
    match column.kind {
        Kind::Text if column.heading.chars().count() > 12 || column.required => 32.0,
        Kind::Text | Kind::MunicipalityName => 24.0,
        Kind::Cup | Kind::Amount => 20.0,
        _ => 15.0,
    }
}

fn cells(kind: &Kind) -> Format {
    let number = match kind {
        Kind::Integer => "0",
        Kind::Decimal => "General",
        Kind::Amount => "#,##0.00",
        Kind::Date => "dd/mm/yyyy",
        Kind::Share => "0.##",
        Kind::X | Kind::Y => "0.000000",
        // Codes keep their zeros.
        _ => "@",
    };
    Format::new().set_num_format(number)
}

/// What a program is to check in the cells of a column; `None` for any text.
fn check(
    kind: &Kind,
    place: u16,
    lists: &[List],
    extent: Option<[f64; 4]>,
) -> Result<Option<DataValidation>, XlsxError> {
    let validation = DataValidation::new();
    let list = (0_u16..).zip(lists).find(|(_, (listed, _))| listed == kind);
    Ok(match (kind, list, extent) {
        (_, Some((rank, (_, values))), _) => {
            let column = letters(3 * rank);
            let range = format!("={}!${column}$2:${column}${}", words::CODES, values.len() + 1);
            Some(validation.allow_list_formula(Formula::new(range)))
        }
        (Kind::Cup, ..) => Some(validation.allow_text_length(DataValidationRule::EqualTo(15))),
        (Kind::MunicipalityCode, ..) => Some(validation.allow_text_length(DataValidationRule::EqualTo(6))),
        (Kind::Integer, ..) => {
            Some(validation.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)))
        }
        (Kind::Amount, ..) => {
            let cell = format!("{}2", letters(place));
            let rule = format!("=AND(ISNUMBER({cell}),{cell}>=0,ROUND({cell},2)={cell})");
            Some(validation.allow_custom(Formula::new(rule)))
        }
        (Kind::Date, ..) => {
            let days = DataValidationRule::Between(
                ExcelDateTime::from_ymd(1990, 1, 1)?,
                ExcelDateTime::from_ymd(2100, 12, 31)?,
            );
            Some(validation.allow_date(days))
        }
        (Kind::Boolean, ..) => Some(validation.allow_list_strings(&["sì", "no"])?),
        (Kind::Share, ..) => Some(between(validation, 0.0, 100.0)),
        (Kind::X, _, Some([west, _, east, _])) => Some(between(validation, west, east)),
        (Kind::Y, _, Some([_, south, _, north])) => Some(between(validation, south, north)),
        _ => None,
    })
}

fn between(validation: DataValidation, low: f64, high: f64) -> DataValidation {
    validation.allow_decimal_number(DataValidationRule::Between(low, high))
}

/// The name of a column: A to Z, then AA and on.
fn letters(place: u16) -> String {
    rust_xlsxwriter::utility::column_number_to_name(place)
}

/// What each column means, in Italian, then in English.
fn instructions(
    sheet: &mut Worksheet,
    sheets: &[(String, Vec<Column>)],
    source: &Source,
    extent: Option<[f64; 4]>,
) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(words::INSTRUCTIONS)?;
    for (column, width) in
        [28.0, 14.0, 60.0, 60.0, 16.0].into_iter().zip(0_u16..).map(|(width, at)| (at, width))
    {
        sheet.set_column_width(column, width)?;
    }
    let first = sheets.first().map(|(name, _)| name.as_str()).unwrap_or_default();
    let mut row = 0;
    for text in words::introduction(first, &source.title) {
        sheet.write_string_with_format(row, 2, &text.it, &wrapped)?;
        sheet.write_string_with_format(row, 3, &text.en, &wrapped)?;
        row += 1;
    }
    row += 1;
    for (text, place) in words::HEADINGS.into_iter().zip(0_u16..) {
        sheet.write_string_with_format(row, place, text, &heading(false))?;
    }
    for (name, column) in sheets.iter().flat_map(|(name, columns)| columns.iter().map(move |it| (name, it))) {
        row += 1;
        let rule = words::rule(&column.kind, extent);
        let cells = [
            &column.heading,
            words::required(column.required),
            &says(&column.about.it, &rule.it),
            &says(&column.about.en, &rule.en),
            name,
        ];
        for (text, place) in cells.into_iter().zip(0_u16..) {
            sheet.write_string_with_format(row, place, text, &wrapped)?;
        }
    }
    Ok(())
}

/// The lists, side by side: the value that is written, and what it means.
fn codes(sheet: &mut Worksheet, lists: &[List]) -> Result<(), XlsxError> {
    sheet.set_name(words::CODES)?.set_freeze_panes(1, 0)?;
    for ((kind, values), column) in lists.iter().zip((0_u16..).step_by(3)) {
        let name = match kind {
            Kind::Code(field, _) => field.as_str(),
            Kind::MunicipalityName => "Comune",
            _ => "ISTAT",
        };
        sheet
            .set_column_width(column, 24)?
            .set_column_width(column + 1, 48)?
            .set_column_width(column + 2, 48)?;
        for (text, place) in [name, "it", "en"].into_iter().zip(column..) {
            sheet.write_string_with_format(0, place, text, &heading(false))?;
        }
        for ((value, meaning), row) in values.iter().zip(1_u32..) {
            sheet.write_string(row, column, value)?;
            sheet.write_string(row, column + 1, &meaning.it)?;
            sheet.write_string(row, column + 2, &meaning.en)?;
        }
    }
    Ok(())
}
