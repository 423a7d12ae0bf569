//! The edition as a whole.

use crate::complement::{self, Also};
use crate::draft::LayerDraft;
use crate::feature::Feature;
use crate::layer::Layer;
use crate::municipalities::{Municipalities, Municipality};
use crate::relation::Relations;
use crate::{dissolve, inherit, municipalities};
use domain::{CollectionId, FeatureId, MunicipalityCode, Record, Role, Territory};
use std::collections::HashMap;
use std::sync::Arc;

/// Everything published at one time.
#[derive(Debug)]
pub struct Edition {
    /// The territory.
    pub territory: Arc<Territory>,
    /// The collections, in the order of their definitions; those without a record too.
    pub layers: Vec<Arc<Layer>>,
    /// The municipalities by code.
    pub places: Municipalities,
    /// What tells this edition from any other: the same text means the same answers.
    pub tag: String,
    relations: Relations,
}

impl Edition {
    /// Builds an edition. `tag` has to differ whenever the drafts or their definitions do.
    #[must_use]
    pub fn build(territory: Arc<Territory>, mut drafts: Vec<LayerDraft>, tag: String) -> Self {
        // What two sources say of one proposal is one record before anything is counted or handed on.
        let merged: Vec<_> = drafts.iter_mut().map(complement::merge).collect();
        dissolve::fill(&mut drafts);
        inherit::fill(&mut drafts);
        // Municipalities come first: they are where all that is known by its municipality alone is shown.
        let (first, rest): (Vec<_>, Vec<_>) = drafts
            .into_iter()
            .zip(merged)
            .enumerate()
            .partition(|(_, (draft, _))| municipalities::are_held_by(&draft.collection));
        let mut places = Municipalities::default();
        let mut layers = Vec::new();
        for (place, (draft, merged)) in first.into_iter().chain(rest) {
            let layer = build_layer(draft, merged, &places);
            if municipalities::are_held_by(&layer.collection) {
                places = places_of(&layer);
            }
            layers.push((place, layer));
        }
        layers.sort_by_key(|(place, _)| *place);
        let layers: Vec<_> = layers.into_iter().map(|(_, layer)| Arc::new(layer)).collect();
        let relations = Relations::of(&layers);
        Self { territory, layers, places, tag, relations }
    }

    /// The records that belong to the feature at `position` of one of the edition's layers: for each collection that has some,
    /// its layer and their places in it, ascending.
    #[must_use]
    pub fn children(&self, layer: &Layer, position: usize) -> Vec<(&Layer, Vec<u32>)> {
        let place = self.layers.iter().position(|it| it.collection.id == layer.collection.id);
        let Some(place) = place.filter(|_| position < layer.len()) else { return Vec::new() };
        let children = self.relations.children(place, |field| layer.value(position, field)).into_iter();
        children.map(|(child, places)| (&*self.layers[child], places)).collect()
    }

    /// The layer of a collection.
    #[must_use]
    pub fn layer(&self, id: &CollectionId) -> Option<&Layer> {
        self.all().find(|layer| &layer.collection.id == id)
    }

    fn all(&self) -> impl Iterator<Item = &Layer> {
        self.layers.iter().map(AsRef::as_ref)
    }

    /// Whether any of it is invented data.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.layers.iter().flat_map(|layer| &layer.origins).any(|origin| origin.demo)
    }

    /// The layer whose records are the municipalities.
    #[must_use]
    pub fn municipalities(&self) -> Option<&Layer> {
        self.all().find(|layer| municipalities::are_held_by(&layer.collection))
    }
}

/// The municipalities of a layer as places.
fn places_of(layer: &Layer) -> Municipalities {
    let place = |position: usize| {
        let code = layer.text(position, Role::Municipality)?;
        let name = layer.text(position, Role::Title)?;
        let municipality =
            Municipality { name: name.to_owned(), point: layer.inner_point(position)?, position };
        Some((MunicipalityCode::parse(code).ok()?, municipality))
    };
    (0..layer.len()).filter_map(place).collect()
}

fn build_layer(
    draft: LayerDraft,
    mut merged: HashMap<FeatureId, Vec<Also>>,
    municipalities: &Municipalities,
) -> Layer {
    let kind = draft.collection.geometry;
    let feature = |(id, origin, record): (FeatureId, usize, Record)| {
        let also = merged.remove(&id).unwrap_or_default();
        Feature { also, ..Feature::new(id, record, origin, kind, municipalities) }
    };
    let features = draft.records.into_iter().map(feature).collect();
    Layer::new(draft.collection, draft.origins, features, municipalities, draft.tag)
}
