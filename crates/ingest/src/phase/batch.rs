//! Rows kept for a moment, so that all cores of the processor can read them; what comes of them is taken in their order.

use super::ledger::Fault;
use crate::format::{Row, Shape};
use std::num::NonZero;
use std::thread;

/// Rows kept at a time: enough to be worth sharing, few enough to stay in the processor's cache.
const ROWS: usize = 2048;

/// Rows, and what was found wrong with each so far.
#[derive(Default)]
pub struct Batch {
    rows: Vec<Kept>,
}

struct Kept {
    line: u64,
    entry: u64,
    cells: Result<Cells, String>,
    shape: Option<Shape>,
    faults: Vec<Fault>,
}

/// The cells of a row, one after the other.
struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    fn of(cells: &[&str]) -> Self {
        let mut kept = Self {
            text: String::with_capacity(cells.iter().map(|cell| cell.len()).sum()),
            ends: Vec::with_capacity(cells.len()),
        };
        for cell in cells {
            kept.text.push_str(cell);
            kept.ends.push(kept.text.len());
        }
        kept
    }

    fn slices(&self) -> Vec<&str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.text.get(start..*end).unwrap_or_default()).collect()
    }
}

impl Batch {
    /// Keeps a row. Whether the batch is full and has to be read.
    pub fn keep(&mut self, row: Row<'_>, faults: Vec<Fault>) -> bool {
        let Row { line, entry, cells, shape } = row;
        self.rows.push(Kept { line, entry, cells: cells.map(Cells::of), shape, faults });
        self.rows.len() >= ROWS
    }

    /// Reads the rows with `read`, on all cores, and gives what comes of each to `take`, in their order, with its line and
    /// its number.
    pub fn read<T: Send>(
        &mut self,
        read: impl Fn(Row<'_>, &mut Vec<Fault>) -> T + Sync,
        mut take: impl FnMut(u64, u64, T, Vec<Fault>),
    ) {
        let rows = std::mem::take(&mut self.rows);
        let read_one = |row: Kept| {
            let Kept { line, entry, cells, shape, mut faults } = row;
            let outcome = match cells {
                Ok(cells) => read(Row { line, entry, cells: Ok(&cells.slices()), shape }, &mut faults),
                Err(message) => read(Row { line, entry, cells: Err(message), shape }, &mut faults),
            };
            (line, entry, outcome, faults)
        };
        let read_all = |rows: Vec<Kept>| rows.into_iter().map(read_one).collect::<Vec<_>>();
        thread::scope(|scope| {
            let mut shares = shares(rows).into_iter();
            let first = shares.next().unwrap_or_default();
            let others: Vec<_> = shares.map(|share| scope.spawn(|| read_all(share))).collect();
            let mut give = |outcomes: Vec<_>| {
                for (line, entry, outcome, faults) in outcomes {
                    take(line, entry, outcome, faults);
                }
            };
            give(read_all(first));
            for other in others {
                match other.join() {
                    Ok(outcomes) => give(outcomes),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
    }
}

/// The rows in as many parts as there are cores; a few rows are not worth a thread.
fn shares(mut rows: Vec<Kept>) -> Vec<Vec<Kept>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = rows.len().div_ceil(cores).max(ROWS / 8);
    let mut shares = Vec::new();
    while rows.len() > share {
        let rest = rows.split_off(share);
        shares.push(std::mem::replace(&mut rows, rest));
    }
    shares.push(rows);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_rows_is_taken_in_their_order() {
        let mut batch = Batch::default();
        for number in 0..ROWS as u64 {
            let text = number.to_string();
            let cells = ["", &text, "è"];
            let cells = if number % 7 == 0 { Err(text.clone()) } else { Ok(cells.as_slice()) };
            batch.keep(Row { line: number + 2, entry: number + 1, cells, shape: None }, Vec::new());
        }
        let mut taken = Vec::new();
        batch.read(
            |row, _| row.cells.map_or_else(|fault| fault, |cells| cells.join("|")),
            |line, entry, text, _| taken.push((line, entry, text)),
        );
        assert_eq!(taken.len(), ROWS);
        for (number, (line, entry, text)) in (0..).zip(taken) {
            let expect = if number % 7 == 0 { number.to_string() } else { format!("|{number}|è") };
            assert_eq!((line, entry, text), (number + 2, number + 1, expect));
        }
    }
}
