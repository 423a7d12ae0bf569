//! A var folder for each test, and what is asked of the cluster in it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use store::cluster::{Cluster, Settings, join};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::process::signal;

/// A folder that is closed to others, as `mktemp -d` and /root are: for root that includes PostgreSQL's account.
pub struct Var(TempDir);

impl Var {
    /// Nothing is there yet.
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A copy of a cluster created once per run, locked against another run's.
    pub async fn made() -> Self {
        static MADE: OnceCell<(PathBuf, File)> = OnceCell::const_new();
        let (made, _) = MADE
            .get_or_init(async || {
                let var = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cluster");
                let lock = File::create(var.with_extension("lock")).unwrap();
                lock.lock().unwrap();
                fs::remove_dir_all(&var).ok();
                let settings = Settings { var: var.clone(), pg_bin: None, durable: false };
                join(&settings).await.unwrap().leave().await.unwrap();
                (var.join("postgres"), lock)
            })
            .await;
        let var = Self::empty();
        assert!(Command::new("cp").arg("-a").args([made, &var.home()]).status().unwrap().success());
        fs::remove_file(var.home().join("log/postgresql.log")).unwrap();
        var
    }

    pub async fn join(&self) -> Cluster {
        join(&self.settings()).await.unwrap()
    }

    pub fn settings(&self) -> Settings {
        Settings { var: self.0.path().to_owned(), pg_bin: None, durable: false }
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn home(&self) -> PathBuf {
        self.0.path().join("postgres")
    }

    pub fn data(&self) -> PathBuf {
        self.home().join("data")
    }

    pub fn pidfile(&self) -> PathBuf {
        self.data().join("postmaster.pid")
    }

    /// The server's, as its file says; that may be stale.
    pub fn pid(&self) -> Option<u32> {
        fs::read_to_string(self.pidfile()).ok()?.lines().next()?.parse().ok()
    }

    /// How often the server's log says it.
    pub fn log_count(&self, text: &str) -> usize {
        fs::read_to_string(self.home().join("log/postgresql.log")).unwrap().matches(text).count()
    }
}

impl Drop for Var {
    /// A test that fails leaves no server behind.
    fn drop(&mut self) {
        let is_postgres = |pid: &u32| {
            fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name == "postgres\n")
        };
        if let Some(pid) = self.pid().filter(is_postgres) {
            signal("QUIT", pid);
        }
    }
}

/// The answer of the database `remix` in one text, empty if there is none.
pub async fn ask(cluster: &Cluster, sql: &'static str) -> String {
    query(&cluster.connect_options(), sql).await
}

pub async fn query(options: &PgConnectOptions, sql: &'static str) -> String {
    let mut connection = options.connect().await.unwrap();
    let answer = sqlx::query_scalar(sql).fetch_optional(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    answer.unwrap_or_default()
}
