//! Fifth phase: locations find their records. A location belongs to the records that have the same values in those of the
//! key's fields that its table has, so money is never joined to places: a record has places, and stays one record.

use super::batch::Batch;
use super::context::Context;
use super::ledger::{Fault, Ledger};
use super::municipality;
use super::open::Sheet;
use super::parents::Parents;
use super::parse;
use super::rename;
use super::shape::accepted_shape;
use crate::IngestError;
use crate::definition::Definitions;
use crate::format::{Row, Shape, vector};
use domain::collection::Parent;
use domain::source::{PlacePart, Scope};
use domain::{Collection, GeometryKind, IssueKind, Key, Location, Record, Tally, Territory, Value};
use std::collections::{HashMap, HashSet};

/// Rows of the locations' tables, by the records they found.
#[derive(Default)]
pub struct Found {
    /// Groups of records that have the same key as far as a sheet has it.
    groups: Vec<Vec<usize>>,
    /// For each location that was read, the group it belongs to.
    owners: Vec<usize>,
    /// Rows set aside.
    quarantined: u64,
    /// Rows of other territories.
    filtered: u64,
}

/// What a row states, key and place, if they can be read; and the group of records it belongs to.
type Read = (Option<(Vec<String>, Location)>, Option<usize>);

/// Reads the rows of one sheet of locations and gives each to its records.
///
/// # Errors
/// [`IngestError::Damaged`] if the file breaks off.
pub fn read(
    context: &Context<'_>,
    sheet: &Sheet<'_>,
    records: &mut [Record],
    found: &mut Found,
    ledger: &mut Ledger,
) -> Result<(), IngestError> {
    let file = sheet.name();
    let columns = Columns::of(context, sheet);
    let owners = columns.owners(records, &mut found.groups);
    let is_elsewhere = |(_, location): &(_, Location)| {
        context.source().scope == Scope::Country && !is_here(context.territory(), location)
    };
    let read = |row: Row<'_>, faults: &mut Vec<Fault>| -> Read {
        let read = columns.read(context, row, faults);
        let group = read.as_ref().and_then(|(key, _)| owners.get(key).copied());
        (read, group)
    };
    let mut take = |line: u64, entry: u64, (read, group): Read, mut faults: Vec<Fault>| {
        if group.is_none() && read.as_ref().is_some_and(is_elsewhere) {
            found.filtered += 1;
            return;
        }
        if let (Some((key, _)), None) = (&read, group) {
            let message = "no accepted record has this key";
            faults.push(Fault::error(IssueKind::OrphanLocation, "", &key.join(" · "), message));
        }
        let mut set_aside = false;
        if !faults.is_empty() {
            let named = read.as_ref().map(|(key, _)| columns.named(context, key)).unwrap_or_default();
            set_aside = ledger.record(&file, line, entry, &named, faults);
        }
        match (read, group) {
            (Some((_, location)), Some(group)) if !set_aside => found.give(group, location, records),
            _ => found.quarantined += 1,
        }
    };
    let mut batch = Batch::default();
    sheet.visit(&mut |row| {
        if batch.keep(row, Vec::new()) {
            batch.read(read, &mut take);
        }
    })?;
    batch.read(read, take);
    Ok(())
}

impl Found {
    /// Gives a location to the records of a group.
    fn give(&mut self, group: usize, location: Location, records: &mut [Record]) {
        let (last, others) = self.groups[group].split_last().unwrap_or((&0, &[]));
        for owner in others {
            records[*owner].locations.push(location.clone());
        }
        records[*last].locations.push(location);
        self.owners.push(group);
    }
}

/// Takes the keys that a sheet of locations places in the territory as records to which others may belong.
///
/// # Errors
/// [`IngestError::Damaged`] if the file breaks off.
pub fn parents(
    context: &Context<'_>,
    sheet: &Sheet<'_>,
    parent: &Parent,
    parents: &mut Parents,
) -> Result<(), IngestError> {
    let columns = Columns::of(context, sheet);
    let fields = &context.collection.fields;
    // Where each of the parent's fields stands among the parts of the key that the sheet has.
    let place = |name: &String| columns.key.iter().position(|(_, field, _)| &fields[*field].id == name);
    let places: Vec<Option<usize>> = parent.fields.iter().map(place).collect();
    let mut records = HashSet::new();
    sheet.visit(&mut |row| {
        // What is wrong with these rows is said when they are imported with their records.
        let read = columns.read(context, row, &mut Vec::new());
        let Some((key, _)) = read.filter(|(_, location)| is_here(context.territory(), location)) else {
            return;
        };
        let text =
            |place: &Option<usize>| place.and_then(|place| key.get(place)).map(|part| part.to_lowercase());
        records.insert(places.iter().map(|place| text(place).unwrap_or_default()).collect());
    })?;
    parents.extend_in_part(places.iter().map(Option::is_some).collect(), records.into_iter().collect());
    Ok(())
}

