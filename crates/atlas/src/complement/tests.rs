//! Proposals beside official records.

use super::*;
use crate::samples::{
    body, collection, draft, edition, field, id, key, location, municipalities, origin, required, text,
    with_role,
};
use crate::{Area, Edition, Layer, Query, Reference};
use domain::money::Cents;
use domain::{Collection, GeometryKind, Location};
use geometry::Shape;

const CUP: &str = "G17H03000130001";

fn definition() -> Collection {
    let fields = vec![
        with_role(field("title", FieldType::Text), Role::Title),
        field("cup", FieldType::Cup),
        required(field("local_code", FieldType::Text)),
        field("submeasure_code", FieldType::Text),
        with_role(field("funding_pnrr_cents", FieldType::Cents), Role::Amount),
        with_role(field("updated_on", FieldType::Text), Role::Updated),
    ];
    collection("projects", GeometryKind::Locations, &[1, 2, 3], fields)
}

fn record(title: &str, cup: &str, local: &str, measure: &str, cents: i64) -> Vec<Value> {
    let amount = if cents == 0 { Value::Missing } else { Value::Cents(Cents(cents)) };
    vec![text(title), text(cup), text(local), text(measure), amount, text(local)]
}

fn drawn() -> Shape {
    Shape::points([[0.25, 0.75]]).unwrap()
}

/// An edition with these records of the official source and of the municipality's, in this order of origins.
fn with(official: Vec<(Vec<Value>, Vec<Location>)>, proposed: Vec<(Vec<Value>, Vec<Location>)>) -> Edition {
    let origins =
        vec![origin("proposals", Some("official")), origin("official", None), origin("other", None)];
    let official = official.into_iter().map(|(values, locations)| (1, values, locations));
    let proposed = proposed.into_iter().map(|(values, locations)| (0, values, locations));
    edition(vec![municipalities(), draft(definition(), origins, official.chain(proposed).collect())])
}

fn layer(edition: &Edition) -> &Layer {
    edition.layer(&id("projects")).unwrap()
}

fn place(edition: &Edition, parts: [&str; 3]) -> usize {
    layer(edition).position(FeatureId::of(&id("projects"), &key(&parts))).unwrap()
}

fn official() -> (Vec<Value>, Vec<Location>) {
    (record("Asilo", CUP, "O-1", "M4", 100), vec![location("015001", None)])
}

fn proposed() -> (Vec<Value>, Vec<Location>) {
    let place = Location { municipality: None, province: None, ..location("015001", Some(&drawn())) };
    (record("Asilo nido", CUP, "Comune-7", "", 120), vec![place])
}

#[test]
fn without_an_official_record_a_proposal_is_a_feature_like_any_other() {
    let edition = with(Vec::new(), vec![proposed()]);
    let (layer, alone) = (layer(&edition), place(&edition, [CUP, "Comune-7", ""]));
    assert_eq!((layer.len(), layer.precision(alone)), (1, LocationPrecision::Geometry));
    assert!(layer.also(alone).is_empty());
    let unmatched = with(vec![official()], vec![(record("Parco", "", "Comune-8", "", 1), Vec::new())]);
    assert_eq!(self::layer(&unmatched).len(), 2);
    let foreign = (2, record("Asilo", CUP, "X", "M4", 1), Vec::new());
    let origins =
        vec![origin("proposals", Some("official")), origin("official", None), origin("other", None)];
    let (values, places) = proposed();
    let mut other = draft(definition(), origins, vec![foreign, (0, values, places)]);
    assert!(merge(&mut other).1.is_empty(), "only the complemented source's records are the same");
}

#[test]
fn the_same_cup_is_one_feature_with_the_official_values_and_the_true_place() {
    let edition = with(vec![official()], vec![proposed()]);
    let layer = layer(&edition);
    assert_eq!(layer.len(), 1);
    let one = place(&edition, [CUP, "O-1", "M4"]);
    assert!(layer.values(one).eq(&official().0));
    assert_eq!(
        (layer.precision(one), layer.shapes(one)),
        (LocationPrecision::Geometry, [drawn()].as_slice())
    );
    assert_eq!(layer.municipalities(one).len(), 1);
    assert!(layer.anchors[0].members[0].is_placed, "it is drawn at its place, not at the municipality's");
    let [also] = layer.also(one) else { panic!("{:?}", layer.also(one)) };
    assert_eq!((also.origin, also.candidates), (0, 1));
    let differences: Vec<_> =
        also.differences.iter().map(|it| (it.field, &it.official, &it.proposed)).collect();
    let (asilo, nido) = (text("Asilo"), text("Asilo nido"));
    assert_eq!(differences, [(0, &asilo, &nido), (4, &Value::Cents(Cents(100)), &Value::Cents(Cents(120)))]);
    let body = body(layer, 0);
    assert!(
        body.contains(r#""source":"official""#) && body.contains(r#""also_sources":["proposals"]"#),
        "{body}"
    );
    assert!(body.contains(r#""geometry":{"type":"Point","coordinates":[0.25,0.75]}"#), "{body}");
    let there = Area::between(Reference::Crs84, [[0.2, 0.7], [0.3, 0.8]]).unwrap();
    assert_eq!(layer.select(&Query { areas: there, ..Query::default() }), [0]);
}

#[test]
fn a_place_that_is_no_better_adds_nothing() {
    let check = |official: Location, proposed: Location, expect: usize| {
        let official = (record("A", CUP, "O-1", "", 1), vec![official]);
        let edition = with(vec![official], vec![(record("A", CUP, "P", "", 1), vec![proposed])]);
        let places = layer(&edition).locations(place(&edition, [CUP, "O-1", ""])).len();
        assert_eq!(places, expect);
    };
    let address = Location { address: Some("Via Roma 1".to_owned()), ..location("015001", None) };
    check(location("015001", None), location("015002", None), 1);
    check(location("015001", None), address.clone(), 2);
    check(address.clone(), address.clone(), 1);
    check(address, location("015001", Some(&drawn())), 2);
    check(location("015001", Some(&drawn())), location("015001", Some(&drawn())), 1);
}

#[test]
fn of_several_registrations_the_one_of_the_same_measure_and_else_the_first() {
    let several = || {
        let rows = [("O-3", "M4"), ("O-2", "M4"), ("O-1", "M5")];
        rows.map(|(local, measure)| (record("A", CUP, local, measure, 1), Vec::new())).to_vec()
    };
    let check = |measure: &str, expect: [&str; 3], candidates: usize| {
        let edition = with(several(), vec![(record("A", CUP, "P", measure, 0), Vec::new())]);
        assert_eq!(layer(&edition).len(), 3);
        assert_eq!(layer(&edition).also(place(&edition, expect))[0].candidates, candidates, "{measure}");
    };
    check("M5", [CUP, "O-1", "M5"], 1);
    check("M4", [CUP, "O-2", "M4"], 2);
    check("", [CUP, "O-1", "M5"], 3);
}

#[test]
fn what_the_official_source_does_not_state_stays_missing_and_is_shown() {
    let official = (record("A", CUP, "O-1", "M4", 0), Vec::new());
    let edition = with(vec![official], vec![(record("A", CUP, "P", "M4", 5), Vec::new())]);
    let (layer, one) = (layer(&edition), place(&edition, [CUP, "O-1", "M4"]));
    assert_eq!(layer.value(one, 4), &Value::Missing);
    assert_eq!(layer.also(one)[0].differences.len(), 1);
}
