//! One attempt at one file of a source: what is known of it, the asking, and what is written down.

use super::ask::Ask;
use super::fetch::{self, Answer};
use super::partial::Validators;
use super::{Settings, SyncError};
use crate::archive::Original;
use domain::source::{self, Fetch};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use store::Store;
use store::attempts::{self, Attempt, Outcome, State};
use time::OffsetDateTime;
use tokio::sync::oneshot;
use url::Url;

/// A source, where its files are, and how they are asked for.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Its definition.
    pub definition: &'a source::Source,
    /// Where its files are.
    pub fetch: &'a Fetch,
    /// How publishers are asked.
    pub settings: &'a Settings,
}

impl Source<'_> {
    /// Asks for one file, and writes down what came of it. `turn` is held as long as anything is written.
    pub async fn attempt(
        self,
        store: &Store,
        url: &str,
        file: &Path,
        turn: &Arc<File>,
    ) -> Result<Attempt, SyncError> {
        let good = attempts::last_good(store, &self.definition.id, url).await?;
        let good = good.and_then(|attempt| attempt.outcome.state().cloned());
        let (started_at, started) = (OffsetDateTime::now_utc(), Instant::now());
        let stop = Stop::default();
        let ask = self.ask(url, file, &stop);
        let (turn, before) = (turn.clone(), good.clone());
        let work = move || {
            let answer = ask_and_hash(ask, before.as_ref());
            drop(turn);
            answer
        };
        let (status, bytes, outcome) = on_a_thread(work).await.ok_or(SyncError::Panicked)?;
        let attempt = Attempt {
            source: self.definition.id.to_string(),
            url: url.to_owned(),
            started_at,
            elapsed_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            status,
            bytes,
            outcome: match (outcome, good) {
                (Ok(state), Some(good)) if state.sha256 == good.sha256 => Outcome::Unchanged(state),
                (Ok(state), _) => Outcome::Fetched(state),
                (Err(sentence), _) => Outcome::Failed(sentence),
            },
        };
        attempts::record(store, &attempt).await?;
        Ok(attempt)
    }

    fn ask(self, url: &str, file: &Path, stop: &Stop) -> Ask {
        let Self { fetch, settings, .. } = self;
        let contact = settings.public_url.as_ref().map_or_else(String::new, |url| format!(" (+{url})"));
        let user_agent = format!("REMIX/{}{contact}", env!("CARGO_PKG_VERSION"));
        Ask {
            url: url.to_owned(),
            file: file.to_owned(),
            known: None,
            max_bytes: fetch.max_bytes,
            timeout: Duration::from_secs(fetch.timeout_seconds),
            connect: settings.connect,
            idle: settings.idle,
            user_agent: (!fetch.as_browser).then_some(user_agent),
            allow_private: settings.allow_private,
            proxy: settings.proxy.as_deref().and_then(|proxy| ureq::Proxy::new(proxy).ok()),
            stop: stop.0.clone(),
        }
    }
}

/// Status, bytes, and the state of the file or why there is none.
type Asked = (Option<u16>, u64, Result<State, String>);

/// Asks on the condition that the file is another than before, if that one still lies there untouched.
fn ask_and_hash(mut ask: Ask, before: Option<&State>) -> Asked {
    let before = before.filter(|state| Original::of(&ask.file).is_ok_and(|it| it.sha256 == state.sha256));
    ask.known = before
        .map(|state| Validators { etag: state.etag.clone(), last_modified: state.last_modified.clone() });
    let Answer { status, bytes, outcome } = fetch::fetch(&ask);
    let state = outcome.map_err(|error| error.to_string()).and_then(|fetched| match (fetched, before) {
        (None, Some(before)) => Ok(before.clone()),
        (fetched, _) => {
            let original = Original::of(&ask.file);
            let sha256 =
                original.map_err(|reason| format!("cannot read {}: {reason}", ask.file.display()))?.sha256;
            let Validators { etag, last_modified } = fetched.unwrap_or_default();
            Ok(State { sha256, etag, last_modified })
        }
    });
    (status, bytes, state)
}

/// Tells the asking thread to stop when nobody waits for it any more.
#[derive(Default)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs work on a thread of its own. Unlike those of the runtime, it does not keep a program that ends from ending.
async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (answer, waiting) = oneshot::channel();
    let work = move || {
        // Nobody may be waiting any more.
        let _ = answer.send(work());
    };
    thread::Builder::new().name("fetch".to_owned()).spawn(work).ok()?;
    waiting.await.ok()
}

/// The names of the files of these addresses: the last part of each path, told apart by a number where two are the same.
pub fn names(urls: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (number, url) in urls.iter().enumerate() {
        let name = name(url);
        let is_taken = names.iter().any(|other| other.eq_ignore_ascii_case(&name));
        names.push(if is_taken { format!("{}-{name}", number + 1) } else { name });
    }
    names
}

fn name(url: &str) -> String {
    let url = Url::parse(url).ok();
    let last = url.as_ref().and_then(|url| url.path_segments()?.rfind(|part| !part.is_empty()));
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let name: String = last.unwrap_or("file").chars().filter(|letter| allowed(*letter)).take(100).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_its_address_ends_and_stays_in_its_folder() {
        let check = |urls: &[&str], expect: &[&str]| {
            assert_eq!(names(&urls.iter().map(|url| (*url).to_owned()).collect::<Vec<_>>()), expect);
        };
        check(&["https://a.it/x/PNRR_Progetti.csv?v=2#top"], &["PNRR_Progetti.csv"]);
        check(&["https://a.it/", "https://a.it"], &["file", "2-file"]);
        check(&["https://a.it/x.csv", "https://b.it/X.csv"], &["x.csv", "2-X.csv"]);
        check(&["https://a.it/%2e%2e%2fetc%2fpasswd", "https://a.it/.."], &["2e2e2fetc2fpasswd", "file"]);
        check(&["https://a.it/.htaccess", "no address"], &["htaccess", "file"]);
    }
}
