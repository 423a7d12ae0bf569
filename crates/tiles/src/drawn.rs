//! An edition, and how it is drawn.

use crate::Tileset;
use atlas::Edition;
use domain::CollectionId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An edition, and how its collections are drawn into tiles: what is served.
#[derive(Debug)]
pub struct Drawn {
    /// The edition.
    pub edition: Arc<Edition>,
    tilesets: Arc<BTreeMap<CollectionId, Tileset>>,
}

impl Drawn {
    /// Draws an edition as the tilesets say.
    #[must_use]
    pub const fn new(edition: Arc<Edition>, tilesets: Arc<BTreeMap<CollectionId, Tileset>>) -> Self {
        Self { edition, tilesets }
    }

    /// How a collection is drawn.
    #[must_use]
    pub fn tileset(&self, id: &CollectionId) -> Option<&Tileset> {
        self.tilesets.get(id)
    }
}
