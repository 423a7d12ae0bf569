//! A release is published whole, in one transaction, or not at all; or it is staged, and waits for a person's word. Its records are
//! written as they come: [`Publication::begin`], then [`Publication::take`] for each run of records, then [`Publication::end`].

pub(crate) mod changes;
pub(crate) mod copy;
mod gate;
mod insert;
mod line;
pub(crate) mod run;

pub use gate::Reason;
pub(crate) use insert::{next_record, take_numbers};

use crate::database::CHANNEL;
use crate::{Store, StoreError};
use changes::Changes;
use domain::{Collection, CollectionId, Diff, Issue, Record, ReleaseId, SourceId, Tally};
use line::Line;
use run::{Owner, Run, Writing};
use serde_json::Value as Json;
use sqlx::{PgConnection, Postgres, Transaction};
use std::collections::BTreeMap;
use std::sync::Arc;
use time::Date;

/// A release before its records are read.
#[derive(Debug)]
pub struct Head {
    /// The source.
    pub source: SourceId,
    /// Whether it is invented data.
    pub demo: bool,
    /// SHA-256 of its files.
    pub content_hash: [u8; 32],
    /// SHA-256 of the definitions by which they are read.
    pub definition_hash: [u8; 32],
    /// The generation of its schema.
    pub generation: Option<String>,
    /// The files: `[{"name", "table", "bytes", "sha256", "encoding"}]`.
    pub files: Json,
    /// The columns of each table, as names are compared.
    pub columns: BTreeMap<String, Vec<String>>,
    /// The day of the import.
    pub today: Date,
}

/// What is known once its records have been read.
#[derive(Debug)]
pub struct Tail<'a> {
    /// The latest day on which the source touched its data.
    pub extracted_on: Option<Date>,
    /// What became of the rows of each collection.
    pub parts: Vec<Part<'a>>,
    /// The issues.
    pub issues: &'a [Issue],
}

/// What became of the rows that a source has for one collection.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The collection.
    pub collection: &'a Arc<Collection>,
    /// What became of its rows.
    pub tally: Tally,
    /// What became of its locations.
    pub locations: Tally,
}

/// What is to become of a release.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// Nothing is written: it is only said what would come of it.
    Preview {
        /// As for [`Self::Publish`].
        max_removed_share: f64,
    },
    /// It is published if it ends no greater share of the standing records, from 0 to 1, and has the columns that the release
    /// before it had; else nothing is written.
    Publish {
        /// The share.
        max_removed_share: f64,
    },
    /// It is published however far it goes: a person has said that it is to be, and why.
    PublishBecause(String),
    /// It is written and waits for a person's word.
    Stage {
        /// As for [`Self::Publish`].
        max_removed_share: f64,
    },
}

/// What a publication came to, with how each of its parts differs from what stood before.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing was written, as asked; why the release would wait, if it would.
    Previewed(Vec<Diff>, Vec<Reason>),
    /// A new release.
    Published(ReleaseId, Vec<Diff>),
    /// It goes further than it may: nothing was written, and it has to come again to be staged.
    TooFar,
    /// A release that waits for a person's word, and why.
    Staged(ReleaseId, Vec<Diff>, Vec<Reason>),
}

/// How a publication begins.
pub enum Begun {
    /// The same files, read by the same definitions, are this release already: it stands, or it waits.
    Already(ReleaseId),
    /// Records can come.
    Open(Box<Publication>),
}

/// A release that is being written.
pub struct Publication {
    line: Line,
    head: Head,
    purpose: Purpose,
    owner: Owner,
    /// What it changes in each collection; records are taken for the last.
    parts: Vec<Changes>,
    /// What is to be written of that collection and is not much yet.
    filling: Option<Run>,
}

/// Whether official data stands.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn holds_official(store: &Store) -> Result<bool, StoreError> {
    let held =
        sqlx::query_scalar!("select exists (select from release where not demo and state = 'published')");
    Ok(held.fetch_one(&store.pool).await? == Some(true))
}

impl Publication {
    /// Begins to write a release; publications wait for each other.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer.
    pub async fn begin(store: &Store, head: Head, purpose: Purpose) -> Result<Begun, StoreError> {
        if matches!(purpose, Purpose::Preview { .. }) {
            let owner = Owner { source: head.source.clone(), writing: Writing::Nothing, next: 0 };
            return Ok(Self::open(store.pool.begin().await?, head, purpose, owner));
        }
        let mut transaction = begin(store).await?;
        let Head { source, content_hash, definition_hash, .. } = &head;
        if let Some(release) = same(&mut transaction, source, *content_hash, *definition_hash).await? {
            return Ok(Begun::Already(release));
        }
        let release = insert::release(&mut transaction, &head, &purpose).await?;
        let writing = match &purpose {
            Purpose::Stage { .. } => Writing::Staged(release),
            Purpose::PublishBecause(reason) => stand(&mut transaction, release, head.demo, reason).await?,
            Purpose::Publish { .. } | Purpose::Preview { .. } => {
                stand(&mut transaction, release, head.demo, "").await?
            }
        };
        let next = next_record(&mut transaction).await?;
        let owner = Owner { source: source.clone(), writing, next };
        Ok(Self::open(transaction, head, purpose, owner))
    }

    fn open(
        transaction: Transaction<'static, Postgres>,
        head: Head,
        purpose: Purpose,
        owner: Owner,
    ) -> Begun {
        let line = Line::new(transaction);
        Begun::Open(Box::new(Self { line, head, purpose, owner, parts: Vec::new(), filling: None }))
    }

