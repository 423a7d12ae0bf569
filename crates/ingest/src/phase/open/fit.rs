//! Which tables of the source a file holds: its content decides how it is read, its header which table it is.

use super::{Content, Sheet, matches_pattern};
use crate::IngestError;
use crate::format::archive::{Archive, Member};
use crate::format::content;
use crate::format::input::Input;
use crate::format::kind::Kind;
use crate::format::{delimited, vector, workbook};
use crate::phase::rename;
use domain::Collection;
use domain::source::{Source, Table, TableFormat};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

/// What a file is held against.
struct Fitting<'a, 'c> {
    source: &'a Source,
    collections: &'c [Arc<Collection>],
}

/// The sheets of a file: one, or one for each table that names a layer of it.
///
/// # Errors
/// [`IngestError`] if it cannot be read, fits no table, or could be read in several ways.
pub fn sheets<'a>(
    source: &'a Source,
    collections: &[Arc<Collection>],
    path: &Path,
) -> Result<Vec<Sheet<'a>>, IngestError> {
    let fitting = Fitting { source, collections };
    // A table of another's rows has no sheets of its own.
    let tables: Vec<&Table> = source.tables.iter().filter(|table| table.rows_of.is_none()).collect();
    let input = Input::plain(path);
    match content::kind(path, input.at())? {
        Kind::Archive => fitting.archive(path, &tables),
        kind => fitting.file(input, kind, &tables),
    }
}

