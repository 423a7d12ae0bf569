//! The test cluster, joined once per process for as long as a test uses it.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use store::cluster::{self, Cluster, Settings};
use tokio::sync::Mutex;

/// Weak, since what a static holds is never dropped, and the last process out is to stop the server.
static JOINED: Mutex<Weak<Cluster>> = Mutex::const_new(Weak::new());

/// Joins the test cluster, or shares this process's place at it.
pub async fn join() -> Arc<Cluster> {
    let mut joined = JOINED.lock().await;
    if let Some(cluster) = joined.upgrade() {
        return cluster;
    }
    let settings = Settings { var: target().join("test-cluster"), pg_bin: None, durable: false };
    let cluster = cluster::join(&settings).await;
    let cluster = Arc::new(cluster.unwrap_or_else(|error| panic!("no PostGIS for the tests: {error}")));
    *joined = Arc::downgrade(&cluster);
    cluster
}

/// The target folder we were built into, which cargo marks as a cache.
fn target() -> PathBuf {
    let program = env::current_exe().unwrap_or_default();
    let marked = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
    marked.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), Path::to_owned)
}
