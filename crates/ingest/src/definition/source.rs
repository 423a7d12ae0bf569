//! `data/sources/<id>/source.toml`.

use super::collection::collection_id;
use super::{DefinitionError, Words, one_of};
use domain::money::AmountFormat;
use domain::source::{
    Fetch, Generation, PlacePart, RecordPage, Scope, Source, Table, TableFormat, TableRole,
};
use domain::{CollectionId, SourceId};
use encoding_rs::Encoding;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

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
    record_pages: Vec<RecordPageEntry>,
    #[serde(default)]
    demo: bool,
    #[serde(default)]
    scope: ScopeEntry,
    #[serde(default)]
    encodings: Vec<String>,
    #[serde(default = "blank")]
    missing: Vec<String>,
    crs: Option<String>,
    #[serde(default)]
    repair: bool,
    #[serde(default = "half")]
    max_removed_share: f64,
    complements: Option<String>,
    fetch: Option<FetchEntry>,
    #[serde(default)]
    generations: Vec<GenerationEntry>,
    tables: Vec<TableEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordPageEntry {
    title: Words,
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FetchEntry {
    urls: Vec<String>,
    #[serde(default = "a_day")]
    every_hours: f64,
    #[serde(default = "a_gigabyte")]
    max_megabytes: u64,
    #[serde(default = "ten_minutes")]
    timeout_seconds: u64,
    #[serde(default)]
    as_browser: bool,
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
    collection: Option<String>,
    #[serde(default)]
    role: RoleEntry,
    #[serde(default)]
    format: FormatEntry,
    delimiter: Option<char>,
    #[serde(default)]
    files: Vec<String>,
    layer: Option<String>,
    columns: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    place: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    templates: BTreeMap<String, String>,
    #[serde(default)]
    recode: BTreeMap<String, BTreeMap<String, String>>,
    amounts: Option<AmountEntry>,
    recognised_by: Option<String>,
    rows_of: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RoleEntry {
    #[default]
    Records,
    Locations,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FormatEntry {
    #[default]
    Any,
    Csv,
    Vector,
}

const fn half() -> f64 {
    0.5
}

const fn a_day() -> f64 {
    24.0
}

const fn a_gigabyte() -> u64 {
    1024
}

const fn ten_minutes() -> u64 {
    600
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
    if !(0.0..=1.0).contains(&file.max_removed_share) {
        let found = file.max_removed_share.to_string();
        return Err(DefinitionError::value("max_removed_share", &found, "it is a share from 0 to 1"));
    }
    let source_id =
        |what, text: &str| SourceId::parse(text).ok_or_else(|| DefinitionError::value(what, text, slug));
    let collection = collection_id("collection", &file.collection)?;
    for other in file.tables.iter().filter_map(|table| table.rows_of.as_ref()) {
        if !file.tables.iter().any(|table| &table.id == other) {
            return Err(DefinitionError::value("rows_of", other, "it names another table of the source"));
        }
    }
    Ok(Source {
        id: source_id("id", &file.id)?,
        title: file.title.into(),
        publisher: file.publisher,
        licence: file.licence,
        licence_url: file.licence_url,
        homepage: file.homepage,
        record_pages: file.record_pages.into_iter().map(record_page).collect(),
        demo: file.demo,
        scope: match file.scope {
            ScopeEntry::Country => Scope::Country,
            ScopeEntry::Territory => Scope::Territory,
        },
        encodings: file.encodings,
        missing: file.missing,
        crs: file.crs,
        repair: file.repair,
        max_removed_share: file.max_removed_share,
        complements: file.complements.map(|id| source_id("complements", &id)).transpose()?,
        fetch: file.fetch.map(fetch).transpose()?,
        generations: file.generations.into_iter().map(generation).collect(),
        tables: file.tables.into_iter().map(|entry| table(entry, &collection)).collect::<Result<_, _>>()?,
        collection,
    })
}

fn record_page(entry: RecordPageEntry) -> RecordPage {
    RecordPage { title: entry.title.into(), url: entry.url }
}

fn generation(entry: GenerationEntry) -> Generation {
    Generation { id: entry.id, recognised_by: entry.recognised_by, amounts: entry.amounts.into() }
}

impl From<AmountEntry> for AmountFormat {
    fn from(AmountEntry { decimal, thousands }: AmountEntry) -> Self {
        Self { decimal, thousands }
    }
}

fn fetch(entry: FetchEntry) -> Result<Fetch, DefinitionError> {
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    if let Some(url) = entry.urls.iter().find(|url| !is_web(url)) {
        return Err(DefinitionError::value("fetch.urls", url, "it begins with https:// or http://"));
    }
    let every = Duration::try_from_secs_f64(entry.every_hours * 3600.0).map_err(|_| {
        DefinitionError::value("fetch.every_hours", &entry.every_hours.to_string(), "it is a number of hours")
    })?;
    Ok(Fetch {
        urls: entry.urls,
        every_seconds: every.as_secs(),
        max_bytes: entry.max_megabytes << 20,
        timeout_seconds: entry.timeout_seconds,
        as_browser: entry.as_browser,
    })
}

fn table(entry: TableEntry, main: &CollectionId) -> Result<Table, DefinitionError> {
    let format = match (entry.format, entry.delimiter) {
        (FormatEntry::Any, None) => TableFormat::Any,
        (FormatEntry::Vector, _) => TableFormat::Vector,
        (FormatEntry::Csv, Some(delimiter)) if delimiter.is_ascii() => {
            TableFormat::Csv { delimiter: delimiter as u8 }
        }
        (FormatEntry::Csv | FormatEntry::Any, delimiter) => {
            let found = delimiter.map_or_else(String::new, String::from);
            return Err(DefinitionError::value("delimiter", &found, "a csv table has one ASCII character"));
        }
    };
    let role = match entry.role {
        RoleEntry::Records => TableRole::Records,
        RoleEntry::Locations => TableRole::Locations,
    };
    let place = entry
        .place
        .into_iter()
        .map(|(part, names)| Ok((one_of("place", &part, &PlacePart::ALL, PlacePart::as_str)?, names)));
    Ok(Table {
        id: entry.id,
        collection: match entry.collection {
            Some(id) => collection_id("tables.collection", &id)?,
            None => main.clone(),
        },
        role,
        format,
        files: entry.files,
        layer: entry.layer,
        columns: entry.columns.into_iter().collect(),
        required: entry.required,
        place: place.collect::<Result<_, DefinitionError>>()?,
        templates: entry.templates.into_iter().collect(),
        recode: entry.recode.into_iter().map(|(field, words)| (field, words.into_iter().collect())).collect(),
        amounts: entry.amounts.map(Into::into),
        recognised_by: entry.recognised_by,
        rows_of: entry.rows_of,
    })
}
