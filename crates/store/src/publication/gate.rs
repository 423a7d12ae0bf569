//! What a release may not do without a person's word: end a great share of what stands, or come with other columns.

use super::{Changes, Head};
use crate::StoreError;
use domain::ReleaseId;
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Why a release waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It would end more of the standing records than the source's definition lets it.
    Removes {
        /// The collection.
        collection: String,
        /// How many it would end.
        removed: u64,
        /// How many stand.
        stood: u64,
    },
    /// Its table has other columns than that of the release before it, and no other generation of the schema explains it.
    Columns {
        /// The table.
        table: String,
        /// Columns that are gone.
        gone: Vec<String>,
        /// Columns that are new.
        new: Vec<String>,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Removes { collection, removed, stood } => {
                write!(f, "it would end {removed} of the {stood} records of {collection} that stand")
            }
            Self::Columns { table, gone, new } => {
                write!(f, "the columns of table {table} have changed")?;
                if !gone.is_empty() {
                    write!(f, "; gone: {}", gone.join(", "))?;
                }
                if !new.is_empty() {
                    write!(f, "; new: {}", new.join(", "))?;
                }
                Ok(())
            }
        }
    }
}

/// Why a publication, written as `release`, has to wait; empty if it does not.
pub(super) async fn reasons(
    connection: &mut PgConnection,
    head: &Head,
    parts: &[Changes],
    (release, max_removed_share): (Option<ReleaseId>, f64),
) -> Result<Vec<Reason>, StoreError> {
    let mut reasons = Vec::new();
    for changes in parts {
        let (removed, stood) = (changes.diff.removed, changes.stood);
        #[expect(clippy::cast_precision_loss, reason = "counts of records stay far below 2⁵³")]
        if removed as f64 > max_removed_share * stood as f64 {
            let collection = changes.collection.id.to_string();
            reasons.push(Reason::Removes { collection, removed, stood });
        }
    }
    for (table, columns) in &head.columns {
        let before = columns_before(connection, head, release, table).await?;
        reasons.extend(before.and_then(|before| compared(table, &before, columns)));
    }
    Ok(reasons)
}

/// The columns that a table had when it was last published in the same generation of the schema.
async fn columns_before(
    connection: &mut PgConnection,
    head: &Head,
    release: Option<ReleaseId>,
    table: &str,
) -> Result<Option<Vec<String>>, StoreError> {
    let before = sqlx::query_file_scalar!(
        "sql/release_columns.sql",
        head.source.as_str(),
        head.generation,
        table,
        release.map(|release| release.0)
    );
    let before = before.fetch_optional(connection).await?;
    Ok(before
        .and_then(|json| serde_json::from_value::<BTreeMap<String, Vec<String>>>(json).ok()?.remove(table)))
}

fn compared(table: &str, before: &[String], now: &[String]) -> Option<Reason> {
    let (before, now): (BTreeSet<_>, BTreeSet<_>) = (before.iter().collect(), now.iter().collect());
    let names = |names: BTreeSet<&String>| names.into_iter().cloned().collect::<Vec<_>>();
    let (gone, new) = (names(&before - &now), names(&now - &before));
    let changed = !gone.is_empty() || !new.is_empty();
    changed.then(|| Reason::Columns { table: table.to_owned(), gone, new })
}