    /// Takes more records of a collection; each collection's come together.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing is published.
    pub async fn take(&mut self, collection: &Arc<Collection>, records: &[Record]) -> Result<(), StoreError> {
        let part = self.part(collection).await?;
        let mut run = self.filling.take().unwrap_or_else(|| self.line.run(&self.owner, collection));
        self.parts[part].take(&mut self.owner, records, &mut run);
        if run.is_full() {
            return self.line.write(run).await;
        }
        self.filling = Some(run);
        Ok(())
    }

    /// Writes what is left of a collection.
    async fn fill_up(&mut self) -> Result<(), StoreError> {
        match self.filling.take() {
            Some(run) => self.line.write(run).await,
            None => Ok(()),
        }
    }

    /// The place of what is changed in a collection.
    async fn part(&mut self, collection: &Arc<Collection>) -> Result<usize, StoreError> {
        let known = self.parts.iter().position(|part| part.collection.id == collection.id);
        if let Some(place) = known {
            return Ok(place);
        }
        self.fill_up().await?;
        let mut transaction = self.line.take().await?;
        self.parts.push(Changes::begin(&mut transaction, &self.owner.source, collection).await?);
        self.line.rest(transaction);
        Ok(self.parts.len() - 1)
    }

    /// Publishes what has been taken, or stages it, if it may be: what changed has ended and begun anew, what is gone ends, what
    /// is the same stays. After a crash at any instant the old release stands or the new one, whole.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was written.
    pub async fn end(mut self, tail: &Tail<'_>) -> Result<Outcome, StoreError> {
        let day = tail.extracted_on.unwrap_or(self.head.today);
        self.fill_up().await?;
        for Part { collection, .. } in &tail.parts {
            let part = self.part(collection).await?;
            let mut transaction = self.line.take().await?;
            let mut run = self.line.run(&self.owner, collection);
            self.parts[part].end(&mut transaction, &mut self.owner, day, &mut run).await?;
            self.line.rest(transaction);
            self.line.write(run).await?;
        }
        let mut transaction = self.line.take().await?;
        let Self { head, purpose, owner, parts, .. } = self;
        let writing = owner.writing;
        let reasons = match purpose {
            Purpose::PublishBecause(_) => Vec::new(),
            Purpose::Preview { max_removed_share }
            | Purpose::Publish { max_removed_share }
            | Purpose::Stage { max_removed_share } => {
                let limits = (writing.release(), max_removed_share);
                gate::reasons(&mut transaction, &head, &parts, limits).await?
            }
        };
        let diffs = || tail.parts.iter().filter_map(|part| diff_of(&parts, &part.collection.id)).collect();
        let (release, outcome) = match writing {
            Writing::Nothing => return Ok(Outcome::Previewed(diffs(), reasons)),
            Writing::Standing(..) if !reasons.is_empty() => return Ok(Outcome::TooFar),
            Writing::Standing(release, _) => (release, Outcome::Published(release, diffs())),
            Writing::Staged(release) => (release, Outcome::Staged(release, diffs(), reasons.clone())),
        };
        take_numbers(&mut transaction, owner.next).await?;
        insert::parts(&mut transaction, release, tail, &diffs()).await?;
        insert::issues(&mut transaction, release, tail.issues).await?;
        insert::finish(&mut transaction, release, tail.extracted_on, &reasons).await?;
        transaction.commit().await?;
        Ok(outcome)
    }
}

fn diff_of(parts: &[Changes], collection: &CollectionId) -> Option<Diff> {
    parts.iter().find(|part| &part.collection.id == collection).map(|part| part.diff)
}

/// Begins a transaction that changes what is published; only one at a time.
pub(crate) async fn begin(store: &Store) -> Result<Transaction<'static, Postgres>, StoreError> {
    let mut transaction = store.pool.begin().await?;
    sqlx::query!("select pg_advisory_xact_lock(hashtext('remix publication'))")
        .execute(&mut *transaction)
        .await?;
    Ok(transaction)
}

/// Makes a release stand: the event from which its records do. Official data ends all that is invented.
pub(crate) async fn stand(
    connection: &mut PgConnection,
    release: ReleaseId,
    demo: bool,
    reason: &str,
) -> Result<Writing, StoreError> {
    let event = event(connection, "published", release, reason).await?;
    if !demo {
        sqlx::query_file!("sql/demo_end.sql", event).execute(connection).await?;
    }
    Ok(Writing::Standing(release, event))
}

/// Writes an event down and announces it, once the transaction is committed.
pub(crate) async fn event(
    connection: &mut PgConnection,
    kind: &str,
    release: ReleaseId,
    reason: &str,
) -> Result<i64, StoreError> {
    let insert = sqlx::query_scalar!(
        "insert into event (kind, release_id, reason) values ($1, $2, $3) returning id",
        kind,
        release.0,
        reason
    );
    let event = insert.fetch_one(&mut *connection).await?;
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, release.to_string()).execute(connection).await?;
    Ok(event)
}

async fn same(
    connection: &mut PgConnection,
    source: &SourceId,
    content_hash: [u8; 32],
    definition_hash: [u8; 32],
) -> Result<Option<ReleaseId>, StoreError> {
    let same = sqlx::query_file_scalar!(
        "sql/release_same.sql",
        source.as_str(),
        &content_hash[..],
        &definition_hash[..]
    );
    Ok(same.fetch_optional(connection).await?.map(ReleaseId))
}
