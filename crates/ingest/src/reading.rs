//! Reading a source: the phases, one after the other.

use crate::IngestError;
use crate::phase::ledger::Ledger;
use crate::phase::locations::{self, Found};
use crate::phase::open::{self, Sheet};
use crate::phase::parse::Dialect;
use crate::phase::records::{self, Context, Drafts};
use crate::phase::rename;
use domain::source::{Source, TableRole};
use domain::{Collection, Issue, Record, Role, Tally, Territory, Value};
use std::path::PathBuf;
use time::Date;

/// What a source says, read whole.
#[derive(Debug)]
pub struct Reading {
    /// The accepted records, in the order of the files.
    pub records: Vec<Record>,
    /// What was wrong with rows, accepted or set aside.
    pub issues: Vec<Issue>,
    /// What became of the rows that are records.
    pub tally: Tally,
    /// What became of the rows that are locations; none for sources without such a table.
    pub locations: Tally,
    /// The generation of the schema, if the source declares generations.
    pub generation: Option<String>,
    /// The files used.
    pub files: Vec<FileUse>,
    /// The latest day on which the source says that it touched one of the records.
    pub extracted_on: Option<Date>,
}

/// One file, and how it was understood.
#[derive(Clone, Debug)]
pub struct FileUse {
    /// Where it was: one path, or the parts of a shapefile.
    pub parts: Vec<PathBuf>,
    /// The table that it is.
    pub table: String,
    /// The encoding, where it had to be found out.
    pub encoding: Option<&'static str>,
    /// Columns that no field uses.
    pub unused_columns: Vec<String>,
    /// Fields without a column.
    pub absent_fields: Vec<String>,
}

/// Reads `given`, files or folders, as `source` declares them, for the part that concerns `territory`.
///
/// Every row of the records' table that concerns the territory is accepted or set aside with an issue:
/// `read = accepted + quarantined`.
///
/// # Errors
/// [`IngestError`] if the input as a whole cannot be used; nothing is guessed.
pub fn read(
    source: &Source,
    collection: &Collection,
    territory: &Territory,
    given: &[PathBuf],
) -> Result<Reading, IngestError> {
    let sheets = open::open(source, collection, given)?;
    let (generation, amounts) = open::generation(source, &sheets)?;
    let dialect = Dialect { missing: &source.missing, amounts };
    let context = Context { source, collection, territory, dialect };
    let (mut tally, mut ledger, mut drafts) = (Tally::default(), Ledger::default(), Drafts::default());
    for sheet in of_role(&sheets, TableRole::Records) {
        records::read(&context, sheet, &mut drafts, &mut tally, &mut ledger)?;
    }
    let mut found = Found::default();
    for sheet in of_role(&sheets, TableRole::Locations) {
        locations::read(&context, sheet, &mut drafts.records, &mut found, &mut ledger)?;
    }
    let (records, locations) = locations::keep_in_territory(&context, drafts.records, &found, &mut tally);
    if tally == Tally::default() {
        return Err(IngestError::NoRows { given: open::names(given), collection: collection.id.to_string() });
    }
    Ok(Reading {
        extracted_on: latest_update(collection, &records),
        records,
        issues: ledger.into_issues(),
        tally,
        locations,
        generation: generation.map(str::to_owned),
        files: sheets.iter().map(file_use).collect(),
    })
}

fn of_role<'s, 'a>(sheets: &'s [Sheet<'a>], role: TableRole) -> impl Iterator<Item = &'s Sheet<'a>> {
    sheets.iter().filter(move |sheet| sheet.table.role == role)
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
        unused_columns: rename::unused_columns(sheet.table, sheet.columns()),
        absent_fields: rename::absent_fields(sheet.table, sheet.columns()),
    }
}
