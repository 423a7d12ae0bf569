//! `data/sources/<id>/source.toml`.

use super::{DefinitionError, Words};
use domain::money::AmountFormat;
use domain::source::{Generation, Scope, Source, Table, TableFormat, TableRole};
use domain::{CollectionId, SourceId};
use encoding_rs::Encoding;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    collection: String,
    title: Words,
    publisher: String,
    licence: String,
    licence_url: Option<String>,
    homepage: Option<String>,
    #[serde(default)]
    demo: bool,
    #[serde(default)]
    scope: ScopeEntry,
    #[serde(default = "utf_8")]
    encodings: Vec<String>,
    #[serde(default = "blank")]
    missing: Vec<String>,
    crs: Option<String>,
    #[serde(default)]
    repair: bool,
    #[serde(default)]
    generations: Vec<GenerationEntry>,
    tables: Vec<TableEntry>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ScopeEntry {
    #[default]
    Country,
    Territory,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GenerationEntry {
    id: String,
    recognised_by: String,
    amounts: AmountEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AmountEntry {
    decimal: Option<char>,
    thousands: Option<char>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableEntry {
    id: String,
    role: RoleEntry,
    format: FormatEntry,
    delimiter: Option<char>,
    #[serde(default)]
    files: Vec<String>,
    columns: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RoleEntry {
    Records,
    Locations,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FormatEntry {
    Csv,
    Vector,
}

fn utf_8() -> Vec<String> {
    vec!["utf-8".to_owned()]
}

fn blank() -> Vec<String> {
    vec![String::new()]
}

/// Reads the definition of a source.
///
/// # Errors
/// [`DefinitionError`] if the text is not TOML of this shape, or a value has no meaning.
pub fn parse(text: &str) -> Result<Source, DefinitionError> {
    let file: File = toml::from_str(text)?;
    let slug = "it is made of lower-case letters, digits and hyphens";
    for label in &file.encodings {
        Encoding::for_label(label.as_bytes())
            .ok_or_else(|| DefinitionError::value("encodings", label, "it holds WHATWG encoding labels"))?;
    }
    Ok(Source {
        id: SourceId::parse(&file.id).ok_or_else(|| DefinitionError::value("id", &file.id, slug))?,
        collection: CollectionId::parse(&file.collection)
            .ok_or_else(|| DefinitionError::value("collection", &file.collection, slug))?,
        title: file.title.into(),
        publisher: file.publisher,
        licence: file.licence,
        licence_url: file.licence_url,
        homepage: file.homepage,
        demo: file.demo,
        scope: match file.scope {
            ScopeEntry::Country => Scope::Country,
            ScopeEntry::Territory => Scope::Territory,
        },
        encodings: file.encodings,
        missing: file.missing,
        crs: file.crs,
        repair: file.repair,
        generations: file.generations.into_iter().map(generation).collect(),
        tables: file.tables.into_iter().map(table).collect::<Result<_, _>>()?,
    })
}

fn generation(entry: GenerationEntry) -> Generation {
    let AmountEntry { decimal, thousands } = entry.amounts;
    Generation {
        id: entry.id,
        recognised_by: entry.recognised_by,
        amounts: AmountFormat { decimal, thousands },
    }
}

fn table(entry: TableEntry) -> Result<Table, DefinitionError> {
    let format = match (entry.format, entry.delimiter) {
        (FormatEntry::Vector, _) => TableFormat::Vector,
        (FormatEntry::Csv, Some(delimiter)) if delimiter.is_ascii() => {
            TableFormat::Csv { delimiter: delimiter as u8 }
        }
        (FormatEntry::Csv, delimiter) => {
            let found = delimiter.map_or_else(String::new, String::from);
            return Err(DefinitionError::value("delimiter", &found, "a csv table has one ASCII character"));
        }
    };
    let role = match entry.role {
        RoleEntry::Records => TableRole::Records,
        RoleEntry::Locations => TableRole::Locations,
    };
    let columns = entry.columns.into_iter().collect();
    Ok(Table { id: entry.id, role, format, files: entry.files, columns })
}
