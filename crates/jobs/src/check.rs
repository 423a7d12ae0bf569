//! Looking for what must not be: in the database, and in the archive that it rests on.

use crate::archive;
use crate::configuration::Configuration;
use std::path::Path;
use store::check::{self, Finding};
use store::{Store, StoreError, history};

/// Releases whose files are looked for; far more than there will be.
const ALL: i64 = 1_000_000;

/// What must not be and is; empty if all is well.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn run(
    store: &Store,
    configuration: &Configuration,
    var: &Path,
) -> Result<Vec<Finding>, StoreError> {
    let mut findings = check::run(store, &configuration.collections).await?;
    let releases = history::releases(store, None, ALL).await?;
    let files = releases.iter().flat_map(|release| release.files.as_array().into_iter().flatten());
    let missing =
        files.filter(|file| file["sha256"].as_str().is_some_and(|sha256| !archive::keeps(var, sha256)));
    let missing = missing.count() as u64;
    if missing > 0 {
        let what = format!("files of releases are not in the archive {}", var.join("archive").display());
        findings.push(Finding { what, count: missing });
    }
    Ok(findings)
}
