//! `remix serve`.

use crate::arguments::{Common, Serve};
use crate::session::{self, Session};
use crate::sync;
use anyhow::{Context, Result};
use api::{PastEditions, Portal, Settings};
use jobs::edition::{self, EditionError};
use jobs::sync::schedule::Schedule;
use jobs::{Configuration, folder, overlay, seed};
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use store::cluster::Cluster;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How often the private cluster is looked after.
const ROUND: Duration = Duration::from_secs(1);
/// How long answers under way may take once the program is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until the program is told to stop.
///
/// # Errors
/// A sentence that says why it cannot serve.
pub async fn run(common: &Common, options: Serve) -> Result<ExitCode> {
    // Before anything else is started: whoever cannot have the port learns it at once.
    let listener = TcpListener::bind(options.listen).await.with_context(|| {
        format!("cannot serve on {}: choose another address with --listen", options.listen)
    })?;
    let session = session::open(common).await?;
    let served = serve(&session, listener, options).await;
    session.close().await?;
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(session: &Session, listener: TcpListener, options: Serve) -> Result<()> {
    let Session { configuration, store, var, cluster } = session;
    let reports = match &options.import {
        Some(folder) => folder::import(store, configuration, var, folder).await?,
        None => seed::fill_if_empty(store, configuration, var).await?,
    };
    for report in reports {
        let (source, records, set_aside) = (&report.source, report.accepted, report.quarantined);
        tracing::info!(source, records, set_aside, release = report.release, "imported");
    }
    let first = Arc::new(edition::draw(store, configuration, None).await?);
    let (editions, current) = watch::channel(first);
    let following = tokio::spawn(edition::keep_current(store.clone(), configuration.clone(), editions));
    let (answers, answered) = watch::channel(None);
    let answering =
        tokio::spawn(overlay::keep_answered(store.clone(), configuration.clone(), current.clone(), answers));
    let watchdog = cluster.clone().map(|cluster| tokio::spawn(look_after(cluster)));
    let asking = sync::settings(options.asking, options.public_url.clone());
    let start = || Schedule::start(store.clone(), configuration.clone(), var.clone(), asking);
    let syncing = options.sync.then(start).transpose()?;
    let settings = Settings {
        pyramids: Some(var.join("pyramids")),
        public_url: options.public_url,
        contact: options.contact,
        cache_mib: options.cache_mib,
    };
    let portal = Portal::new(current, store.clone(), settings)
        .with_sources(configuration.sources.clone())
        .with_strategies(configuration.strategies.clone())
        .with_answers(answered)
        .with_past(past_editions(store, configuration));
    say(&format!("REMIX serves {} on http://{}", configuration.territory.title.it, listener.local_addr()?))?;
    let (stop, mut stopping) = watch::channel(());
    let served = serve_until_told(listener, portal, stop);
    let grace = async {
        let _ = stopping.changed().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = served => {}
        () = grace => {}
    }
    following.abort();
    answering.abort();
    if let Some(syncing) = syncing {
        syncing.stop().await;
    }
    if let Some(watchdog) = watchdog {
        watchdog.abort();
        // Waits until it has let go of the cluster, which the session is about to leave.
        let _ = watchdog.await;
    }
    Ok(())
}

/// Editions of the past are built when somebody asks for them.
fn past_editions(store: &Store, configuration: &Arc<Configuration>) -> PastEditions {
    let (store, configuration) = (store.clone(), configuration.clone());
    Arc::new(move |at, beside| {
        let (store, configuration) = (store.clone(), configuration.clone());
        Box::pin(async move {
            edition::build_at(&store, &configuration, at, Some(beside)).await.map_err(|error| match error {
                EditionError::Store(error) => error.into(),
                EditionError::Panicked => error.into(),
            })
        })
    })
}

async fn serve_until_told(listener: TcpListener, portal: Portal, stop: watch::Sender<()>) {
    api::serve(listener, portal, async move {
        told_to_stop().await;
        tracing::info!("stopping");
        stop.send_replace(());
    })
    .await;
}

/// Starts the private cluster again whenever it is gone. Reading goes on meanwhile, from memory.
async fn look_after(cluster: Arc<Cluster>) {
    loop {
        tokio::time::sleep(ROUND).await;
        match cluster.ensure_running().await {
            Ok(false) => {}
            Ok(true) => tracing::warn!("the private PostGIS was gone and has been started again"),
            Err(error) => tracing::warn!(%error, "the private PostGIS is gone and does not start"),
        }
    }
}

async fn told_to_stop() {
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

fn say(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}
