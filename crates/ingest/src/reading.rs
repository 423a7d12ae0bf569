//! Reading a source: the phases, one after the other.

use crate::IngestError;
use crate::definition::Definitions;
use crate::encoding::Encoding;
use crate::format::vector::Crs;
use crate::gazetteer::Gazetteer;
use crate::phase::context::Context;
use crate::phase::generation;
use crate::phase::ledger::Ledger;
use crate::phase::locations::{self, Found};
use crate::phase::open::{self, Sheet};
use crate::phase::parents::Parents;
use crate::phase::parse::Dialect;
use crate::phase::records::{self, Drafts};
use crate::phase::rename;
use domain::source::TableRole;
use domain::{Collection, CollectionId, Issue, Record, Role, Tally, Value};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use time::Date;

/// The values of records that stand, by collection: those to which records of a reading may belong.
pub type Standing = BTreeMap<CollectionId, Vec<Vec<Value>>>;

/// Files of a source, opened and recognised, not yet read.
pub struct Opened<'a> {
    definitions: &'a Definitions,
    given: &'a [PathBuf],
    sheets: Vec<Sheet<'a>>,
}

/// What a source says, read whole.
#[derive(Debug)]
pub struct Reading {
    /// A part for each collection of which a file was given; that of the source's own collection first.
    pub parts: Vec<Part>,
    /// What was wrong with rows, accepted or set aside.
    pub issues: Vec<Issue>,
    /// The generation of the schema, if the source declares generations.
    pub generation: Option<String>,
    /// The files used.
    pub files: Vec<FileUse>,
    /// The latest day on which the source says that it touched one of the records.
    pub extracted_on: Option<Date>,
}

/// What a source says of one collection.
#[derive(Debug)]
pub struct Part {
    /// The collection.
    pub collection: Arc<Collection>,
    /// The accepted records, in the order of the files.
    pub records: Vec<Record>,
    /// What became of the rows that are records.
    pub tally: Tally,
    /// What became of the rows that are locations; none for sources without such a table.
    pub locations: Tally,
}

/// One file, and how it was understood.
#[derive(Clone, Debug)]
pub struct FileUse {
    /// Where it was: one path, or the parts of a shapefile.
    pub parts: Vec<PathBuf>,
    /// The table that it is.
    pub table: String,
    /// The encoding and what told it, where it had to be found out.
    pub encoding: Option<Encoding>,
    /// The CRS of its shapes, if its format has shapes.
    pub crs: Option<Crs>,
    /// All its columns, as names are compared: without case and superfluous blanks.
    pub columns: Vec<String>,
    /// Columns that no field uses.
    pub unused_columns: Vec<String>,
    /// Fields without a column.
    pub absent_fields: Vec<String>,
}

/// Opens `given`, files or folders: finds out which of them is which table of the source.
///
/// # Errors
/// [`IngestError`] if the input as a whole cannot be used; nothing is guessed.
pub fn open<'a>(definitions: &'a Definitions, given: &'a [PathBuf]) -> Result<Opened<'a>, IngestError> {
    let sheets = open::open(&definitions.source, &definitions.collections, given)?;
    Ok(Opened { definitions, given, sheets })
}

impl Opened<'_> {
    /// The files used, those of which others are a part once each.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        self.sheets.iter().flat_map(Sheet::parts).collect()
    }

    /// The collections to whose standing records the rows may belong.
    #[must_use]
    pub fn parents(&self) -> Vec<CollectionId> {
        let parents = fed(self.definitions, &self.sheets).filter_map(|it| it.parent.as_ref());
        parents.map(|parent| parent.collection.clone()).collect()
    }

    /// Reads the files as the definitions declare them, for the part that concerns the territory. `standing` holds the records
    /// of [`Self::parents`] that stand.
    ///
    /// Every row of a records' table that concerns the territory is accepted or set aside with an issue:
    /// `read = accepted + quarantined`.
    ///
    /// # Errors
    /// [`IngestError`] if the input as a whole cannot be used; nothing is guessed.
    pub fn read(self, standing: &Standing) -> Result<Reading, IngestError> {
        let source = &self.definitions.source;
        let gazetteer = Gazetteer::new(&self.definitions.territory);
        let whole = Whole { definitions: self.definitions, sheets: &self.sheets, gazetteer: &gazetteer };
        let (mut parts, mut ledger) = (Vec::new(), Ledger::default());
        for collection in fed(self.definitions, &self.sheets) {
            let parents = whole.parents(collection, &parts, standing)?;
            parts.push(whole.part(collection, parents.as_ref(), &mut ledger)?);
        }
        if parts.iter().all(|part| part.tally == Tally::default()) {
            let collection = source.collection.to_string();
            return Err(IngestError::NoRows { given: open::names(self.given), collection });
        }
        Ok(Reading {
            extracted_on: parts
                .iter()
                .filter_map(|part| latest_update(&part.collection, &part.records))
                .max(),
            parts,
            issues: ledger.into_issues(),
            generation: whole.generation()?,
            files: self.sheets.iter().map(file_use).collect(),
        })
    }
}

