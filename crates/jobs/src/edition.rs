//! From the database to the edition in memory, and from one edition to the next.

mod loading;

use crate::configuration::Configuration;
use crate::digest;
use atlas::{Edition, LayerDraft, Origin, Plan};
use domain::Collection;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::standing::{self, At, Reading, StandingRelease};
use store::{Store, StoreError};
use tiles::Drawn;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// How long to wait before the database is asked again after it was away.
const PAUSE: Duration = Duration::from_millis(500);

/// Why there is no new edition. The last one stays.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// The database does not answer, or holds what cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Building it stopped by a fault of the program.
    #[error("building the edition stopped by a fault of the program: please report it")]
    Panicked,
}

/// Builds the edition of what stands now.
///
/// # Errors
/// [`EditionError`]; then nothing has changed.
pub async fn build(store: &Store, configuration: &Arc<Configuration>) -> Result<Edition, EditionError> {
    build_at(store, configuration, At::Now, None).await
}

/// Builds the edition of what stood after an event, beside another: of that, those layers are taken that have the same content, with
/// their surveys.
///
/// # Errors
/// [`EditionError`].
pub async fn build_at(
    store: &Store,
    configuration: &Arc<Configuration>,
    at: At,
    beside: Option<Arc<Edition>>,
) -> Result<Edition, EditionError> {
    let (store, configuration) = (store.clone(), configuration.clone());
    // Reading a record is work: it is done on a thread of its own, so that no request waits for it.
    let runtime = Handle::current();
    let build = move || {
        let started = Instant::now();
        let (tag, plans) = read(&runtime, &store, &configuration, at, beside.as_deref())?;
        let built = plans.iter().filter(|plan| matches!(plan, Plan::Build(_))).count();
        let edition = Edition::build(configuration.territory.clone(), plans, tag);
        let features: usize = edition.layers.iter().map(|layer| layer.len()).sum();
        let elapsed_ms = started.elapsed().as_millis();
        tracing::info!(features, tag = edition.tag, layers_built = built, elapsed_ms, "edition built");
        Ok(edition)
    };
    tokio::task::spawn_blocking(build).await.map_err(|_| EditionError::Panicked)?
}

/// What stands, all at one instant: the tag of the edition, and where each of its layers comes from.
fn read(
    runtime: &Handle,
    store: &Store,
    configuration: &Configuration,
    at: At,
    before: Option<&Edition>,
) -> Result<(String, Vec<Plan>), EditionError> {
    let mut reading = runtime.block_on(Reading::begin(store, at))?;
    let releases = runtime.block_on(reading.releases())?;
    let (mut drafts, mut kept) = (Vec::new(), Vec::new());
    for collection in &configuration.collections {
        let tag = layer_tag(configuration, &releases, collection);
        let layer = before.and_then(|before| before.layers.iter().find(|layer| layer.tag == tag));
        kept.push(layer.cloned());
        if layer.is_none() {
            drafts.push(draft(configuration, collection, &releases, tag));
        }
    }
    let mut drafts = runtime.block_on(loading::fill(store, reading, drafts))?.into_iter();
    let plan = |kept: Option<_>| kept.map(Plan::Keep).or_else(|| drafts.next().map(Plan::from));
    Ok((tag(configuration, &releases), kept.into_iter().filter_map(plan).collect()))
}

/// Builds the edition of what stands now, and draws what is not as it was `before`.
///
/// # Errors
/// [`EditionError`]; then nothing has changed.
pub async fn draw(
    store: &Store,
    configuration: &Arc<Configuration>,
    before: Option<Arc<Drawn>>,
) -> Result<Drawn, EditionError> {
    let kept = before.as_ref().map(|before| before.edition.clone());
    let edition = Arc::new(build_at(store, configuration, At::Now, kept).await?);
    let (started, tilesets) = (Instant::now(), configuration.tilesets.clone());
    let draw = move || Drawn::new(edition, &tilesets, before.as_deref());
    let drawn = tokio::task::spawn_blocking(draw).await.map_err(|_| EditionError::Panicked)?;
    tracing::info!(tag = drawn.edition.tag, elapsed_ms = started.elapsed().as_millis(), "edition drawn");
    Ok(drawn)
}

