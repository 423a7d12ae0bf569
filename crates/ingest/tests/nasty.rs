//! The hostile inputs of the shared data, each by its name, and the public corpora of odd files.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a helper of tests may fail, and says aloud what it skips"
)]

mod sample;

use domain::{IssueKind, Tally};
use ingest::IngestError;
use sample::{Reader, Taken};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A folder or file of the shared data; `None`, said aloud, where it is not there.
fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !found.exists() {
        eprintln!("skipped: {path} of the shared data is not beside the project");
    }
    found.exists().then_some(found)
}

fn nasty(name: &str) -> Option<PathBuf> {
    shared(&format!("derived_nasty/{name}"))
}

/// Checks that a case is refused with this sentence.
fn refused(reader: &Reader, name: &str, words: &[&str]) {
    let Some(path) = nasty(name) else { return };
    let error = reader.read(&path).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(words.iter().all(|words| error.contains(words)), "{name}: {error}");
}

/// Checks that a case gives all its boundaries, in their place and with their names.
fn boundaries(reader: &Reader, name: &str, count: u64, crs: (&str, bool), encoding: Option<(&str, &str)>) {
    let (Some(path), Some(milano), Some(como)) = (
        nasty(name),
        shared("boundaries/all_provinces/P_15.geojson"),
        shared("boundaries/all_provinces/P_13.geojson"),
    ) else {
        return;
    };
    let taken = reader.read(&path).unwrap();
    assert_eq!(taken.tally, accepted(count), "{name}: {:?}", taken.issues.first());
    assert_eq!((taken.crs(), taken.encoding()), (Some(crs), encoding), "{name}");
    let names = [("015146", Some("Milano")), ("013041", (count == 281).then_some("Cantù"))];
    for (key, expect) in names {
        assert_eq!(taken.name_of(key), expect, "{name}");
    }
    let mut reference = Reader::boundaries().read(&milano).unwrap();
    reference.records.extend(Reader::boundaries().read(&como).unwrap().records);
    for record in &taken.records {
        let key = record.key.to_string();
        let apart = apart(&taken.coords_of(&key), &reference.coords_of(&key));
        assert!(apart < 1.0, "{name}: {key} is {apart} m away");
    }
}

/// The greatest distance in metres from a vertex of one shape to the nearest vertex of the other.
fn apart(one: &[[f64; 2]], other: &[[f64; 2]]) -> f64 {
    // In the territory a degree of longitude is 78 km long, one of latitude 111 km.
    let distance = |a: &[f64; 2], b: &[f64; 2]| ((a[0] - b[0]) * 78_000.0).hypot((a[1] - b[1]) * 111_200.0);
    let nearest = |a: &[f64; 2]| other.iter().map(|b| distance(a, b)).fold(f64::INFINITY, f64::min);
    one.iter().map(nearest).fold(0.0, f64::max)
}

const fn accepted(count: u64) -> Tally {
    Tally { read: count, accepted: count, quarantined: 0, filtered: 0 }
}

#[test]
fn every_case_is_tested_by_its_name() {
    let Some(folder) = shared("derived_nasty") else { return };
    let tests = include_str!("nasty.rs");
    let mut count = 0;
    for entry in folder.read_dir().unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with(|c: char| c.is_ascii_digit()) && !name.contains(".xsd") {
            assert!(tests.contains(&format!("\"{name}\"")), "{name}");
            count += 1;
        }
    }
    assert_eq!(count, 31);
}

#[test]
fn zipped_shapefiles_are_read_in_their_encoding_and_crs() {
    let reader = Reader::boundaries();
    let (utf_8, latin) = (Some(("UTF-8", "cpg")), Some(("windows-1252", "statistics")));
    boundaries(&reader, "01_shp_32632_utf8_cpg.zip", 281, ("EPSG:32632", false), utf_8);
    boundaries(&reader, "02_shp_32632_cp1252_no_cpg.zip", 281, ("EPSG:32632", false), latin);
    boundaries(&reader, "04_shp_3003_gauss_boaga.zip", 281, ("EPSG:3003", false), utf_8);
    boundaries(&reader, "05_shp_6707_rdn2008.zip", 281, ("EPSG:6707", false), utf_8);
    boundaries(&reader, "06_shp_uppercase_ext_nested_macosx.zip", 281, ("EPSG:32632", false), utf_8);
}

