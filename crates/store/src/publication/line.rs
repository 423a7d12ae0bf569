//! The transaction of a release: while one run of records is written, the next one is made ready.

use super::run::{Owner, Run};
use crate::StoreError;
use domain::Collection;
use sqlx::{Postgres, Transaction};
use std::sync::Arc;
use tokio::task::JoinHandle;

type Connection = Transaction<'static, Postgres>;

/// The transaction, at rest or at work, and a run that has been written and can be filled anew.
pub(super) struct Line {
    state: State,
    spare: Option<Run>,
}

enum State {
    Idle(Connection),
    Busy(JoinHandle<Result<(Connection, Run), StoreError>>),
    /// Taken, or lost with the run that failed.
    Gone,
}

impl Line {
    /// At rest.
    pub(super) const fn new(transaction: Connection) -> Self {
        Self { state: State::Idle(transaction), spare: None }
    }

    /// Takes the transaction, once it has written what it was given.
    ///
    /// # Errors
    /// [`StoreError`] if that could not be written.
    pub(super) async fn take(&mut self) -> Result<Connection, StoreError> {
        match std::mem::replace(&mut self.state, State::Gone) {
            State::Idle(transaction) => Ok(transaction),
            State::Busy(written) => {
                let (transaction, run) = written.await.map_err(|_| sqlx::Error::WorkerCrashed)??;
                self.spare = Some(run);
                Ok(transaction)
            }
            State::Gone => Err(sqlx::Error::WorkerCrashed.into()),
        }
    }

    /// Gives it back.
    pub(super) fn rest(&mut self, transaction: Connection) {
        self.state = State::Idle(transaction);
    }

    /// A run to fill with records of a collection.
    pub(super) fn run(&mut self, owner: &Owner, collection: &Arc<Collection>) -> Run {
        let mut run = self.spare.take().unwrap_or_else(Run::new);
        run.begin(owner, collection);
        run
    }

    /// Begins to write a run, once the one before is written.
    ///
    /// # Errors
    /// [`StoreError`] if that could not be written.
    pub(super) async fn write(&mut self, run: Run) -> Result<(), StoreError> {
        let mut transaction = self.take().await?;
        self.state = State::Busy(tokio::spawn(async move {
            run.write(&mut transaction).await?;
            Ok((transaction, run))
        }));
        Ok(())
    }
}
