//! What must hold in the database whatever happened to the programs that wrote it.

use crate::{Store, StoreError, encoding, standing};
use domain::Collection;
use standing::{At, Reading, StandingRecord};
use std::fmt;
use std::sync::Arc;

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What, in a sentence.
    pub what: String,
    /// How many there are.
    pub count: u64,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.what, self.count)
    }
}

/// Looks for what must not be: orphans, records that stand for no release, counts that do not add up, content that is not what
/// its hash says. Empty if all is well.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn run(store: &Store, collections: &[Arc<Collection>]) -> Result<Vec<Finding>, StoreError> {
    let counted = sqlx::query_file!("sql/check.sql").fetch_all(&store.pool).await?;
    let mut findings: Vec<Finding> = counted
        .into_iter()
        .filter(|row| row.count > 0)
        .map(|row| Finding { what: row.what, count: row.count.cast_unsigned() })
        .collect();
    for collection in collections {
        let altered = altered(store, collection).await?;
        if altered > 0 {
            let what = format!("records of {} are not what their hash says", collection.id);
            findings.push(Finding { what, count: altered });
        }
    }
    Ok(findings)
}

/// How many standing records of a collection are not what their hash says.
async fn altered(store: &Store, collection: &Collection) -> Result<u64, StoreError> {
    let hashes = sqlx::query!(
        "select feature_id, hash from record where collection = $1 and event_from is not null and event_to is null",
        collection.id.as_str()
    );
    let hashes: std::collections::HashMap<i64, Vec<u8>> =
        hashes.fetch_all(&store.pool).await?.into_iter().map(|row| (row.feature_id, row.hash)).collect();
    let (layout, mut text) = (encoding::Layout::of(collection), String::new());
    let mut altered = 0;
    let count = |standing: StandingRecord| {
        let hash = hashes.get(&standing.id.number().cast_signed());
        altered += u64::from(hash.is_none_or(|hash| hash[..] != layout.hash(&standing.record, &mut text)));
    };
    Reading::begin(store, At::Now).await?.records(collection, count).await?;
    Ok(altered)
}