#[test]
fn a_crs_that_is_not_said_is_asked_for_and_then_taken() {
    let name = "03_shp_3003_no_prj_latin1.zip";
    refused(&Reader::boundaries(), name, &["does not say its coordinate reference system", "EPSG:3003"]);
    let reader = Reader::boundaries().source("crs = \"EPSG:3003\"");
    boundaries(&reader, name, 281, ("EPSG:3003", true), Some(("windows-1252", "statistics")));
    let name = "16_geojson_projected_without_crs.geojson";
    refused(&Reader::boundaries(), name, &["look projected", "EPSG:32632"]);
    boundaries(&Reader::boundaries().source("crs = \"EPSG:32632\""), name, 281, ("EPSG:32632", true), None);
}

#[test]
fn an_unknown_datum_says_as_little_as_no_crs() {
    let Some(path) = shared("areas/arpa_lombardia/ARPA_zoning_shape.zip") else { return };
    let reader = Reader::columns("COD_ZONA", "COD_ZONA").geometry("any").source("# keys are text");
    let error = reader.read(&path).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("on a datum that it does not name") && error.contains("EPSG:3003"), "{error}");
    let taken = reader.source("crs = \"EPSG:3003\"\nrepair = true").read(&path).unwrap();
    assert_eq!((taken.crs(), taken.tally.read), (Some(("EPSG:3003", true)), 7));
    assert!(taken.tally.accepted > 0, "{:?}", taken.issues);
}

#[test]
fn which_of_several_layers_is_asked_for_and_then_taken() {
    let layer = |layer: &str| Reader::boundaries().table(&format!("layer = \"{layer}\""));
    let name = "07_two_layers.zip";
    refused(&Reader::boundaries(), name, &["several layers", "comuni_3003.shp", "layer in source.toml"]);
    refused(&layer("province"), name, &["several layers"]);
    refused(&layer("comuni*"), name, &["several layers"]);
    boundaries(&layer("comuni_3003"), name, 281, ("EPSG:3003", false), Some(("UTF-8", "cpg")));
    let name = "11_comuni_6707.gpkg";
    refused(&Reader::boundaries(), name, &["several layers", "comuni, comuni_utm32"]);
    boundaries(&layer("comuni"), name, 281, ("EPSG:6707", false), None);
    boundaries(&layer("*_utm32"), name, 281, ("EPSG:32632", false), None);
}

#[test]
fn archives_that_are_broken_or_hostile_are_refused() {
    let reader = Reader::boundaries();
    refused(&reader, "08_missing_shx_dbf.zip", &["lacks its .dbf file"]);
    refused(&reader, "09_truncated_shp.zip", &["breaks off or is damaged", "where its header says"]);
    refused(&reader, "10_zip_slip.zip", &["path leads outside the archive", "evil.shp"]);
    assert!(!Path::new("/tmp/evil.shp").exists());
}

#[test]
fn every_vector_format_gives_the_same_boundaries_whatever_its_axes() {
    let reader = Reader::boundaries();
    boundaries(&reader, "12_comuni_32632.gml", 281, ("EPSG:32632", false), None);
    boundaries(&reader, "13_comuni_4326_latlon_axis.gml", 281, ("EPSG:4326", false), None);
    boundaries(&reader, "14_comuni.kml", 281, ("EPSG:4326", false), None);
    boundaries(&reader, "15_geojson_crs_member_32632.geojson", 281, ("EPSG:32632", false), None);
    boundaries(&reader, "18_geojson_utf8_bom.geojson", 133, ("EPSG:4326", false), None);
    boundaries(&reader, "31_comuni.fgb", 133, ("EPSG:4326", false), None);
}

