//! Fifth phase: a row becomes a record, or is set aside with what was wrong with it.

use super::context::Context;
use super::ledger::{Fault, Ledger};
use super::locations::Locations;
use super::open::Sheet;
use super::parents::{Bond, Index};
use super::place::PlaceColumns;
use super::values::Values;
use super::{located, municipality};
use crate::IngestError;
use crate::format::{Row, Shape};
use domain::source::{Scope, Table};
use domain::{Collection, IssueKind, Key, Record, Severity, Tally, Value};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Records handed on at a time.
const RUN: usize = 512;

/// Takes accepted records; breaks if no more are wanted.
pub type HandOn<'a> = &'a mut dyn FnMut(Vec<Record>) -> ControlFlow<()>;

/// What becomes of the rows of one collection.
pub struct Taker<'a> {
    /// The locations of its records, read before.
    pub locations: Locations,
    /// How many rows became what.
    pub tally: Tally,
    /// What was wrong with them.
    pub ledger: &'a mut Ledger,
    /// Takes accepted records, in the order of the files.
    pub hand_on: HandOn<'a>,
    keys: HashMap<Key, (Arc<str>, u64), RandomState>,
}

impl<'a> Taker<'a> {
    /// Nothing has been taken yet.
    pub fn new(locations: Locations, ledger: &'a mut Ledger, hand_on: HandOn<'a>) -> Self {
        Self { locations, tally: Tally::default(), ledger, hand_on, keys: HashMap::default() }
    }

    /// Reads the rows of one sheet of records as those of `table`, which is the sheet's own or one that reads its rows once more.
    /// Breaks if no more are wanted.
    ///
    /// # Errors
    /// [`IngestError::Damaged`] if the file breaks off.
    pub fn read(
        &mut self,
        context: &Context<'_>,
        sheet: &Sheet<'_>,
        table: &Table,
    ) -> Result<ControlFlow<()>, IngestError> {
        let columns = Columns::of(context, sheet, table);
        let place = PlaceColumns::of(context.source(), context.territory(), table, sheet.columns())
            .map_err(|reason| IngestError::Crs { path: sheet.path().to_owned(), reason })?;
        let file: Arc<str> = sheet.name().into();
        let (mut accepted, mut then) = (Vec::new(), ControlFlow::Continue(()));
        sheet.visit(&mut |mut row| {
            let (line, entry, mut faults) = (row.line, row.entry, Vec::new());
            if let (None, Some(place), Ok(cells)) = (&row.shape, &place, &row.cells) {
                row.shape = place.shape(cells, &mut faults);
            }
            let (named, outcome) = columns.record(context, row, &mut faults);
            accepted.extend(self.take(context, (&file, line, entry), named, outcome, faults));
            if accepted.len() >= RUN {
                then = (self.hand_on)(std::mem::take(&mut accepted));
            }
            then
        })?;
        Ok(if accepted.is_empty() { then } else { (self.hand_on)(accepted) })
    }

    /// What comes of one row; the record, if it is accepted.
    fn take(
        &mut self,
        context: &Context<'_>,
        (file, line, entry): (&Arc<str>, u64, u64),
        mut named: String,
        outcome: Outcome,
        mut faults: Vec<Fault>,
    ) -> Option<Record> {
        let mut record = match outcome {
            Outcome::NoRecord => return None,
            Outcome::Elsewhere => {
                self.tally.filter();
                return None;
            }
            Outcome::SetAside => {
                self.ledger.record(file, line, entry, &named, faults);
                self.tally.quarantine();
                return None;
            }
            Outcome::Record(record) => record,
        };
        let taken = match self.keys.entry(record.key.clone()) {
            Entry::Occupied(first) => {
                let (first_file, first_line) = first.get();
                named = record.key.to_string();
                let message = format!("the same key stands already in {first_file}, line {first_line}");
                faults.push(Fault::error(IssueKind::DuplicateKey, "", &named, message));
                self.tally.quarantine();
                None
            }
            Entry::Vacant(place) => {
                place.insert((file.clone(), line));
                if !self.locations.give(context, &mut record) {
                    self.tally.filter();
                    return None;
                }
                self.tally.accept();
                Some(record)
            }
        };
        self.ledger.record(file, line, entry, &named, faults);
        taken
    }
}

