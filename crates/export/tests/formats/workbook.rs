//! Workbooks, read by another library than the one that writes them.

use crate::samples::{FORMULA, bytes, hard, nothing};
use calamine::{Data, Reader, Xlsx};
use export::Format;
use std::io::Cursor;

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

#[test]
fn cells_have_the_types_of_their_fields() {
    let selection = hard();
    let mut workbook = open(bytes(selection.clone(), Format::Xlsx));
    assert_eq!(workbook.sheet_names(), ["Dati", "Campi", "Fonte"]);
    let data = workbook.worksheet_range("Dati").unwrap();
    let headings: Vec<String> = data.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let names: Vec<&str> = selection.columns().map(|column| column.name(selection.layer())).collect();
    assert_eq!(headings, names);
    assert_eq!(data.rows().count(), 1 + selection.len());
    let row = data.rows().find(|row| row[1] == Data::String(FORMULA.to_owned())).unwrap();
    assert_eq!(row[2], Data::String("015146".to_owned()));
    assert_eq!(row[3], Data::Float(11_400_000_001.0));
    assert_eq!(row[5], Data::Float(-12.125));
    assert!(
        matches!(row[6], Data::DateTime(day) if day.as_f64().to_bits() == 44_985_f64.to_bits()),
        "28 February 2023"
    );
    assert_eq!(row[7], Data::Bool(true));
    assert_eq!(row[8], Data::String("però; =B2".to_owned()));
    let long = data.rows().find(|row| row[3] == Data::String("9007199254740991".to_owned()));
    assert!(long.is_some(), "a number of 16 digits is a text");
    assert!(workbook.worksheet_formula("Dati").unwrap().used_cells().next().is_none());
}

#[test]
fn the_other_sheets_explain_it() {
    let mut workbook = open(bytes(hard(), Format::Xlsx));
    let fields = workbook.worksheet_range("Campi").unwrap();
    assert!(fields.rows().any(|row| row[0] == "share" && row[1] == "share it" && row[3] == "decimal"));
    let source = workbook.worksheet_range("Fonte").unwrap();
    let text = source.rows().map(|row| row[0].to_string()).collect::<Vec<_>>().join("\n");
    assert!(text.contains("licenza CC BY 4.0") && text.contains("release 7"), "{text}");
}

#[test]
fn nothing_is_a_valid_workbook_too() {
    let mut workbook = open(bytes(nothing(), Format::Xlsx));
    assert_eq!(workbook.worksheet_range("Dati").unwrap().rows().count(), 1);
}
