//! What the workbook of a source holds.

use super::*;
use std::io::{Cursor, Read};
use zip::ZipArchive;

fn configuration() -> Configuration {
    Configuration::load(None, "milano").unwrap()
}

/// A part of a workbook, by its path in it.
fn part(workbook: &[u8], path: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn proposals() -> Vec<u8> {
    xlsx(&configuration(), "pnrr-proposals").unwrap()
}

#[test]
fn the_columns_are_those_of_the_definition_and_the_required_ones_are_known() {
    let configuration = configuration();
    let source = configuration.sources.iter().find(|it| it.id.as_str() == "pnrr-proposals").unwrap();
    let collection = configuration.collection(&source.collection).unwrap();
    let columns = columns::of(&source.tables[0], collection);
    let headings: Vec<&str> = columns.iter().map(|column| column.heading.as_str()).collect();
    assert_eq!(
        headings,
        [
            "Titolo",
            "CUP",
            "Comune",
            "Codice interno",
            "Codice sub-misura",
            "Missione",
            "Sintesi",
            "Soggetto attuatore",
            "Stato",
            "Importo PNRR (€)",
            "Importo totale (€)",
            "Aggiornato il",
            "Indirizzo",
            "CAP",
            "Longitudine",
            "Latitudine",
            "Geometria WKT",
        ]
    );
    let required = columns.iter().filter(|column| column.required).map(|column| column.heading.as_str());
    assert_eq!(required.collect::<Vec<_>>(), ["Titolo", "Comune", "Codice interno"]);
}

#[test]
fn the_workbook_has_sheets_headings_notes_and_a_frozen_header() {
    let workbook = proposals();
    let book = part(&workbook, "xl/workbook.xml");
    let sheets: Vec<&str> =
        book.split("<sheet name=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    assert_eq!(sheets, ["Proposte", "Istruzioni", "Codici"]);
    let texts = part(&workbook, "xl/sharedStrings.xml");
    for text in
        ["Codice interno", "Importo PNRR (€)", "Abbiategrasso", "Rivoluzione verde", "empty is not zero"]
    {
        assert!(texts.contains(text), "{text}");
    }
    let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"<pane ySplit="1""#), "the header is not frozen");
    assert!(part(&workbook, "xl/comments1.xml").contains("15 caratteri"), "no note explains the CUP");
}

#[test]
fn cells_are_checked_while_they_are_filled_in() {
    let sheet = part(&proposals(), "xl/worksheets/sheet1.xml");
    let check = |range: &str, expect: &[&str]| {
        let found = sheet.split("<dataValidation ").find(|it| it.contains(&format!(r#"sqref="{range}""#)));
        let found = found.unwrap_or_else(|| panic!("{range} is not checked: {sheet}"));
        for text in expect {
            assert!(found.contains(text), "{range} {text}: {found}");
        }
    };
    check("B2:B2001", &[r#"type="textLength""#, "<formula1>15</formula1>"]);
    check("C2:C2001", &[r#"type="list""#, "<formula1>Codici!$A$2:$A$134</formula1>"]);
    check("F2:F2001", &[r#"type="list""#, "<formula1>Codici!$D$2:$D$8</formula1>"]);
    check("J2:J2001", &[r#"type="custom""#, "J2&gt;=0", "ROUND(J2,2)=J2"]);
    check("L2:L2001", &[r#"type="date""#]);
    check("O2:O2001", &[r#"type="decimal""#, "<formula1>8.5</formula1>", "<formula2>9.75</formula2>"]);
    check("P2:P2001", &["<formula1>45</formula1>", "<formula2>45.8</formula2>"]);
}

#[test]
fn every_source_has_a_template_and_an_unknown_one_is_named_beside_those() {
    let configuration = configuration();
    for source in &configuration.sources {
        let workbook = xlsx(&configuration, source.id.as_str());
        assert!(workbook.is_ok_and(|it| it.starts_with(b"PK")), "{}", source.id);
    }
    let error = xlsx(&configuration, "nothing").unwrap_err().to_string();
    assert!(error.contains("nothing") && error.contains("pnrr-proposals"), "{error}");
}
