//! What GDAL reads: it wrote some of the formats itself, but not what was put into them.

use crate::samples::{bytes, hard, nothing, table};
use domain::money::Cents;
use domain::{FieldType, Value};
use export::{Column, Format, Selection};
use gdal::vector::{Feature, Geometry, LayerAccess};
use gdal::{Dataset, DatasetOptions};
use geometry::{Reference, Shape};
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

/// A download that GDAL has open.
struct Opened {
    dataset: Dataset,
    _folder: TempDir,
}

fn open(selection: &Selection, format: Format) -> Opened {
    // A feature without a geometry is a complaint of GDAL's.
    gdal::config::set_error_handler(|_, _, _| {});
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(export::file_name(selection, format));
    fs::write(&path, bytes(selection.clone(), format)).unwrap();
    let path = path.to_string_lossy();
    let name = if format == Format::Shapefile { format!("/vsizip/{path}") } else { path.into_owned() };
    let options: &[&str] = if format == Format::Csv { &["KEEP_GEOM_COLUMNS=NO"] } else { &[] };
    let options = DatasetOptions { open_options: Some(options), ..DatasetOptions::default() };
    Opened { dataset: Dataset::open_ex(name, options).unwrap(), _folder: folder }
}

/// The names of the columns in the file.
fn names(selection: &Selection, format: Format) -> Vec<String> {
    let names = selection.columns().map(|column| column.name(selection.layer()).to_owned());
    let short = |name: String| match name.as_str() {
        "funding_pnc_cents" => "funding_p1".to_owned(),
        _ => name.chars().take(10).collect(),
    };
    if format == Format::Shapefile { names.map(short).collect() } else { names.collect() }
}

/// The number of a feature; KML has it as a real number, whose text GDAL shortens.
fn number(feature: &Feature<'_>) -> u64 {
    let at = feature.field_index("id").unwrap();
    format!("{:.0}", feature.field_as_double(at).unwrap().unwrap()).parse().unwrap()
}

/// What a value is as text, where GDAL says it: dates have slashes, truth is 1.
fn said(value: &Value, format: Format) -> Option<String> {
    Some(match value {
        Value::Missing => return None,
        // A shapefile keeps 254 bytes.
        Value::Text(text) if format == Format::Shapefile => text
            .chars()
            .scan(0, |bytes, character| {
                *bytes += character.len_utf8();
                (*bytes <= 254).then_some(character)
            })
            .collect(),
        Value::Text(text) if format == Format::Csv && text.starts_with(['=', '+']) => format!("'{text}"),
        Value::Text(text) => text.clone(),
        Value::List(texts) => texts.join("; "),
        Value::Integer(number) | Value::Cents(Cents(number)) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(day) => day.to_string().replace('-', "/"),
        Value::Boolean(truth) if matches!(format, Format::Csv) => truth.to_string(),
        Value::Boolean(truth) => i32::from(*truth).to_string(),
    })
}

/// Whether a feature says in a field what it should.
fn says(feature: &Feature<'_>, name: &str, kind: FieldType, value: &Value, format: Format) -> bool {
    let at = feature.field_index(name).unwrap();
    let text = feature.field_as_string(at).unwrap();
    match (kind, &text, said(value, format)) {
        (FieldType::Integer | FieldType::Cents, Some(_), Some(expect)) if format == Format::Kml => {
            format!("{:.0}", feature.field_as_double(at).unwrap().unwrap()) == expect
        }
        (FieldType::Decimal, Some(text), Some(expect)) => {
            text.replace(',', ".").parse::<f64>() == expect.parse()
        }
        // FlatGeobuf has no days, only instants.
        (FieldType::Date, Some(text), Some(expect)) => {
            text.replace('-', "/").trim_end_matches(" 00:00:00") == expect
        }
        // Text has no other way to say nothing.
        (_, Some(text), None) if matches!(format, Format::Csv | Format::Kml) => text.is_empty(),
        (_, text, expect) => *text == expect,
    }
}

fn positions(geometry: &Geometry, out: &mut Vec<[f64; 2]>) {
    for place in 0..geometry.geometry_count() {
        positions(&geometry.get_geometry(place), out);
    }
    if geometry.geometry_count() == 0 {
        let mut points = Vec::new();
        geometry.get_points(&mut points);
        out.extend(points.into_iter().map(|(x, y, _)| [x, y]));
    }
}

fn sorted(mut positions: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    positions.sort_by(|a, b| a.partial_cmp(b).unwrap());
    positions
}

fn same_place(found: Option<&Geometry>, expect: &[Shape], tolerance: f64, about: &str) {
    let mut there = Vec::new();
    if let Some(geometry) = found.filter(|geometry| geometry.has_gdal_ptr()) {
        positions(geometry, &mut there);
    }
    let expect = sorted(expect.iter().flat_map(|shape| shape.coords().to_vec()).collect());
    let there = sorted(there);
    assert_eq!(there.len(), expect.len(), "{about}");
    for (a, b) in there.iter().zip(&expect) {
        assert!((a[0] - b[0]).hypot(a[1] - b[1]) <= tolerance, "{about}: {a:?} {b:?}");
    }
}

