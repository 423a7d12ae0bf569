//! Memory while a large collection is downloaded: as much as for a small one. In a process of its own, so that nothing else counts.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use atlas::{Edition, LayerDraft};
use domain::{
    Bilingual, Collection, CollectionId, FeatureId, Field, FieldType, GeometryKind, Key, Location, Record,
    Territory, Value,
};
use export::{Format, Selection};
use geometry::{Shape, wkb};
use std::fs;
use std::sync::Arc;

const RECORDS: usize = 200_000;
/// What a download may take at most. A group of rows of Parquet, a page cache of `SQLite` are of this order; the collection
/// itself has 60 MiB as text.
const MOST_KIB: u64 = 24 * 1024;

fn collection() -> Collection {
    let field = |id: &str| Field::new(id, FieldType::Text);
    Collection {
        id: CollectionId::parse("many").unwrap(),
        family: "services".to_owned(),
        title: Bilingual::default(),
        description: Bilingual::default(),
        key: vec![0],
        geometry: GeometryKind::Point,
        parent: None,
        dissolved_from: None,
        fields: vec![field("name"), field("about")],
    }
}

fn selection(count: usize) -> Selection {
    let collection = Arc::new(collection());
    let record = |number: usize| {
        let key = Key::new(vec![number.to_string()]);
        let degrees = |part: usize| f64::from(u32::try_from(part).unwrap()) / 1000.0;
        let shape = Shape::points([[9.0 + degrees(number % 1000), 45.0 + degrees(number / 1000)]]).unwrap();
        let location = Location {
            province: None,
            municipality: None,
            municipality_name: None,
            address: None,
            postal_code: None,
            share_percent: None,
            geometry: Some(wkb::write(&shape)),
        };
        let values = vec![
            Value::Text(format!("number {number}")),
            Value::Text(format!("what is to be said of {number} ").repeat(4)),
        ];
        (FeatureId::of(&collection.id, &key), 0, Record { key, values, locations: vec![location] })
    };
    let origin = atlas::Origin {
        source: domain::SourceId::parse("s").unwrap(),
        licence: String::new(),
        publisher: String::new(),
        title: Bilingual::default(),
        licence_url: None,
        homepage: None,
        complements: None,
        demo: true,
        release: domain::ReleaseId(1),
        extracted_on: None,
    };
    let mut draft = LayerDraft::new(collection.clone(), vec![origin], "tag".to_owned());
    for (id, origin, record) in (0..count).map(record) {
        draft.push(id, origin, record);
    }
    let territory = Territory {
        id: "t".to_owned(),
        title: Bilingual::default(),
        short_title: Bilingual::default(),
        provinces: Vec::new(),
        extent: [0.0, 0.0, 90.0, 90.0],
        unit_codes: Vec::new(),
        municipalities: Vec::new(),
        metric_crs: domain::MetricCrs::Utm32,
    };
    let edition = Edition::build(Arc::new(territory), vec![draft], "tag".to_owned());
    Selection::whole(&edition, &edition.layers[0])
}

/// A line of what the system says of this process, in KiB.
fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn memory_does_not_grow_with_the_download() {
    let (few, many) = (selection(1), selection(RECORDS));
    let size = |selection: &Selection, format: Format| -> usize {
        let pieces = export::open(selection.clone(), format, &|| false).unwrap();
        pieces.map(|piece| piece.unwrap().len()).sum()
    };
    for format in Format::ALL {
        // What libraries read once, such as the definitions of reference systems, is of the first download, not of a large one.
        size(&few, format);
        // From here on the peak is counted anew.
        fs::write("/proc/self/clear_refs", "5").unwrap();
        let before = status("VmRSS");
        let size = size(&many, format);
        let grown = status("VmHWM").saturating_sub(before);
        assert!(grown <= MOST_KIB, "{format:?}: memory grew by {grown} KiB for a file of {size} bytes");
    }
}
