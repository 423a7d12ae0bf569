//! ZIP archives: looked through before anything is unpacked, and unpacked only as far as they said and may.

use super::input::Input;
use super::input::SHAPEFILE_PARTS;
use super::kind::{Kind, Workbook};
use crate::IngestError;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use zip::ZipArchive;

/// The most that an archive may hold, unpacked.
const LARGEST: u64 = 1 << 30;
/// The most that a workbook may hold, unpacked: all of it is read at once.
const LARGEST_WORKBOOK: u64 = 256 << 20;
/// Extensions of files with data of their own, in lower case.
const DATA: [&str; 15] = [
    "shp", "geojson", "json", "geojsonl", "geojsons", "gpkg", "fgb", "gml", "kml", "gpx", "csv", "tsv",
    "txt", "xlsx", "ods",
];

/// An opened archive whose names and sizes were found harmless.
pub struct Archive<'a> {
    path: &'a Path,
    zip: ZipArchive<File>,
    names: Vec<String>,
}

/// A data file of an archive, with the files that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path in the archive.
    pub name: String,
    /// Each of its files by the extension, in lower case; the first is the data file itself.
    files: Vec<(String, String)>,
}

impl<'a> Archive<'a> {
    /// Opens the archive at `at`, which the user knows as `path`.
    ///
    /// # Errors
    /// [`IngestError`] if it is damaged, has a member whose path leads outside, or holds more than may be unpacked.
    pub fn open(path: &'a Path, at: &Path) -> Result<Self, IngestError> {
        let unreadable =
            |error: io::Error| IngestError::Unreadable { path: path.to_owned(), reason: error.to_string() };
        let file = File::open(at).map_err(unreadable)?;
        let zip = ZipArchive::new(file).map_err(|error| damaged(path, &error))?;
        let names: Result<Vec<String>, _> = zip.file_names().map(|name| name.map(Cow::into_owned)).collect();
        let names = names.map_err(|error| damaged(path, &error))?;
        if let Some(member) = names.iter().find(|name| leads_outside(name)) {
            return Err(IngestError::ZipSlip { path: path.to_owned(), member: member.clone() });
        }
        let archive = Self { path, zip, names };
        archive.check_declared(LARGEST)?;
        Ok(archive)
    }

    /// Its data files. Folders and what macOS leaves behind are none; texts are only where there is nothing else, for they
    /// are mostly notes.
    ///
    /// # Errors
    /// [`IngestError::NestedArchive`] if an archive lies in it, [`IngestError::NoDataFile`] if there is none.
    pub fn members(&self) -> Result<Vec<Member>, IngestError> {
        let names = || self.names.iter().map(String::as_str).filter(|name| !is_litter(name));
        if let Some(member) =
            names().find(|name| matches!(split(name).1.as_str(), "zip" | "kmz" | "7z" | "rar"))
        {
            return Err(IngestError::NestedArchive { path: self.path.to_owned(), member: member.to_owned() });
        }
        let mut data: Vec<&str> = names().filter(|name| DATA.contains(&split(name).1.as_str())).collect();
        if data.iter().any(|name| split(name).1 != "txt") {
            data.retain(|name| split(name).1 != "txt");
        }
        data.sort_unstable();
        if data.is_empty() {
            let all: Vec<_> = names().take(10).collect();
            return Err(IngestError::NoDataFile { path: self.path.to_owned(), found: all.join(", ") });
        }
        let files = |name: &str| {
            let (stem, extension) = split(name);
            let beside = names().filter_map(|other| {
                let (other_stem, part) = split(other);
                let belongs =
                    extension == "shp" && other_stem == stem && SHAPEFILE_PARTS.contains(&part.as_str());
                belongs.then(|| (part, other.to_owned()))
            });
            let beside: Vec<_> = beside.collect();
            std::iter::once((extension.clone(), name.to_owned())).chain(beside).collect()
        };
        Ok(data.into_iter().map(|name| Member { name: name.to_owned(), files: files(name) }).collect())
    }

    /// Unpacks a data file and what belongs to it, under names that are not the archive's.
    ///
    /// # Errors
    /// [`IngestError`] if a file of it is damaged, or larger than the archive says.
    pub fn unpack(&mut self, member: &Member) -> Result<Input, IngestError> {
        let unreadable = |error: io::Error| IngestError::Unreadable {
            path: self.path.to_owned(),
            reason: error.to_string(),
        };
        let folder = tempfile::tempdir().map_err(unreadable)?;
        let mut files = Vec::new();
        for (extension, name) in &member.files {
            let at = folder.path().join(format!("member.{extension}"));
            let mut target = File::create(&at).map_err(unreadable)?;
            copy(self.path, &mut self.zip, name, &mut target)?;
            files.push((extension.clone(), at));
        }
        Ok(Input::unpacked(self.path, &member.name, files, folder))
    }