fn check(selection: &Selection, format: Format) {
    let opened = open(selection, format);
    let names = names(selection, format);
    let layer = selection.layer();
    let mut found: BTreeMap<u64, usize> = BTreeMap::new();
    for mut file in opened.dataset.layers() {
        for feature in file.features() {
            let id = number(&feature);
            *found.entry(id).or_default() += 1;
            let place = selection.places().find(|place| layer.id(*place).number() == id).unwrap();
            for (column, name) in selection.columns().zip(&names) {
                let value = column.value(layer, place);
                assert!(
                    says(&feature, name, column.kind(layer), &value, format),
                    "{format:?} {name}: {value:?}"
                );
            }
            let shown = selection.shown(place);
            let kinds = if format == Format::Shapefile && shown.len() > 1 { 1 } else { shown.len() };
            if kinds == shown.len() {
                same_place(feature.geometry(), &shown, 1e-7, &format!("{format:?} {id}"));
            }
        }
    }
    let is_placed = |place: &usize| format != Format::FlatGeobuf || !selection.shown(*place).is_empty();
    assert_eq!(found.len(), selection.places().filter(is_placed).count(), "{format:?}");
    let twice = found.values().filter(|times| **times > 1).count();
    assert_eq!(twice, usize::from(format == Format::Shapefile), "points and a line are in two files");
}

#[test]
fn records_values_and_places_are_those_of_the_selection() {
    for format in [Format::GeoPackage, Format::FlatGeobuf, Format::Kml, Format::Shapefile, Format::Csv] {
        check(&hard(), format);
    }
}

#[test]
fn files_are_in_longitude_and_latitude_unless_another_system_is_asked_for() {
    let crs = |format: Format, reference: Reference| {
        let selection = hard();
        let form = atlas::Form { reference, ..selection.form().clone() };
        let selection = selection.with_form(form);
        let opened = open(&selection, format);
        let mut layer = opened.dataset.layer(0).unwrap();
        let authority = layer.spatial_ref().unwrap().auth_code().unwrap_or_default();
        let id = number(&layer.features().next().unwrap());
        let place = selection.places().find(|place| selection.layer().id(*place).number() == id).unwrap();
        let first = layer.features().next().unwrap();
        // The first file of a ZIP has the points alone.
        if format != Format::Shapefile {
            same_place(first.geometry(), &selection.shown(place), 1e-6, &format!("{format:?} {reference:?}"));
        }
        authority
    };
    assert_eq!(crs(Format::GeoPackage, Reference::Crs84), 4326);
    assert_eq!(crs(Format::GeoPackage, Reference::Epsg6707), 6707);
    assert_eq!(crs(Format::FlatGeobuf, Reference::Epsg32632), 32632);
    assert_eq!(crs(Format::Kml, Reference::Crs84), 4326);
    assert_eq!(crs(Format::Shapefile, Reference::Crs84), 4326);
}

#[test]
fn nothing_is_a_valid_file_too() {
    for format in
        Format::ALL.into_iter().filter(|format| !matches!(format, Format::Xlsx | Format::GeoParquet))
    {
        let selection = nothing();
        let whole = bytes(selection.clone(), format);
        if matches!(format, Format::GeoJsonSequence | Format::GeoJsonLines) {
            assert!(whole.is_empty());
            continue;
        }
        let opened = open(&selection, format);
        let layers = opened.dataset.layers();
        assert_eq!(layers.map(|layer| layer.feature_count()).sum::<u64>(), 0, "{format:?}");
    }
}

#[test]
fn records_without_geometry_are_tables() {
    let selection = table();
    check(&selection, Format::GeoPackage);
    check(&selection, Format::Csv);
    let formats: Vec<Format> = Format::of(&selection.layer().collection).collect();
    assert!(!formats.contains(&Format::Shapefile) && formats.contains(&Format::GeoPackage));
    assert!(export::open(selection, Format::Kml, &|| false).is_err());
}

#[test]
fn a_geopackage_says_where_it_comes_from() {
    let opened = open(&hard(), Format::GeoPackage);
    let mut contents = opened
        .dataset
        .execute_sql(
            "select identifier, description from gpkg_contents",
            None,
            gdal::vector::sql::Dialect::DEFAULT,
        )
        .unwrap()
        .unwrap();
    let row = contents.features().next().unwrap();
    assert_eq!(row.field_as_string(0).unwrap().unwrap(), "Progetti – Città metropolitana di Milano");
    let description = row.field_as_string(1).unwrap().unwrap();
    for part in ["licenza CC BY 4.0 (https://example.org/licence)", "rilascio 7", "2023-02-21", "release 7"] {
        assert!(description.contains(part), "{description}");
    }
}

#[test]
fn a_column_may_be_left_out() {
    let selection = hard();
    let form = selection.form().clone().with_properties(&[atlas::Property::Field(1)]);
    let opened = open(&selection.with_form(form), Format::FlatGeobuf);
    let names: Vec<String> =
        opened.dataset.layer(0).unwrap().defn().fields().map(|field| field.name()).collect();
    assert_eq!(names, ["id", "code", "source", "release", "extraction_date"]);
    assert_eq!(Column::Id.kind(hard().layer()), FieldType::Integer);
}
