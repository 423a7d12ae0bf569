//! Bad input gets one sentence, a failing exit code, and changes nothing.

use journeys::program::House;
use journeys::synthetic;
use std::fs;
use std::net::TcpListener;
use std::path::Path;

/// A house in which 20 projects are published.
fn house() -> House {
    let house = House::new();
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    house
}

fn file(house: &House, name: &str, content: &[u8]) -> String {
    let path = house.path().join(name);
    fs::write(&path, content).unwrap();
    path.to_string_lossy().into_owned()
}

fn unchanged(house: &House) {
    let again = house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    assert_eq!(again["already_published"], true);
    assert_eq!(again["release"], 1);
}

#[test]
fn files_that_are_no_data_are_refused_in_a_sentence_and_change_nothing() {
    let house = house();
    let check = |source: &str, path: &str, expect: &str| house.refuses(&["import", source, path], expect);
    check("pnrr-italiadomani", "/nowhere/PNRR_Progetti.csv", "cannot read /nowhere/PNRR_Progetti.csv");
    check("pnrr-italiadomani", &file(&house, "empty.csv", b""), "is empty");
    check(
        "pnrr-italiadomani",
        &file(&house, "other.csv", b"a;b;c\n1;2;3\n"),
        "has a header that source pnrr-italiadomani does not know",
    );
    check(
        "pnrr-italiadomani",
        &file(&house, "page.csv", b"<!DOCTYPE html><html><body>404</body></html>"),
        "is a web page",
    );
    check("pnrr-italiadomani", &file(&house, "book.csv", b"PK\x03\x04 and so on"), "is damaged");
    check("pnrr-italiadomani", &house.path().join("nothing").to_string_lossy(), "cannot read");
    check("istat-municipalities", &file(&house, "Com.shp", b"\0\0\x27\x0a no shape"), "lacks its .dbf file");
    check("istat-municipalities", &file(&house, "noise.geojson", b"{\"type\":"), "is in no vector format");
    check("istat-municipalities", "/nowhere.geojson", "cannot read /nowhere.geojson");
    check("no-such-source", "x.csv", "there is no source no-such-source");
    house.refuses(&["import", "pnrr-italiadomani"], "name the files");
    house.refuses(
        &["--territory", "atlantide", "import", "pnrr-italiadomani", "x"],
        "there is no territory atlantide",
    );
    unchanged(&house);
}

#[test]
fn rows_at_fault_are_set_aside_with_their_line_and_the_others_are_accepted() {
    let house = house();
    let folder = synthetic::pnrr(house.path(), 20, 1);
    let projects = folder.join("PNRR_Progetti.csv");
    let text = fs::read_to_string(&projects).unwrap();
    let broken = text
        .replace("L/1 #;M1C1I1.02.00;Titolo 1 1;1000,5", "L/1 #;M1C1I1.02.00;Titolo 1 1;1.000")
        .replace("L/3 #;M1C1I1.02.00;Titolo 3 1;1000,5", "L/3 #;M1C1I1.02.00");
    fs::write(&projects, broken).unwrap();
    let report = house.import("pnrr-italiadomani", &folder);
    assert_eq!(
        (&report["read"], &report["accepted"], &report["quarantined"]),
        (&20.into(), &18.into(), &2.into())
    );
    let issue = &report["issues"][0];
    assert_eq!(
        (&issue["line"], &issue["field"], &issue["value"]),
        (&3.into(), &"funding_pnrr_cents".into(), &"1.000".into())
    );
    assert_eq!(report["issues"][1]["line"], 5);
    assert_eq!(report["issues"][1]["kind"], "row-shape");
    // Their locations have no record to belong to.
    assert_eq!(report["locations"]["quarantined"], 2);
}

#[test]
fn a_file_of_which_no_row_can_be_accepted_replaces_nothing() {
    let house = house();
    let folder = synthetic::pnrr(house.path(), 3, 1);
    let projects = folder.join("PNRR_Progetti.csv");
    fs::write(&projects, fs::read_to_string(&projects).unwrap().replace("1000,5", "mille")).unwrap();
    house.refuses(
        &["import", "pnrr-italiadomani", &folder.to_string_lossy()],
        "none of the 3 rows can be accepted",
    );
    unchanged(&house);
}

#[test]
fn a_file_of_another_territory_replaces_nothing() {
    let house = house();
    let folder = synthetic::pnrr(house.path(), 3, 1);
    let locations = folder.join("PNRR_Localizzazione.csv");
    fs::write(&locations, fs::read_to_string(&locations).unwrap().replace(";015;146;", ";108;033;")).unwrap();
    house.refuses(&["import", "pnrr-italiadomani", &folder.to_string_lossy()], "none of the 3 rows concerns");
    unchanged(&house);
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    House::new().refuses(&["serve", "--listen", &address], &format!("cannot serve on {address}"));
}

#[test]
fn a_database_that_does_not_answer_is_named() {
    let house = House::new();
    let output = house
        .command(&["import", "pnrr-italiadomani", "x"])
        .env("DATABASE_URL", "postgresql:///x?host=/nowhere")
        .output();
    let said = String::from_utf8_lossy(&output.unwrap().stderr).into_owned();
    assert!(said.contains("remix: the database does not answer"), "{said}");
}

#[test]
fn a_postgresql_without_postgis_is_named() {
    let house = House::new();
    let bin = house.path().join("usr/lib/postgresql/15/bin");
    fs::create_dir_all(&bin).unwrap();
    for program in ["postgres", "initdb", "pg_config", "pg_ctl"] {
        fs::write(bin.join(program), "#!/bin/sh\necho 'postgres (PostgreSQL) 15.0'\n").unwrap();
        make_executable(&bin.join(program));
    }
    house.refuses(&["--pg-bin", &bin.to_string_lossy(), "import", "pnrr-italiadomani", "x"], "PostGIS");
}

fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