    /// Refuses what would not fit into memory as a workbook, by the sizes declared and by those found.
    ///
    /// # Errors
    /// [`IngestError::TooLarge`], or what is wrong with a member.
    pub fn check_workbook(mut self) -> Result<(), IngestError> {
        self.check_declared(LARGEST_WORKBOOK)?;
        self.names.iter().try_for_each(|name| copy(self.path, &mut self.zip, name, &mut io::sink()))
    }

    /// A member's content, opened.
    pub(super) fn reader(&mut self, name: &str) -> Result<impl Read + '_, IngestError> {
        let path = self.path;
        self.zip.by_name(name).map_err(|error| damaged(path, &error))
    }

    /// Refuses what would hold more bytes, unpacked, by the sizes declared.
    ///
    /// # Errors
    /// [`IngestError::TooLarge`].
    pub fn check_declared(&self, limit: u64) -> Result<(), IngestError> {
        match self.zip.decompressed_size() {
            Some(size) if size <= u128::from(limit) => Ok(()),
            _ => Err(IngestError::TooLarge { path: self.path.to_owned(), megabytes: limit >> 20 }),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }
}

/// What the archive at `at` is: a workbook, or an archive of other files.
///
/// # Errors
/// As [`Archive::open`].
pub fn kind(path: &Path, at: &Path) -> Result<Kind, IngestError> {
    let archive = Archive::open(path, at)?;
    Ok(if archive.has("xl/workbook.xml") {
        Kind::Workbook(Workbook::Xlsx)
    } else if archive.has("mimetype") && archive.has("content.xml") {
        Kind::Workbook(Workbook::Ods)
    } else {
        Kind::Archive
    })
}

/// Copies a member, and no more of it than the archive declares: a lie about the size is an attack.
fn copy(
    path: &Path,
    zip: &mut ZipArchive<File>,
    name: &str,
    target: &mut impl io::Write,
) -> Result<(), IngestError> {
    let mut member = zip.by_name(name).map_err(|error| damaged(path, &error))?;
    let declared = member.size();
    let copied = io::copy(&mut (&mut member).take(declared.saturating_add(1)), target).map_err(|error| {
        IngestError::Damaged { path: path.to_owned(), reason: format!("{name}: {error}") }
    })?;
    if copied > declared {
        let reason = format!("{name} is larger than the archive says");
        return Err(IngestError::Damaged { path: path.to_owned(), reason });
    }
    Ok(())
}

fn damaged(path: &Path, error: &zip::result::ZipError) -> IngestError {
    IngestError::Damaged { path: path.to_owned(), reason: error.to_string() }
}

/// Whether unpacking under this name would write outside the folder; backslashes separate folders on Windows.
fn leads_outside(name: &str) -> bool {
    name.starts_with('/') || name.contains(['\\', '\0', ':']) || name.split('/').any(|part| part == "..")
}

/// What is no data by its place or name: folders, hidden files, the resource forks of macOS.
fn is_litter(name: &str) -> bool {
    name.ends_with('/') || name.split('/').any(|part| part == "__MACOSX" || part.starts_with('.'))
}

/// A name without its extension, and the extension; both in lower case.
fn split(name: &str) -> (String, String) {
    let name = name.to_lowercase();
    match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => (stem.to_owned(), extension.to_owned()),
        _ => (name, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_outside_are_seen() {
        for bad in ["../a.shp", "a/../../b", "/etc/passwd", "..\\a", "a\\b.shp", "C:/a", "a/.."] {
            assert!(leads_outside(bad), "{bad}");
        }
        for good in ["a.shp", "a/b..c/d.shp", "..a/b", "Limiti/Comuni 2023/COMUNI.SHP"] {
            assert!(!leads_outside(good), "{good}");
        }
    }

    #[test]
    fn what_macos_leaves_is_no_data() {
        for litter in ["a/", "__MACOSX/._a.shp", "a/.DS_Store"] {
            assert!(is_litter(litter), "{litter}");
        }
        assert!(!is_litter("a/b.shp"));
    }
}
