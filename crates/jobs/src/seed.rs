//! An empty database is filled with the demo territory, by the same way that official data takes.

use crate::configuration::Configuration;
use crate::demo::{self, DemoError, DemoFile};
use crate::import::{self, ImportError, Report, Request};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Store, StoreError, standing};
use tokio::fs;

/// Why the demo territory could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The facts it is made of have a fault.
    #[error("data/demo/facts.csv cannot be used")]
    Demo(#[from] DemoError),
    /// Its files cannot be written.
    #[error("cannot write the demo files to {}", path.display())]
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The generator stopped by a fault of the program.
    #[error("the demo generator stopped by a fault of the program")]
    Panicked,
    /// One of its sources was refused.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The database did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads the demo territory if nothing was ever published; gives a report for each of its sources.
///
/// # Errors
/// [`SeedError`]; the sources before the one at fault stay published.
pub async fn fill_if_empty(
    store: &Store,
    configuration: &Arc<Configuration>,
    var: &Path,
) -> Result<Vec<Report>, SeedError> {
    if !standing::releases(store).await?.is_empty() || configuration.demo_facts.is_empty() {
        return Ok(Vec::new());
    }
    tracing::info!("the database is empty: loading the demo territory");
    let facts = configuration.demo_facts.clone();
    // The proposals have a past, so that there is something to compare.
    let generate = move || Ok::<_, DemoError>([demo::generate_earlier(&facts)?, demo::generate(&facts)?]);
    let rounds = tokio::task::spawn_blocking(generate).await.map_err(|_| SeedError::Panicked)??;
    let folder = var.join("demo");
    let mut reports = Vec::new();
    for (round, files) in rounds.into_iter().enumerate() {
        let written = write_all(&folder.join(round.to_string()), files).await;
        let written = written.map_err(|source| SeedError::Unwritable { path: folder.clone(), source })?;
        for (source, files) in written {
            let request = Request { source: source.to_owned(), files, dry_run: false, reason: None };
            reports.push(import::import(store, configuration, var, request).await?);
        }
    }
    // The archive has them now.
    let _ = fs::remove_dir_all(&folder).await;
    Ok(reports)
}

/// Writes the files, each in a folder of its source; gives their paths by source.
async fn write_all(folder: &Path, files: Vec<DemoFile>) -> io::Result<BTreeMap<&'static str, Vec<PathBuf>>> {
    let mut written: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
    for file in files {
        let path = folder.join(file.source).join(file.name);
        write(&path, &file.bytes).await?;
        written.entry(file.source).or_default().push(path);
    }
    Ok(written)
}

async fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).await?;
    }
    fs::write(path, bytes).await
}
