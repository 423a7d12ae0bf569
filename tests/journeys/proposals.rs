//! Proposals that are not yet official: filled in by hand, shown, and put beside the official record once there is one.

use journeys::program::{House, Server};
use journeys::synthetic;
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use store::cluster::{self, Settings};
use store::{Store, withdrawal};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The second of the synthetic official projects.
const CUP: &str = "A11B00000000001";
const HEADINGS: &str = "Titolo;Comune;Codice interno;CUP;Importo PNRR (€);Indirizzo;Longitudine;Latitudine";

/// One proposal without a CUP, and one with that of an official project and a drawn place.
fn proposals(house: &House) -> PathBuf {
    let path = house.path().join("proposte.csv");
    let rows = format!(
        "{HEADINGS}\nParco;Milano;7;;1.234.567,89;Via Roma 1;;\nAsilo;Milano;8;{CUP};12719.5;;9,12;45,42\n"
    );
    fs::write(&path, rows).unwrap();
    path
}

fn items(server: &Server, query: &str) -> Value {
    server.get(&format!("/collections/pnrr-projects/items?{query}")).json()
}

/// The only feature that fits.
fn only(server: &Server, query: &str) -> Value {
    let found = items(server, query);
    assert_eq!(found["numberMatched"], 1, "{query}: {found}");
    found["features"][0].clone()
}

#[test]
fn a_proposal_joins_its_official_record_and_stands_alone_again_without_it() {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    let report = house.import("pnrr-proposals", &proposals(&house));
    assert_eq!((&report["accepted"], &report["quarantined"]), (&json!(2), &json!(0)), "{report}");
    let server = house.serve(&[]);
    alone(&server);
    let park = only(&server, "precision=address");
    assert_eq!(park["properties"]["cup"], Value::Null);
    assert_eq!(park["properties"]["local_code"], "Milano-7");
    assert_eq!(park["properties"]["funding_pnrr_cents"], 123_456_789);

    let address = format!("/collections/pnrr-projects/items/{}", only(&server, &format!("cup={CUP}"))["id"]);
    let official = house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 2, 0));
    server.until("/collections/pnrr-projects/items?limit=10", |found| found["numberMatched"] == 3);
    joined(&server);
    // The address of the proposal leads to the official record.
    assert_eq!(server.get(&address).json()["id"], only(&server, &format!("cup={CUP}"))["id"]);

    withdraw(&house, official["release"].as_i64().unwrap());
    server.until("/collections/pnrr-projects/items?limit=10", |found| found["numberMatched"] == 2);
    alone(&server);
    server.stop();
}

/// The proposal without its official record.
fn alone(server: &Server) {
    let proposal = only(server, &format!("cup={CUP}"));
    let stated = &proposal["properties"];
    assert_eq!((&stated["title"], &stated["source"]), (&json!("Asilo"), &json!("pnrr-proposals")));
    assert_eq!((&stated["funding_pnrr_cents"], &stated["also_sources"]), (&json!(1_271_950), &json!([])));
    assert_eq!(proposal["geometry"], json!({"type": "Point", "coordinates": [9.12, 45.42]}));
}

/// The official record with what the proposal adds: its place, and what it says otherwise.
fn joined(server: &Server) {
    let one = only(server, &format!("cup={CUP}"));
    let stated = &one["properties"];
    assert_eq!((&stated["title"], &stated["source"]), (&json!("Titolo 1 0"), &json!("pnrr-italiadomani")));
    assert_eq!(stated["also_sources"], json!(["pnrr-proposals"]));
    assert_eq!(one["geometry"], json!({"type": "Point", "coordinates": [9.12, 45.42]}));
    assert_eq!(only(server, "bbox=9.11,45.41,9.13,45.43")["id"], one["id"]);
    let all = items(server, "limit=10");
    let amounts = all["features"].as_array().unwrap().iter();
    let sum: i64 = amounts.map(|it| it["properties"]["funding_pnrr_cents"].as_i64().unwrap()).sum();
    assert_eq!(sum, 2 * 100_050 + 123_456_789, "each project counts once");
    let address = format!("/collections/pnrr-projects/items/{}", one["id"]);
    let differences = server.get(&address).json()["differences"].clone();
    let fields: Vec<_> =
        differences.as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["title", "funding_pnrr_cents"], "{differences}");
    assert_eq!(differences[1]["official"], 100_050);
    assert_eq!(differences[1]["proposed"], 1_271_950);
    assert_eq!(differences[0]["source"], "pnrr-proposals");
    let page = server.ask("GET", &address, &[("accept", "text/html")]);
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("Anche nella proposta del Comune") && page.contains("12.719,50"), "{page}");
}

/// Withdraws a release, as a second program on the same state folder.
fn withdraw(house: &House, release: i64) {
    let work = async {
        let settings = Settings { var: house.var(), pg_bin: None, durable: true };
        let cluster = cluster::join(&settings).await.unwrap();
        let store = Store::connect(cluster.connect_options()).await.unwrap();
        withdrawal::withdraw(&store, domain::ReleaseId(release), "published too early").await.unwrap();
        store.close().await;
        cluster.leave().await.unwrap();
    };
    tokio::runtime::Runtime::new().unwrap().block_on(work);
}

#[test]
fn the_template_is_filled_in_and_imported() {
    let house = House::new();
    let path = house.path().join("proposte.xlsx");
    let named = path.to_string_lossy().into_owned();
    let output = house.run(&["template", "pnrr-proposals", "--output", &named]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    house.refuses(&["template", "pnrr-proposals", "--output", &named], "cannot write");
    house.refuses(&["template", "nothing"], "there is no source nothing");
    fill_in(&path);
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    let report = house.import("pnrr-proposals", &path);
    assert_eq!((&report["read"], &report["accepted"]), (&json!(1), &json!(1)), "{report}");
    let server = house.serve(&[]);
    let one = only(&server, "limit=2");
    assert_eq!(one["properties"]["local_code"], "Milano-12");
    assert_eq!(one["properties"]["funding_pnrr_cents"], 1_271_950);
    assert_eq!(one["properties"]["updated_on"], "2026-11-22");
    assert_eq!(one["geometry"], json!({"type": "Point", "coordinates": [9.12, 45.42]}));
}

/// Writes a row into the first sheet of the workbook, as a spreadsheet program does: texts, numbers, and a day as a number.
fn fill_in(path: &PathBuf) {
    let text = |cell: &str, text: &str| format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let number = |cell: &str, number: &str| format!(r#"<c r="{cell}"><v>{number}</v></c>"#);
    let workbook = fs::read(path).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut filled = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let sheet = String::from_utf8(bytes).unwrap();
            let style = sheet.split("<col min=\"12\"").nth(1).unwrap().split("style=\"").nth(1).unwrap();
            let day = format!(r#"<c r="L2" s="{}"><v>46348</v></c>"#, style.split('"').next().unwrap());
            let cells = [
                text("A2", "Parco"),
                text("C2", "Milano"),
                number("D2", "12"),
                number("J2", "12719.5"),
                day,
                number("O2", "9.12"),
                number("P2", "45.42"),
            ];
            let row = format!(r#"<row r="2">{}</row></sheetData>"#, cells.concat());
            bytes = sheet.replace("</sheetData>", &row).into_bytes();
        }
        filled.start_file(name, SimpleFileOptions::default()).unwrap();
        filled.write_all(&bytes).unwrap();
    }
    fs::write(path, filled.finish().unwrap().into_inner()).unwrap();
}
