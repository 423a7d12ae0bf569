//! What is different in a place from what it was in an earlier edition.

use super::inside::Inside;
use super::place::Place;
use super::there::There;
use atlas::{Edition, Layer};
use domain::{FeatureId, GeometryKind};
use std::collections::BTreeSet;

/// A record of a place that is new, gone, or says something else.
#[derive(Clone, Debug)]
pub struct Change<'e> {
    /// Its public number.
    pub id: FeatureId,
    /// What it was: its layer in the earlier edition, and its place there; `None` if it is new.
    pub before: Option<(&'e Layer, usize)>,
    /// What it is now; `None` if it is gone.
    pub after: Option<(&'e Layer, usize)>,
    /// The fields that say something else, by their place in the collection.
    pub fields: Vec<usize>,
    /// Whether its places are others.
    pub is_moved: bool,
}

impl<'e> Change<'e> {
    /// The layer that tells of it: the present one, or the last that had it.
    #[must_use]
    pub fn told_by(&self) -> Option<(&'e Layer, usize)> {
        self.after.or(self.before)
    }
}

/// The changes in a place between two editions, by layer and number. `before` is the place as it was; `None` if it was none then.
#[must_use]
pub fn changes<'e>(
    (earlier, before): (&'e Edition, Option<&Place<'_>>),
    (later, after): (&'e Edition, &Place<'_>),
) -> Vec<Change<'e>> {
    let mut all = Vec::new();
    for layer in later.layers.iter().map(AsRef::as_ref) {
        let Some(old) = earlier.layer(&layer.collection.id).filter(|old| old.tag != layer.tag) else {
            continue;
        };
        let was_here = before.map(|before| ids(old, before)).unwrap_or_default();
        let touched: BTreeSet<FeatureId> = was_here.into_iter().chain(ids(layer, after)).collect();
        all.extend(touched.into_iter().filter_map(|id| change(old, layer, id)));
    }
    all
}

/// The numbers of the records of a layer in a place.
fn ids(layer: &Layer, place: &Place<'_>) -> Vec<FeatureId> {
    if layer.collection.geometry == GeometryKind::Locations {
        return There::of(layer, place).positions().into_iter().map(|at| layer.id(at)).collect();
    }
    let found = Inside::of(layer, place).map(|it| it.found).unwrap_or_default();
    found.into_iter().map(|it| layer.id(it.position)).collect()
}

/// How a record differs; `None` if it does not.
fn change<'e>(old: &'e Layer, new: &'e Layer, id: FeatureId) -> Option<Change<'e>> {
    let before = old.position(id).map(|at| (old, at));
    let after = new.position(id).map(|at| (new, at));
    let (fields, is_moved) = match (before, after) {
        (Some((_, was)), Some((_, is))) => {
            let differs = |field: &usize| {
                let known = old.collection.position(&new.collection.fields[*field].id);
                known.map(|known| old.value(was, known)) != Some(new.value(is, *field))
            };
            let fields = (0..new.collection.fields.len()).filter(differs).collect::<Vec<_>>();
            (fields, !old.locations(was).eq(new.locations(is)))
        }
        _ => (Vec::new(), false),
    };
    let is_same = before.is_some() && after.is_some() && fields.is_empty() && !is_moved;
    (!is_same).then_some(Change { id, before, after, fields, is_moved })
}
