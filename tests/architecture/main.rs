//! The house as it was drawn: which room may enter which, what only one room may know, how large a file may grow.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod circles;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Allowed edges, from the top floor to the ground. `remix` reads the environment, `testkit` stands beside the house.
const EDGES: [(&str, &[&str]); 13] = [
    ("remix", &["api", "jobs", "store"]),
    ("api", &["store", "ingest", "atlas", "tiles", "export", "overlay", "domain"]),
    ("jobs", &["store", "ingest", "atlas", "tiles", "export", "overlay", "geometry", "domain"]),
    ("tiles", &["atlas", "geometry", "domain"]),
    ("export", &["atlas", "geometry", "domain"]),
    ("overlay", &["atlas", "geometry", "domain"]),
    ("store", &["domain"]),
    ("ingest", &["geometry", "domain"]),
    ("atlas", &["geometry", "domain"]),
    ("geometry", &["domain"]),
    ("domain", &[]),
    ("testkit", &["store"]),
    ("journeys", &[]),
];

/// Libraries that only one room may know; `testkit` makes databases and may know theirs.
const KNOWN_TO_ONE: [(&str, &[&str]); 6] = [
    ("sqlx", &["store", "testkit"]),
    ("axum", &["api"]),
    ("gdal", &["ingest", "export"]),
    ("clap", &["remix"]),
    ("anyhow", &["remix"]),
    ("askama", &["api"]),
];

/// Lines that a file may have: a screenful or four is read, more is searched.
const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// For each crate of the house, the names of its dependencies; those for tests are not part of the house.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let mut crates = BTreeMap::new();
    for entry in root().join("crates").read_dir().unwrap() {
        let manifest = fs::read_to_string(entry.unwrap().path().join("Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let name = manifest["package"]["name"].as_str().unwrap().to_owned();
        let names = manifest.get("dependencies").and_then(toml::Value::as_table);
        crates.insert(name, names.map(|names| names.keys().cloned().collect()).unwrap_or_default());
    }
    crates
}

/// The Rust files below a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn rooms_are_entered_by_allowed_edges_only() {
    let crates = dependencies();
    for (name, dependencies) in &crates {
        let (_, allowed) =
            EDGES.iter().find(|(room, _)| room == name).unwrap_or_else(|| panic!("{name} is no room"));
        let rooms = dependencies.iter().filter(|dependency| crates.contains_key(*dependency));
        let forbidden: Vec<_> = rooms.filter(|room| !allowed.contains(&room.as_str())).collect();
        assert!(forbidden.is_empty(), "{name} may not enter {forbidden:?}");
    }
}

#[test]
fn some_libraries_are_known_to_one_room_only() {
    for (name, dependencies) in dependencies() {
        for (library, rooms) in KNOWN_TO_ONE {
            assert!(
                !dependencies.contains(library) || rooms.contains(&name.as_str()),
                "{name} may not know {library}"
            );
        }
    }
}

#[test]
fn only_the_program_reads_the_environment() {
    for file in rust_files(&root().join("crates")) {
        let path = file.to_string_lossy().into_owned();
        let exempt = ["/remix/", "/testkit/", "/tests/"].iter().any(|part| path.contains(part));
        let text = fs::read_to_string(&file).unwrap();
        let reads = ["env::var", "env::vars", "env::args"].iter().any(|call| text.contains(call));
        assert!(exempt || !reads, "{path} reads the environment");
    }
}

#[test]
fn no_file_outgrows_its_reader() {
    for folder in ["crates", "tests"] {
        for file in rust_files(&root().join(folder)) {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            assert!(lines <= MAX_LINES, "{} has {lines} lines", file.display());
        }
    }
}

#[test]
fn every_file_says_in_its_first_line_what_it_is() {
    for file in rust_files(&root().join("crates")) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} begins without a sentence", file.display());
    }
}

#[test]
fn a_name_is_the_same_in_every_room() {
    let stems = |folder: &str| -> BTreeSet<String> {
        let paths = root().join(folder).read_dir().unwrap().map(|entry| entry.unwrap().path());
        let toml = paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
        toml.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
    };
    let collections = stems("data/collections");
    for collection in &collections {
        let text = fs::read_to_string(root().join(format!("data/collections/{collection}.toml"))).unwrap();
        assert!(text.contains(&format!("id = \"{collection}\"")), "{collection}.toml has another id");
    }
    let unknown: Vec<_> = stems("tiles").difference(&collections).cloned().collect();
    assert!(unknown.is_empty(), "tiles/ draws what is no collection: {unknown:?}");
    for entry in root().join("data/sources").read_dir().unwrap() {
        let path = entry.unwrap().path();
        let source = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(path.join("source.toml")).unwrap();
        assert!(text.contains(&format!("id = \"{source}\"")), "{source}/source.toml has another id");
    }
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    let mut found = Vec::new();
    for entry in root().join("crates").read_dir().unwrap() {
        let folder = entry.unwrap().path();
        found.extend(
            circles::of(&folder.join("src")).into_iter().map(|tie| format!("{}: {tie}", folder.display())),
        );
    }
    assert!(found.is_empty(), "circles of files:\n{}", found.join("\n"));
}
