//! The formats of text, letter by letter.

use crate::samples::{bytes, hard, nothing};
use export::Format;
use serde_json::Value;

fn text(format: Format) -> String {
    String::from_utf8(bytes(hard(), format)).unwrap()
}

#[test]
fn a_collection_of_features_says_of_itself_what_it_is() {
    let document: Value = serde_json::from_str(&text(Format::GeoJson)).unwrap();
    assert_eq!(document["numberMatched"], 6);
    assert_eq!(document["numberReturned"], 6);
    assert_eq!(document["features"].as_array().unwrap().len(), 6);
    assert_eq!(document["sources"][0]["license"], "CC BY 4.0");
    assert_eq!(document["sources"][0]["release"], 7);
    let empty: Value = serde_json::from_slice(&bytes(nothing(), Format::GeoJson)).unwrap();
    assert_eq!(empty["features"], Value::Array(Vec::new()));
}

#[test]
fn sequences_have_separators_and_lines_have_none() {
    let (sequence, lines) = (text(Format::GeoJsonSequence), text(Format::GeoJsonLines));
    assert_eq!(sequence.replace('\u{1e}', ""), lines);
    assert_eq!(lines.lines().count(), 6);
    for line in sequence.split_terminator('\n') {
        let feature: Value = serde_json::from_str(line.strip_prefix('\u{1e}').unwrap()).unwrap();
        assert_eq!(feature["type"], "Feature");
    }
}

#[test]
fn pieces_are_no_larger_than_they_have_to_be() {
    let pieces = export::open(hard(), Format::GeoJson, &|| false).unwrap();
    assert!(pieces.map(Result::unwrap).all(|piece| (1..=export::PIECE * 2).contains(&piece.len())));
}

#[test]
fn a_name_tells_what_is_in_the_file() {
    let check = |selection, format, expect: &str| assert_eq!(export::file_name(&selection, format), expect);
    check(hard(), Format::Csv, "remix-milano_projects_2023-02-21_release-7.csv");
    check(hard(), Format::FlatGeobuf, "remix-milano_projects_2023-02-21_release-7_placed.fgb");
    check(nothing(), Format::Shapefile, "remix-milano_projects_2023-02-21_release-7_selection.zip");
}
