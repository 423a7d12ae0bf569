//! How rows are read: templates, code words, municipalities by code and name, places without shapes.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail")]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod support;

use domain::{IssueKind, LocationPrecision, Severity, Tally, Value};
use ingest::Standing;
use support::{Reading, file, part, read_with, value};

const SERVICES: &str = r#"
id = "test-services"
collection = "services"
title = { it = "Prova", en = "Test" }
publisher = "REMIX"
licence = "CC0 1.0"
scope = "SCOPE"
missing = ["N/D", ""]
[[tables]]
id = "services"
format = "FORMAT"
[tables.columns]
name = ["nome"]
service_class = ["classe"]
status = ["stato"]
[tables.place]
province = ["provincia"]
municipality = ["istat"]
municipality_name = ["comune"]
address = ["via"]
[tables.templates]
service_id = "test-{ID  Servizio}"
[tables.recode.service_class]
Ospedale = "hospital"
"Stazione  FS" = "railway_station"
"#;

fn csv(scope: &str, text: &str) -> Reading {
    let (_folder, path) = file("servizi.csv", text);
    let source = SERVICES.replace("SCOPE", scope).replace("\"FORMAT\"", "\"csv\"\ndelimiter = \";\"");
    read_with(&source, &[path], &Standing::new()).unwrap()
}

/// Precision, municipality and kinds of issues of a row whose place is stated so.
fn placed(
    scope: &str,
    columns: &str,
    cells: &str,
) -> (Option<LocationPrecision>, Option<String>, Vec<IssueKind>) {
    let reading = csv(scope, &format!("id servizio;nome;classe;{columns}\n1;A;hospital;{cells}\n"));
    let services = part(&reading, "services");
    let record = services.records.first();
    let municipality = record.and_then(|record| value(services, record, "municipality").as_text());
    let kinds = reading.issues.iter().map(|issue| issue.kind).collect();
    (record.map(domain::Record::precision), municipality.map(str::to_owned), kinds)
}

#[test]
fn templates_and_code_words_make_values() {
    let reading = csv(
        "territory",
        "Id Servizio;nome;classe;stato;istat\n\
         7;A; ospedale ;active;015146\n\
         8;B;STAZIONE  FS;aperto;015146\n\
         9;B;hospital;aperto;015146\n\
         N/D;C;hospital;;015146\n\
         10;D;N/D;;015146\n",
    );
    let services = part(&reading, "services");
    let said: Vec<_> = services
        .records
        .iter()
        .map(|record| (record.key.to_string(), value(services, record, "service_class").as_text().unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            ("test-7".to_owned(), "hospital"),
            ("test-8".to_owned(), "railway_station"),
            ("test-9".to_owned(), "hospital"),
        ]
    );
    let issues: Vec<_> = reading
        .issues
        .iter()
        .map(|it| (it.line, it.kind, it.severity, it.field.as_str(), it.record.as_str()))
        .collect();
    assert_eq!(
        issues,
        [
            (3, IssueKind::UnknownCode, Severity::Warning, "status", "test-8"),
            (5, IssueKind::MissingValue, Severity::Error, "service_id", ""),
            (6, IssueKind::MissingValue, Severity::Error, "service_class", "test-10"),
        ]
    );
    assert!(reading.issues[0].message.starts_with("in 2 rows"), "{}", reading.issues[0].message);
    assert!(reading.issues[1].message.contains("ID  Servizio"), "{}", reading.issues[1].message);
}

#[test]
fn a_municipality_is_known_by_its_code_old_or_new_or_by_its_name() {
    let is = |columns: &str, cells: &str, municipality: &str, kinds: &[IssueKind]| {
        let expect = (Some(LocationPrecision::Municipality), Some(municipality.to_owned()), kinds.to_vec());
        assert_eq!(placed("country", columns, cells), expect, "{cells}");
    };
    is("istat", "015146", "015146", &[]);
    is("istat", "15146", "015146", &[]);
    is("istat", "215146", "015146", &[]);
    is("provincia;istat", "215;146", "015146", &[]);
    is("provincia;istat", "15;015146", "015146", &[]);
    is("istat", "015235", "015251", &[IssueKind::SupersededCode]);
    is("provincia;istat", "215;246", "015251", &[IssueKind::SupersededCode]);
    is("comune", "CASSINA DE PECCHI", "015060", &[]);
    is("comune", "Zelo Surrigone", "015251", &[IssueKind::SupersededCode]);
    let with_address = placed("country", "comune;via", "Sesto S. Giovanni;Piazza della Resistenza 20");
    assert_eq!(with_address, (Some(LocationPrecision::Address), Some("015209".to_owned()), vec![]));
}

