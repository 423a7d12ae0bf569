//! `remix import`.

use crate::arguments::{Common, Format, Import};
use crate::{report, session};
use anyhow::Result;
use jobs::import::{self, DiffReport, ImportError, Report, Request, TallyReport};
use std::io::{self, Write};
use std::process::ExitCode;

/// Issues shown to a person; programs get all of them.
const SHOWN: usize = 20;

/// The exit code where a release waits for a person's word.
pub const WAITS: u8 = 3;

/// Imports files and reports what came of it.
///
/// # Errors
/// A sentence that says why nothing was imported.
pub async fn run(common: &Common, options: Import) -> Result<ExitCode> {
    let kind = options.report.as_deref().map(report::Kind::of).transpose()?;
    let session = session::open(common).await?;
    let Import { source, files, dry_run, reason, .. } = options;
    let request = Request { source, files, dry_run, reason };
    let outcome = import::import(&session.store, &session.configuration, &session.var, request).await;
    let configuration = session.configuration.clone();
    session.close().await?;
    let write = |report: &Report| -> Result<()> {
        if let Some((kind, path)) = kind.zip(options.report.as_deref()) {
            report::write(&configuration, report, kind, path)?;
        }
        write(report, options.format)
    };
    let report = match outcome {
        Ok(report) => report,
        Err(ImportError::NothingAccepted { read, first, report }) => {
            write(&report)?;
            return Err(ImportError::NothingAccepted { read, first, report }.into());
        }
        Err(error) => return Err(error.into()),
    };
    write(&report)?;
    Ok(if report.staged { ExitCode::from(WAITS) } else { ExitCode::SUCCESS })
}

fn write(report: &Report, format: Format) -> Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(report)?)?,
        Format::Text => text(report, &mut out)?,
    }
    Ok(())
}

fn counted(rows: TallyReport) -> String {
    let TallyReport { read, accepted, quarantined, filtered } = rows;
    let elsewhere = if filtered > 0 { format!(", {filtered} of other territories") } else { String::new() };
    format!("{read} read, {accepted} accepted, {quarantined} set aside{elsewhere}")
}

/// The report for people, a line for each thing worth knowing.
fn text(report: &Report, out: &mut impl Write) -> io::Result<()> {
    for part in &report.collections {
        writeln!(out, "{}: {}", part.collection, counted(part.rows))?;
        if part.locations.read + part.locations.filtered > 0 {
            writeln!(out, "    locations: {}", counted(part.locations))?;
        }
        if let Some(DiffReport { added, changed, removed, unchanged }) = part.diff {
            writeln!(
                out,
                "    records: {added} added, {changed} changed, {removed} removed, {unchanged} unchanged"
            )?;
        }
    }
    for issue in report.issues.iter().take(SHOWN) {
        let field = if issue.field.is_empty() { String::new() } else { format!(", {}", issue.field) };
        let value = if issue.value.is_empty() { String::new() } else { format!(" “{}”", issue.value) };
        writeln!(
            out,
            "{} {}, line {}{field}{value}: {}",
            issue.severity, issue.file, issue.line, issue.message
        )?;
    }
    if report.issues.len() > SHOWN {
        writeln!(out, "… and {} more: --format json lists them all", report.issues.len() - SHOWN)?;
    }
    for reason in &report.waits_because {
        writeln!(out, "it waits for a person's word: {reason}")?;
    }
    match (report.release, report.already_published) {
        (Some(release), _) if report.staged => writeln!(
            out,
            "staged as release {release}: look at `remix releases diff {release}`, then `remix releases publish {release} \
             --reason …` or `remix releases discard {release}`"
        ),
        (Some(release), true) => {
            writeln!(out, "the same files are release {release} already: nothing was written")
        }
        (Some(release), false) => writeln!(out, "published as release {release}"),
        (None, _) => writeln!(out, "nothing was written: this was a dry run"),
    }
}
