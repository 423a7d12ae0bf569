//! Heavy work: done apart from the threads that answer, so much of it at a time, and given up when nobody waits for it any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::{task, time};

use crate::problem::Problem;

/// The room for heavy work: as many pieces at a time as there are processors, the others wait their turn.
pub struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::new(processors)
    }
}

/// Whether somebody still waits for a piece of work.
#[derive(Clone, Debug, Default)]
pub struct Wanted(Arc<AtomicBool>);

impl Wanted {
    /// To be asked from time to time while working.
    ///
    /// # Errors
    /// When the client has left: whatever is answered, nobody reads it.
    pub fn check(&self) -> Result<(), Problem> {
        if self.0.load(Ordering::Relaxed) { Err(Problem::abandoned()) } else { Ok(()) }
    }
}

/// Gives the work up when the future that waits for it is dropped.
struct Waiting(Wanted);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

impl Room {
    /// Room for so many pieces of work at a time.
    pub fn new(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places)))
    }

    /// Does `work` on a thread of its own if there is room before patience ends.
    ///
    /// # Errors
    /// 503 if there is none; else as [`work`](Self::work).
    pub async fn work_soon<T: Send + 'static>(
        &self,
        patience: Duration,
        work: impl FnOnce(&Wanted) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let permit = time::timeout(patience, self.0.clone().acquire_owned()).await;
        let permit = permit.map_err(|_| Problem::busy())?.map_err(|error| Problem::internal(&error))?;
        Self::work_with(permit, work).await
    }

    /// Does `work` on a thread of its own as soon as there is room.
    ///
    /// # Errors
    /// Those of the work; 500 if it panics.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Wanted) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        // The permit goes with the work: given up or not, it takes its room until it has ended.
        let permit = self.0.clone().acquire_owned().await.map_err(|error| Problem::internal(&error))?;
        Self::work_with(permit, work).await
    }

    async fn work_with<T: Send + 'static>(
        permit: OwnedSemaphorePermit,
        work: impl FnOnce(&Wanted) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let waiting = Waiting(Wanted::default());
        let wanted = waiting.0.clone();
        let done = task::spawn_blocking(move || {
            let _permit = permit;
            wanted.check()?;
            work(&wanted)
        });
        done.await.map_err(|error| Problem::internal(&error))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::sync::mpsc;

    #[tokio::test]
    async fn work_is_given_up_when_nobody_waits_for_it() {
        let room = Room::default();
        let (started, mut told) = mpsc::unbounded_channel();
        let (ended, mut end) = mpsc::unbounded_channel();
        let endless = room.work(move |wanted| {
            started.send(()).unwrap();
            while wanted.check().is_ok() {
                thread::sleep(Duration::from_millis(1));
            }
            ended.send(()).unwrap();
            wanted.check()
        });
        tokio::select! {
            _ = endless => panic!("it ended while somebody waited"),
            _ = told.recv() => {}
        }
        time::timeout(Duration::from_secs(5), end.recv()).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn who_would_wait_too_long_is_told_to_come_back() {
        let room = Room::new(1);
        let (free, held) = std::sync::mpsc::channel::<()>();
        let first = room.work(move |_| Ok(held.recv().is_ok()));
        let second = async {
            let refused = room.work_soon(Duration::from_millis(20), |_| Ok(())).await.unwrap_err();
            assert_eq!(refused.status.as_u16(), 503);
            free.send(()).unwrap();
        };
        let (first, ()) = tokio::join!(first, second);
        assert!(first.unwrap());
        assert!(room.work_soon(Duration::from_millis(20), |_| Ok(())).await.is_ok());
    }

    #[tokio::test]
    async fn a_panic_in_the_work_is_a_problem_and_leaves_its_room() {
        let room = Room(Arc::new(Semaphore::new(1)));
        for _ in 0..3 {
            let outcome: Result<(), _> = room.work(|_| panic!("as told")).await;
            assert_eq!(outcome.unwrap_err().status.as_u16(), 500);
        }
        assert_eq!(room.work(|_| Ok(7)).await.unwrap(), 7);
    }
}
