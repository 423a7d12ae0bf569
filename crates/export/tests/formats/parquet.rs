//! Parquet files, read back row by row; the interoperability tests read them with Arrow.

use crate::samples::{bytes, hard, nothing, table};
use domain::Value;
use domain::money::Cents;
use export::{Format, Selection};
use geometry::{Reference, wkb};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, ListAccessor, Row};
use serde_json::{Value as Json, json};
use std::fs::File;
use std::io::Write;
use time::macros::date;

fn open(selection: &Selection) -> SerializedFileReader<File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes(selection.clone(), Format::GeoParquet)).unwrap();
    SerializedFileReader::new(file).unwrap()
}

fn entry(file: &SerializedFileReader<File>, key: &str) -> Option<String> {
    let entries = file.metadata().file_metadata().key_value_metadata().unwrap();
    entries.iter().find(|entry| entry.key == key).and_then(|entry| entry.value.clone())
}

/// Whether a field of a row is a value.
fn is(field: &Field, value: &Value) -> bool {
    match (value, field) {
        (Value::Missing, Field::Null) => true,
        (Value::Text(text), Field::Str(found)) => text == found,
        (Value::Integer(number) | Value::Cents(Cents(number)), Field::Long(found)) => number == found,
        (Value::Decimal(number), Field::Double(found)) => number.to_bits() == found.to_bits(),
        (Value::Date(day), Field::Date(found)) => {
            (*day - date!(1970 - 01 - 01)).whole_days() == i64::from(*found)
        }
        (Value::Boolean(truth), Field::Bool(found)) => truth == found,
        (Value::List(texts), Field::ListInternal(found)) => {
            texts.len() == found.len()
                && (0..).zip(texts).all(|(at, text)| found.get_string(at).unwrap() == text)
        }
        _ => false,
    }
}

fn check(selection: &Selection) {
    let file = open(selection);
    let rows: Vec<Row> = file.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), selection.len());
    for (row, place) in rows.iter().zip(selection.places()) {
        let fields: Vec<(&String, &Field)> = row.get_column_iter().collect();
        for ((name, field), column) in fields.iter().zip(selection.columns()) {
            assert_eq!(*name, column.name(selection.layer()));
            let value = column.value(selection.layer(), place);
            assert!(is(field, &value), "{name}: {field} for {value:?}");
        }
        let geometry = fields.get(selection.columns().count()).map(|(_, field)| *field);
        match (geometry, &*selection.shown(place)) {
            (None | Some(Field::Null), []) => {}
            (Some(Field::Bytes(bytes)), [one]) => assert_eq!(&wkb::read(bytes.data()).unwrap(), one),
            // A collection of two kinds is none of ours to read.
            (Some(Field::Bytes(bytes)), [_, _]) => assert_eq!(bytes.data()[1], 7),
            other => assert_eq!(format!("{other:?}"), "a geometry where one is shown"),
        }
    }
}

#[test]
fn rows_are_those_of_the_selection() {
    check(&hard());
    check(&nothing());
    check(&table());
}

#[test]
fn the_file_says_where_its_geometries_are_and_what_they_are() {
    let geo: Json = serde_json::from_str(&entry(&open(&hard()), "geo").unwrap()).unwrap();
    assert_eq!(geo["version"], "1.1.0");
    let column = &geo["columns"][geo["primary_column"].as_str().unwrap()];
    assert_eq!(column["encoding"], "WKB");
    assert_eq!(column["geometry_types"], json!(["GeometryCollection", "MultiPoint", "Point", "Polygon"]));
    let around = hard().layer().bbox.unwrap();
    assert_eq!(column["bbox"], json!([around.min[0], around.min[1], around.max[0], around.max[1]]));
    assert_eq!(column["crs"], Json::Null, "longitude and latitude go without saying");
    assert_eq!(entry(&open(&table()), "geo"), None);
}

#[test]
fn another_system_is_told_as_projjson() {
    let selection = hard();
    let form = atlas::Form { reference: Reference::Epsg3003, ..selection.form().clone() };
    let geo: Json = serde_json::from_str(&entry(&open(&selection.with_form(form)), "geo").unwrap()).unwrap();
    assert_eq!(geo["columns"]["geometry"]["crs"]["id"], json!({ "authority": "EPSG", "code": 3003 }));
}

#[test]
fn the_file_says_where_it_comes_from() {
    let file = open(&hard());
    let sources: Json = serde_json::from_str(&entry(&file, "sources").unwrap()).unwrap();
    assert_eq!((&sources[0]["license"], &sources[0]["release"]), (&json!("CC BY 4.0"), &json!(7)));
    assert!(entry(&file, "description").unwrap().contains("Source: List, Ufficio; licence CC BY 4.0"));
}