#[test]
fn bad_features_are_set_aside_one_by_one() {
    let read = |name| Some(Reader::boundaries().read(&nasty(name)?).unwrap());
    let check = |name, expect: Tally, kinds: &[IssueKind]| {
        let Some(taken) = read(name) else { return };
        assert_eq!(taken.tally, expect, "{name}");
        let found: Vec<_> = taken.issues.iter().map(|issue| issue.kind).collect();
        assert_eq!(found, kinds, "{name}");
    };
    let tally = |read, accepted| Tally { read, accepted, quarantined: read - accepted, filtered: 0 };
    let (invalid, missing) = (IssueKind::InvalidGeometry, IssueKind::MissingGeometry);
    check("17_geojson_lat_lon_swapped.geojson", tally(133, 0), &[IssueKind::OutsideTerritory; 133]);
    check("19_invalid_geometries.geojson", tally(6, 1), &[invalid, invalid, invalid, invalid, missing]);
    check("20_duplicate_istat_codes.geojson", tally(136, 133), &[IssueKind::DuplicateKey; 3]);
}

#[test]
fn tables_of_text_are_read_in_every_encoding() {
    for (name, encoding) in [
        ("21_csv_bom_decimal_comma_cr_lf.csv", ("UTF-8", "bom")),
        ("22_csv_cp1252.csv", ("windows-1252", "statistics")),
        ("23_csv_utf16le.csv", ("UTF-16LE", "bom")),
    ] {
        let Some(path) = nasty(name) else { return };
        let taken = Reader::places().read(&path).unwrap();
        assert_eq!((taken.tally.read, taken.tally.accepted), (133, 129), "{name}: {:?}", taken.issues);
        assert_eq!(taken.encoding(), Some(encoding), "{name}");
        let outside = IssueKind::OutsideTerritory;
        let expect =
            [(5, IssueKind::MissingGeometry), (6, outside), (7, IssueKind::UnreadableValue), (8, outside)];
        assert_eq!(taken.kinds(), expect, "{name}");
        assert!(
            taken.issues[1].message.contains("the coordinates are swapped"),
            "{name}: {:?}",
            taken.issues[1]
        );
        assert_eq!(taken.coords_of("015002"), [[8.878_285, 45.369_892]], "{name}");
        assert!(taken.files[0].unused_columns.contains(&"Importo (€)".to_owned()), "{name}");
    }
}

#[test]
fn a_workbook_is_read_below_its_titles_and_its_codes_get_their_zeros_back() {
    let Some(path) = nasty("24_xlsx_utm_coords_leading_zero_lost.xlsx") else { return };
    let degrees = Reader::places().read(&path).unwrap();
    let place = "place = { x = [\"X_UTM32\"], y = [\"Y_UTM32\"] }";
    let metres = Reader::places().place(place).source("crs = \"EPSG:32632\"").read(&path).unwrap();
    for taken in [&degrees, &metres] {
        assert_eq!(taken.tally, accepted(133), "{:?}", taken.issues);
        assert_eq!(
            (taken.name_of("015002"), taken.day_of("015002")),
            (Some("Abbiategrasso"), Some("2024-05-31".into()))
        );
    }
    for record in &degrees.records {
        let key = record.key.to_string();
        assert!(apart(&degrees.coords_of(&key), &metres.coords_of(&key)) < 0.1, "{key}");
    }
    let undeclared = Reader::places().place(place).read(&path).unwrap();
    assert_eq!((undeclared.tally.accepted, undeclared.tally.quarantined), (0, 133));
    assert!(undeclared.issues[0].message.contains("declare crs"), "{:?}", undeclared.issues[0]);
}

