//! The edition as a whole.

use crate::layer::Layer;
use crate::making::{Making, Plan};
use crate::municipalities::{self, Municipalities};
use crate::{dissolve, drawn, inherit};
use domain::{CollectionId, MetricCrs, Territory};
use geometry::Crs;
use std::sync::Arc;

/// Everything published at one time.
#[derive(Debug)]
pub struct Edition {
    /// The territory.
    pub territory: Arc<Territory>,
    /// The collections, in the order of their definitions; those without a record too.
    pub layers: Vec<Arc<Layer>>,
    /// The municipalities by code.
    pub places: Arc<Municipalities>,
    /// What tells this edition from any other: the same text means the same answers.
    pub tag: String,
}

impl Edition {
    /// Builds an edition. `tag` has to differ whenever the layers or their definitions do. A layer can be kept if it and all that
    /// it is made of ([`dependencies`](crate::dependencies)) is the same as before.
    #[must_use]
    pub fn build(territory: Arc<Territory>, layers: Vec<impl Into<Plan>>, tag: String) -> Self {
        let mut all: Vec<Making> = layers.into_iter().map(|plan| plan.into().into()).collect();
        dissolve::fill(&mut all);
        inherit::fill(&mut all);
        // Municipalities come first: they are where all that is known by its municipality alone is shown.
        let (first, rest): (Vec<_>, Vec<_>) = all
            .into_iter()
            .enumerate()
            .partition(|(_, making)| municipalities::are_held_by(making.collection()));
        let metric = plane(territory.metric_crs);
        let (mut ground, mut places) = (None::<Arc<Layer>>, Arc::new(Municipalities::default()));
        let mut layers = Vec::new();
        for (position, making) in first.into_iter().chain(rest) {
            let layer = match making {
                Making::Stated(stated) => {
                    let drawn = ground.as_deref().map(|ground| drawn::municipalities(&stated, ground));
                    Arc::new(Layer::new(*stated, places.clone(), &drawn.unwrap_or_default(), metric))
                }
                Making::Kept(layer) => layer,
            };
            if municipalities::are_held_by(&layer.collection) {
                places = layer.municipalities.clone();
                ground = Some(layer.clone());
            }
            layers.push((position, layer));
        }
        layers.sort_by_key(|(position, _)| *position);
        Self { territory, layers: layers.into_iter().map(|(_, layer)| layer).collect(), places, tag }
    }

    /// The records that belong to the feature at `position` of one of the edition's layers: for each collection that has some,
    /// its layer and their places in it, ascending.
    #[must_use]
    pub fn children(&self, layer: &Layer, position: usize) -> Vec<(&Layer, Vec<u32>)> {
        let found = self.all().map(|child| (child, child.children_of(layer, position)));
        found.filter(|(_, children)| !children.is_empty()).collect()
    }

    /// The layer of a collection.
    #[must_use]
    pub fn layer(&self, id: &CollectionId) -> Option<&Layer> {
        self.all().find(|layer| &layer.collection.id == id)
    }

    /// The plane in which the territory is measured, and its layers are surveyed.
    #[must_use]
    pub fn metric(&self) -> Crs {
        plane(self.territory.metric_crs)
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

    fn all(&self) -> impl Iterator<Item = &Layer> {
        self.layers.iter().map(AsRef::as_ref)
    }
}

const fn plane(metric: MetricCrs) -> Crs {
    match metric {
        MetricCrs::Utm32 => Crs::Utm32,
        MetricCrs::Utm33 => Crs::Utm33,
    }
}
