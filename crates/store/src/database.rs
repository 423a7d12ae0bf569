//! The connection to the database, and what is checked before it is used.

use crate::{StoreError, migrations};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use std::time::Duration;

/// The channel on which a publication is announced when it is committed.
pub(crate) const CHANNEL: &str = "remix_release";

/// The record of everything published, in PostGIS.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pool: PgPool,
}

impl Store {
    /// Connects, checks that PostGIS is there, and brings the database to this program's version (one program at a time:
    /// the migrations hold an advisory lock).
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], [`StoreError::NoPostgis`], [`StoreError::Forbidden`] or [`StoreError::Migration`].
    pub async fn connect(options: PgConnectOptions) -> Result<Self, StoreError> {
        let settings = PgPoolOptions::new().max_connections(8).acquire_timeout(Duration::from_secs(10));
        let pool = settings.connect_with(options).await?;
        ensure_postgis(&pool).await?;
        migrations::run(&pool).await?;
        Ok(Self { pool })
    }

    /// Listens for publications, by this program or by another on the same database.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if the connection cannot be made.
    pub async fn listen(&self) -> Result<Listener, StoreError> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Listener(listener))
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Whether the database answers now.
    pub async fn is_reachable(&self) -> bool {
        sqlx::query_scalar!("select true").fetch_one(&self.pool).await.is_ok()
    }
}

/// Makes PostGIS part of the database, unless it is.
async fn ensure_postgis(pool: &PgPool) -> Result<(), StoreError> {
    let made = sqlx::query!("create extension if not exists postgis").execute(pool).await;
    match made {
        Err(sqlx::Error::Database(_)) => {}
        other => return other.map(drop).map_err(StoreError::from),
    }
    // Not installed on the server, or not allowed; or another program was making it at the same time.
    let there = sqlx::query_scalar!("select exists (select from pg_extension where extname = 'postgis')");
    match there.fetch_one(pool).await? {
        Some(true) => Ok(()),
        _ => Err(StoreError::NoPostgis),
    }
}

/// Hears of publications.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Waits for the next publication. Also returns after a lost connection was made again, since one may have been missed.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] while the database is away.
    pub async fn next(&mut self) -> Result<(), StoreError> {
        self.0.try_recv().await?;
        Ok(())
    }
}
