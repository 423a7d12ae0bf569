//! Why the database did not do what was asked.

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
