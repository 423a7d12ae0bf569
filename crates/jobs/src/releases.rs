//! What a person does with releases: looks at them, publishes or discards one that waits, withdraws one.

mod report;

pub use report::{ChangeReport, FieldReport, ReleaseReport};

use crate::configuration::Configuration;
use crate::import::IssueReport;
use domain::ReleaseId;
use store::standing::{At, Reading};
use store::{Store, StoreError, history, staging, withdrawal};
use time::format_description::well_known::Rfc3339;
use time::macros::{format_description, time};
use time::{Date, OffsetDateTime};

/// Why it cannot be done. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum ReleasesError {
    /// A moment that is none.
    #[error("{0} is no day (2026-11-22), no instant (2026-11-22T12:00:00Z) and no release number")]
    Moment(String),
    /// The database did not do its part, or the release is not in the state for it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Releases, the latest first, `limit` at most: of one source or of all; or those that stood at a moment: the end of a day, an
/// instant, or when a release was published.
///
/// # Errors
/// [`ReleasesError`].
pub async fn list(
    store: &Store,
    source: Option<&str>,
    limit: u32,
    as_of: Option<&str>,
) -> Result<Vec<ReleaseReport>, ReleasesError> {
    let Some(as_of) = as_of else {
        let releases = history::releases(store, source, limit.into()).await?;
        return Ok(releases.into_iter().map(ReleaseReport::from).collect());
    };
    let stood = Reading::begin(store, moment(store, as_of).await?).await?.releases().await?;
    let of_source = stood.iter().filter(|it| source.is_none_or(|source| it.source.as_str() == source));
    let mut ids: Vec<ReleaseId> = of_source.map(|it| it.id).collect();
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.dedup();
    let mut releases = Vec::new();
    for id in ids.into_iter().take(limit as usize) {
        releases.push(history::release(store, id).await?.into());
    }
    Ok(releases)
}

/// One release, with its issues.
///
/// # Errors
/// [`ReleasesError`].
pub async fn show(store: &Store, release: i64) -> Result<(ReleaseReport, Vec<IssueReport>), ReleasesError> {
    let release = history::release(store, ReleaseId(release)).await?;
    let issues = history::issues(store, release.id).await?;
    Ok((release.into(), issues.iter().map(IssueReport::from).collect()))
}

/// What a release changed, or would change if it waits; or how its source differs from what it was after an earlier one.
///
/// # Errors
/// [`ReleasesError`].
pub async fn diff(
    store: &Store,
    release: i64,
    from: Option<i64>,
) -> Result<Vec<ChangeReport>, ReleasesError> {
    let changes = match from {
        None => history::changes(store, ReleaseId(release)).await?,
        Some(from) => {
            let release = history::release(store, ReleaseId(release)).await?;
            history::between(store, &release.source, ReleaseId(from), release.id).await?
        }
    };
    Ok(changes.iter().map(ChangeReport::from).collect())
}

/// Publishes a release that waits, and gives it as it is then.
///
/// # Errors
/// [`ReleasesError`]; then it still waits.
pub async fn publish(
    store: &Store,
    configuration: &Configuration,
    release: i64,
    reason: &str,
) -> Result<ReleaseReport, ReleasesError> {
    let (id, today) = (ReleaseId(release), OffsetDateTime::now_utc().date());
    staging::publish(store, &configuration.collections, id, today, reason).await?;
    Ok(history::release(store, id).await?.into())
}

/// Discards a release that waits.
///
/// # Errors
/// [`ReleasesError`].
pub async fn discard(store: &Store, release: i64) -> Result<(), ReleasesError> {
    Ok(staging::discard(store, ReleaseId(release)).await?)
}

/// Withdraws the latest release of a source.
///
/// # Errors
/// [`ReleasesError`]; then it still stands.
pub async fn withdraw(store: &Store, release: i64, reason: &str) -> Result<(), ReleasesError> {
    Ok(withdrawal::withdraw(store, ReleaseId(release), reason).await?)
}

async fn moment(store: &Store, text: &str) -> Result<At, ReleasesError> {
    if let Ok(release) = text.parse() {
        return Ok(history::at_release(store, ReleaseId(release)).await?);
    }
    let day = Date::parse(text, format_description!("[year]-[month]-[day]"));
    let instant = match day {
        Ok(day) => day.with_time(time!(23:59:59.999_999)).assume_utc(),
        Err(_) => {
            OffsetDateTime::parse(text, &Rfc3339).map_err(|_| ReleasesError::Moment(text.to_owned()))?
        }
    };
    Ok(history::at_instant(store, instant).await?)
}
