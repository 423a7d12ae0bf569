//! Coverage: in how many municipalities a collection has records.

use atlas::{Edition, Layer};
use domain::question::Sliver;
use domain::{GeometryKind, MunicipalityCode};
use std::collections::BTreeSet;

use crate::measure::Drawn;
use crate::territory::Territory;

/// The municipalities in which a layer has at least one record: those that its records state, or else meet where they are drawn.
/// `None` for records without places.
#[must_use]
pub fn coverage(edition: &Edition, layer: &Layer) -> Option<BTreeSet<MunicipalityCode>> {
    if layer.collection.geometry == GeometryKind::None {
        return None;
    }
    let territory = Territory::new(edition);
    let of_record = |at: usize| match layer.municipalities(at) {
        [] if layer.shapes(at).is_empty() => Vec::new(),
        [] => territory.met(Drawn::new(layer, at), Sliver::default()),
        stated => stated.iter().copied().filter(|code| territory.knows(*code)).collect(),
    };
    Some((0..layer.len()).flat_map(of_record).collect())
}