#[test]
fn what_is_no_municipality_is_said_or_passed_over() {
    let set_aside = |kind| (None, None, vec![kind]);
    assert_eq!(placed("country", "istat", "015999"), set_aside(IssueKind::UnknownMunicipality));
    assert_eq!(
        placed("territory", "comune", "Corneliano Bertario"),
        set_aside(IssueKind::UnknownMunicipality)
    );
    assert_eq!(placed("territory", "comune", "Cassano"), set_aside(IssueKind::AmbiguousName));
    assert_eq!(placed("country", "provincia;comune", "015;Cassano"), set_aside(IssueKind::AmbiguousName));
    for elsewhere in ["108033", "215"] {
        let columns = if elsewhere.len() == 6 { "istat" } else { "istat;provincia" };
        let cells = if elsewhere.len() == 6 { elsewhere } else { ";108" };
        assert_eq!(placed("country", columns, cells), (None, None, vec![]), "{elsewhere}");
    }
    assert_eq!(placed("country", "comune", "Cassano"), (None, None, vec![]));
    assert_eq!(placed("country", "comune", "N/D"), (None, None, vec![]));
    assert_eq!(placed("territory", "comune", "N/D"), (Some(LocationPrecision::None), None, vec![]));
    assert_eq!(placed("territory", "provincia", "215"), (Some(LocationPrecision::Province), None, vec![]));
}

#[test]
fn a_feature_without_geometry_stays_where_its_municipality_is_known() {
    let feature = |id: u32, istat: &str, geometry: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"ID Servizio":{id},"nome":"A","classe":"hospital","istat":"{istat}"}},"geometry":{geometry}}}"#
        )
    };
    let point = r#"{"type":"Point","coordinates":[9.19,45.46]}"#;
    let features = [
        feature(1, "015146", point),
        feature(2, "015146", "null"),
        feature(3, "", "null"),
        feature(4, "108033", "null"),
    ];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let read = |scope: &str| {
        let (_folder, path) = file("servizi.geojson", &text);
        read_with(&SERVICES.replace("SCOPE", scope).replace("FORMAT", "vector"), &[path], &Standing::new())
            .unwrap()
    };
    let reading = read("country");
    let services = part(&reading, "services");
    assert_eq!(services.tally, Tally { read: 2, accepted: 2, quarantined: 0, filtered: 2 });
    let precisions: Vec<_> = services.records.iter().map(domain::Record::precision).collect();
    assert_eq!(precisions, [LocationPrecision::Geometry, LocationPrecision::Municipality]);
    let issues: Vec<_> =
        reading.issues.iter().map(|it| (it.line, it.kind, it.severity, it.record.as_str())).collect();
    assert_eq!(issues, [(2, IssueKind::MissingGeometry, Severity::Warning, "test-2")]);
    let whole = read("territory");
    let services = part(&whole, "services");
    assert_eq!(services.tally.accepted, 4);
    assert_eq!(services.records[2].precision(), LocationPrecision::None);
    assert_eq!(value(services, &services.records[2], "municipality"), &Value::Missing);
}

#[test]
fn damaged_letters_and_empty_rows_are_said() {
    let reading = csv(
        "territory",
        "id servizio;nome;classe;istat\n1;Ospedale di CantÃ¹;hospital;015146\n;;;\n2;Ospedale di Cantù;hospital;015146\n",
    );
    let issues: Vec<_> =
        reading.issues.iter().map(|it| (it.line, it.kind, it.severity, it.field.as_str())).collect();
    assert_eq!(
        issues,
        [
            (2, IssueKind::DamagedText, Severity::Warning, "name"),
            (3, IssueKind::RowShape, Severity::Error, ""),
        ]
    );
    assert_eq!(part(&reading, "services").tally, Tally { read: 3, accepted: 2, quarantined: 1, filtered: 0 });
}

#[test]
fn a_municipality_that_is_no_more_does_not_take_the_place_of_its_successor() {
    let feature = |code: &str, name: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"PRO_COM_T":"{code}","COMUNE":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[8.9,45.4],[9.0,45.4],[9.0,45.5],[8.9,45.4]]]}}}}"#
        )
    };
    let features =
        [feature("015235", "Vermezzo"), feature("015251", "Vermezzo con Zelo"), feature("015999", "X")];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let (_folder, path) = file("comuni.geojson", &text);
    let reading = support::read("istat-municipalities", &[path]).unwrap();
    let municipalities = part(&reading, "municipalities");
    assert_eq!(municipalities.tally, Tally { read: 3, accepted: 1, quarantined: 2, filtered: 0 });
    assert_eq!(
        value(municipalities, &municipalities.records[0], "name").as_text(),
        Some("Vermezzo con Zelo")
    );
    let kinds: Vec<_> = reading.issues.iter().map(|issue| (issue.line, issue.kind)).collect();
    assert_eq!(kinds, [(1, IssueKind::SupersededCode), (3, IssueKind::UnknownMunicipality)]);
}
