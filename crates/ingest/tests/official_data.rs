//! Official data, where it lies beside the project: counts and sums that an import must reproduce.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail")]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod support;

use domain::{Cents, Issue, IssueKind, LocationPrecision, Record, Role, Severity, Tally, Value};
use ingest::reading::FileUse;
use ingest::{IngestError, definition};
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use support::{Part, Reading, all_accepted, shared};
use time::Date;

/// What a source says of its own collection.
struct Said {
    records: Vec<Record>,
    tally: Tally,
    locations: Tally,
    issues: Vec<Issue>,
    generation: Option<String>,
    files: Vec<FileUse>,
    extracted_on: Option<Date>,
}

fn import(source: &str, collection: &str, given: &[PathBuf]) -> Result<Said, IngestError> {
    let mut reading = support::read(source, given)?;
    let place = reading.parts.iter().position(|part| part.collection.id.as_str() == collection).unwrap();
    let Part { records, tally, locations, .. } = reading.parts.remove(place);
    // Other tables of a release are looked at in tests/pnrr.rs.
    let is_other =
        |file: &FileUse| !["projects", "locations", "municipalities"].contains(&file.table.as_str());
    let names = |file: &FileUse| {
        file.parts.iter().filter_map(|path| Some(path.file_name()?.to_owned())).collect::<Vec<_>>()
    };
    let others: Vec<_> = reading.files.iter().filter(|file| is_other(file)).flat_map(names).collect();
    let Reading { mut issues, generation, files, extracted_on, .. } = reading;
    issues.retain(|issue| !others.iter().any(|other| other.to_string_lossy() == issue.file));
    Ok(Said { records, tally, locations, issues, generation, files, extracted_on })
}

fn pnrr(path: &str) -> Option<Said> {
    Some(import("pnrr-italiadomani", "pnrr-projects", &[shared(path)?]).unwrap())
}

fn municipalities(path: &str) -> Option<Result<Said, IngestError>> {
    Some(import("istat-municipalities", "municipalities", &[shared(path)?]))
}

fn sum(records: &[Record]) -> Cents {
    let collection = definition::parse_collection(&support::data("collections/pnrr-projects.toml")).unwrap();
    let amount = |record: &Record| match collection.value_of(Role::Amount, record) {
        Some(Value::Cents(cents)) => *cents,
        _ => Cents(0),
    };
    records.iter().map(amount).sum()
}

#[test]
fn the_release_of_2023_02_gives_its_counts_and_its_sum() {
    let Some(reading) = pnrr("pnrr/subset_MI_015/release_2023-02-21") else { return };
    assert_eq!(reading.tally, all_accepted(1942));
    assert_eq!(reading.locations, all_accepted(4122));
    assert_eq!(reading.issues, []);
    assert_eq!(reading.generation.as_deref(), Some("2023-02"));
    assert_eq!(reading.extracted_on.map(|date| date.to_string()).as_deref(), Some("2023-02-24"));
    assert_eq!(sum(&reading.records).to_string(), "1728160938.01");
    let milano = domain::ProvinceCode::parse("015").unwrap();
    let here: Vec<_> = reading
        .records
        .iter()
        .flat_map(|record| &record.locations)
        .filter(|location| location.province == Some(milano))
        .collect();
    assert_eq!(here.len(), 2123);
    assert_eq!(
        here.iter().filter(|location| location.precision() == LocationPrecision::Province).count(),
        17
    );
    assert_eq!(here.iter().filter_map(|location| location.municipality).collect::<BTreeSet<_>>().len(), 132);
}

#[test]
fn the_release_of_2022_12_gives_its_counts_and_its_sum() {
    let Some(reading) = pnrr("pnrr/subset_MI_015/release_2022-12") else { return };
    assert_eq!((reading.tally, reading.locations), (all_accepted(494), all_accepted(494)));
    assert_eq!(reading.generation.as_deref(), Some("2022-12"));
    assert_eq!(sum(&reading.records).to_string(), "116322550.00");
    assert!(reading.files.iter().all(|file| file.encoding.map(|encoding| encoding.name) == Some("UTF-8")));
}

#[test]
fn between_the_releases_164_projects_stay() {
    let (Some(before), Some(after)) =
        (pnrr("pnrr/subset_MI_015/release_2022-12"), pnrr("pnrr/subset_MI_015/release_2023-02-21"))
    else {
        return;
    };
    let before: HashSet<_> = before.records.into_iter().map(|record| record.key).collect();
    let kept = after.records.iter().filter(|record| before.contains(&record.key)).count();
    assert_eq!((kept, before.len() - kept, after.records.len() - kept), (164, 330, 1778));
}

#[test]
fn projects_of_another_province_or_of_the_whole_country_are_filtered_and_counted() {
    let Some(reading) = pnrr("pnrr/subset_UNLOCATED/release_2022-12") else { return };
    assert_eq!((reading.tally.read, reading.records.len()), (0, 0));
    assert!(reading.tally.filtered > 0);
}

