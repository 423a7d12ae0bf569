//! A folder of official data: each source finds its own files in it.

use crate::configuration::Configuration;
use crate::import::{self, ImportError, Report, Request};
use domain::source::Source;
use ingest::matches_pattern;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;

/// Why a folder could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder cannot be read.
    #[error("cannot read the folder {}", path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// No source finds a file of its own.
    #[error(
        "no source finds its files in {}: put them in folders named as the sources ({known}), or keep their usual names",
        path.display()
    )]
    NothingKnown {
        /// The folder.
        path: PathBuf,
        /// The names of the sources.
        known: String,
    },
    /// One of the sources was refused.
    #[error("source {source_id} was not imported: {error}")]
    Import {
        /// The source.
        source_id: String,
        /// Why.
        error: ImportError,
    },
}

/// Imports what official sources find in `folder`: the folder inside it that bears the source's name, or else files that have the
/// names that the source's definition expects. Municipalities come first.
///
/// # Errors
/// [`FolderError`]; sources before the one at fault stay published.
pub async fn import(
    store: &Store,
    configuration: &Arc<Configuration>,
    var: &Path,
    folder: &Path,
) -> Result<Vec<Report>, FolderError> {
    let official = || configuration.sources.iter().filter(|source| !source.demo);
    let mut reports = Vec::new();
    for source in official() {
        let unreadable = |source| FolderError::Unreadable { path: folder.to_owned(), source };
        let files = files_of(source, folder).map_err(unreadable)?;
        if files.is_empty() {
            continue;
        }
        let request = Request { source: source.id.to_string(), files, dry_run: false, reason: None };
        let report = import::import(store, configuration, var, request).await;
        reports
            .push(report.map_err(|error| FolderError::Import { source_id: source.id.to_string(), error })?);
    }
    if reports.is_empty() {
        let known: Vec<_> = official().map(|source| source.id.as_str()).collect();
        return Err(FolderError::NothingKnown { path: folder.to_owned(), known: known.join(", ") });
    }
    Ok(reports)
}

fn files_of(source: &Source, folder: &Path) -> io::Result<Vec<PathBuf>> {
    let own = folder.join(source.id.as_str());
    if own.is_dir() {
        return Ok(vec![own]);
    }
    let mut files = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut patterns = source.tables.iter().flat_map(|table| &table.files);
        if path.is_file() && patterns.any(|pattern| matches_pattern(&name, pattern)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
