//! Fourth phase: a row becomes a record, or is set aside with what was wrong with it.

use super::ledger::{Fault, Ledger};
use super::open::Sheet;
use super::parse::{self, Dialect};
use super::place::PlaceColumns;
use super::rename;
use crate::IngestError;
use crate::format::{Row, Shape};
use crate::reading::{Definitions, Standing};
use domain::source::{Scope, Source};
use domain::{
    Collection, GeometryKind, IssueKind, Key, Location, MunicipalityCode, Record, Role, Tally, Territory,
    Value,
};
use geometry::{Bbox, Kind, wkb};
use std::collections::HashMap;
use std::sync::Arc;

/// What the phase knows while it reads.
pub struct Context<'a> {
    /// What the reading goes by.
    pub definitions: &'a Definitions,
    /// The collection being read.
    pub collection: &'a Arc<Collection>,
    /// The standing records to which those of the reading may belong.
    pub standing: &'a Standing,
    /// How the source writes values.
    pub dialect: Dialect<'a>,
}

impl<'a> Context<'a> {
    /// The source.
    pub fn source(&self) -> &'a Source {
        &self.definitions.source
    }

    /// The territory served.
    pub fn territory(&self) -> &'a Territory {
        &self.definitions.territory
    }
}

/// The records read so far, and which keys they have.
#[derive(Default)]
pub struct Drafts {
    /// The records, in the order of the files.
    pub records: Vec<Record>,
    keys: HashMap<Key, (String, u64)>,
}

/// Reads the rows of one sheet of records.
///
/// # Errors
/// [`IngestError::Damaged`] if the file breaks off.
pub fn read(
    context: &Context<'_>,
    sheet: &Sheet<'_>,
    drafts: &mut Drafts,
    tally: &mut Tally,
    ledger: &mut Ledger,
) -> Result<(), IngestError> {
    let file = sheet.name();
    let position = |field: &domain::Field| rename::position(sheet.table, &field.id, sheet.columns());
    let positions: Vec<Option<usize>> = context.collection.fields.iter().map(position).collect();
    let place = PlaceColumns::of(context.source(), context.territory(), sheet.table, sheet.columns())
        .map_err(|reason| IngestError::Crs { path: sheet.path().to_owned(), reason })?;
    sheet.visit(&mut |mut row| {
        let (line, entry) = (row.line, row.entry);
        let mut faults = Vec::new();
        if let (None, Some(place), Ok(cells)) = (&row.shape, &place, &row.cells) {
            row.shape = place.shape(cells, &mut faults);
        }
        match record(context, &positions, row, &mut faults) {
            Outcome::Elsewhere => tally.filter(),
            Outcome::SetAside => {
                ledger.record(&file, line, entry, faults);
                tally.quarantine();
            }
            Outcome::Record(record) => {
                if let Some((first_file, first_line)) = drafts.keys.get(&record.key) {
                    let message = format!("the same key stands already in {first_file}, line {first_line}");
                    faults.push(Fault::error(IssueKind::DuplicateKey, "", &record.key.to_string(), message));
                }
                if ledger.record(&file, line, entry, faults) {
                    tally.quarantine();
                } else {
                    drafts.keys.insert(record.key.clone(), (file.clone(), line));
                    drafts.records.push(record);
                }
            }
        }
    })
}

enum Outcome {
    Record(Record),
    SetAside,
    Elsewhere,
}

