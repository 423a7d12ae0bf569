//! The things that test files hold, and how such files are made.

use super::{Reader, Taken};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Key, name and place of the two things that every file holds.
pub const THINGS: [(&str, &str, [f64; 2]); 2] =
    [("015146", "Città di Milano", [9.19, 45.464]), ("013041", "Cantù", [9.129, 45.739])];

pub fn reader() -> Reader {
    Reader::columns("code", "name").geometry("point")
}

pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// A ZIP archive of these members.
pub fn zipped(folder: &TempDir, name: &str, members: &[(&str, &[u8])]) -> PathBuf {
    let path = folder.path().join(name);
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    for (member, bytes) in members {
        zip.start_file(*member, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    path
}

pub fn geojson() -> String {
    format!(r#"{{"type": "FeatureCollection", "features": [{}]}}"#, features().join(","))
}

pub fn features() -> Vec<String> {
    let feature = |(key, name, [lon, lat]): (&str, &str, [f64; 2])| {
        format!(
            r#"{{"type": "Feature", "properties": {{"code": "{key}", "name": "{name}"}},
                "geometry": {{"type": "Point", "coordinates": [{lon}, {lat}]}}}}"#
        )
        .replace('\n', " ")
    };
    THINGS.into_iter().map(feature).collect()
}

#[track_caller]
pub fn refused(reader: &Reader, path: &Path, words: &str) {
    let error = reader.read(path).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains(words), "{}: {error:?}", path.display());
}

/// Checks that a file gives the things, in their place.
#[track_caller]
pub fn same(reader: &Reader, path: &Path) -> Taken {
    let taken = reader.read(path).unwrap();
    assert_eq!(taken.issues, [], "{}", path.display());
    assert_eq!(taken.records.len(), THINGS.len(), "{}", path.display());
    for (key, name, [lon, lat]) in THINGS {
        assert_eq!(taken.name_of(key), Some(name), "{}", path.display());
        let [x, y] = taken.coords_of(key)[0];
        assert!((x - lon).hypot(y - lat) < 1e-6, "{}: {key} at {x} {y}", path.display());
    }
    taken
}
