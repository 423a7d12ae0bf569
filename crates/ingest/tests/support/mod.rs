//! What the tests on official data share: where it lies, and a reading by the definitions of the project.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a helper of tests may fail, and says aloud what it skips"
)]

use domain::{Collection, CollectionId, Issue, IssueKind, Record, Tally, Territory, Value};
use ingest::reading::FileUse;
use ingest::{Definitions, IngestError, Standing, definition, open};
use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use time::Date;

/// The folder of official data; `None`, said aloud, where it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !found.exists() {
        eprintln!("skipped: {path} of the shared data is not beside the project");
    }
    found.exists().then_some(found)
}

/// A file under `data/`.
pub fn data(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(path)).unwrap()
}

pub fn territory() -> Territory {
    let register = data("territories/milano.csv");
    definition::parse_territory(&data("territories/milano.toml"), &register).unwrap()
}

pub fn collections() -> Vec<Arc<Collection>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/collections");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let parse = |path: &PathBuf| definition::parse_collection(&fs::read_to_string(path).unwrap()).unwrap();
    paths.iter().map(|path| Arc::new(parse(path))).collect()
}

/// What a source says, all of it.
#[derive(Debug)]
pub struct Reading {
    pub parts: Vec<Part>,
    pub issues: Vec<Issue>,
    pub generation: Option<String>,
    pub files: Vec<FileUse>,
    pub extracted_on: Option<Date>,
}

/// What it says of one collection.
#[derive(Debug)]
pub struct Part {
    pub collection: Arc<Collection>,
    pub records: Vec<Record>,
    pub tally: Tally,
    pub locations: Tally,
}

/// Reads files of a source that is defined in `data/`.
pub fn read(source: &str, given: &[PathBuf]) -> Result<Reading, IngestError> {
    read_with(&data(&format!("sources/{source}/source.toml")), given, &Standing::new())
}

/// Reads files of a source by the text of its definition.
pub fn read_with(source: &str, given: &[PathBuf], standing: &Standing) -> Result<Reading, IngestError> {
    let source = definition::parse_source(source).unwrap();
    let definitions = Definitions::of(source, &collections(), Arc::new(territory()));
    let opened = open(&definitions, given)?;
    let (files, generation) = (opened.files(), opened.generation()?);
    let mut handed_on: Vec<(CollectionId, Vec<Record>)> = Vec::new();
    let reading = opened
        .read(standing, &mut |collection, records| {
            handed_on.push((collection.id.clone(), records));
            ControlFlow::Continue(())
        })?
        .unwrap();
    let part = |part: ingest::reading::Part| {
        let own = handed_on.iter_mut().filter(|(id, _)| *id == part.collection.id);
        let records = own.flat_map(|(_, records)| std::mem::take(records)).collect();
        Part { collection: part.collection, records, tally: part.tally, locations: part.locations }
    };
    let parts = reading.parts.into_iter().map(part).collect();
    let (issues, extracted_on) = (reading.issues, reading.extracted_on);
    Ok(Reading { parts, issues, generation, files, extracted_on })
}

/// Reads official files; `None` where one of them is not there.
pub fn official(source: &str, paths: &[&str]) -> Option<Reading> {
    let given: Option<Vec<_>> = paths.iter().map(|path| shared(path)).collect();
    Some(read(source, &given?).unwrap())
}

pub fn part<'a>(reading: &'a Reading, collection: &str) -> &'a Part {
    reading.parts.iter().find(|part| part.collection.id.as_str() == collection).unwrap()
}

pub const fn all_accepted(count: u64) -> Tally {
    Tally { read: count, accepted: count, quarantined: 0, filtered: 0 }
}

/// The value of a field.
pub fn value<'a>(part: &Part, record: &'a Record, field: &str) -> &'a Value {
    &record.values[part.collection.position(field).unwrap()]
}

/// The sum of an amount over all records.
pub fn sum(part: &Part, field: &str) -> String {
    let cents = |record: &Record| match value(part, record, field) {
        Value::Cents(cents) => *cents,
        _ => domain::Cents(0),
    };
    part.records.iter().map(cents).sum::<domain::Cents>().to_string()
}

/// How many issues there are of each kind.
pub fn kinds(issues: &[Issue]) -> BTreeMap<IssueKind, usize> {
    let mut kinds = BTreeMap::new();
    for issue in issues {
        *kinds.entry(issue.kind).or_default() += 1;
    }
    kinds
}

/// A file with this text, in a folder that lives as long as it is held.
pub fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, path)
}
