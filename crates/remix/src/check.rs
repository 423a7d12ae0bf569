//! `remix check`.

use crate::arguments::Common;
use crate::session;
use anyhow::Result;
use std::io::{self, Write};
use std::process::ExitCode;

/// Looks for what must not be in the database and in the archive.
///
/// # Errors
/// A sentence that says why it cannot look.
pub async fn run(common: &Common) -> Result<ExitCode> {
    let session = session::open(common).await?;
    let findings = jobs::check::run(&session.store, &session.configuration, &session.var).await;
    session.close().await?;
    let findings = findings?;
    let mut out = io::stdout().lock();
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    if findings.is_empty() {
        writeln!(out, "all is well: nothing is orphaned, altered or missing")?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}