#[test]
fn formulas_in_a_text_are_text() {
    let Some(path) = nasty("25_csv_formula_injection.csv") else { return };
    let taken = Reader::places().source("# keys are text").read(&path).unwrap();
    // The first row has a delimiter within its formula, and so a cell too many: nothing tells which one it is.
    assert_eq!((taken.tally.read, taken.kinds()), (4, vec![(2, IssueKind::RowShape)]));
    let names: Vec<_> = ["2", "3", "4"].into_iter().filter_map(|key| taken.name_of(key)).collect();
    assert_eq!(names, ["+39 02 7740", "@SUM(A1:A9)", "<script>alert(1)</script>"]);
}

#[test]
fn what_can_harm_or_is_no_data_is_refused_with_a_sentence() {
    let reader = Reader::boundaries();
    refused(&reader, "26_billion_laughs.kml", &["document type declaration"]);
    refused(&reader, "27_xxe.gml", &["document type declaration"]);
    refused(&reader, "28_empty_featurecollection.geojson", &["holds no feature", "what stands is kept"]);
    refused(&reader, "29_zero_bytes.geojson", &["is empty"]);
}

#[test]
fn a_workbook_under_another_name_is_seen_for_what_it_is() {
    let name = "30_xlsx_renamed_as.csv";
    let csv = Reader::places().table("format = \"csv\"\ndelimiter = \";\"");
    refused(&csv, name, &["is not text but a spreadsheet (XLSX)"]);
    refused(&Reader::places(), name, &["has a header that source prova does not know", "Dataset"]);
    let Some(path) = nasty(name) else { return };
    let taken =
        Reader::columns("DS#", "Dataset").geometry("none").source("# keys are text").read(&path).unwrap();
    assert_eq!(taken.name_of("ds60"), Some("Ciclabili"));
}

/// Every file of the public corpora, read as whatever it shows to be: none may crash, hang, or take all memory.
#[test]
fn the_corpora_of_odd_files_do_no_harm() {
    let (mut files, mut refused, mut rows, mut slowest) = (0, 0, 0, Duration::ZERO);
    for corpus in ["nasty", "geojson_fixtures"] {
        let Some(folder) = shared(corpus) else { return };
        for path in files_below(&folder) {
            files += 1;
            let started = Instant::now();
            match read_somehow(&path) {
                Ok(taken) => rows += taken.tally.read,
                Err(_) => refused += 1,
            }
            let took = started.elapsed();
            assert!(took < Duration::from_secs(10), "{}: {took:?}", path.display());
            slowest = slowest.max(took);
        }
    }
    let peak = peak_megabytes();
    eprintln!(
        "{files} files, {refused} refused, {rows} rows, the slowest in {slowest:?}, {peak:?} MB at most"
    );
    assert!(files > 400 && refused < files && rows > 1000, "{files} {refused} {rows}");
    assert!(peak.is_none_or(|peak| peak < 512), "{peak:?}");
}

/// Reads a file with its first two columns as key and name, so that its rows are looked at whatever they are.
fn read_somehow(path: &Path) -> Result<Taken, IngestError> {
    let reader = |key: &str, name: &str| {
        Reader::columns(key, name)
            .geometry("any")
            .source("# keys are text\ncrs = \"EPSG:4326\"\nrepair = true")
    };
    match reader("no such column", "nor this").read(path) {
        Err(IngestError::UnknownHeader { found, .. }) => {
            let plain = |name: &&str| {
                !name.is_empty() && !name.contains(|c: char| matches!(c, '"' | '\\') || c.is_control())
            };
            let mut columns = found.split(", ").filter(plain);
            let key = columns.next().unwrap_or("none");
            reader(key, columns.next().unwrap_or(key)).read(path)
        }
        // Of several layers each is taken in its turn.
        Err(IngestError::SeveralLayers { layers, .. }) => {
            let read = |layer| reader("gml_id", "gml_id").table(&format!("layer = {layer:?}")).read(path);
            layers.split(", ").map(read).last().unwrap()
        }
        other => other,
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// The most memory that this process ever had, with all tests that ran in it.
fn peak_megabytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
