//! First phase: which file is which table of the source.

use super::rename;
use crate::IngestError;
use crate::format::{Row, delimited, vector};
use domain::Collection;
use domain::source::{Source, Table, TableFormat, TableRole};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Extensions of the vector files that are looked for in a folder.
const VECTOR_EXTENSIONS: [&str; 10] =
    ["geojson", "json", "geojsonl", "shp", "zip", "gpkg", "fgb", "gml", "kml", "kmz"];

/// An opened file of one table.
pub struct Sheet<'a> {
    /// The table it is of.
    pub table: &'a Table,
    content: Content,
}

enum Content {
    Delimited(delimited::Sheet),
    Vector(vector::Sheet),
}

impl Content {
    fn columns(&self) -> &[String] {
        match self {
            Self::Delimited(sheet) => &sheet.columns,
            Self::Vector(sheet) => &sheet.columns,
        }
    }
}

impl Sheet<'_> {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        match &self.content {
            Content::Delimited(sheet) => &sheet.path,
            Content::Vector(sheet) => &sheet.path,
        }
    }

    /// The files that it is made of: one, or the parts of a shapefile.
    pub fn parts(&self) -> Vec<PathBuf> {
        match &self.content {
            Content::Delimited(sheet) => vec![sheet.path.clone()],
            Content::Vector(sheet) => vector::parts(&sheet.path),
        }
    }

    /// The file's name, as issues mention it.
    pub fn name(&self) -> String {
        self.path().file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The columns, as written.
    pub fn columns(&self) -> &[String] {
        self.content.columns()
    }

    /// The encoding it was in, where that had to be found out.
    pub fn encoding(&self) -> Option<&'static str> {
        match &self.content {
            Content::Delimited(sheet) => Some(sheet.encoding),
            Content::Vector(_) => None,
        }
    }

    /// Visits the rows.
    ///
    /// # Errors
    /// [`IngestError::Damaged`] if the file breaks off.
    pub fn visit(&self, visit: &mut dyn FnMut(Row<'_>)) -> Result<(), IngestError> {
        match &self.content {
            Content::Delimited(sheet) => {
                sheet.visit(visit);
                Ok(())
            }
            Content::Vector(sheet) => sheet.visit(visit),
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

fn open_one<'a>(
    source: &'a Source,
    collections: &[Arc<Collection>],
    path: &Path,
    by_name: bool,
) -> Result<Option<Sheet<'a>>, IngestError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let expected = |table: &Table| table.files.iter().any(|pattern| matches_pattern(&name, pattern));
    let named = source.tables.iter().any(expected);
    let mut nearest: Option<(&Table, Vec<String>, String)> = None;
    for format in formats(source) {
        if !by_name && !named && !fits_format(path, format) {
            continue;
        }
        let content = match open_as(source, format, path) {
            Ok(content) => content,
            Err(_) if !by_name && !named => continue,
            Err(error) => return Err(error),
        };
        let columns = content.columns();
        for table in source.tables.iter().filter(|table| table.format == format) {
            let Some(collection) = collections.iter().find(|it| it.id == table.collection) else { continue };
            let missing = rename::missing_columns(table, collection, columns);
            if missing.is_empty() {
                return Ok(Some(Sheet { table, content }));
            }
            if nearest.as_ref().is_none_or(|(_, least, _)| missing.len() < least.len()) {
                nearest = Some((table, missing, columns.join(", ")));
            }
        }
    }
    match nearest {
        Some((table, missing, found)) if by_name || named => Err(IngestError::UnknownHeader {
            path: path.to_owned(),
            source_id: source.id.to_string(),
            table: table.id.clone(),
            missing: missing.join(", "),
            found: if found.is_empty() { "no columns".to_owned() } else { shorten(&found) },
        }),
        _ => Ok(None),
    }
}

fn open_as(source: &Source, format: TableFormat, path: &Path) -> Result<Content, IngestError> {
    match format {
        TableFormat::Csv { delimiter } => {
            delimited::open(path, delimiter, &source.encodings).map(Content::Delimited)
        }
        TableFormat::Any | TableFormat::Vector => {
            vector::open(path, source.crs.as_deref(), source.repair).map(Content::Vector)
        }
    }
}

/// The formats of the source's tables, each once.
fn formats(source: &Source) -> Vec<TableFormat> {
    let mut formats: Vec<_> = source.tables.iter().map(|table| table.format).collect();
    formats.dedup();
    formats
}

fn fits_format(path: &Path, format: TableFormat) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match format {
        TableFormat::Csv { .. } => matches!(extension.as_str(), "csv" | "tsv" | "txt"),
        TableFormat::Any | TableFormat::Vector => VECTOR_EXTENSIONS.contains(&extension.as_str()),
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

/// The start of a long text, for sentences.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 200 {
        text.to_owned()
    } else {
        text.chars().take(199).chain(['…']).collect()
    }
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
