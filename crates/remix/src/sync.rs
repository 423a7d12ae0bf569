//! `remix sync`.

use crate::arguments::{Asking, Common, Format, Sync};
use crate::import::WAITS;
use crate::session;
use anyhow::{Result, bail};
use jobs::sync::{self, FileReport, Outcome, Settings, SyncReport};
use std::io::{self, Write};
use std::process::ExitCode;

/// Syncs sources and reports what came of each.
///
/// # Errors
/// A sentence that says why nothing was done, or how many sources failed.
pub async fn run(common: &Common, options: Sync) -> Result<ExitCode> {
    let session = session::open(common).await?;
    let settings = settings(options.asking, options.public_url);
    let chosen = options.source.as_deref();
    let outcome = sync::sync(&session.store, &session.configuration, &session.var, chosen, &settings).await;
    session.close().await?;
    let reports = outcome?;
    write(&reports, options.format)?;
    let count = |outcome| reports.iter().filter(|report| report.outcome == outcome).count();
    if count(Outcome::Failed) > 0 {
        bail!(
            "{} of {} sources could not be synced: the report says why",
            count(Outcome::Failed),
            reports.len()
        );
    }
    Ok(if count(Outcome::Waits) > 0 { ExitCode::from(WAITS) } else { ExitCode::SUCCESS })
}

/// How publishers are asked, as the command line says.
pub fn settings(asking: Asking, public_url: Option<String>) -> Settings {
    let Asking { allow_private_addresses: allow_private, proxy } = asking;
    // An empty variable is none.
    let proxy = proxy.filter(|proxy| !proxy.is_empty());
    Settings { allow_private, proxy, public_url, ..Settings::default() }
}

fn write(reports: &[SyncReport], format: Format) -> Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(reports)?)?,
        Format::Text => reports.iter().try_for_each(|report| text(report, &mut out))?,
    }
    Ok(())
}

/// A line for each file and one for the source.
fn text(report: &SyncReport, out: &mut impl Write) -> io::Result<()> {
    for FileReport { url, outcome, bytes, elapsed_ms, error, .. } in &report.files {
        match error {
            Some(error) => writeln!(out, "{url}: {error}")?,
            None => writeln!(out, "{url}: {outcome}, {bytes} bytes in {elapsed_ms} ms")?,
        }
    }
    for reason in &report.waits_because {
        writeln!(out, "it waits for a person's word: {reason}")?;
    }
    let source = &report.source;
    let release = report.release.unwrap_or_default();
    match report.outcome {
        Outcome::Failed => writeln!(out, "{source}: {}", report.error.as_deref().unwrap_or_default()),
        Outcome::Unchanged => writeln!(out, "{source}: nothing new since release {release}"),
        Outcome::Waits => writeln!(out, "{source}: staged as release {release}"),
        Outcome::Published => {
            let diff = report.diff.map_or_else(String::new, |diff| {
                format!(": {} added, {} changed, {} removed", diff.added, diff.changed, diff.removed)
            });
            writeln!(out, "{source}: published as release {release}{diff}")
        }
    }
}
