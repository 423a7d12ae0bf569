//! Workbooks: XLSX and ODS. A sheet of a workbook becomes rows of text, whatever its cells are.

mod cells;
mod ods;
mod xlsx;

pub use cells::Cells;

use super::Row;
use super::archive::Archive;
use super::input::Input;
use super::kind::Workbook as Format;
use crate::IngestError;
use std::ops::ControlFlow;
use std::rc::Rc;

/// As many rows from the top of a sheet are searched for the header; those above it are titles.
const TITLES: usize = 30;
/// The most cells that a workbook may have, blank ones within its rows included.
const MOST_CELLS: usize = 8_000_000;

/// An opened workbook: its sheets by name, in order.
pub struct Workbook {
    input: Input,
    sheets: Vec<(String, Rc<Cells>)>,
}

/// A sheet of a workbook read as a table.
pub struct Sheet {
    /// The header, as written.
    pub columns: Vec<String>,
    book: Rc<Workbook>,
    cells: Rc<Cells>,
    /// The place of the header among the sheet's rows.
    header: usize,
}

/// Opens a workbook.
///
/// # Errors
/// [`IngestError`] if it is damaged, or larger than what is read at once.
pub fn open(input: Input, format: Format) -> Result<Workbook, IngestError> {
    Archive::open(&input.path, input.at())?.check_workbook()?;
    let sheets = match format {
        Format::Xlsx => xlsx::sheets(&input),
        Format::Ods => ods::sheets(&input),
    };
    let sheets = sheets.map_err(|reason| IngestError::Damaged { path: input.path.clone(), reason })?;
    Ok(Workbook { input, sheets: sheets.into_iter().map(|(name, cells)| (name, Rc::new(cells))).collect() })
}

impl Workbook {
    /// The file.
    #[must_use]
    pub const fn input(&self) -> &Input {
        &self.input
    }

    /// The names of its sheets.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str())
    }

    /// The rows of a sheet that may be its header: the place and the cells of each.
    #[must_use]
    pub fn headers(&self, sheet: usize) -> Vec<(usize, Vec<String>)> {
        let Some((_, cells)) = self.sheets.get(sheet) else { return Vec::new() };
        let texts = |row: usize| cells.row(row).map(|(_, cells)| cells.map(str::to_owned).collect());
        (0..TITLES).filter_map(|row| Some((row, texts(row)?))).collect()
    }
}

impl Sheet {
    /// The sheet at this place, with its header in this row. `None` if there is no such row.
    #[must_use]
    pub fn of(book: &Rc<Workbook>, sheet: usize, header: usize) -> Option<Self> {
        let (_, cells) = book.sheets.get(sheet)?;
        let columns = cells.row(header)?.1.map(str::to_owned).collect();
        Some(Self { columns, book: Rc::clone(book), cells: Rc::clone(cells), header })
    }

    /// The file.
    #[must_use]
    pub fn input(&self) -> &Input {
        &self.book.input
    }

    /// Visits the rows below the header that have anything in them, until `visit` wants no more.
    pub fn visit(&self, visit: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) {
        let below = (self.header + 1..).map_while(|row| self.cells.row(row).map(|found| (row, found)));
        for (entry, (row, (line, cells))) in (1..).zip(below) {
            let mut cells: Vec<&str> = cells.collect();
            // Cells beyond the header are notes beside the table; a row may end before the header does.
            cells.resize(self.columns.len(), "");
            let fault = self.cells.fault(row, self.columns.len());
            let cells = fault.map_or(Ok(cells.as_slice()), |fault| Err(fault.to_owned()));
            if visit(Row { line, entry, cells, shape: None }).is_break() {
                return;
            }
        }
    }
}
