//! How a sheet writes its numbers: as its table declares, else as the generation of the schema that its header shows.

use super::open::Sheet;
use super::rename;
use crate::IngestError;
use domain::money::AmountFormat;
use domain::source::{Source, TableRole};

/// How numbers are written where nothing is declared.
const PLAIN: AmountFormat = AmountFormat { decimal: Some('.'), thousands: None };

/// The generation of a sheet, if it shows one, and how its numbers are written. Locations are of the generation of their
/// records.
///
/// # Errors
/// [`IngestError::UnknownGeneration`] if the source declares generations and the records' header shows none.
pub fn of<'a>(
    source: &'a Source,
    sheets: &[Sheet<'_>],
    sheet: &Sheet<'_>,
) -> Result<(Option<&'a str>, AmountFormat), IngestError> {
    if let Some(amounts) = sheet.table.amounts {
        return Ok((None, amounts));
    }
    let shows = |it: &&Sheet<'_>| {
        it.table.role == TableRole::Records && it.table.collection == sheet.table.collection
    };
    let witness =
        if sheet.table.role == TableRole::Records { Some(sheet) } else { sheets.iter().find(shows) };
    let Some(witness) = witness.filter(|_| !source.generations.is_empty()) else { return Ok((None, PLAIN)) };
    if let Some(amounts) = witness.table.amounts {
        return Ok((None, amounts));
    }
    let has = |column: &str| witness.columns().iter().any(|found| rename::same(found, column));
    let found = source.generations.iter().find(|generation| has(&generation.recognised_by));
    found.map(|found| (Some(found.id.as_str()), found.amounts)).ok_or_else(|| {
        let signs: Vec<_> = source.generations.iter().map(|it| it.recognised_by.as_str()).collect();
        IngestError::UnknownGeneration {
            path: witness.path().to_owned(),
            source_id: source.id.to_string(),
            expected: signs.join(", "),
        }
    })
}
