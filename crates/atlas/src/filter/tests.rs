//! Filters on a handful of proposals: one drawn, one known by its municipality alone, one known by nothing.

use super::*;
use crate::samples::{self, collection, draft, edition, field, location, municipalities, origin};
use crate::{Edition, Query};
use domain::money::Cents;
use domain::{FieldType, GeometryKind, Value};
use geometry::Shape;
use time::macros::date;

fn proposals() -> Edition {
    let fields = vec![
        samples::required(field("code", FieldType::Text)),
        field("name", FieldType::Text),
        field("funding_cents", FieldType::Cents),
        field("cost_cents", FieldType::Cents),
        field("begun_on", FieldType::Date),
        field("done", FieldType::Boolean),
        field("themes", FieldType::List),
    ];
    let definition = collection("proposals", GeometryKind::Locations, &[0], fields);
    let text = |text: &str| Value::Text(text.to_owned());
    let cents = |cents| Value::Cents(Cents(cents));
    let list = |texts: &[&str]| Value::List(texts.iter().map(ToString::to_string).collect());
    let line = Shape::lines([[[0.5, 0.5], [1.5, 0.5]]]).unwrap();
    let a = vec![
        text("a"),
        text("Asilo di Cantù"),
        cents(100),
        cents(150),
        Value::Date(date!(2023 - 03 - 01)),
        Value::Boolean(true),
        list(&["school", "energy"]),
    ];
    let b = vec![
        text("b"),
        text("PISTA CICLABILE 100%"),
        cents(300),
        cents(300),
        Value::Date(date!(2024 - 01 - 01)),
        Value::Boolean(false),
        list(&["mobility"]),
    ];
    let missing = |code| [vec![text(code)], vec![Value::Missing; 6]].concat();
    let records = vec![
        (0, a, vec![location("015001", Some(&line))]),
        (0, b, vec![location("015002", None)]),
        (0, missing("c"), Vec::new()),
    ];
    edition(vec![municipalities(), draft(definition, vec![origin("s", None)], records)])
}

fn parse(edition: &Edition, text: &str) -> Result<Filter, FilterError> {
    let layer = edition.layer(&samples::id("proposals")).unwrap();
    let language = if text.starts_with('{') { Language::Json } else { Language::Text };
    Filter::parse(layer, text, language, Reference::Crs84)
}