fn record(
    context: &Context<'_>,
    positions: &[Option<usize>],
    row: Row<'_>,
    faults: &mut Vec<Fault>,
) -> Outcome {
    let cells = match row.cells {
        Ok(cells) => cells,
        Err(message) => {
            faults.push(Fault::error(IssueKind::RowShape, "", "", message));
            return Outcome::SetAside;
        }
    };
    let fields = context.collection.fields.iter().zip(positions);
    let values: Vec<Value> = fields
        .map(|(field, position)| match position.and_then(|position| cells.get(position)) {
            Some(text) => parse::value(field, text, context.dialect, faults),
            None => Value::Missing,
        })
        .collect();
    let municipality = municipality(context.collection, &values);
    // Rows of other territories are passed over before their faults are looked at: nobody here can mend them.
    let elsewhere = |code: MunicipalityCode| !context.territory().has_province(code.province());
    if context.source().scope == Scope::Country && municipality.is_some_and(elsewhere) {
        return Outcome::Elsewhere;
    }
    let location = match row.shape {
        Some(shape) => placed(context, municipality, shape, faults),
        None => None,
    };
    match context.collection.key_of(&values) {
        Some(key) if faults.iter().all(|fault| fault.severity != domain::Severity::Error) => {
            Outcome::Record(Record { key, values, locations: location.into_iter().collect() })
        }
        _ => Outcome::SetAside,
    }
}

/// The municipality that the record is or lies in, if a field says it.
fn municipality(collection: &Collection, values: &[Value]) -> Option<MunicipalityCode> {
    let place = collection.with_role(Role::Municipality)?;
    MunicipalityCode::parse(values[place].as_text()?).ok()
}

/// The location of a record that has a shape of its own.
fn placed(
    context: &Context<'_>,
    municipality: Option<MunicipalityCode>,
    shape: Shape,
    faults: &mut Vec<Fault>,
) -> Option<Location> {
    let geometry = accepted_shape(shape, context.collection.geometry, context.territory(), faults)?;
    Some(Location {
        province: municipality.map(MunicipalityCode::province),
        municipality,
        municipality_name: None,
        address: None,
        postal_code: None,
        share_percent: None,
        geometry: Some(geometry),
    })
}

/// The shape as WKB, if it is there, valid, of the right kind and in the territory.
pub fn accepted_shape(
    shape: Shape,
    kind: GeometryKind,
    territory: &Territory,
    faults: &mut Vec<Fault>,
) -> Option<Vec<u8>> {
    let mut fault = |kind, message: String| faults.push(Fault::error(kind, "geometry", "", message));
    let (bytes, repaired) = match shape {
        Shape::Wkb { bytes, repaired } => (bytes, repaired),
        Shape::Missing => {
            fault(IssueKind::MissingGeometry, "there is no geometry".to_owned());
            return None;
        }
        Shape::Invalid(reason) => {
            fault(IssueKind::InvalidGeometry, reason);
            return None;
        }
    };
    let shape = match wkb::read(&bytes) {
        Ok(shape) => shape,
        Err(error) => {
            fault(IssueKind::InvalidGeometry, format!("the geometry cannot be used: {error}"));
            return None;
        }
    };
    let fits = match kind {
        GeometryKind::Point => shape.kind() == Kind::Points,
        GeometryKind::Line => shape.kind() == Kind::Lines,
        GeometryKind::Polygon => shape.kind() == Kind::Polygons,
        GeometryKind::Any | GeometryKind::Locations => true,
        GeometryKind::None => false,
    };
    if !fits {
        fault(
            IssueKind::InvalidGeometry,
            format!("the collection holds geometries of kind {}", kind.as_str()),
        );
        return None;
    }
    let [west, south, east, north] = territory.extent;
    if !shape.bbox().intersects(Bbox { min: [west, south], max: [east, north] }) {
        let at = shape.bbox().min;
        let message = format!(
            "the geometry lies outside the territory, near longitude {:.4}, latitude {:.4}: are the coordinates \
             swapped, or in another reference system?",
            at[0], at[1]
        );
        fault(IssueKind::OutsideTerritory, message);
        return None;
    }
    if repaired {
        let message = "the geometry was not valid and has been repaired, as the source's definition asks";
        faults.push(Fault::warning(IssueKind::InvalidGeometry, "geometry", "", message));
    }
    Some(bytes)
}
