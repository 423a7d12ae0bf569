//! What tests share: one PostGIS cluster, one migrated template, and for each test a database of its own.
//!
//! The cluster lives in `target/test-cluster` and is shared by all test processes: the first starts it, the last stops
//! it. Keeping it up in between saves half a second per process: `test-cluster -- cargo test`.
#![expect(clippy::expect_used, clippy::panic, reason = "a test without its database has failed")]

mod cluster;
mod leftovers;
mod template;

use std::path::Path;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool};
use store::cluster::Cluster;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A migrated, empty database for one test, dropped with this value.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    cluster: Arc<Cluster>,
}

/// Creates a database with every migration that `store` knows.
///
/// # Panics
/// When PostgreSQL with PostGIS is not installed or a migration fails.
pub async fn database() -> TestDatabase {
    create(&store::migrations::MIGRATOR).await
}

/// Creates a database with the migrations found in `folder` now, whatever `store` was compiled with.
///
/// # Panics
/// As [`database`], and when the folder cannot be read.
pub async fn database_migrated_by(folder: &Path) -> TestDatabase {
    create(&Migrator::new(folder).await.expect("the migrations must be readable")).await
}

async fn create(migrator: &Migrator) -> TestDatabase {
    let cluster = cluster::join().await;
    let mut admin = connect(&cluster.connect_options().database("postgres")).await;
    let template = template::ensure(&cluster.connect_options(), &mut admin, migrator).await;
    leftovers::drop_once(&mut admin, &template).await;
    let name = format!("test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    run(&mut admin, format!("create database {name} template {template}")).await;
    admin.close().await.expect("the connection that made the database must close");
    TestDatabase { name, cluster }
}

impl TestDatabase {
    /// How to connect to it.
    #[must_use]
    pub fn connect_options(&self) -> PgConnectOptions {
        self.cluster.connect_options().database(&self.name)
    }

    /// The same as an address, for `psql`, for `DATABASE_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        // The first is the database: in the socket's path, which follows, a question mark is written %3F.
        self.cluster.url().replacen("/remix?", &format!("/{}?", self.name), 1)
    }

    /// A new pool of a few connections to it.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn pool(&self) -> PgPool {
        let pool = PgPoolOptions::new().max_connections(5).connect_with(self.connect_options()).await;
        pool.expect("the test's database must answer")
    }
}

impl Drop for TestDatabase {
    /// Best effort: what it leaves, a later run removes.
    fn drop(&mut self) {
        let admin = self.cluster.connect_options().database("postgres");
        let sql = format!("drop database if exists {} with (force)", self.name);
        // In a runtime of its own, because the test's is busy ending.
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut admin = admin.connect().await?;
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut admin).await?;
                admin.close().await
            })
        });
        drop(dropping.join());
    }
}

async fn connect(options: &PgConnectOptions) -> PgConnection {
    options.connect().await.unwrap_or_else(|error| panic!("the test cluster must answer: {error}"))
}

/// Runs a statement made of names that are all our own.
async fn run(connection: &mut PgConnection, sql: String) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(connection).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_database_is_migrated_its_own_and_dropped() {
        let (kept, dropped) = tokio::join!(database(), database());
        let pool = kept.pool().await;
        sqlx::raw_sql("create table mine ()").execute(&dropped.pool().await).await.unwrap();
        let count = async |sql| sqlx::query_scalar::<_, i64>(sql).fetch_one(&pool).await.unwrap();
        assert_eq!(count("select count(*) from pg_extension where extname = 'postgis'").await, 1);
        assert_eq!(count("select count(*) from pg_tables where tablename = '_sqlx_migrations'").await, 1);
        assert_eq!(count("select count(*) from pg_tables where tablename = 'mine'").await, 0);

        let name = dropped.name.clone();
        drop(dropped);
        let left = sqlx::query("select from pg_database where datname = $1").bind(name);
        assert!(left.fetch_optional(&pool).await.unwrap().is_none());
    }
}