/// The codes of the proposals for which a filter holds, joined.
fn found(edition: &Edition, text: &str) -> String {
    let layer = edition.layer(&samples::id("proposals")).unwrap();
    let filter = parse(edition, text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let places = layer.select(&Query { filters: vec![filter], ..Query::default() });
    let mut codes: Vec<&str> =
        places.iter().filter_map(|at| layer.value(*at as usize, 0).as_text()).collect();
    codes.sort_unstable();
    codes.concat()
}

fn check_all(cases: &[(&str, &str)]) {
    let edition = proposals();
    for (text, expect) in cases {
        assert_eq!(found(&edition, text), *expect, "{text}");
    }
}

#[test]
fn values_are_compared() {
    check_all(&[
        ("name = 'Asilo di Cantù'", "a"),
        ("name <> 'Asilo di Cantù'", "b"),
        ("funding_cents > 100", "b"),
        ("funding_cents >= 1e2 AND funding_cents < 300", "a"),
        ("100 = funding_cents OR name = 'x'", "a"),
        ("begun_on > DATE('2023-03-01')", "b"),
        ("begun_on <= '2023-03-01'", "a"),
        ("done", "a"),
        ("done = false", "b"),
        ("NOT done", "b"),
        ("TRUE", "abc"),
        ("\"name\" IS NULL", "c"),
        ("name IS NOT NULL", "ab"),
        ("precision = 'municipality'", "b"),
        ("source = 's'", "abc"),
        ("extraction_date IS NULL", "abc"),
    ]);
}

#[test]
fn what_is_missing_is_neither_so_nor_otherwise() {
    check_all(&[
        ("NOT (funding_cents > 100)", "a"),
        ("NOT (funding_cents > 100 AND code = 'c')", "ab"),
        ("funding_cents > 100 OR code = 'c'", "bc"),
        ("NOT (name LIKE 'A%')", "b"),
        ("name NOT LIKE 'A%'", "b"),
        ("funding_cents NOT IN (100)", "b"),
        ("NOT NOT done", "a"),
    ]);
}

#[test]
fn texts_are_compared_by_pattern_without_case_and_without_accents() {
    check_all(&[
        ("name LIKE '%di%'", "a"),
        ("name LIKE '%100\\%'", "b"),
        ("CASEI(name) LIKE CASEI('pista%')", "b"),
        ("ACCENTI(name) LIKE '%Cantu'", "a"),
        ("ACCENTI(CASEI(name)) = ACCENTI(CASEI('ASILO DI CANTU'))", "a"),
        ("CASEI(name) IN (CASEI('pista ciclabile 100%'), CASEI('X'))", "b"),
        ("name BETWEEN 'A' AND 'B'", "a"),
        ("funding_cents BETWEEN 100 AND 300", "ab"),
        ("funding_cents NOT BETWEEN 100 AND 200", "b"),
        ("funding_cents IN (300, 100, 7)", "ab"),
    ]);
}

#[test]
fn properties_are_compared_with_one_another_and_calculated_with() {
    check_all(&[
        ("funding_cents = cost_cents", "b"),
        ("cost_cents - funding_cents = 50", "a"),
        ("funding_cents * 2 + 1 > cost_cents ^ 1", "ab"),
        ("-funding_cents < -200", "b"),
        ("funding_cents % 200 = 100", "ab"),
        ("funding_cents div 200 = 1", "b"),
        ("cost_cents IN (funding_cents, 150)", "ab"),
        ("funding_cents / 0 > 1", ""),
    ]);
}

#[test]
fn lists_are_compared_as_sets() {
    check_all(&[
        ("A_CONTAINS(themes, ('school'))", "a"),
        ("a_contains(themes, ('energy', 'school'))", "a"),
        ("A_EQUALS(themes, ('energy', 'school', 'school'))", "a"),
        ("A_CONTAINEDBY(themes, ('mobility', 'x'))", "b"),
        ("A_OVERLAPS(themes, ('mobility', 'energy'))", "ab"),
        ("A_CONTAINS(municipalities, ('015001'))", "a"),
    ]);
}

#[test]
fn times_are_compared_as_spans_of_days() {
    check_all(&[
        ("T_AFTER(begun_on, DATE('2023-12-31'))", "b"),
        ("T_BEFORE(begun_on, DATE('2023-12-31'))", "a"),
        ("T_DURING(begun_on, INTERVAL('2023-01-01', '2023-12-31'))", "a"),
        ("T_INTERSECTS(begun_on, INTERVAL('2024-01-01', '..'))", "b"),
        ("T_DISJOINT(begun_on, INTERVAL('..', '2023-03-01'))", "b"),
        ("T_EQUALS(begun_on, DATE('2024-01-01'))", "b"),
        ("T_STARTS(INTERVAL(begun_on, '2024-06-01'), INTERVAL('2024-01-01', '..'))", "b"),
    ]);
}

#[test]
fn places_are_compared_and_a_symbol_is_no_place() {
    check_all(&[
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 1, 0 0)))", "a"),
        ("S_INTERSECTS(geometry, BBOX(0, 0, 9, 9))", "a"),
        ("s_within(geometry, BBOX(0, 0, 1, 1))", ""),
        ("S_WITHIN(geometry, BBOX(0, 0, 2, 1))", "a"),
        ("S_CONTAINS(BBOX(0, 0, 2, 1), geometry)", "a"),
        ("S_CONTAINS(geometry, POINT(1 0.5))", "a"),
        ("S_CROSSES(geometry, BBOX(0, 0, 1, 1))", "a"),
        ("S_TOUCHES(geometry, POINT(0.5 0.5))", "a"),
        ("S_OVERLAPS(geometry, LINESTRING(0 0.5, 1 0.5))", "a"),
        ("S_EQUALS(geometry, MULTILINESTRING((1.5 0.5, 0.5 0.5)))", "a"),
        ("S_DISJOINT(geometry, BBOX(5, 5, 6, 6))", "a"),
        ("NOT S_INTERSECTS(geometry, BBOX(0, 0, 9, 9))", ""),
        ("NOT S_INTERSECTS(geometry, BBOX(5, 5, 6, 6))", "a"),
        ("S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(8 8), LINESTRING(1 0, 1 1)))", "a"),
        ("S_INTERSECTS(geometry, POINT Z (1 0.5 300))", "a"),
        ("geometry IS NULL", "bc"),
        ("S_INTERSECTS(POINT(1 1), BBOX(0, 0, 1, 1))", "abc"),
    ]);
}

