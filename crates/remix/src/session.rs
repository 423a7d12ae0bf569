//! What a command works with: the configuration, the database, and the private cluster if that is where the database is.

use crate::arguments::Common;
use anyhow::{Context, Result};
use jobs::Configuration;
use std::path::PathBuf;
use std::sync::Arc;
use store::cluster::{self, Cluster};
use store::{ConnectOptions, Store, StoreError, views};

/// An open session.
pub struct Session {
    /// The configuration.
    pub configuration: Arc<Configuration>,
    /// The database.
    pub store: Store,
    /// The folder of the program's state.
    pub var: PathBuf,
    /// The private cluster, unless a server of one's own is used.
    pub cluster: Option<Arc<Cluster>>,
}

/// Reads the configuration, then joins the private cluster or connects to the server that is named.
///
/// # Errors
/// A sentence that says what is missing and what to do.
pub async fn open(common: &Common) -> Result<Session> {
    let configuration = Configuration::load(common.data.as_deref(), &common.territory)?;
    let (cluster, options) = if let Some(url) = &common.database_url {
        let options: ConnectOptions = url.parse().context("DATABASE_URL is not an address of PostgreSQL")?;
        (None, options)
    } else {
        let (var, pg_bin) = (common.var.clone(), common.pg_bin.clone());
        let cluster = cluster::join(&cluster::Settings { var, pg_bin, durable: true }).await?;
        let options = cluster.connect_options();
        (Some(Arc::new(cluster)), options)
    };
    match connect(options, &configuration).await {
        Ok(store) => {
            Ok(Session { configuration: Arc::new(configuration), store, var: common.var.clone(), cluster })
        }
        Err(error) => {
            leave(cluster).await?;
            Err(error.into())
        }
    }
}

async fn connect(options: ConnectOptions, configuration: &Configuration) -> Result<Store, StoreError> {
    let store = Store::connect(options).await?;
    views::refresh(&store, &configuration.collections).await?;
    Ok(store)
}

impl Session {
    /// Lets go of the database; the last program out stops the private cluster.
    ///
    /// # Errors
    /// If the cluster does not stop.
    pub async fn close(self) -> Result<()> {
        self.store.close().await;
        leave(self.cluster).await
    }
}

async fn leave(cluster: Option<Arc<Cluster>>) -> Result<()> {
    if let Some(cluster) = cluster.and_then(Arc::into_inner) {
        cluster.leave().await?;
    }
    Ok(())
}
