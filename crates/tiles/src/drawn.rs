//! An edition, and how it is drawn.

use crate::{Pyramid, Tileset};
use atlas::{Edition, Layer};
use domain::{CollectionId, GeometryKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An edition with the pyramids of its collections: what is served.
#[derive(Debug)]
pub struct Drawn {
    /// The edition.
    pub edition: Arc<Edition>,
    pyramids: BTreeMap<CollectionId, Arc<Pyramid>>,
}

impl Drawn {
    /// Draws an edition as the tilesets say. What is as it was `before` is taken from there; the rest takes a second for a
    /// million positions.
    #[must_use]
    pub fn new(
        edition: Arc<Edition>,
        tilesets: &BTreeMap<CollectionId, Tileset>,
        before: Option<&Self>,
    ) -> Self {
        let mut layers: Vec<&Layer> = edition.layers.iter().map(AsRef::as_ref).collect();
        // Drawing takes memory beside what it makes, by the positions: the most first, while nothing else is drawn yet.
        layers.sort_by_cached_key(|layer| Reverse(positions(layer)));
        let pyramids = layers.into_iter().filter_map(|layer| {
            let id = &layer.collection.id;
            let tileset = tilesets.get(id).filter(|_| layer.collection.geometry != GeometryKind::None)?;
            let known = before.and_then(|before| before.pyramid(id));
            let known = known.filter(|known| known.tag == layer.tag && known.tileset == *tileset).cloned();
            Some((id.clone(), known.unwrap_or_else(|| Arc::new(Pyramid::build(layer, tileset)))))
        });
        let pyramids = pyramids.collect();
        Self { edition, pyramids }
    }

    /// Draws a past edition as the present one is drawn, of which what is the same is taken.
    #[must_use]
    pub fn then(edition: Arc<Edition>, present: &Self) -> Self {
        let tilesets = present.pyramids.iter().map(|(id, pyramid)| (id.clone(), pyramid.tileset.clone()));
        Self::new(edition, &tilesets.collect(), Some(present))
    }

    /// The layer of which a pyramid is drawn.
    #[must_use]
    pub fn layer_of(&self, pyramid: &Pyramid) -> Option<&Layer> {
        self.edition
            .layers
            .iter()
            .map(|layer| &**layer)
            .find(|layer| layer.collection.id.as_str() == pyramid.name)
    }

    /// A collection as it is drawn; `None` if its records are not places.
    #[must_use]
    pub fn pyramid(&self, id: &CollectionId) -> Option<&Arc<Pyramid>> {
        self.pyramids.get(id)
    }
}

/// How many positions the shapes of a layer have.
fn positions(layer: &Layer) -> usize {
    (0..layer.len()).flat_map(|at| layer.shapes(at)).map(|shape| shape.coords().len()).sum()
}