enum Outcome {
    Record(Record),
    SetAside,
    /// The row is of another territory.
    Elsewhere,
    /// The row holds no record of this table, which is nobody's fault.
    NoRecord,
}

/// What is where in a sheet of records.
struct Columns<'a> {
    values: Values<'a>,
    place: municipality::Columns,
    parents: Option<Index>,
    /// Fields without which a row that is read once more holds no record.
    own: Vec<usize>,
}

impl<'a> Columns<'a> {
    fn of(context: &Context<'a>, sheet: &Sheet<'_>, table: &'a Table) -> Self {
        let collection: &'a Collection = context.collection;
        let values = Values::of(collection, table, sheet.columns());
        let parent = collection.parent.as_ref();
        let index = parent.zip(context.parents);
        let shared = |field: &str| parent.is_some_and(|parent| parent.fields.iter().any(|it| it == field));
        let fields = collection.fields.iter().enumerate();
        let own = fields.filter(|(_, field)| field.required && !shared(&field.id));
        Self {
            parents: index.map(|(parent, parents)| parents.index(parent, collection, &values)),
            own: if table.rows_of.is_some() { own.map(|(place, _)| place).collect() } else { Vec::new() },
            place: municipality::Columns::of(table, sheet.columns()),
            values,
        }
    }

    /// The record that a row states, and its key as far as it can be read.
    fn record(&self, context: &Context<'_>, row: Row<'_>, faults: &mut Vec<Fault>) -> (String, Outcome) {
        let cells = match row.cells {
            Ok(cells) => cells,
            Err(message) => {
                faults.push(Fault::error(IssueKind::RowShape, "", "", message));
                return (String::new(), Outcome::SetAside);
            }
        };
        if !self.own.iter().all(|place| self.values.states(*place, cells, context.dialect)) {
            return (String::new(), Outcome::NoRecord);
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) && !matches!(row.shape, Some(Shape::Wkb { .. })) {
            let message = "the row states nothing at all: delete it at the source";
            faults.push(Fault::error(IssueKind::RowShape, "", "", message));
            return (String::new(), Outcome::SetAside);
        }
        let collection = context.collection;
        let mut values = self.values.read(cells, context.dialect, faults);
        let place = self.place.read(context, cells, faults);
        let Some(locations) = located::read(context, &mut values, place, row.shape, faults) else {
            return (String::new(), Outcome::Elsewhere);
        };
        if let Some(parents) = &self.parents {
            let bond = parents.bond(&values);
            // Rows without a known parent are of other territories; nobody here can mend them.
            if bond == Bond::None && context.source().scope == Scope::Country {
                return (String::new(), Outcome::Elsewhere);
            }
            if bond != Bond::Whole {
                let parent = collection.parent.as_ref().map_or("", |parent| parent.collection.as_str());
                let message = match bond {
                    Bond::First => format!(
                        "{parent} knows the first of its codes, but not with the others: import the release of {parent} of the same day"
                    ),
                    _ => {
                        format!("no record of {parent} has these codes: check them, or import {parent} again")
                    }
                };
                faults.push(Fault::warning(IssueKind::OrphanRecord, "", "", message));
            }
        }
        // A row without a fault needs no name.
        let named = if faults.is_empty() { String::new() } else { named(collection, &values) };
        match collection.key_of(&values) {
            Some(key) if faults.iter().all(|fault| fault.severity != Severity::Error) => {
                (named, Outcome::Record(Record { key, values, locations }))
            }
            _ => (named, Outcome::SetAside),
        }
    }
}

/// The key of a record as far as it can be read, in the shape of a whole one; empty if nothing of it can be.
fn named(collection: &Collection, values: &[Value]) -> String {
    let part = |place: &usize| values.get(*place).and_then(Value::as_text).unwrap_or_default().to_owned();
    let parts: Vec<String> = collection.key.iter().map(part).collect();
    if parts.iter().all(String::is_empty) { String::new() } else { Key::new(parts).to_string() }
}
