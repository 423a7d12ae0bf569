//! Syncing while the portal is served: each source when it is due.

use super::attempt::Source;
use super::{Outcome, Settings, SyncError, SyncReport};
use crate::configuration::Configuration;
use domain::SourceId;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use store::{Store, StoreError, attempts};
use time::OffsetDateTime;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// The longest and the shortest time between two looks at what is due.
const ROUND: Duration = Duration::from_mins(1);
const BREATH: Duration = Duration::from_secs(1);
/// How long after a failure the next attempt is due; twice as long after each more, but never longer than the source's own interval.
const FIRST_RETRY: u64 = 300;

/// What is remembered of a source between its turns.
#[derive(Default)]
struct Past {
    failures: u32,
    not_before: Option<OffsetDateTime>,
    said: Option<String>,
}

/// Syncing that goes on until it is told to stop.
#[derive(Debug)]
pub struct Schedule {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Schedule {
    /// Begins: every source that says where its files are is synced whenever it is due. A fault is logged when it comes, when it
    /// becomes another, and when it goes. On a thread of its own, since comparing releases is work for the processor.
    ///
    /// # Errors
    /// [`SyncError::NoProxy`] or [`SyncError::NoThread`].
    pub fn start(
        store: Store,
        configuration: Arc<Configuration>,
        var: PathBuf,
        settings: Settings,
    ) -> Result<Self, SyncError> {
        super::check_proxy(&settings)?;
        let (stop, told) = oneshot::channel();
        let runtime = Handle::current();
        let work = move || {
            runtime.block_on(async {
                tokio::select! {
                    () = keep_fetched(&store, &configuration, &var, &settings) => {}
                    _ = told => {}
                }
            });
        };
        let thread = thread::Builder::new().name("sync".to_owned()).spawn(work);
        let thread = thread.map_err(SyncError::NoThread)?;
        Ok(Self { stop, thread })
    }

    /// Stops, and waits until the database is let go of. What has come of a file is kept, and gone on with the next time.
    pub async fn stop(self) {
        let Self { stop, thread } = self;
        drop(stop);
        // A thread that panicked has stopped too.
        let _ = tokio::task::spawn_blocking(|| thread.join()).await;
    }
}

async fn keep_fetched(store: &Store, configuration: &Arc<Configuration>, var: &Path, settings: &Settings) {
    let mut pasts: BTreeMap<&SourceId, Past> = BTreeMap::new();
    let mut lost = false;
    loop {
        let mut next = OffsetDateTime::now_utc() + ROUND;
        for (source, fetch) in super::sources(configuration) {
            let past = pasts.entry(&source.id).or_default();
            let due = match due(store, &source.id, fetch.every_seconds, past).await {
                Ok(due) => due,
                Err(error) => {
                    if !std::mem::replace(&mut lost, true) {
                        tracing::warn!(%error, "sources are not synced");
                    }
                    continue;
                }
            };
            lost = false;
            if due.is_none_or(|due| due > OffsetDateTime::now_utc()) {
                next = due.map_or(next, |due| next.min(due));
                continue;
            }
            let source = Source { definition: source, fetch, settings };
            let report = super::one(store, configuration, var, source).await;
            past.remember(&report, fetch.every_seconds);
            next = past.not_before.map_or(next, |due| next.min(due));
        }
        let left = (next - OffsetDateTime::now_utc()).try_into().unwrap_or(BREATH);
        tokio::time::sleep(left.clamp(BREATH, ROUND)).await;
    }
}

/// When a source is due; `None` if never.
async fn due(
    store: &Store,
    source: &SourceId,
    every: u64,
    past: &Past,
) -> Result<Option<OffsetDateTime>, StoreError> {
    let Some(last) = attempts::last_started(store, source).await? else {
        return Ok(Some(past.not_before.unwrap_or(OffsetDateTime::UNIX_EPOCH)));
    };
    Ok(later(last, wait(every, past.failures)).map(|due| past.not_before.map_or(due, |it| it.max(due))))
}

impl Past {
    fn remember(&mut self, report: &SyncReport, every: u64) {
        self.failures = if report.is_worth_another_attempt() { self.failures.saturating_add(1) } else { 0 };
        self.not_before = later(OffsetDateTime::now_utc(), wait(every, self.failures));
        let (source, release) = (&report.source, report.release);
        let fault = report.fault();
        match (&fault, report.outcome) {
            (Some(fault), _) if self.said.as_ref() != Some(fault) => {
                tracing::warn!(source, fault, "not synced");
            }
            (None, Outcome::Published) => tracing::info!(source, release, "synced: published"),
            (None, Outcome::Waits) => {
                tracing::warn!(source, release, "synced: the release waits for a person's word");
            }
            (None, _) if self.said.is_some() => tracing::info!(source, "synced again: nothing new"),
            _ => {}
        }
        self.said = fault;
    }
}

/// Seconds until the next attempt is due.
fn wait(every: u64, failures: u32) -> u64 {
    match failures.checked_sub(1) {
        None => every,
        Some(more) => FIRST_RETRY.saturating_mul(1_u64.checked_shl(more).unwrap_or(u64::MAX)).min(every),
    }
}

fn later(instant: OffsetDateTime, seconds: u64) -> Option<OffsetDateTime> {
    instant.checked_add(time::Duration::seconds(i64::try_from(seconds).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_tried_again_soon_then_later_and_never_later_than_usual() {
        let day = 86_400;
        let check = |every: u64, failures: u32, expect: u64| {
            assert_eq!(wait(every, failures), expect, "{every} {failures}");
        };
        check(day, 0, day);
        check(day, 1, 300);
        check(day, 2, 600);
        check(day, 8, 38_400);
        check(day, 9, 76_800);
        check(day, 10, day);
        check(day, u32::MAX, day);
        check(60, 3, 60);
    }

    #[test]
    fn an_interval_without_end_is_never_due() {
        assert_eq!(later(OffsetDateTime::UNIX_EPOCH, u64::MAX), None);
    }
}
