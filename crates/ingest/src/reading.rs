//! Reading a source: the phases, one after the other.

use crate::IngestError;
use crate::definition::Definitions;
use crate::encoding::Encoding;
use crate::format::vector::Crs;
use crate::gazetteer::Gazetteer;
use crate::phase::context::Context;
use crate::phase::generation;
use crate::phase::ledger::Ledger;
use crate::phase::location;
use crate::phase::locations::Locations;
use crate::phase::open::{self, Sheet};
use crate::phase::parents::{self, Parents};
use crate::phase::parse::Dialect;
use crate::phase::records::{self, Taker};
use crate::phase::rename;
use domain::collection::Parent;
use domain::source::TableRole;
use domain::{Collection, CollectionId, Issue, Record, Role, Tally, Value};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use time::Date;

/// The values of records that stand, by collection: those to which records of a reading may belong.
pub type Standing = BTreeMap<CollectionId, Vec<Vec<Value>>>;

/// Takes accepted records of a collection; breaks if no more are wanted.
pub type HandOn<'a> = &'a mut dyn FnMut(&Arc<Collection>, Vec<Record>) -> ControlFlow<()>;

/// Files of a source, opened and recognised, not yet read.
pub struct Opened<'a> {
    definitions: &'a Definitions,
    given: &'a [PathBuf],
    sheets: Vec<Sheet<'a>>,
}

/// What came of reading a source whole; its records have been handed on meanwhile.
#[derive(Debug)]
pub struct Reading {
    /// A part for each collection of which a file was given; that of the source's own collection first.
    pub parts: Vec<Part>,
    /// What was wrong with rows, accepted or set aside.
    pub issues: Vec<Issue>,
    /// The latest day on which the source says that it touched one of the records.
    pub extracted_on: Option<Date>,
}