impl<'a> Fitting<'a, '_> {
    fn archive(&self, path: &Path, tables: &[&'a Table]) -> Result<Vec<Sheet<'a>>, IngestError> {
        let mut archive = Archive::open(path, path)?;
        let members = archive.members()?;
        let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
        let chosen: Vec<(&Member, Vec<&Table>)> = match members.as_slice() {
            [only] => vec![(only, tables.to_vec())],
            several => {
                let chosen = choose(tables, &names).ok_or_else(|| several_layers(path, &names))?;
                let member = |(place, tables): (usize, Vec<_>)| Some((several.get(place)?, tables));
                chosen.into_iter().filter_map(member).collect()
            }
        };
        let mut sheets = Vec::new();
        for (member, tables) in chosen {
            let input = archive.unpack(member)?;
            match content::kind(path, input.at())? {
                Kind::Archive => {
                    let (path, member) = (path.to_owned(), member.name.clone());
                    return Err(IngestError::NestedArchive { path, member });
                }
                kind => sheets.extend(self.file(input, kind, &tables)?),
            }
        }
        Ok(sheets)
    }

    /// One file that is no archive.
    fn file(&self, input: Input, kind: Kind, tables: &[&'a Table]) -> Result<Vec<Sheet<'a>>, IngestError> {
        let takes = |table: &&&Table| match (table.format, kind) {
            (TableFormat::Any, _)
            | (TableFormat::Csv { .. }, Kind::Text)
            | (TableFormat::Vector, Kind::Vector(_)) => true,
            (TableFormat::Csv { .. } | TableFormat::Vector, _) => false,
        };
        let fitting: Vec<&Table> = tables.iter().filter(takes).copied().collect();
        if fitting.is_empty() {
            let path = input.path;
            return Err(match kind {
                Kind::Text => IngestError::NotVector { path, reason: "it is a table of text".to_owned() },
                _ if tables.iter().any(|table| table.format == TableFormat::Vector) => {
                    IngestError::NotVector { path, reason: format!("it is {}", kind.as_str()) }
                }
                _ => IngestError::NotText { path, found: kind.as_str() },
            });
        }
        match kind {
            Kind::Text => self.text(input, &fitting),
            Kind::Workbook(format) => self.workbook(&Rc::new(workbook::open(input, format)?), &fitting),
            Kind::Vector(format) => {
                self.vector(&Rc::new(vector::open(input, format, self.source)?), &fitting)
            }
            Kind::Archive => Err(IngestError::NotText { path: input.path, found: kind.as_str() }),
        }
    }

    fn text(&self, input: Input, tables: &[&'a Table]) -> Result<Vec<Sheet<'a>>, IngestError> {
        let text = delimited::open(input, &self.source.encodings)?;
        let likely = text.likely_delimiter();
        let mut nearest = Nearest::default();
        for table in tables {
            let delimiter = match table.format {
                TableFormat::Csv { delimiter } => delimiter,
                TableFormat::Any | TableFormat::Vector => likely,
            };
            if nearest.fits(self, table, &text.columns(delimiter)) {
                return Ok(vec![Sheet { table, content: Content::Delimited(text.into_sheet(delimiter)) }]);
            }
        }
        Err(nearest.error(self.source, &text.input().path))
    }

    fn vector(&self, file: &Rc<vector::File>, tables: &[&'a Table]) -> Result<Vec<Sheet<'a>>, IngestError> {
        let path = &file.input().path;
        let layers = file.layers()?;
        let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
        let chosen = choose(tables, &names).ok_or_else(|| several_layers(path, &names))?;
        let (mut sheets, mut nearest) = (Vec::new(), Nearest::default());
        for (layer, tables) in chosen {
            let Some(layer) = layers.get(layer) else { continue };
            if layer.is_empty(file) {
                return Err(IngestError::NoFeatures { path: path.clone() });
            }
            match tables.iter().find(|table| nearest.fits(self, table, &layer.columns)) {
                Some(table) => {
                    let content = Content::Vector(vector::Sheet::of(file, layer, self.source)?);
                    sheets.push(Sheet { table, content });
                }
                None => return Err(nearest.error(self.source, path)),
            }
        }
        Ok(sheets)
    }

    /// The sheets of a workbook that have the header of a table, in any of their first rows.
    fn workbook(
        &self,
        book: &Rc<workbook::Workbook>,
        tables: &[&'a Table],
    ) -> Result<Vec<Sheet<'a>>, IngestError> {
        let names: Vec<&str> = book.sheets().collect();
        let headers: Vec<_> = (0..names.len()).map(|sheet| book.headers(sheet)).collect();
        let (mut found, mut nearest) = (Vec::new(), Nearest::default());
        for table in tables {
            let is_meant = |name: &str| {
                table.layer.as_deref().is_none_or(|layer| matches_pattern(name, layer)) || names.len() == 1
            };
            let mut fitting = Vec::new();
            for (sheet, (name, headers)) in names.iter().zip(&headers).enumerate() {
                let mut headers = headers.iter().filter(|_| is_meant(name));
                if let Some((row, _)) = headers.find(|(_, columns)| nearest.fits(self, table, columns)) {
                    fitting.push((sheet, *row));
                }
            }
            match fitting.as_slice() {
                [] => {}
                [(sheet, row)] => found.push((*table, *sheet, *row)),
                several => {
                    let names: Vec<_> =
                        several.iter().filter_map(|(sheet, _)| names.get(*sheet)).copied().collect();
                    return Err(several_layers(&book.input().path, &names));
                }
            }
        }
        // Tables that name their sheet take theirs; of the others the first that fits takes the file, as it takes a text.
        let by_name = found.iter().any(|(table, _, _)| table.layer.is_some());
        found.retain(|(table, _, _)| !by_name || table.layer.is_some());
        found.truncate(if by_name { found.len() } else { 1 });
        let sheet = |(table, sheet, row): (&'a Table, usize, usize)| {
            Some(Sheet { table, content: Content::Workbook(workbook::Sheet::of(book, sheet, row)?) })
        };
        let sheets: Vec<_> = found.into_iter().filter_map(sheet).collect();
        if sheets.is_empty() { Err(nearest.error(self.source, &book.input().path)) } else { Ok(sheets) }
    }
}

/// Which of several layers, sheets or members, by place, are which tables: those that the tables name, or the only one
/// there is. `None` if nothing decides.
fn choose<'a>(tables: &[&'a Table], names: &[&str]) -> Option<Vec<(usize, Vec<&'a Table>)>> {
    if names.len() == 1 {
        return Some(vec![(0, tables.to_vec())]);
    }
    let mut chosen: Vec<(usize, Vec<&Table>)> = Vec::new();
    for table in tables {
        let Some(layer) = &table.layer else { continue };
        let mut fitting =
            (0..names.len()).filter(|place| names.get(*place).is_some_and(|name| is_named(name, layer)));
        match (fitting.next(), fitting.next()) {
            (Some(place), None) => match chosen.iter_mut().find(|(other, _)| *other == place) {
                Some((_, tables)) => tables.push(table),
                None => chosen.push((place, vec![table])),
            },
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
    }
    (!chosen.is_empty()).then_some(chosen)
}

/// Whether a pattern means this layer, or this member of an archive: by its whole path, its name, or that without extension.
fn is_named(name: &str, pattern: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    [name, file, stem].iter().any(|name| matches_pattern(name, pattern))
}

fn several_layers(path: &Path, names: &[&str]) -> IngestError {
    IngestError::SeveralLayers { path: path.to_owned(), layers: names.join(", ") }
}

/// The table whose columns come nearest to a header, for the sentence that refuses it.
#[derive(Default)]
struct Nearest {
    found: Option<(String, Vec<String>, Vec<String>)>,
}

impl Nearest {
    /// Whether the columns are all that the table needs; if not, they are remembered where they come nearer than others.
    fn fits(&mut self, fitting: &Fitting<'_, '_>, table: &Table, columns: &[String]) -> bool {
        let Some(collection) = fitting.collections.iter().find(|it| it.id == table.collection) else {
            return false;
        };
        let missing = rename::missing_columns(table, collection, columns);
        if missing.is_empty() {
            return true;
        }
        // A row of titles lacks everything too, and says less than a header does.
        let is_title = |columns: &[String]| columns.iter().filter(|column| !column.is_empty()).count() < 2;
        let is_nearer = self.found.as_ref().is_none_or(|(_, least, found)| {
            missing.len() < least.len()
                || (missing.len() == least.len() && is_title(found) && !is_title(columns))
        });
        if is_nearer {
            self.found = Some((table.id.clone(), missing, columns.to_vec()));
        }
        false
    }

    fn error(self, source: &Source, path: &Path) -> IngestError {
        let (table, missing, found) = self.found.unwrap_or_default();
        let found = found.join(", ");
        IngestError::UnknownHeader {
            path: path.to_owned(),
            source_id: source.id.to_string(),
            table,
            missing: missing.join(", "),
            found: if found.is_empty() { "no columns".to_owned() } else { shorten(&found) },
        }
    }
}

/// The start of a long text, for sentences.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 200 {
        text.to_owned()
    } else {
        text.chars().take(199).chain(['…']).collect()
    }
}
