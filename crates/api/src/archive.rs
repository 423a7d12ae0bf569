//! The archive, as pages ask it that can do without: they wait briefly, and nobody waits again for what has just not answered.

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::StoreError;

use crate::problem::Problem;

/// How long a page waits for its history.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How long an archive that did not answer is not asked again.
const REST: Duration = Duration::from_secs(5);

/// Whether the archive answered when it was last asked.
pub struct Archive {
    patience: Duration,
    silent_since: Mutex<Option<Instant>>,
}

impl Default for Archive {
    fn default() -> Self {
        Self { patience: PATIENCE, silent_since: Mutex::default() }
    }
}

impl Archive {
    /// What it answers; `None` while it does not.
    ///
    /// # Errors
    /// 500 for what is wrong with the question or the answer.
    pub async fn ask<T>(
        &self,
        answer: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<Option<T>, Problem> {
        if self.is_resting() {
            return Ok(None);
        }
        match tokio::time::timeout(self.patience, answer).await {
            Ok(Ok(answer)) => Ok(Some(answer)),
            Ok(Err(StoreError::Unreachable(_))) | Err(_) => {
                *self.silent_since.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                Ok(None)
            }
            Ok(Err(error)) => Err(error.into()),
        }
    }

    fn is_resting(&self) -> bool {
        let silent_since = *self.silent_since.lock().unwrap_or_else(PoisonError::into_inner);
        silent_since.is_some_and(|since| since.elapsed() < REST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};

    #[tokio::test]
    async fn who_has_not_answered_is_left_alone_for_a_while() {
        let archive = Archive { patience: Duration::from_millis(20), ..Archive::default() };
        assert_eq!(archive.ask(ready(Ok(1))).await.unwrap(), Some(1));
        assert_eq!(archive.ask(pending::<Result<i32, StoreError>>()).await.unwrap(), None);
        assert_eq!(archive.ask(ready(Ok(2))).await.unwrap(), None, "it is not asked");
        *archive.silent_since.lock().unwrap() = Instant::now().checked_sub(REST);
        assert_eq!(archive.ask(ready(Ok(3))).await.unwrap(), Some(3));
    }
}
