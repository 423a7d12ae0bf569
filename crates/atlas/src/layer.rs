//! A layer: one collection of the edition.

use crate::anchor::{self, Anchor};
use crate::feature::{self, Feature};
use crate::geojson;
use crate::municipalities::Municipalities;
use crate::origin::Origin;
use domain::{Collection, FeatureId, GeometryKind};
use geometry::{Bbox, Index};
use std::sync::Arc;

/// A collection in memory: its features by number, their index, and their GeoJSON, written once.
#[derive(Debug)]
pub struct Layer {
    /// The definition.
    pub collection: Arc<Collection>,
    /// Where its features come from.
    pub origins: Vec<Origin>,
    /// The features, by ascending number.
    pub features: Vec<Feature>,
    /// Municipalities with the features that lie in them; only for collections whose records have locations.
    pub anchors: Vec<Anchor>,
    /// The box around all shown shapes, in degrees; `None` if there is none.
    pub bbox: Option<Bbox>,
    /// Over the shown shapes, in degrees.
    shown: PlacedIndex,
    /// Over the own shapes, in world units.
    world: PlacedIndex,
    geojson: geojson::Bodies,
}

impl Layer {
    pub(crate) fn new(
        collection: Arc<Collection>,
        origins: Vec<Origin>,
        mut features: Vec<Feature>,
        municipalities: &Municipalities,
    ) -> Self {
        features.sort_by_key(|feature| feature.id);
        let lacks_shape = |feature: &Feature| feature.shapes.is_empty();
        let anchors = match collection.geometry {
            GeometryKind::Locations => anchor::anchors(&features, municipalities),
            _ if collection.may_lack_shapes() && features.iter().any(lacks_shape) => {
                anchor::anchors(&features, municipalities)
            }
            _ => Vec::new(),
        };
        let shown = PlacedIndex::build(features.iter().map(Feature::bbox));
        Self {
            bbox: shown.bbox,
            shown,
            world: PlacedIndex::build(features.iter().map(|feature| feature::around(&feature.world))),
            geojson: geojson::Bodies::write(&collection, &origins, &features),
            collection,
            origins,
            features,
            anchors,
        }
    }

    /// The place of the feature with this number.
    #[must_use]
    pub fn position(&self, id: FeatureId) -> Option<usize> {
        self.features.binary_search_by_key(&id, |feature| feature.id).ok()
    }

    /// The GeoJSON of the feature at `position`: one `Feature` object, in UTF-8.
    #[must_use]
    pub fn geojson(&self, position: usize) -> &[u8] {
        self.geojson.get(position)
    }

    /// The form of its GeoJSON that is kept ready.
    #[must_use]
    pub fn usual_form(&self) -> geojson::Form {
        geojson::Form::usual(&self.collection, &self.origins)
    }

    /// Writes the GeoJSON of the feature at `position` in another form than the usual one.
    pub fn write_geojson(&self, out: &mut Vec<u8>, position: usize, form: &geojson::Form) {
        geojson::write_feature(out, &self.collection, &self.origins, &self.features[position], form);
    }

    /// Where the feature at `position` comes from.
    #[must_use]
    pub fn origin(&self, position: usize) -> &Origin {
        &self.origins[self.features[position].origin]
    }

    /// The places, ascending, of features whose shown shapes have a box that meets `bbox`, in degrees.
    #[must_use]
    pub fn near(&self, bbox: Bbox) -> Vec<u32> {
        self.shown.query(bbox)
    }

    /// The places, ascending, of features whose own shapes have a box that meets `bbox`, in world units.
    #[must_use]
    pub fn near_in_world(&self, bbox: Bbox) -> Vec<u32> {
        self.world.query(bbox)
    }
}

/// An index over those features that have a box.
#[derive(Debug)]
struct PlacedIndex {
    index: Index,
    places: Vec<u32>,
    bbox: Option<Bbox>,
}

impl PlacedIndex {
    fn build(boxes: impl Iterator<Item = Option<Bbox>>) -> Self {
        let placed: Vec<(u32, Bbox)> =
            (0..).zip(boxes).filter_map(|(place, bbox)| Some((place, bbox?))).collect();
        Self {
            bbox: placed.iter().map(|(_, bbox)| *bbox).reduce(Bbox::union),
            places: placed.iter().map(|(place, _)| *place).collect(),
            index: Index::build(placed.into_iter().map(|(_, bbox)| bbox)),
        }
    }

    fn query(&self, bbox: Bbox) -> Vec<u32> {
        self.index.query(bbox).into_iter().map(|found| self.places[found as usize]).collect()
    }
}
