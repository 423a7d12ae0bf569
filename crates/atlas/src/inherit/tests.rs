//! Values from the records of other collections.

use crate::samples::{body, collection, draft, edition, field, id, inherited, key, origin, required, text};
use crate::{Condition, Query};
use domain::{FeatureId, FieldType, GeometryKind, Value};

#[test]
fn a_field_has_the_values_of_the_records_with_the_same_key() {
    let projects = collection(
        "projects",
        GeometryKind::Locations,
        &[0],
        vec![
            required(field("cup", FieldType::Text)),
            inherited(field("all", FieldType::List), "tenders", "cup", "state"),
            inherited(field("first", FieldType::Text), "tenders", "cup", "state"),
            inherited(field("kinds", FieldType::List), "tenders", "cup", "kinds"),
        ],
    );
    let fields = vec![
        field("cup", FieldType::Text),
        required(field("number", FieldType::Text)),
        field("state", FieldType::Text),
        field("kinds", FieldType::List),
    ];
    let tenders = collection("tenders", GeometryKind::None, &[1], fields);
    let row = |cup: &str| (0, vec![text(cup), Value::Missing, Value::Missing, Value::Missing], Vec::new());
    let list = |texts: &[&str]| Value::List(texts.iter().map(ToString::to_string).collect());
    let tender = |number: &str, cup: &str, state: &str, kinds: Value| {
        (0, vec![text(cup), text(number), text(state), kinds], Vec::new())
    };
    let rows = vec![
        tender("3", "A", "open", list(&["x", "z"])),
        tender("1", "A", "won", list(&["y", "x"])),
        tender("2", "A", "open", Value::Missing),
        tender("4", "B", "", Value::Missing),
        tender("5", "", "lost", Value::Missing),
    ];
    let edition = edition(vec![
        draft(projects, vec![origin("s", None)], vec![row("A"), row("B"), row("C")]),
        draft(tenders, vec![origin("s", None)], rows),
    ]);
    let layer = edition.layer(&id("projects")).unwrap();
    let at = |cup: &str| layer.position(FeatureId::of(&id("projects"), &key(&[cup]))).unwrap();
    let values = |cup: &str| layer.values(at(cup)).skip(1).cloned().collect::<Vec<_>>();
    assert_eq!(values("A"), [list(&["won", "open"]), text("won"), list(&["y", "x", "z"])]);
    assert_eq!(values("B"), [Value::Missing, Value::Missing, Value::Missing]);
    assert_eq!(values("C"), values("B"));
    let body = body(layer, at("A"));
    assert!(body.contains(r#""all":["won","open"],"first":"won""#), "{body}");
    let asked = |texts: &[&str]| {
        let conditions = vec![Condition::Equals(3, list(texts))];
        layer.select(&Query { conditions, ..Query::default() }).len()
    };
    assert_eq!([asked(&["x"]), asked(&["z", "y"]), asked(&["x", "w"])], [1, 1, 0]);
}