#[test]
fn boundaries_are_the_same_from_geojson_and_from_a_shapefile_in_utm() {
    let (Some(degrees), Some(metres)) = (
        municipalities("boundaries/all_provinces/P_15.geojson"),
        municipalities("derived_nasty/01_shp_32632_utf8_cpg.zip"),
    ) else {
        return;
    };
    let (degrees, metres) = (degrees.unwrap(), metres.unwrap());
    assert_eq!(degrees.tally, all_accepted(133));
    assert_eq!(metres.tally, Tally { filtered: 148, ..all_accepted(133) });
    let mut of_metres: Vec<_> = metres.records;
    of_metres.sort_by(|a, b| a.key.cmp(&b.key));
    let mut of_degrees: Vec<_> = degrees.records;
    of_degrees.sort_by(|a, b| a.key.cmp(&b.key));
    for (one, other) in of_degrees.iter().zip(&of_metres) {
        assert_eq!((&one.key, &one.values[1]), (&other.key, &other.values[1]));
        assert!(distance(one, other) < 0.01, "{}: {} m apart", one.key, distance(one, other));
    }
}

/// The greatest distance in metres from a vertex of one shape to the nearest vertex of the other.
fn distance(one: &Record, other: &Record) -> f64 {
    let vertices = |record: &Record| {
        let bytes = record.locations[0].geometry.as_ref().unwrap();
        let shape = geometry::wkb::read(bytes).unwrap();
        shape.transform(geometry::Crs::Geographic, geometry::Crs::Utm32).coords().to_vec()
    };
    let (one, other) = (vertices(one), vertices(other));
    let nearest =
        |a: &[f64; 2]| other.iter().map(|b| (a[0] - b[0]).hypot(a[1] - b[1])).fold(f64::INFINITY, f64::min);
    one.iter().map(nearest).fold(0.0, f64::max)
}

#[test]
fn several_files_make_one_set_of_municipalities() {
    let Some(folder) = shared("boundaries/all_provinces") else { return };
    let reading = import("istat-municipalities", "municipalities", &[folder]).unwrap();
    assert_eq!(reading.tally.accepted, 133);
    assert!(reading.tally.filtered > 1300);
}

#[test]
fn hostile_boundaries_are_refused_with_a_sentence() {
    let check = |file: &str, expect: &str| {
        let Some(result) = municipalities(file) else { return };
        let error = result.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(expect), "{file}: {error}");
    };
    check("derived_nasty/03_shp_3003_no_prj_latin1.zip", "does not say its coordinate reference system");
    check("derived_nasty/07_two_layers.zip", "has several layers");
    check("derived_nasty/08_missing_shx_dbf.zip", "lacks its .dbf file");
    check("derived_nasty/09_truncated_shp.zip", "breaks off or is damaged");
    check("derived_nasty/28_empty_featurecollection.geojson", "holds no feature");
    check("derived_nasty/29_zero_bytes.geojson", "is empty");
}

#[test]
fn swapped_or_projected_coordinates_are_outside_the_territory() {
    for file in ["17_geojson_lat_lon_swapped.geojson", "16_geojson_projected_without_crs.geojson"] {
        let Some(Ok(reading)) = municipalities(&format!("derived_nasty/{file}")) else { continue };
        assert_eq!((reading.tally.accepted, reading.tally.quarantined), (0, 133), "{file}");
        assert!(reading.issues.iter().all(|issue| issue.kind == IssueKind::OutsideTerritory), "{file}");
    }
}

#[test]
fn geometry_that_is_missing_or_invalid_is_an_issue_of_its_row() {
    let Some(reading) = municipalities("derived_nasty/19_invalid_geometries.geojson") else { return };
    let reading = reading.unwrap();
    assert_eq!((reading.tally.read, reading.tally.accepted, reading.tally.quarantined), (6, 1, 5));
    let kinds: Vec<_> = reading.issues.iter().map(|issue| (issue.line, issue.kind)).collect();
    let invalid = IssueKind::InvalidGeometry;
    assert_eq!(
        kinds,
        [(1, invalid), (2, invalid), (3, invalid), (4, invalid), (5, IssueKind::MissingGeometry)]
    );
}

#[test]
fn doubled_municipalities_are_set_aside() {
    let Some(reading) = municipalities("derived_nasty/20_duplicate_istat_codes.geojson") else { return };
    let reading = reading.unwrap();
    assert_eq!((reading.tally.read, reading.tally.accepted, reading.tally.quarantined), (136, 133, 3));
    assert!(
        reading
            .issues
            .iter()
            .all(|issue| { (issue.kind, issue.severity) == (IssueKind::DuplicateKey, Severity::Error) })
    );
}