#[test]
fn json_says_the_same() {
    check_all(&[
        (r#"{"op":"=","args":[{"property":"name"},"Asilo di Cantù"]}"#, "a"),
        (
            r#"{"op":"and","args":[{"op":">","args":[{"property":"funding_cents"},1]},{"property":"done"}]}"#,
            "a",
        ),
        (
            r#"{"op":"like","args":[{"op":"casei","args":[{"property":"name"}]},{"op":"casei","args":["pista%"]}]}"#,
            "b",
        ),
        (r#"{"op":"in","args":[{"property":"code"},["a","c"]]}"#, "ac"),
        (r#"{"op":"not","args":[{"op":"isNull","args":[{"property":"name"}]}]}"#, "ab"),
        (r#"{"op":"between","args":[{"property":"funding_cents"},1,200]}"#, "a"),
        (r#"{"op":">","args":[{"property":"begun_on"},{"date":"2023-06-01"}]}"#, "b"),
        (r#"{"op":"t_during","args":[{"property":"begun_on"},{"interval":["2023-01-01",".."]}]}"#, "ab"),
        (r#"{"op":"a_contains","args":[{"property":"themes"},["school"]]}"#, "a"),
        (
            r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[1,0.5]}]}"#,
            "a",
        ),
        (r#"{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[0,0,1,1]}]}"#, "a"),
        (
            r#"{"op":"=","args":[{"op":"+","args":[{"property":"funding_cents"},50]},{"property":"cost_cents"}]}"#,
            "a",
        ),
    ]);
}

#[test]
fn the_same_filter_has_the_same_canonical_form() {
    let edition = proposals();
    let check = |one: &str, other: &str, same: bool| {
        let [one, other] = [one, other].map(|text| parse(&edition, text).unwrap().canonical().to_owned());
        assert_eq!(one == other, same, "{one} | {other}");
    };
    check("done AND  code='a'", "(code = 'a') and done AND done", true);
    check("code = 'a'", r#"{"op":"=","args":[{"property":"code"},"a"]}"#, true);
    check("code IN ('b','a','a')", "code in ('a', 'b')", true);
    check("funding_cents > 100", "funding_cents > 1e2", true);
    check("code = 'a'", "code = 'A'", false);
    check("code = 'a,b'", "code IN ('a','b')", false);
    check("S_WITHIN(geometry, BBOX(0,0,1,1))", "S_CONTAINS(BBOX(0,0,1,1), geometry)", true);
    check("S_WITHIN(geometry, BBOX(0,0,1,1))", "S_WITHIN(geometry, BBOX(0,0,1,1.5))", false);
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence_and_its_place() {
    let edition = proposals();
    let check = |text: &str, at: Option<usize>, words: &str| {
        let error = parse(&edition, text).unwrap_err();
        assert_eq!(error.at, at, "{text}: {error}");
        assert!(error.what.contains(words), "{text}: {error}");
    };
    check("", None, "empty");
    check("height > 3", Some(1), "no property “height”");
    check("release = 1", Some(1), "no property “release”");
    check("done AND colour = 'x'", Some(10), "no property “colour”");
    check("funding_cents > 'x'", Some(15), "numbers cannot be compared with texts");
    check("begun_on > 'soon'", Some(10), "DATE(");
    check("begun_on > TIMESTAMP('2023-01-01T00:00:00Z')", None, "DATE('2023-01-01')");
    check("begun_on > DATE('2023-13-01')", Some(12), "a day is written");
    check("name = ", Some(8), "the filter ends where a property or a value should be");
    check("name = 'a' 'b'", Some(12), "“b” stands where the end");
    check("(name = 'a'", Some(12), "the filter ends");
    check("name NOT 'a'", Some(10), "LIKE, BETWEEN or IN");
    check("name", None, "texts stand where true or false are wanted");
    check("funding_cents + 1", Some(15), "makes a value");
    check("themes = 'school'", Some(8), "A_EQUALS");
    check("buffer(geometry, 3) = 1", Some(1), "no function “buffer”");
    check("geometry = 1", Some(1), "S_INTERSECTS");
    check("S_INTERSECTS(name, POINT(1 1))", Some(1), "geometry");
    check("S_INTERSECTS(geometry, POINT(1 91))", Some(24), "not on the earth");
    check("S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))", Some(24), "POLYGON is none");
    check("S_INTERSECTS(geometry, POINT EMPTY)", Some(24), "empty geometry");
    check("S_INTERSECTS(geometry)", Some(1), "takes 2 arguments");
    check("name LIKE code", Some(6), "LIKE wants a text");
    check("{\"op\":\"=\"", None, "no JSON");
    check(r#"{"op":"buffer","args":[]}"#, None, "no operator “buffer”");
    check(r#"{"op":"=","args":[{"property":"code"}]}"#, None, "takes 2 arguments");
    check(r#"{"op":"=","args":[null, 1]}"#, None, "isNull");
    check(r#"{"colour":"red"}"#, None, "nothing of CQL2");
}

#[test]
fn hostile_filters_are_refused_before_they_cost_anything() {
    let edition = proposals();
    let deep =
        |open: &str, close: &str, times: usize| format!("{}done{}", open.repeat(times), close.repeat(times));
    for text in [
        deep("(", ")", 10_000),
        deep("NOT (", ")", 10_000),
        deep("CASEI(", ")", 10_000),
        format!("1{} = 2", " + 1".repeat(10_000)),
        format!("1{} = 2", " ^ 1".repeat(10_000)),
        format!("S_INTERSECTS(geometry, LINESTRING(0 0{}))", ", 1 1".repeat(10_000)),
        format!("{}true{}", r#"{"op":"not","args":["#.repeat(10_000), "]}".repeat(10_000)),
    ] {
        assert!(parse(&edition, &text).is_err(), "{}", &text[..40]);
    }
    for text in [
        format!("{}done", "NOT ".repeat(10_000)),
        format!("1 = {}1", "- ".repeat(10_000)),
        format!("done{}", " AND done".repeat(5_000)),
        format!("code IN ({}'z')", "'a', ".repeat(10_000)),
    ] {
        found(&edition, &text);
    }
}