fn is_here(territory: &Territory, location: &Location) -> bool {
    location.province.is_some_and(|code| territory.has_province(code))
}

/// Keeps the records that lie in the territory, in whole or in part, and counts the others as filtered; gives the tally of
/// the locations. The warnings of the others, after the first `from`, are dropped.
pub fn keep_in_territory(
    definitions: &Definitions,
    collection: &Collection,
    records: Vec<Record>,
    found: &Found,
    tally: &mut Tally,
    (from, ledger): (usize, &mut Ledger),
) -> (Vec<Record>, Tally) {
    let here = |location: &Location| is_here(&definitions.territory, location);
    let by_place =
        definitions.source.scope == Scope::Country && collection.geometry == GeometryKind::Locations;
    let kept: Vec<bool> =
        records.iter().map(|record| !by_place || record.locations.iter().any(here)).collect();
    let mut places = Tally::default();
    for group in &found.owners {
        if found.groups[*group].iter().any(|owner| kept[*owner]) { places.accept() } else { places.filter() }
    }
    (0..found.quarantined).for_each(|_| places.quarantine());
    places.filtered += found.filtered;
    let mut gone = HashSet::new();
    let mut staying = Vec::with_capacity(records.len());
    for (record, kept) in records.into_iter().zip(kept) {
        if kept {
            tally.accept();
            staying.push(record);
        } else {
            gone.insert(record.key.to_string());
            tally.filter();
        }
    }
    ledger.forget(from, &gone);
    (staying, places)
}

/// Where the columns of a sheet of locations are.
struct Columns {
    /// For each of the collection's key fields that the sheet has: its place in the key, in the fields and in the row.
    key: Vec<(usize, usize, usize)>,
    place: municipality::Columns,
    wkt: Option<usize>,
}

impl Columns {
    fn of(context: &Context<'_>, sheet: &Sheet<'_>) -> Self {
        let column = |field: &str| rename::position(sheet.table, field, sheet.columns());
        let collection = context.collection;
        let part = |(part, field): (usize, &usize)| {
            column(&collection.fields[*field].id).map(|column| (part, *field, column))
        };
        Self {
            key: collection.key.iter().enumerate().filter_map(part).collect(),
            place: municipality::Columns::of(sheet.table, sheet.columns()),
            wkt: rename::place_position(sheet.table, PlacePart::Wkt, sheet.columns()),
        }
    }

    /// The groups of records by those parts of their key that the sheet has; new ones are added to `groups`.
    fn owners(&self, records: &[Record], groups: &mut Vec<Vec<usize>>) -> HashMap<Vec<String>, usize> {
        let mut owners: HashMap<Vec<String>, usize> = HashMap::with_capacity(records.len());
        for (place, record) in records.iter().enumerate() {
            let key = self.key.iter().map(|(part, _, _)| record.key.parts()[*part].clone()).collect();
            let group = *owners.entry(key).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(place);
        }
        owners
    }

    /// The key of a location's record as far as the sheet has it, in the shape of a whole one.
    fn named(&self, context: &Context<'_>, key: &[String]) -> String {
        let mut parts = vec![String::new(); context.collection.key.len()];
        for ((part, _, _), text) in self.key.iter().zip(key) {
            parts[*part].clone_from(text);
        }
        Key::new(parts).to_string()
    }

    /// The key and the place that a row states; `None` if they cannot be read.
    fn read(
        &self,
        context: &Context<'_>,
        row: Row<'_>,
        faults: &mut Vec<Fault>,
    ) -> Option<(Vec<String>, Location)> {
        let cells = match row.cells {
            Ok(cells) => cells,
            Err(message) => {
                faults.push(Fault::error(IssueKind::RowShape, "", "", message));
                return None;
            }
        };
        let key = self.key.iter().map(|(_, field, column)| {
            let field = &context.collection.fields[*field];
            match parse::value(field, cells[*column], context.dialect, faults) {
                Value::Missing if !field.required => Some(String::new()),
                value => value.as_text().map(str::to_owned),
            }
        });
        let key: Option<Vec<String>> = key.collect();
        let mut location = self.place.read(context, cells, faults);
        let drawn = self.wkt.and_then(|wkt| cells.get(wkt)).and_then(|text| context.dialect.stated(text));
        let shape = match row.shape {
            Some(Shape::Missing) | None => drawn.map(|text| {
                let shape = vector::from_wkt(text, None, context.source().repair);
                shape.unwrap_or_else(|| Shape::Invalid("it is no shape as WKT".to_owned()))
            }),
            shape => shape,
        };
        location.geometry =
            shape.and_then(|shape| accepted_shape(shape, GeometryKind::Any, context.territory(), faults));
        Some((key?, location))
    }
}
