//! Zones of municipalities.

use super::*;
use crate::samples::{
    self, collection, dissolved, draft, edition, field, id, key, municipalities, origin, text,
};
use crate::{Edition, Layer};
use domain::GeometryKind;

fn zones() -> LayerDraft {
    let fields = vec![
        samples::required(field("code", FieldType::Text)),
        samples::with_role(field("name", FieldType::Text), Role::Title),
        field("municipality_count", FieldType::Integer),
        field("population", FieldType::Integer),
        field("official_area_km2", FieldType::Decimal),
        field("note", FieldType::Text),
    ];
    let zones = dissolved(collection("zones", GeometryKind::Polygon, &[0], fields), "municipalities", "zone");
    let stale = vec![(0, vec![text("stale"); 6], Vec::new())];
    draft(zones, vec![origin("stale", None)], stale)
}

fn layer(edition: &Edition) -> &Layer {
    edition.layer(&id("zones")).unwrap()
}

fn zone(layer: &Layer, code: &str) -> usize {
    layer.position(FeatureId::of(&id("zones"), &key(&[code]))).unwrap()
}

#[test]
fn a_zone_is_made_of_its_municipalities_wherever_they_are_defined() {
    for drafts in [vec![zones(), municipalities()], vec![municipalities(), zones()]] {
        let edition = edition(drafts);
        let layer = layer(&edition);
        assert_eq!(layer.len(), 2, "a municipality without a zone makes none");
        assert_eq!(layer.origins[0].source.as_str(), "istat");
        let west = zone(layer, "west");
        let values = [
            text("west"),
            text("Zona Ovest"),
            Value::Integer(3),
            Value::Integer(107),
            Value::Decimal(42.67),
            Value::Missing,
        ];
        assert!(layer.values(west).eq(&values));
        let [shape] = layer.shapes(west) else { panic!("one shape") };
        assert_eq!((shape.part_count(), shape.ring_count()), (2, 2));
        assert!((geometry::area::shape(shape) - 3.0).abs() < 1e-12);
        assert!(layer.inner_point(west).is_some());
    }
}

#[test]
fn what_no_part_states_is_missing_and_a_value_without_a_label_is_its_own() {
    let edition = edition(vec![municipalities(), zones()]);
    let layer = layer(&edition);
    let east = zone(layer, "east");
    assert_eq!(layer.value(east, 1), &text("east"));
    assert_eq!(layer.value(east, 3), &Value::Missing);
    let location = layer.locations(east).next().unwrap();
    assert_eq!(location.province.map(|code| code.to_string()).as_deref(), Some("015"));
}

#[test]
fn without_municipalities_there_are_no_zones() {
    let nothing = LayerDraft::new(municipalities().collection, Vec::new(), String::new());
    assert!(layer(&edition(vec![nothing, zones()])).is_empty());
}