/// Builds and draws the next edition whenever something is published, by this program or another, until nobody wants editions any more.
/// While none can be built, as when the database is away, the last edition stays.
pub async fn keep_current(
    store: Store,
    configuration: Arc<Configuration>,
    editions: watch::Sender<Arc<Drawn>>,
) {
    prepare(&editions.borrow());
    let mut lost = false;
    while !editions.is_closed() {
        if let Err(error) = follow(&store, &configuration, &editions).await {
            if !std::mem::replace(&mut lost, true) {
                tracing::warn!(%error, "no new edition can be built: serving the last one");
            }
            tokio::time::sleep(PAUSE).await;
            if store.is_reachable().await {
                lost = false;
            }
        }
    }
}

async fn follow(
    store: &Store,
    configuration: &Arc<Configuration>,
    editions: &watch::Sender<Arc<Drawn>>,
) -> Result<(), EditionError> {
    let mut listener = store.listen().await?;
    loop {
        // First build, then wait: something may have been published while nobody listened.
        let current = editions.borrow().clone();
        if let Some(drawn) = draw_if_new(store, configuration, current).await? {
            editions.send_replace(Arc::new(drawn));
            prepare(&editions.borrow());
        }
        tokio::select! {
            heard = listener.next() => heard?,
            () = editions.closed() => return Ok(()),
        }
    }
}

/// Nobody waits for it: who asks before it is done waits for what is left of it.
fn prepare(drawn: &Drawn) {
    let edition = drawn.edition.clone();
    tokio::task::spawn_blocking(move || edition.prepare());
}

async fn draw_if_new(
    store: &Store,
    configuration: &Arc<Configuration>,
    current: Arc<Drawn>,
) -> Result<Option<Drawn>, EditionError> {
    let releases = standing::releases(store).await?;
    if tag(configuration, &releases) == current.edition.tag {
        return Ok(None);
    }
    draw(store, configuration, Some(current)).await.map(Some)
}

/// A layer without a record yet.
fn draft(
    configuration: &Configuration,
    collection: &Arc<Collection>,
    releases: &[StandingRelease],
    tag: String,
) -> LayerDraft {
    let of_it = releases.iter().filter(|release| release.collection == collection.id);
    let origins = of_it.map(|release| origin(configuration, release)).collect();
    LayerDraft::new(collection.clone(), origins, tag)
}

/// What is known of a release's source; a source whose definition has been taken away keeps its name and its data.
fn origin(configuration: &Configuration, release: &StandingRelease) -> Origin {
    let source = configuration.source(&release.source);
    let name = release.source.to_string();
    Origin {
        source: release.source.clone(),
        licence: source.map(|source| source.licence.clone()).unwrap_or_default(),
        publisher: source.map(|source| source.publisher.clone()).unwrap_or_default(),
        title: source.map_or_else(
            || domain::Bilingual { it: name.clone(), en: name.clone() },
            |source| source.title.clone(),
        ),
        licence_url: source.and_then(|source| source.licence_url.clone()),
        homepage: source.and_then(|source| source.homepage.clone()),
        complements: source.and_then(|source| source.complements.clone()),
        demo: release.demo,
        release: release.id,
        extracted_on: release.extracted_on,
    }
}

/// What tells one edition from another: the releases that stand, the definitions, and the program.
fn tag(configuration: &Configuration, releases: &[StandingRelease]) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(format!("{:?}{:?}", configuration.territory, configuration.collections));
    hash.update(format!("{:?}{:?}", configuration.sources, configuration.strategies));
    hash.update(format!("{:?}", configuration.tilesets));
    for release in releases {
        hash.update(named(release));
    }
    short(hash)
}

/// The same for one layer: of what it is made of only, and of how it is drawn.
fn layer_tag(
    configuration: &Configuration,
    releases: &[StandingRelease],
    collection: &Arc<Collection>,
) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(format!("{:?}", configuration.territory));
    let others = atlas::dependencies(collection, &configuration.collections);
    for part in [collection].into_iter().chain(others) {
        hash.update(format!("{part:?}{:?}", configuration.tilesets.get(&part.id)));
        for release in releases.iter().filter(|release| release.collection == part.id) {
            hash.update(format!("{}{:?}", named(release), configuration.source(&release.source)));
        }
    }
    short(hash)
}

fn named(release: &StandingRelease) -> String {
    format!("{}/{}={};", release.source, release.collection, release.id)
}

fn short(hash: Sha256) -> String {
    let mut tag = digest::hex(hash);
    tag.truncate(16);
    tag
}
