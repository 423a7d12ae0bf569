//! Fourth phase: locations, read before the records that they are of, so that a record is whole when its row is read. A location
//! belongs to the records that have the same values in those of the key's fields that its table has: money is never joined to
//! places, a record has places and stays one record.

use super::context::Context;
use super::ledger::{Fault, Ledger};
use super::location::{Columns, is_here};
use super::open::Sheet;
use crate::IngestError;
use crate::definition::Definitions;
use domain::source::Scope;
use domain::{Collection, GeometryKind, IssueKind, Key, Location, Record, Severity, Tally};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The locations of one collection's records, by the records they are of.
#[derive(Default)]
pub struct Locations {
    sheets: Vec<SheetOfLocations>,
}

/// The locations of one sheet.
struct SheetOfLocations {
    file: String,
    /// For each of the collection's key fields that the sheet has, its place in the key.
    key: Vec<usize>,
    /// The groups of rows with one key, by that key.
    groups: HashMap<Vec<String>, usize, RandomState>,
    rows_of: Vec<Vec<usize>>,
    /// What became of the records of each group.
    claims: Vec<Claim>,
    rows: Vec<Stated>,
}

/// What became of the records that a location is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// No record has its key.
    Nobody,
    /// They are of other territories.
    Elsewhere,
    /// One of them at least is of this territory.
    Here,
}

/// One row.
struct Stated {
    line: u64,
    entry: u64,
    /// Group and place, if they can be read.
    place: Option<(usize, Location)>,
    faults: Vec<Fault>,
}

impl Stated {
    fn is_at_fault(&self) -> bool {
        self.faults.iter().any(|fault| fault.severity == Severity::Error)
    }
}

impl Locations {
    /// Reads the rows of one sheet.
    ///
    /// # Errors
    /// [`IngestError::Damaged`] if the file breaks off.
    pub fn read(&mut self, context: &Context<'_>, sheet: &Sheet<'_>) -> Result<(), IngestError> {
        let columns = Columns::of(context, sheet);
        let mut found = SheetOfLocations {
            file: sheet.name(),
            key: columns.key_parts().collect(),
            groups: HashMap::default(),
            rows_of: Vec::new(),
            claims: Vec::new(),
            rows: Vec::new(),
        };
        sheet.visit(&mut |row| {
            let (line, entry, mut faults) = (row.line, row.entry, Vec::new());
            let read = columns.read(context, row, &mut faults);
            found.take(line, entry, read, faults);
            ControlFlow::Continue(())
        })?;
        self.sheets.push(found);
        Ok(())
    }

    /// Gives a record its locations. Whether it lies in the territory, in whole or in part, as far as that is a question of its
    /// locations.
    pub fn give(&mut self, context: &Context<'_>, record: &mut Record) -> bool {
        let groups: Vec<_> = self.sheets.iter().map(|sheet| sheet.group(&record.key)).collect();
        for (sheet, group) in self.sheets.iter().zip(&groups) {
            let rows = group.iter().flat_map(|group| &sheet.rows_of[*group]).map(|row| &sheet.rows[*row]);
            let sound = rows.filter(|row| !row.is_at_fault()).filter_map(|row| row.place.as_ref());
            record.locations.extend(sound.map(|(_, location)| location.clone()));
        }
        let by_place = context.source().scope == Scope::Country
            && context.collection.geometry == GeometryKind::Locations;
        let stays =
            !by_place || record.locations.iter().any(|location| is_here(context.territory(), location));
        let claim = if stays { Claim::Here } else { Claim::Elsewhere };
        for (sheet, group) in self.sheets.iter_mut().zip(groups) {
            if let Some(group) = group {
                sheet.claims[group] = sheet.claims[group].max(claim);
            }
        }
        stays
    }

    /// Counts what became of the rows once all records have taken theirs, and writes down what was wrong with them. Of what is
    /// of other territories, nobody here can mend the warnings.
    pub fn settle(self, definitions: &Definitions, collection: &Collection, ledger: &mut Ledger) -> Tally {
        let mut tally = Tally::default();
        for sheet in self.sheets {
            sheet.settle(definitions, collection, &mut tally, ledger);
        }
        tally
    }
}

impl SheetOfLocations {
    fn take(&mut self, line: u64, entry: u64, read: Option<(Vec<String>, Location)>, faults: Vec<Fault>) {
        let row = self.rows.len();
        let place = read.map(|(key, location)| {
            let group = *self.groups.entry(key).or_insert_with(|| {
                self.rows_of.push(Vec::new());
                self.claims.push(Claim::Nobody);
                self.claims.len() - 1
            });
            self.rows_of[group].push(row);
            (group, location)
        });
        self.rows.push(Stated { line, entry, place, faults });
    }

    /// The rows that belong to a record with this key.
    fn group(&self, key: &Key) -> Option<usize> {
        let parts = key.parts();
        if self.key.len() == parts.len() {
            return self.groups.get(parts).copied();
        }
        let parts: Vec<String> = self.key.iter().filter_map(|part| parts.get(*part).cloned()).collect();
        self.groups.get(&parts).copied()
    }

    fn settle(
        self,
        definitions: &Definitions,
        collection: &Collection,
        tally: &mut Tally,
        ledger: &mut Ledger,
    ) {
        let of_country = definitions.source.scope == Scope::Country;
        let mut keys = vec![Vec::new(); self.claims.len()];
        for (key, group) in self.groups {
            keys[group] = key;
        }
        for Stated { line, entry, place, mut faults } in self.rows {
            let claim = place.as_ref().map(|(group, _)| self.claims[*group]);
            let is_elsewhere =
                place.as_ref().is_some_and(|(_, location)| !is_here(&definitions.territory, location));
            match claim {
                Some(Claim::Nobody) if of_country && is_elsewhere => {
                    tally.filter();
                    continue;
                }
                Some(Claim::Nobody) => {
                    let key = place.as_ref().map(|(group, _)| keys[*group].join(" · "));
                    let message = "no accepted record has this key";
                    faults.push(Fault::error(
                        IssueKind::OrphanLocation,
                        "",
                        &key.unwrap_or_default(),
                        message,
                    ));
                }
                Some(Claim::Elsewhere) => faults.retain(|fault| fault.severity == Severity::Error),
                Some(Claim::Here) | None => {}
            }
            let mut set_aside = place.is_none();
            if !faults.is_empty() {
                let named = place.as_ref().map(|(group, _)| named(collection, &self.key, &keys[*group]));
                set_aside |= ledger.record(&self.file, line, entry, &named.unwrap_or_default(), faults);
            }
            match claim {
                _ if set_aside => tally.quarantine(),
                Some(Claim::Here) => tally.accept(),
                _ => tally.filter(),
            }
        }
    }
}

/// The key of a location's record as far as the sheet has it, in the shape of a whole one.
fn named(collection: &Collection, places: &[usize], key: &[String]) -> String {
    let mut parts = vec![String::new(); collection.key.len()];
    for (place, text) in places.iter().zip(key) {
        parts[*place].clone_from(text);
    }
    Key::new(parts).to_string()
}
