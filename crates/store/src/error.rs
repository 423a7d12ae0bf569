//! Why the database did not do what was asked.

use domain::{Collection, ReleaseId, SourceId};
use std::borrow::Cow;
use std::io;

/// A fault of the database, by what one can do about it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No server answers.
    #[error("the database does not answer: is PostgreSQL running, and DATABASE_URL right?")]
    Unreachable(#[source] sqlx::Error),
    /// A server without PostGIS.
    #[error(
        "this database has no PostGIS and cannot be given it: install the package postgresql-<version>-postgis-3 on the \
         server and run `create extension postgis` in the database as its superuser"
    )]
    NoPostgis,
    /// No room left.
    #[error("the disk of the database is full: make room and try again; what was published stays as it was")]
    DiskFull(#[source] sqlx::Error),
    /// Not allowed.
    #[error("the database refuses: {reason}; give the account of DATABASE_URL the rights to create tables")]
    Forbidden {
        /// What the server says.
        reason: String,
    },
    /// Two records with one number.
    #[error(
        "a record of source {source_id} has the key of a record that another source published in {collection}: one of \
         the two sources has to give it up"
    )]
    KeyTaken {
        /// The source being published.
        source_id: String,
        /// The collection.
        collection: String,
    },
    /// A release that there is not.
    #[error("there is no release {0}: `remix releases list` shows those there are")]
    UnknownRelease(ReleaseId),
    /// A release that is not in the state in which this can be done to it.
    #[error("release {release} is {state}: {rule}")]
    WrongState {
        /// The release.
        release: ReleaseId,
        /// Its state.
        state: String,
        /// What can be done to which.
        rule: &'static str,
    },
    /// A release that others rest upon.
    #[error("release {later} of the same source came after release {release}: withdraw that one first")]
    Superseded {
        /// The release.
        release: ReleaseId,
        /// The latest one.
        later: ReleaseId,
    },
    /// A collection that a staged release is of and that is no longer defined.
    #[error("release {release} is of collection {collection}, which is not defined: import its files again")]
    UndefinedCollection {
        /// The release.
        release: ReleaseId,
        /// The collection.
        collection: String,
    },
    /// Migrations that do not fit.
    #[error("the database cannot be brought to this program's version")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row that the program cannot read: it was written by hand or by a newer program.
    #[error("record {feature_id} of {collection} cannot be read: {reason}")]
    Unreadable {
        /// The collection.
        collection: String,
        /// The record's number.
        feature_id: i64,
        /// What is wrong.
        reason: String,
    },
    /// Anything else.
    #[error("the database answered with a fault")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    /// The same fault; or, if two standing records would have one number, the fault that says so.
    pub(crate) fn or_key_taken(self, source: &SourceId, collection: &Collection) -> Self {
        match &self {
            Self::Database(error)
                if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) =>
            {
                Self::KeyTaken { source_id: source.to_string(), collection: collection.id.to_string() }
            }
            _ => self,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|fault| fault.code().map(Cow::into_owned));
        match (&error, code.as_deref()) {
            (_, Some("53100")) => Self::DiskFull(error),
            (_, Some("42501")) => Self::Forbidden { reason: error.to_string() },
            (sqlx::Error::Io(fault), _) if fault.kind() == io::ErrorKind::StorageFull => {
                Self::DiskFull(error)
            }
            (sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed, _)
            | (_, Some("57P01" | "57P02" | "57P03" | "08006" | "08001" | "28000" | "28P01" | "3D000")) => {
                Self::Unreachable(error)
            }
            _ => Self::Database(error),
        }
    }
}
