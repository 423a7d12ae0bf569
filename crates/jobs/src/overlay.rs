//! From one edition to the answers of the strategies, in the background: while they are worked out, those before stay, whole.

mod written;

use crate::configuration::Configuration;
use atlas::Edition;
use overlay::Answered;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::answers;
use store::{Store, StoreError};
use tiles::Drawn;
use tokio::sync::watch;
use tokio::{task, time};

/// How long to wait before answers are written again after the database was away.
const PAUSE: Duration = Duration::from_secs(5);

/// Answers all questions on an edition, on a thread of its own; `None` if that stopped by a fault of the program.
pub async fn answer(
    configuration: &Arc<Configuration>,
    edition: Arc<Edition>,
    before: Option<Arc<Answered>>,
) -> Option<Answered> {
    let configuration = configuration.clone();
    let answer = move || {
        let started = Instant::now();
        let answered = Answered::of(edition, &configuration.strategies, before.as_deref());
        let kept = |answer: &&Arc<overlay::Answer>| {
            before.iter().flat_map(|it| &it.answers).any(|it| Arc::ptr_eq(it, answer))
        };
        let (answers, kept) = (answered.answers.len(), answered.answers.iter().filter(kept).count());
        let elapsed_ms = started.elapsed().as_millis();
        tracing::info!(answers, kept, tag = answered.edition.tag, elapsed_ms, "questions answered");
        answered
    };
    task::spawn_blocking(answer).await.inspect_err(|error| tracing::error!(%error, "no answers")).ok()
}

/// Answers the questions anew whenever there is a new edition, hands the answers over, and writes them down; until nobody wants them
/// any more. While the database is away they are handed over all the same, and written when it is back.
pub async fn keep_answered(
    store: Store,
    configuration: Arc<Configuration>,
    mut editions: watch::Receiver<Arc<Drawn>>,
    answers: watch::Sender<Option<Arc<Answered>>>,
) {
    loop {
        let edition = editions.borrow_and_update().edition.clone();
        let before = answers.borrow().clone();
        if let Some(answered) = answer(&configuration, edition, before).await {
            answers.send_replace(Some(Arc::new(answered)));
        }
        let current = answers.borrow().clone();
        let written = async {
            if let Some(current) = current {
                write_in_the_end(&store, &current).await;
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            changed = editions.changed() => if changed.is_err() { return },
            () = written => {}
            () = answers.closed() => return,
        }
    }
}

/// Writes those of the answers down that the database has not: how many.
///
/// # Errors
/// [`StoreError`]; then nothing was written.
pub async fn write(store: &Store, answered: &Answered) -> Result<usize, StoreError> {
    answers::write(store, &written::rows(answered)).await
}

/// Writes answers down, as often as it takes.
async fn write_in_the_end(store: &Store, answered: &Answered) {
    let mut failed = false;
    while let Err(error) = write(store, answered).await {
        if !std::mem::replace(&mut failed, true) {
            tracing::warn!(error = &error as &dyn std::error::Error, "answers are not written yet");
        }
        if !matches!(error, StoreError::Unreachable(_)) {
            return;
        }
        time::sleep(PAUSE).await;
    }
}
