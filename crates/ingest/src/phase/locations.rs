//! Fifth phase: locations find their records. A location belongs to the records that have the same values in those of the
//! key's fields that its table has, so money is never joined to places: a record has places, and stays one record.

use super::ledger::{Fault, Ledger};
use super::open::Sheet;
use super::parse;
use super::records::{Context, accepted_shape};
use super::rename;
use crate::IngestError;
use crate::format::{Row, Shape, vector};
use domain::source::{PlacePart, Scope};
use domain::{GeometryKind, IssueKind, Location, MunicipalityCode, ProvinceCode, Record, Tally};
use std::collections::HashMap;

/// Rows of the locations' tables, by the records they found.
#[derive(Default)]
pub struct Found {
    /// For each location that was read, the records it belongs to.
    owners: Vec<Vec<usize>>,
    /// Rows set aside.
    quarantined: u64,
}

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
    let owners = columns.owners(records);
    sheet.visit(&mut |row| {
        let (line, entry) = (row.line, row.entry);
        let mut faults = Vec::new();
        let read = columns.read(context, &row, &mut faults);
        let owned = read.as_ref().and_then(|(key, _)| owners.get(key));
        if let (Some((key, _)), None) = (&read, owned) {
            let message = "no accepted record has this key";
            faults.push(Fault::error(IssueKind::OrphanLocation, "", &key.join(" · "), message));
        }
        let set_aside = ledger.record(&file, line, entry, faults);
        match (read, owned) {
            (Some((_, location)), Some(owned)) if !set_aside => {
                for owner in owned {
                    records[*owner].locations.push(location.clone());
                }
                found.owners.push(owned.clone());
            }
            _ => found.quarantined += 1,
        }
    })
}

/// Keeps the records that lie in the territory, in whole or in part, and counts the others as filtered. Gives the tally of
/// the locations.
pub fn keep_in_territory(
    context: &Context<'_>,
    records: Vec<Record>,
    found: &Found,
    tally: &mut Tally,
) -> (Vec<Record>, Tally) {
    let here =
        |location: &Location| location.province.is_some_and(|code| context.territory().has_province(code));
    let by_place =
        context.source().scope == Scope::Country && context.collection.geometry == GeometryKind::Locations;
    let kept: Vec<bool> =
        records.iter().map(|record| !by_place || record.locations.iter().any(here)).collect();
    let mut places = Tally::default();
    for owners in &found.owners {
        if owners.iter().any(|owner| kept[*owner]) { places.accept() } else { places.filter() }
    }
    (0..found.quarantined).for_each(|_| places.quarantine());
    let mut staying = Vec::with_capacity(records.len());
    for (record, kept) in records.into_iter().zip(kept) {
        if kept {
            tally.accept();
            staying.push(record);
        } else {
            tally.filter();
        }
    }
    (staying, places)
}

/// Where the columns of a sheet of locations are.
struct Columns {
    /// For each of the collection's key fields that the sheet has: its place in the key, in the fields and in the row.
    key: Vec<(usize, usize, usize)>,
    province: Option<usize>,
    municipality: Option<usize>,
    municipality_name: Option<usize>,
    address: Option<usize>,
    postal_code: Option<usize>,
    share: Option<usize>,
    wkt: Option<usize>,
}

impl Columns {
    fn of(context: &Context<'_>, sheet: &Sheet<'_>) -> Self {
        let column = |field: &str| rename::position(sheet.table, field, sheet.columns());
        let place = |part| rename::place_position(sheet.table, part, sheet.columns());
        let collection = context.collection;
        let part = |(part, field): (usize, &usize)| {
            column(&collection.fields[*field].id).map(|column| (part, *field, column))
        };
        Self {
            key: collection.key.iter().enumerate().filter_map(part).collect(),
            province: place(PlacePart::Province),
            municipality: place(PlacePart::Municipality),
            municipality_name: place(PlacePart::MunicipalityName),
            address: place(PlacePart::Address),
            postal_code: place(PlacePart::PostalCode),
            share: place(PlacePart::Share),
            wkt: place(PlacePart::Wkt),
        }
    }

    /// The records by those parts of their key that the sheet has.
    fn owners(&self, records: &[Record]) -> HashMap<Vec<String>, Vec<usize>> {
        let mut owners: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (place, record) in records.iter().enumerate() {
            let key = self.key.iter().map(|(part, _, _)| record.key.parts()[*part].clone()).collect();
            owners.entry(key).or_default().push(place);
        }
        owners
    }

    /// The key and the place that a row states; `None` if they cannot be read.
    fn read(
        &self,
        context: &Context<'_>,
        row: &Row<'_>,
        faults: &mut Vec<Fault>,
    ) -> Option<(Vec<String>, Location)> {
        let cells = match &row.cells {
            Ok(cells) => cells,
            Err(message) => {
                faults.push(Fault::error(IssueKind::RowShape, "", "", message.clone()));
                return None;
            }
        };
        let stated = |column: Option<usize>| {
            column.and_then(|column| cells.get(column)).and_then(|text| context.dialect.stated(text))
        };
        let key = self.key.iter().map(|(_, field, column)| {
            let field = &context.collection.fields[*field];
            parse::value(field, cells[*column], context.dialect, faults).as_text().map(str::to_owned)
        });
        let key: Option<Vec<String>> = key.collect();
        let province = province(stated(self.province), faults);
        let municipality = municipality(province, stated(self.municipality), faults);
        let geometry = stated(self.wkt).and_then(|text| {
            let shape = vector::from_wkt(text, None, context.source().repair);
            let shape = shape.unwrap_or_else(|| Shape::Invalid("it is no shape as WKT".to_owned()));
            accepted_shape(shape, GeometryKind::Any, context.territory(), faults)
        });
        let share_percent = stated(self.share).and_then(|text| share(text, context, faults));
        let location = Location {
            province,
            municipality,
            municipality_name: stated(self.municipality_name).map(str::to_owned),
            address: stated(self.address).map(str::to_owned),
            postal_code: stated(self.postal_code).map(str::to_owned),
            share_percent,
            geometry,
        };
        Some((key?, location))
    }
}

fn province(text: Option<&str>, faults: &mut Vec<Fault>) -> Option<ProvinceCode> {
    let text = text?;
    let code = ProvinceCode::parse(text).map_err(|error| {
        faults.push(Fault::error(
            IssueKind::UnreadableValue,
            PlacePart::Province.as_str(),
            text,
            error.to_string(),
        ));
    });
    code.ok().filter(|code| !code.is_nowhere())
}

fn municipality(
    province: Option<ProvinceCode>,
    text: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Option<MunicipalityCode> {
    let (province, text) = (province?, text?);
    let code = MunicipalityCode::of(province, text).map_err(|error| {
        faults.push(Fault::error(
            IssueKind::UnreadableValue,
            PlacePart::Municipality.as_str(),
            text,
            error.to_string(),
        ));
    });
    code.ok().flatten()
}

fn share(text: &str, context: &Context<'_>, faults: &mut Vec<Fault>) -> Option<f64> {
    let share = parse::decimal(text, context.dialect.amounts).filter(|share| (0.0..=100.0).contains(share));
    if share.is_none() {
        let message = "a share is a number from 0 to 100, in per cent";
        faults.push(Fault::error(IssueKind::UnreadableValue, PlacePart::Share.as_str(), text, message));
    }
    share
}