/// The collections that have a sheet of records: the source's own first, and each after the one that its records belong to.
fn fed<'a>(
    definitions: &'a Definitions,
    sheets: &'a [Sheet<'a>],
) -> impl Iterator<Item = &'a Arc<Collection>> {
    let own = &definitions.source.collection;
    let tables = || sheets.iter().flat_map(|sheet| open::tables(&definitions.source, sheet));
    let is_fed = |collection: &&Arc<Collection>| {
        tables().any(|table| table.role == TableRole::Records && table.collection == collection.id)
    };
    let mut fed: Vec<_> = definitions.collections.iter().filter(is_fed).collect();
    fed.sort_by_key(|collection| (collection.parent.is_some(), &collection.id != own));
    fed.into_iter()
}

/// What all parts of a reading have in common.
struct Whole<'a> {
    definitions: &'a Definitions,
    sheets: &'a [Sheet<'a>],
    gazetteer: &'a Gazetteer,
}

impl<'a> Whole<'a> {
    /// What a sheet of `collection` is read by.
    fn context(
        &self,
        collection: &'a Arc<Collection>,
        parents: Option<&'a Parents>,
        sheet: &Sheet<'_>,
    ) -> Result<Context<'a>, IngestError> {
        let source = &self.definitions.source;
        let (_, amounts) = generation::of(source, self.sheets, sheet)?;
        let dialect = Dialect { missing: &source.missing, amounts, gazetteer: self.gazetteer };
        Ok(Context { definitions: self.definitions, collection, parents, dialect })
    }

    /// The generation of the schema that the sheets show.
    fn generation(&self) -> Result<Option<String>, IngestError> {
        for sheet in self.sheets {
            if let (Some(found), _) = generation::of(&self.definitions.source, self.sheets, sheet)? {
                return Ok(Some(found.to_owned()));
            }
        }
        Ok(None)
    }

    fn of_role(&self, role: TableRole, collection: &CollectionId) -> impl Iterator<Item = &'a Sheet<'a>> {
        let sheets: &'a [Sheet<'a>] = self.sheets;
        let of = move |sheet: &&Sheet<'_>| sheet.table.role == role && &sheet.table.collection == collection;
        sheets.iter().filter(of)
    }

    /// The records to which those of `collection` may belong: those that stand, those of the parts read before, and, where
    /// their own table is not given, those that a table of locations places in the territory.
    fn parents(
        &self,
        collection: &Collection,
        parts: &[Part],
        standing: &Standing,
    ) -> Result<Option<Parents>, IngestError> {
        let Some(parent) = &collection.parent else { return Ok(None) };
        let of_parent = |it: &&Arc<Collection>| it.id == parent.collection;
        let Some(other) = self.definitions.collections.iter().find(of_parent) else { return Ok(None) };
        let mut parents = Parents::default();
        let stand = standing.get(&parent.collection).map(Vec::as_slice).unwrap_or_default();
        parents.extend(parent, other, stand.iter());
        if let Some(part) = parts.iter().find(|part| part.collection.id == parent.collection) {
            parents.extend(parent, other, part.records.iter().map(|record| &record.values));
            return Ok(Some(parents));
        }
        let mut located = self.of_role(TableRole::Locations, &parent.collection).peekable();
        if stand.is_empty() && located.peek().is_none() {
            let (given, parent) = (collection.id.to_string(), parent.collection.to_string());
            return Err(IngestError::NoParents { given, parent });
        }
        for sheet in located {
            locations::parents(&self.context(other, None, sheet)?, sheet, parent, &mut parents)?;
        }
        Ok(Some(parents))
    }

    /// Reads the sheets of one collection.
    fn part(
        &self,
        collection: &'a Arc<Collection>,
        parents: Option<&Parents>,
        ledger: &mut Ledger,
    ) -> Result<Part, IngestError> {
        let (mut tally, mut drafts, mut found) = (Tally::default(), Drafts::default(), Found::default());
        let from = ledger.len();
        for sheet in self.sheets {
            for table in open::tables(&self.definitions.source, sheet) {
                if table.role == TableRole::Records && table.collection == collection.id {
                    let context = self.context(collection, parents, sheet)?;
                    records::read(&context, sheet, table, &mut drafts, &mut tally, ledger)?;
                }
            }
        }
        for sheet in self.of_role(TableRole::Locations, &collection.id) {
            let context = self.context(collection, parents, sheet)?;
            locations::read(&context, sheet, &mut drafts.records, &mut found, ledger)?;
        }
        let (records, locations) = locations::keep_in_territory(
            self.definitions,
            collection,
            drafts.records,
            &found,
            &mut tally,
            (from, ledger),
        );
        Ok(Part { collection: collection.clone(), records, tally, locations })
    }
}

fn latest_update(collection: &Collection, records: &[Record]) -> Option<Date> {
    let updates = records.iter().filter_map(|record| match collection.value_of(Role::Updated, record)? {
        Value::Date(date) => Some(*date),
        _ => None,
    });
    updates.max()
}

fn file_use(sheet: &Sheet<'_>) -> FileUse {
    FileUse {
        parts: sheet.parts(),
        table: sheet.table.id.clone(),
        encoding: sheet.encoding(),
        columns: sheet.columns().iter().map(|name| rename::normal(name)).collect(),
        crs: sheet.crs(),
        unused_columns: rename::unused_columns(sheet.table, sheet.columns()),
        absent_fields: rename::absent_fields(sheet.table, sheet.columns()),
    }
}