/// What came of the rows that a source has for one collection.
#[derive(Debug)]
pub struct Part {
    /// The collection.
    pub collection: Arc<Collection>,
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
    /// The paths of the files used, those of which others are a part once each.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        self.sheets.iter().flat_map(Sheet::parts).collect()
    }

    /// The files used, and how each was understood.
    #[must_use]
    pub fn files(&self) -> Vec<FileUse> {
        self.sheets.iter().map(file_use).collect()
    }

    /// The generation of the schema, if the source declares generations.
    ///
    /// # Errors
    /// [`IngestError`] if the sheets are of several.
    pub fn generation(&self) -> Result<Option<String>, IngestError> {
        let source = &self.definitions.source;
        for sheet in &self.sheets {
            if let (Some(found), _) = generation::of(source, &self.sheets, sheet)? {
                return Ok(Some(found.to_owned()));
            }
        }
        Ok(None)
    }

    /// The collections to whose standing records the rows may belong.
    #[must_use]
    pub fn parents(&self) -> Vec<CollectionId> {
        let parents = fed(self.definitions, &self.sheets).filter_map(|it| it.parent.as_ref());
        parents.map(|parent| parent.collection.clone()).collect()
    }

    /// Reads the files as the definitions declare them, for the part that concerns the territory. `standing` holds the records
    /// of [`Self::parents`] that stand. Accepted records go to `hand_on` as they are read, with their collection, one collection
    /// after the other, in the order of the files: however large these are, only what is under way is held. `None` if it breaks off
    /// because no more are wanted.
    ///
    /// Every row of a records' table that concerns the territory is accepted or set aside with an issue:
    /// `read = accepted + quarantined`.
    ///
    /// # Errors
    /// [`IngestError`] if the input as a whole cannot be used; nothing is guessed.
    pub fn read(self, standing: &Standing, hand_on: HandOn<'_>) -> Result<Option<Reading>, IngestError> {
        let definitions = self.definitions;
        let gazetteer = Gazetteer::new(&definitions.territory);
        let whole = Whole { definitions, sheets: &self.sheets, gazetteer: &gazetteer };
        let (mut parts, mut ledger, mut extracted_on) = (Vec::new(), Ledger::default(), None);
        let fed: Vec<_> = fed(definitions, &self.sheets).collect();
        // For each collection whose records belong to those of another that is read here, what they find them by.
        let mut known: BTreeMap<&CollectionId, Vec<Vec<String>>> = BTreeMap::new();
        for collection in &fed {
            let parents = whole.parents(collection, known.remove(&collection.id), standing)?;
            let children = children(&fed, collection);
            known.extend(children.iter().map(|(child, _)| (*child, Vec::new())));
            let mut hand_on = |records: Vec<Record>| {
                extracted_on = extracted_on.max(latest_update(collection, &records));
                for (child, parent) in &children {
                    let texts =
                        records.iter().map(|record| parents::texts(parent, collection, &record.values));
                    known.entry(child).or_default().extend(texts);
                }
                hand_on(collection, records)
            };
            let part = whole.part(collection, parents.as_ref(), &mut ledger, &mut hand_on)?;
            let Some(part) = part else { return Ok(None) };
            parts.push(part);
        }
        if parts.iter().all(|part| part.tally == Tally::default()) {
            let collection = definitions.source.collection.to_string();
            return Err(IngestError::NoRows { given: open::names(self.given), collection });
        }
        Ok(Some(Reading { parts, issues: ledger.into_issues(), extracted_on }))
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

/// Those of the collections whose records belong to those of another, and how.
fn children<'a>(fed: &[&'a Arc<Collection>], of: &Collection) -> Vec<(&'a CollectionId, &'a Parent)> {
    let parent = |child: &&'a Arc<Collection>| Some((&child.id, child.parent.as_ref()?));
    fed.iter().filter_map(parent).filter(|(_, parent)| parent.collection == of.id).collect()
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

    fn of_role(&self, role: TableRole, collection: &CollectionId) -> impl Iterator<Item = &'a Sheet<'a>> {
        let sheets: &'a [Sheet<'a>] = self.sheets;
        let of = move |sheet: &&Sheet<'_>| sheet.table.role == role && &sheet.table.collection == collection;
        sheets.iter().filter(of)
    }

    /// The records to which those of `collection` may belong: those that stand, those `read` here before, and, where their own
    /// table is not given, those that a table of locations places in the territory.
    fn parents(
        &self,
        collection: &Collection,
        read: Option<Vec<Vec<String>>>,
        standing: &Standing,
    ) -> Result<Option<Parents>, IngestError> {
        let Some(parent) = &collection.parent else { return Ok(None) };
        let of_parent = |it: &&Arc<Collection>| it.id == parent.collection;
        let Some(other) = self.definitions.collections.iter().find(of_parent) else { return Ok(None) };
        let mut parents = Parents::default();
        let stand = standing.get(&parent.collection).map(Vec::as_slice).unwrap_or_default();
        parents.extend(parent, stand.iter().map(|values| parents::texts(parent, other, values)).collect());
        if let Some(read) = read {
            parents.extend(parent, read);
            return Ok(Some(parents));
        }
        let mut located = self.of_role(TableRole::Locations, &parent.collection).peekable();
        if stand.is_empty() && located.peek().is_none() {
            let (given, parent) = (collection.id.to_string(), parent.collection.to_string());
            return Err(IngestError::NoParents { given, parent });
        }
        for sheet in located {
            location::parents(&self.context(other, None, sheet)?, sheet, parent, &mut parents)?;
        }
        Ok(Some(parents))
    }

    /// Reads the sheets of one collection: where its records are, then the records. `None` if no more are wanted.
    fn part(
        &self,
        collection: &'a Arc<Collection>,
        parents: Option<&'a Parents>,
        ledger: &mut Ledger,
        hand_on: records::HandOn<'_>,
    ) -> Result<Option<Part>, IngestError> {
        let mut locations = Locations::default();
        for sheet in self.of_role(TableRole::Locations, &collection.id) {
            locations.read(&self.context(collection, parents, sheet)?, sheet)?;
        }
        let mut taker = Taker::new(locations, ledger, hand_on);
        for sheet in self.sheets {
            for table in open::tables(&self.definitions.source, sheet) {
                if table.role == TableRole::Records && table.collection == collection.id {
                    let then = taker.read(&self.context(collection, parents, sheet)?, sheet, table)?;
                    if then.is_break() {
                        return Ok(None);
                    }
                }
            }
        }
        let Taker { tally, locations, .. } = taker;
        let locations = locations.settle(self.definitions, collection, ledger);
        Ok(Some(Part { collection: collection.clone(), tally, locations }))
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
