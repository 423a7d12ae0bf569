//! Children find their parents.

use crate::samples::{body, child_of, collection, draft, edition, field, id, key, origin, required, text};
use domain::{FeatureId, FieldType, GeometryKind};

#[test]
fn a_child_belongs_to_the_records_with_the_same_values_in_what_it_states() {
    let text_field = |id: &str| field(id, FieldType::Text);
    let fields = vec![text_field("cup"), required(text_field("local")), text_field("measure")];
    let projects = collection("projects", GeometryKind::Locations, &[0, 1, 2], fields);
    let fields =
        vec![required(text_field("number")), text_field("cup"), text_field("local"), text_field("measure")];
    let tenders = child_of(
        collection("tenders", GeometryKind::None, &[0], fields),
        "projects",
        &["cup", "local", "measure"],
    );
    let project =
        |cup: &str, local: &str, measure: &str| (0, vec![text(cup), text(local), text(measure)], Vec::new());
    let tender = |number: &str, cup: &str, local: &str, measure: &str| {
        (0, vec![text(number), text(cup), text(local), text(measure)], Vec::new())
    };
    let edition = edition(vec![
        draft(
            projects,
            vec![origin("s", None)],
            vec![project("A", "1", "M1"), project("A", "2", "M1"), project("", "3", "")],
        ),
        draft(
            tenders,
            vec![origin("s", None)],
            vec![
                tender("whole", "A", "1", "M1"),
                tender("cup", "A", "", ""),
                tender("other", "A", "1", "M9"),
                tender("local", "", "3", ""),
                tender("none", "", "", ""),
            ],
        ),
    ]);
    let layer = edition.layer(&id("projects")).unwrap();
    let check = |parts: [&str; 3], expect: &[&str]| {
        let position = layer.position(FeatureId::of(&id("projects"), &key(&parts))).unwrap();
        let mut found: Vec<String> = Vec::new();
        for (child, places) in edition.children(layer, position) {
            assert_eq!(child.collection.id, id("tenders"));
            assert!(places.is_sorted());
            found.extend(places.iter().map(|it| child.key(*it as usize).to_string()));
        }
        found.sort();
        assert_eq!(found, expect, "{parts:?}");
    };
    check(["A", "1", "M1"], &["cup", "whole"]);
    check(["A", "2", "M1"], &["cup"]);
    check(["", "3", ""], &["local"]);
    let tenders = edition.layer(&id("tenders")).unwrap();
    assert!(edition.children(tenders, 0).is_empty());
    let body = body(tenders, 0);
    assert!(body.contains(r#""geometry":null"#), "{body}");
}
