//! Dependencies: the other collections of whose records a layer is made.

use crate::municipalities;
use domain::{Collection, GeometryKind, Role};
use std::sync::Arc;

/// Those of `collections` that the layer of `collection` is made of beside its own records: what it is dissolved from, what its
/// fields are inherited from, and the municipalities, if its records may be known by them alone.
pub fn dependencies<'a>(
    collection: &'a Collection,
    collections: &'a [Arc<Collection>],
) -> impl Iterator<Item = &'a Arc<Collection>> {
    let lies_in = collection.geometry == GeometryKind::Locations
        || collection.with_role(Role::Municipality).is_some_and(|field| collection.key != [field]);
    let is_dissolved_from = |other: &Collection| {
        collection.dissolved_from.as_ref().is_some_and(|dissolved| dissolved.collection == other.id)
    };
    let is_inherited_from = |other: &Collection| {
        let inherited = collection.fields.iter().filter_map(|field| field.inherited.as_ref());
        inherited.into_iter().any(|inherited| inherited.collection == other.id)
    };
    collections.iter().filter(move |other| {
        other.id != collection.id
            && (is_dissolved_from(other)
                || is_inherited_from(other)
                || lies_in && municipalities::are_held_by(other))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, collection, dissolved, field, inherited, with_role};
    use domain::FieldType;

    #[test]
    fn a_layer_depends_on_what_it_is_made_of() {
        let plain = |name: &str, kind| collection(name, kind, &[0], vec![field("code", FieldType::Text)]);
        let lies = with_role(field("lies_in", FieldType::MunicipalityCode), Role::Municipality);
        let services = vec![field("code", FieldType::Text), lies];
        let projects = vec![
            field("code", FieldType::Text),
            inherited(field("goal", FieldType::Text), "goals", "code", "goal"),
        ];
        let all: Vec<Arc<Collection>> = vec![
            samples::municipalities().collection,
            Arc::new(dissolved(plain("zones", GeometryKind::Polygon), "municipalities", "zone")),
            Arc::new(plain("areas", GeometryKind::Polygon)),
            Arc::new(collection("services", GeometryKind::Point, &[0], services)),
            Arc::new(plain("goals", GeometryKind::None)),
            Arc::new(collection("projects", GeometryKind::Locations, &[0], projects)),
        ];
        let found = all.iter().map(|it| dependencies(it, &all).map(|it| it.id.to_string()).collect());
        let found: Vec<Vec<String>> = found.collect();
        let municipalities = || "municipalities".to_owned();
        let expect = [
            vec![],
            vec![municipalities()],
            vec![],
            vec![municipalities()],
            vec![],
            vec![municipalities(), "goals".to_owned()],
        ];
        assert_eq!(found, expect);
    }
}
