//! What handlers share: the edition that is current, how it is drawn, and whether the database answers.

use atlas::{Edition, Layer};
use axum::http::StatusCode;
use domain::CollectionId;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Store;
use tiles::Tileset;
use tokio::sync::watch;

use crate::problem::Problem;

/// Settings of the portal.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address by which clients reach the portal, without a slash at its end, where a proxy hides it: `https://remix.example.it`.
    /// Without it, links follow the `Host` (and `X-Forwarded-Proto`) of each request.
    pub public_url: Option<String>,
}

/// The shared state of all handlers; cheap to clone.
#[derive(Clone)]
pub struct Portal {
    editions: watch::Receiver<Arc<Edition>>,
    tilesets: Arc<BTreeMap<CollectionId, Tileset>>,
    pub(crate) store: Store,
    pub(crate) settings: Arc<Settings>,
}

impl Portal {
    /// A portal that serves the latest of `editions`.
    #[must_use]
    pub fn new(
        editions: watch::Receiver<Arc<Edition>>,
        tilesets: BTreeMap<CollectionId, Tileset>,
        store: Store,
        settings: Settings,
    ) -> Self {
        Self { editions, tilesets: Arc::new(tilesets), store, settings: Arc::new(settings) }
    }

    /// The edition that is current now. A handler takes it once, so that its answer is of one edition.
    pub(crate) fn edition(&self) -> Arc<Edition> {
        self.editions.borrow().clone()
    }

    /// How a collection is drawn.
    pub(crate) fn tileset(&self, id: &CollectionId) -> Option<&Tileset> {
        self.tilesets.get(id)
    }
}

/// The layer of the collection that an address names.
///
/// # Errors
/// 404 with the names there are.
pub(crate) fn layer<'e>(edition: &'e Edition, id: &str) -> Result<&'e Layer, Problem> {
    let found = CollectionId::parse(id).and_then(|id| edition.layer(&id));
    found.ok_or_else(|| {
        let known: Vec<_> = edition.layers.iter().map(|layer| layer.collection.id.as_str()).collect();
        let detail = format!("There is no collection “{id}”: there are {}.", known.join(", "));
        Problem::new(StatusCode::NOT_FOUND, detail)
    })
}
