//! Texts that are more than texts to the program that opens them.

use crate::samples::{FORMULA, bytes, hard};
use export::Format;
use std::io::{Cursor, Read};

#[test]
fn no_cell_of_a_table_begins_a_formula() {
    let text = String::from_utf8(bytes(hard(), Format::Csv)).unwrap();
    let guarded = format!("\"'{}\"", FORMULA.replace('"', "\"\""));
    assert!(text.contains(&guarded), "{text}");
    assert!(text.contains(";'+39 02;"), "{text}");
    assert!(text.contains(";-11400000001;-12,125"), "numbers stay numbers\n{text}");
}

#[test]
fn placemarks_are_well_formed_whatever_is_in_them() {
    let text = String::from_utf8(bytes(hard(), Format::Kml)).unwrap();
    assert!(text.contains("<name>Via &lt;A&gt; &amp; \"B\"; C, D&#10;è – ‘più’ 🚲</name>"), "{text}");
}

#[test]
fn a_zip_says_what_shapefiles_could_not_keep() {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes(hard(), Format::Shapefile))).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in [
        "LEGGIMI.txt",
        "projects-points.shp",
        "projects-lines.dbf",
        "projects-polygons.prj",
        "projects-points.cpg",
    ] {
        assert!(names.iter().any(|found| found == name), "{name} in {names:?}");
    }
    let mut readme = String::new();
    zip.by_name("LEGGIMI.txt").unwrap().read_to_string(&mut readme).unwrap();
    for part in [
        "licence CC BY 4.0",
        "funding_p1  funding_pnc_cents",
        "title: 1 testi oltre 254 byte",
        "Uno shapefile per tipo",
    ] {
        assert!(readme.contains(part), "{part} in {readme}");
    }
}
