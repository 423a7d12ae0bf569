//! `remix export`.

use crate::arguments::{Common, Export};
use crate::session;
use anyhow::{Context, Result};
use jobs::download::{self, Pieces};
use std::fs::{self, File};
use std::io::{self, Write};
use std::process::ExitCode;

/// Writes what stands of a collection to a file, which must not be there yet.
///
/// # Errors
/// A sentence that says why there is no file.
pub async fn run(common: &Common, options: Export) -> Result<ExitCode> {
    let session = session::open(common).await?;
    let download =
        download::open(&session.store, &session.configuration, &options.collection, &options.format);
    let download = download.await;
    session.close().await?;
    let download = download?;
    let path = options.output.unwrap_or_else(|| download.name.clone().into());
    let mut file = File::create_new(&path).with_context(|| format!("cannot write {}", path.display()))?;
    if let Err(error) = write(&mut file, download.pieces) {
        // Half of a file is worse than none.
        fs::remove_file(&path)?;
        return Err(error.context(format!("cannot write {}", path.display())));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} records written to {}", download.records, path.display())?;
    Ok(ExitCode::SUCCESS)
}

fn write(file: &mut File, pieces: Pieces) -> Result<()> {
    for piece in pieces {
        file.write_all(&piece?)?;
    }
    Ok(())
}
