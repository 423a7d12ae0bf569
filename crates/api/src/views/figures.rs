//! The proposals, and the numbers that sum them up.

use atlas::{Edition, Layer};
use domain::{GeometryKind, LocationPrecision, Role, Value};

use crate::filters;
use crate::pages::figures::Figures;

/// The collection of the proposals, if it is defined.
pub fn proposals(edition: &Edition) -> Option<&Layer> {
    edition.layers.iter().map(AsRef::as_ref).find(|layer: &&Layer| {
        layer.collection.family == "proposals" && layer.collection.geometry == GeometryKind::Locations
    })
}

/// The address of their table.
pub fn table(proposals: Option<&Layer>) -> String {
    proposals.map_or("/collections".to_owned(), |it| format!("/collections/{}/items", it.collection.id))
}

/// The address of the table of those that are not on the map.
pub fn off_map(table: &str) -> String {
    format!("{table}?{}=province,none", filters::PRECISION)
}

/// The numbers of the territory: each proposal counts once, whatever the number of its places.
pub fn of(layer: &Layer) -> Figures {
    let with = |precisions: &[LocationPrecision]| {
        (0..layer.len()).filter(|at| precisions.contains(&layer.precision(*at))).count() as u64
    };
    let amounts: Vec<i64> = (0..layer.len()).filter_map(|at| amount(layer, at)).collect();
    Figures {
        proposals: layer.len() as u64,
        located: with(&[LocationPrecision::Geometry, LocationPrecision::Address]),
        municipality_only: with(&[LocationPrecision::Municipality]),
        province_or_none: with(&[LocationPrecision::Province, LocationPrecision::None]),
        funding_pnrr_cents: (!amounts.is_empty()).then(|| amounts.iter().sum()),
        as_of: layer.origins.iter().filter_map(|origin| origin.extracted_on).max().map(|day| day.to_string()),
    }
}

fn amount(layer: &Layer, at: usize) -> Option<i64> {
    match layer.value_of(at, Role::Amount)? {
        Value::Cents(cents) => Some(cents.0),
        _ => None,
    }
}
