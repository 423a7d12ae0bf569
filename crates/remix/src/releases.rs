//! `remix releases`.

use crate::arguments::{Common, Format, Releases};
use crate::session::{self, Session};
use anyhow::Result;
use jobs::import::{DiffReport, IssueReport};
use jobs::releases::{self, ChangeReport, ReleaseReport};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::process::ExitCode;

/// Does what is asked with releases.
///
/// # Errors
/// A sentence that says why it cannot be done; then nothing has changed.
pub async fn run(common: &Common, command: Releases) -> Result<ExitCode> {
    let session = session::open(common).await?;
    let answer = answer(&session, command).await;
    session.close().await?;
    io::stdout().lock().write_all(answer?.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// A release with its issues, as programs read it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    release: ReleaseReport,
    issues: Vec<IssueReport>,
}

async fn answer(session: &Session, command: Releases) -> Result<String> {
    let Session { store, configuration, .. } = session;
    Ok(match command {
        Releases::List { source, limit, as_of, format } => {
            let releases = releases::list(store, source.as_deref(), limit, as_of.as_deref()).await?;
            match format {
                Format::Json => as_json(&releases)?,
                Format::Text => releases.iter().map(line).collect(),
            }
        }
        Releases::Show { release, format } => {
            let (release, issues) = releases::show(store, release).await?;
            match format {
                Format::Json => as_json(&Shown { release, issues })?,
                Format::Text => shown(&release),
            }
        }
        Releases::Diff { release, from, format } => {
            let changes = releases::diff(store, release, from).await?;
            match format {
                Format::Json => as_json(&changes)?,
                Format::Text => changes.iter().map(changed).collect(),
            }
        }
        Releases::Publish { release, reason } => {
            line(&releases::publish(store, configuration, release, &reason).await?)
        }
        Releases::Discard { release } => {
            releases::discard(store, release).await?;
            format!("release {release} is discarded; its files stay in the archive\n")
        }
        Releases::Withdraw { release, reason } => {
            releases::withdraw(store, release, &reason).await?;
            format!("release {release} is withdrawn: what stood before it stands again\n")
        }
    })
}

fn as_json(answer: &impl Serialize) -> Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(answer)?))
}

/// A release in a line.
fn line(release: &ReleaseReport) -> String {
    let day = release.read_at.as_deref().and_then(|at| at.get(..10)).unwrap_or_default();
    let ReleaseReport { release: number, source, state, issue_count, .. } = release;
    let mut text = format!("{number}  {day}  {source}  {state}, {issue_count} issues");
    for part in &release.collections {
        let counts = part.diff.map(counted).unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = write!(text, "; {}: {counts}", part.collection);
    }
    text + "\n"
}

fn counted(diff: DiffReport) -> String {
    let DiffReport { added, changed, removed, unchanged } = diff;
    format!("{added} added, {changed} changed, {removed} removed, {unchanged} unchanged")
}

/// A release with all there is to know of it, a line for each thing.
fn shown(release: &ReleaseReport) -> String {
    let mut lines = vec![line(release).trim_end().to_owned()];
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{name}: {value}"));
        }
    };
    add("generation", release.generation.as_deref().unwrap_or_default());
    add("extracted on", release.extraction_date.as_deref().unwrap_or_default());
    add("waits because", &release.waits_because.join("; "));
    add("decided at", release.decided_at.as_deref().unwrap_or_default());
    add("reason", &release.reason);
    for part in &release.collections {
        let (name, rows) = (&part.collection, part.rows);
        let (read, accepted) = (rows.read, rows.accepted);
        let others = format!("{} set aside, {} of other territories", rows.quarantined, rows.filtered);
        add(name, &format!("{read} read, {accepted} accepted, {others}"));
    }
    for file in release.files.as_array().into_iter().flatten() {
        let field = |name: &str| file[name].as_str().unwrap_or_default();
        add("file", &format!("{} ({}), SHA-256 {}", field("name"), field("table"), field("sha256")));
    }
    lines.join("\n") + "\n"
}

/// A record that stands differently; what is new or gone is told by its number alone, since its fields are all of it.
fn changed(change: &ChangeReport) -> String {
    let mut text = format!("{} {} {}\n", change.change, change.collection, change.id);
    if change.change == "changed" {
        for it in &change.fields {
            let said = |value: &Option<serde_json::Value>| {
                value.as_ref().map_or("–".to_owned(), ToString::to_string)
            };
            // Writing to a text cannot fail.
            let _ = writeln!(text, "    {}: {} → {}", it.field, said(&it.before), said(&it.after));
        }
    }
    text
}
