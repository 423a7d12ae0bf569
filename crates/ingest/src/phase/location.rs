//! The location that a row of a table of locations states, and the key of the records that it is of.

use super::context::Context;
use super::ledger::Fault;
use super::municipality;
use super::open::Sheet;
use super::parents::Parents;
use super::parse;
use super::rename;
use super::shape::accepted_shape;
use crate::IngestError;
use crate::format::{Row, Shape, vector};
use domain::collection::Parent;
use domain::source::PlacePart;
use domain::{GeometryKind, IssueKind, Location, Territory, Value};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Where the columns of a sheet of locations are.
pub struct Columns {
    /// For each of the collection's key fields that the sheet has: its place in the key, in the fields and in the row.
    key: Vec<(usize, usize, usize)>,
    place: municipality::Columns,
    wkt: Option<usize>,
}

impl Columns {
    /// Where they are.
    pub fn of(context: &Context<'_>, sheet: &Sheet<'_>) -> Self {
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

    /// The places in the key of those parts that the sheet has.
    pub fn key_parts(&self) -> impl Iterator<Item = usize> {
        self.key.iter().map(|(part, _, _)| *part)
    }

    /// The key and the place that a row states; `None` if they cannot be read.
    pub fn read(
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
            return ControlFlow::Continue(());
        };
        let text =
            |place: &Option<usize>| place.and_then(|place| key.get(place)).map(|part| part.to_lowercase());
        records.insert(places.iter().map(|place| text(place).unwrap_or_default()).collect());
        ControlFlow::Continue(())
    })?;
    parents.extend_in_part(places.iter().map(Option::is_some).collect(), records.into_iter().collect());
    Ok(())
}

/// Whether a location lies in the territory.
pub fn is_here(territory: &Territory, location: &Location) -> bool {
    location.province.is_some_and(|code| territory.has_province(code))
}
