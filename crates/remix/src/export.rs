//! `remix export`.

use crate::arguments::{Common, Export};
use crate::session::{self, Session};
use anyhow::{Context, Result};
use jobs::download::{self, Pieces};
use jobs::pmtiles;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Writes what stands to a file, which must not be there yet: a collection, or pyramids of vector tiles.
///
/// # Errors
/// A sentence that says why there is no file.
pub async fn run(common: &Common, options: Export) -> Result<ExitCode> {
    let session = session::open(common).await?;
    match (&options.pmtiles, &options.collection) {
        (Some(file), _) => pyramids(session, file, &options).await,
        (None, Some(collection)) => collection_file(session, collection, &options).await,
        (None, None) => anyhow::bail!("name a collection, or a file for --pmtiles"),
    }
}

async fn collection_file(session: Session, collection: &str, options: &Export) -> Result<ExitCode> {
    let download = download::open(&session.store, &session.configuration, collection, &options.format);
    let download = download.await;
    session.close().await?;
    let download = download?;
    let path = options.output.clone().unwrap_or_else(|| download.name.clone().into());
    let mut file = File::create_new(&path).with_context(|| format!("cannot write {}", path.display()))?;
    if let Err(error) = write(&mut file, download.pieces) {
        // Half of a file is worse than none.
        fs::remove_file(&path)?;
        return Err(error.context(format!("cannot write {}", path.display())));
    }
    say(&format!("{} records written to {}", download.records, path.display()))
}

fn write(file: &mut File, pieces: Pieces) -> Result<()> {
    for piece in pieces {
        file.write_all(&piece?)?;
    }
    Ok(())
}

async fn pyramids(session: Session, file: &Path, options: &Export) -> Result<ExitCode> {
    let Export { collections, max_zoom, .. } = options;
    let written = pmtiles::write(&session.store, &session.configuration, file, collections, *max_zoom).await;
    session.close().await?;
    let summary = written?;
    let (tiles, contents, megabytes) = (summary.tiles, summary.contents, summary.bytes.div_ceil(1_000_000));
    let file = file.display();
    say(&format!("{tiles} tiles, {contents} of them different, written to {file} ({megabytes} MB)"))
}

fn say(text: &str) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(ExitCode::SUCCESS)
}
