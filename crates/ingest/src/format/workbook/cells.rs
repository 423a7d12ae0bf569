//! The cells of one sheet, row by row, in one piece of memory.

use super::MOST_CELLS;
use std::collections::BTreeMap;

/// The rows of a sheet that have anything in them.
#[derive(Default)]
pub struct Cells {
    text: String,
    /// Where each cell's text ends.
    ends: Vec<usize>,
    /// For each row: its number in the sheet, from 1, and its first cell.
    rows: Vec<(u64, usize)>,
    /// What is wrong with a row: the column, and the sentence.
    faults: BTreeMap<usize, (usize, String)>,
}

impl Cells {
    /// Puts a cell at this place, counted from 0; cells come row by row, from left to right.
    ///
    /// # Errors
    /// A sentence, if cells are out of order or too many.
    pub fn push(&mut self, row: u32, column: u32, text: &str) -> Result<(), String> {
        let line = u64::from(row) + 1;
        match self.rows.last() {
            Some((last, _)) if *last > line => return Err(format!("row {line} stands after row {last}")),
            Some((last, _)) if *last == line => {}
            _ => self.rows.push((line, self.ends.len())),
        }
        let start = self.rows.last().map_or(0, |(_, start)| *start);
        let cell = start + column as usize;
        if cell < self.ends.len() {
            return Err(format!("row {line} has its cells out of order"));
        }
        if cell > MOST_CELLS {
            return Err(format!("it has more than {MOST_CELLS} cells"));
        }
        let blank = self.text.len();
        self.ends.resize(cell, blank);
        self.text.push_str(text);
        self.ends.push(self.text.len());
        Ok(())
    }

    /// Notes what is wrong with the cell that was put last.
    pub fn blame(&mut self, column: u32, fault: String) {
        if let Some(row) = self.rows.len().checked_sub(1) {
            self.faults.entry(row).or_insert((column as usize, fault));
        }
    }

    /// A row by its place among those that are there: its number in the sheet, and its cells.
    #[must_use]
    pub fn row(&self, place: usize) -> Option<(u64, impl Iterator<Item = &str>)> {
        let (line, start) = *self.rows.get(place)?;
        let end = self.rows.get(place + 1).map_or(self.ends.len(), |(_, end)| *end);
        Some((line, (start..end).map(|cell| self.cell(cell))))
    }

    /// What is wrong with a row, within its first `width` cells.
    #[must_use]
    pub fn fault(&self, place: usize, width: usize) -> Option<&str> {
        self.faults.get(&place).filter(|(column, _)| *column < width).map(|(_, fault)| fault.as_str())
    }

    fn cell(&self, cell: usize) -> &str {
        let end = |cell: usize| self.ends.get(cell).copied().unwrap_or_default();
        let start = cell.checked_sub(1).map_or(0, end);
        self.text.get(start..end(cell)).unwrap_or_default()
    }
}

/// The name of a cell, as spreadsheets show it: `C5`.
pub fn name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

/// A number in plain digits, as a code or an amount is written: no exponent, and no `.0`. Three decimals get a fourth: where a
/// point stands between thousands, `127.195` would be read as one hundred and twenty-seven thousand.
pub fn number(number: f64) -> String {
    let mut text = number.to_string();
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
        text.push('0');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_numbers_and_gaps_are_blank() {
        let mut cells = Cells::default();
        for (row, column, text) in [(3, 1, "a"), (3, 3, "b"), (9, 0, "c")] {
            cells.push(row, column, text).unwrap();
        }
        let row = |place| cells.row(place).map(|(line, cells)| (line, cells.collect::<Vec<_>>().join("|")));
        assert_eq!(
            (row(0), row(1), row(2)),
            (Some((4, "|a||b".to_owned())), Some((10, "c".to_owned())), None)
        );
        assert!(cells.push(2, 0, "above").is_err());
        assert!(cells.push(9, 0, "again").is_err());
        assert!(cells.push(10, u32::MAX, "far").is_err());
    }

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        assert_eq!(
            [name(4, 2), name(0, 25), name(0, 26), name(9, 701), name(9, 702)],
            ["C5", "Z1", "AA1", "ZZ10", "AAA10"]
        );
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!([number(15002.0), number(1e20), number(-0.5)], ["15002", "100000000000000000000", "-0.5"]);
        assert_eq!([number(127.195), number(12719.5)], ["127.1950", "12719.5"]);
    }
}
