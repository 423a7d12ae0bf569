//! First phase: which file is which table of the source.

mod fit;

use crate::IngestError;
use crate::encoding::Encoding;
use crate::format::input::Input;
use crate::format::vector::Crs;
use crate::format::{Row, delimited, vector, workbook};
use domain::Collection;
use domain::source::{Source, Table, TableRole};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Extensions of the files that are looked at in a folder, besides those whose names the source expects.
const EXTENSIONS: [&str; 18] = [
    "csv", "tsv", "txt", "xlsx", "ods", "geojson", "json", "geojsonl", "geojsons", "shp", "zip", "gpkg",
    "fgb", "gml", "kml", "kmz", "gpx", "xml",
];

/// An opened file of one table.
pub struct Sheet<'a> {
    /// The table it is of.
    pub table: &'a Table,
    content: Content,
}

enum Content {
    Delimited(delimited::Sheet),
    Workbook(workbook::Sheet),
    Vector(vector::Sheet),
}

impl Sheet<'_> {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.input().path
    }

    /// The files that it is made of: one, or the parts of a shapefile.
    pub fn parts(&self) -> Vec<PathBuf> {
        self.input().parts()
    }

    /// The file's name, as issues mention it.
    pub fn name(&self) -> String {
        self.path().file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The columns, as written.
    pub fn columns(&self) -> &[String] {
        match &self.content {
            Content::Delimited(sheet) => &sheet.columns,
            Content::Workbook(sheet) => &sheet.columns,
            Content::Vector(sheet) => &sheet.columns,
        }
    }

    /// The encoding it was in, where that had to be found out.
    pub fn encoding(&self) -> Option<Encoding> {
        match &self.content {
            Content::Delimited(sheet) => Some(sheet.encoding()),
            Content::Workbook(_) => None,
            Content::Vector(sheet) => sheet.encoding(),
        }
    }

    /// The CRS of its shapes, if its format has shapes.
    pub fn crs(&self) -> Option<Crs> {
        match &self.content {
            Content::Delimited(_) | Content::Workbook(_) => None,
            Content::Vector(sheet) => Some(sheet.crs.clone()),
        }
    }

    /// Visits the rows, until `visit` wants no more.
    ///
    /// # Errors
    /// [`IngestError::Damaged`] if the file breaks off.
    pub fn visit(&self, visit: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Result<(), IngestError> {
        match &self.content {
            Content::Delimited(sheet) => sheet.visit(visit),
            Content::Workbook(sheet) => {
                sheet.visit(visit);
                Ok(())
            }
            Content::Vector(sheet) => sheet.visit(visit),
        }
    }

    fn input(&self) -> &Input {
        match &self.content {
            Content::Delimited(sheet) => sheet.input(),
            Content::Workbook(sheet) => sheet.input(),
            Content::Vector(sheet) => sheet.input(),
        }
    }
}

/// Opens the files that belong to tables of `source`. `given` are files, or folders whose files are looked at.
///
/// A file is known by its header. In a folder, files that are no table of the source are passed over, unless their name
/// says that they should be one; a file given by name must be one.
///
/// # Errors
/// [`IngestError`] for a file that cannot be used, or if the records' table has no file.
pub fn open<'a>(
    source: &'a Source,
    collections: &[Arc<Collection>],
    given: &[PathBuf],
) -> Result<Vec<Sheet<'a>>, IngestError> {
    let mut sheets = Vec::new();
    for path in given {
        if path.is_dir() {
            for path in files_in(path)? {
                sheets.extend(open_one(source, collections, &path, false)?);
            }
        } else {
            sheets.extend(open_one(source, collections, path, true)?);
        }
    }
    match source.tables.iter().find(|table| table.role == TableRole::Records) {
        Some(records) if !sheets.iter().any(|sheet| sheet.table.role == TableRole::Records) => {
            Err(IngestError::MissingTable {
                source_id: source.id.to_string(),
                table: records.id.clone(),
                expected: records.files.join(", "),
                given: names(given),
            })
        }
        _ => Ok(sheets),
    }
}

/// The tables that read the rows of a sheet: its own, and those that read them once more.
pub fn tables<'a>(source: &'a Source, sheet: &Sheet<'a>) -> impl Iterator<Item = &'a Table> {
    let own = sheet.table;
    let again = source.tables.iter().filter(|table| table.rows_of.as_ref() == Some(&own.id));
    std::iter::once(own).chain(again)
}

/// The paths in one line, for sentences.
pub fn names(given: &[PathBuf]) -> String {
    given.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// The sheets of one file. One that was only found in a folder may be anything: it is passed over if it is no table.
fn open_one<'a>(
    source: &'a Source,
    collections: &[Arc<Collection>],
    path: &Path,
    by_name: bool,
) -> Result<Vec<Sheet<'a>>, IngestError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_expected = |table: &Table| table.files.iter().any(|pattern| matches_pattern(&name, pattern));
    let must_fit = by_name || source.tables.iter().any(is_expected);
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !must_fit && !EXTENSIONS.contains(&extension.as_str()) {
        return Ok(Vec::new());
    }
    match fit::sheets(source, collections, path) {
        Err(_) if !must_fit => Ok(Vec::new()),
        sheets => sheets,
    }
}

/// The files of a folder, not of its subfolders, by name.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, IngestError> {
    let unreadable = |error: std::io::Error| IngestError::Unreadable {
        path: folder.to_owned(),
        reason: error.to_string(),
    };
    let entries = folder.read_dir().map_err(unreadable)?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}

/// Whether a name fits a pattern in which `*` stands for any text; case does not matter.
#[must_use]
pub fn matches_pattern(name: &str, pattern: &str) -> bool {
    let (name, pattern) = (name.to_lowercase(), pattern.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut parts: Vec<_> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(found) = rest.find(part) else { return false };
        rest = &rest[found + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_names() {
        let check =
            |name, pattern, expect| assert_eq!(matches_pattern(name, pattern), expect, "{name} {pattern}");
        check("PNRR_Progetti.csv", "PNRR_Progetti*.csv", true);
        check("pnrr_progetti_Dati_Validati.CSV", "PNRR_Progetti*.csv", true);
        check("PNRR_Soggetti.csv", "PNRR_Progetti*.csv", false);
        check("a.csv", "a.csv", true);
        check("aa.csv", "a.csv", false);
        check("xabyc", "*a*c", true);
    }
}
