//! A layer: one collection of the edition.

use crate::anchor::{self, Anchor};
use crate::complement::Also;
use crate::feature::{self, Feature};
use crate::geojson::{self, Form};
use crate::location::Location;
use crate::municipalities::Municipalities;
use crate::origin::Origin;
use domain::{Collection, FeatureId, GeometryKind, Key, LocationPrecision, MunicipalityCode, Role, Value};
use geometry::{Bbox, Crs, Index, Shape, Xy};
use std::borrow::Cow;
use std::sync::Arc;

/// A collection in memory. Its features are known by their place in it, from 0, in the order of their numbers.
#[derive(Debug)]
pub struct Layer {
    /// The definition.
    pub collection: Arc<Collection>,
    /// Where its features come from.
    pub origins: Vec<Origin>,
    /// Municipalities with the features that lie in them; only for collections whose records have locations.
    pub anchors: Vec<Anchor>,
    /// The box around all shown shapes, in degrees; `None` if there is none.
    pub bbox: Option<Bbox>,
    /// What tells its content from any other: the same text means the same features.
    pub tag: String,
    pub(crate) features: Vec<Feature>,
    /// Over the shown shapes, in degrees.
    shown: PlacedIndex,
    /// Over the own shapes, in world units.
    world: PlacedIndex,
}

impl Layer {
    pub(crate) fn new(
        collection: Arc<Collection>,
        origins: Vec<Origin>,
        mut features: Vec<Feature>,
        municipalities: &Municipalities,
        tag: String,
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
            collection,
            origins,
            features,
            anchors,
            tag,
        }
    }

    /// How many features there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// The place of the feature with this number.
    #[must_use]
    pub fn position(&self, id: FeatureId) -> Option<usize> {
        self.features.binary_search_by_key(&id, |feature| feature.id).ok()
    }

    /// The public number of the feature at a place; places ascend with numbers.
    #[must_use]
    pub fn id(&self, at: usize) -> FeatureId {
        self.features[at].id
    }

    /// What the feature states in the field at a place of the collection.
    #[must_use]
    pub fn value(&self, at: usize, field: usize) -> &Value {
        &self.features[at].record.values[field]
    }

    /// What it states, field by field.
    #[must_use]
    pub fn values(&self, at: usize) -> impl ExactSizeIterator<Item = &Value> {
        (0..self.collection.fields.len()).map(move |field| self.value(at, field))
    }

    /// What it states in the field with a role; `None` if the collection has no such field.
    #[must_use]
    pub fn value_of(&self, at: usize, role: Role) -> Option<&Value> {
        Some(self.value(at, self.collection.with_role(role)?))
    }

    /// The text of the field with a role; `None` if it is missing or no text.
    #[must_use]
    pub fn text(&self, at: usize, role: Role) -> Option<&str> {
        self.value_of(at, role)?.as_text()
    }

    /// Its natural key.
    #[must_use]
    pub fn key(&self, at: usize) -> Key {
        self.features[at].record.key.clone()
    }

    /// What it is called: its title, or else its key.
    #[must_use]
    pub fn title(&self, at: usize) -> Cow<'_, str> {
        self.text(at, Role::Title).map_or_else(|| self.key(at).to_string().into(), Cow::from)
    }

    /// Where it comes from.
    #[must_use]
    pub fn origin(&self, at: usize) -> &Origin {
        &self.origins[self.features[at].origin]
    }

    /// What other sources say of it as well, before it was official.
    #[must_use]
    pub fn also(&self, at: usize) -> &[Also] {
        &self.features[at].also
    }

    /// The best precision of its locations.
    #[must_use]
    pub fn precision(&self, at: usize) -> LocationPrecision {
        self.features[at].precision
    }

    /// The municipalities in which it lies, by code; of a collection whose records have locations, those of the territory.
    #[must_use]
    pub fn municipalities(&self, at: usize) -> &[MunicipalityCode] {
        &self.features[at].municipalities
    }

    /// Its places, in the order of the source. A record with a shape of its own has one that carries it.
    #[must_use]
    pub fn locations(&self, at: usize) -> impl ExactSizeIterator<Item = Location<'_>> {
        let feature = &self.features[at];
        feature.record.locations.iter().zip(&feature.drawn).map(|(location, shape)| Location {
            precision: location.precision(),
            province: location.province,
            municipality: location.municipality,
            municipality_name: location.municipality_name.as_deref(),
            address: location.address.as_deref(),
            postal_code: location.postal_code.as_deref(),
            share_percent: location.share_percent,
            shape: shape.as_ref(),
        })
    }

    /// Its own shapes in degrees (EPSG:4326), at most one of each kind; none if only a municipality or less is known.
    #[must_use]
    pub fn shapes(&self, at: usize) -> &[Shape] {
        &self.features[at].shapes
    }

    /// Where it is shown in features, in degrees: its own shapes, or else a point inside each of its municipalities.
    #[must_use]
    pub fn shown(&self, at: usize) -> Cow<'_, [Shape]> {
        Cow::Borrowed(&self.features[at].shown)
    }

    /// The box around where it is shown, in degrees; `None` if it is shown nowhere.
    #[must_use]
    pub fn shown_bbox(&self, at: usize) -> Option<Bbox> {
        self.features[at].bbox()
    }

    /// A point well inside its polygons, in degrees, where its name is written; `None` for points and lines.
    #[must_use]
    pub fn inner_point(&self, at: usize) -> Option<Xy> {
        self.label(at).map(|label| Crs::World.to(Crs::Geographic, label))
    }

    /// The same in world units.
    #[must_use]
    pub fn label(&self, at: usize) -> Option<Xy> {
        self.features[at].label
    }

    /// Its own shapes in world units: the square of web mercator, 0 to 1, y downwards.
    #[must_use]
    pub fn world(&self, at: usize) -> &[Shape] {
        &self.features[at].world
    }

    /// The form in which its GeoJSON is usually written.
    #[must_use]
    pub fn usual_form(&self) -> Form {
        Form::usual(&self.collection, &self.origins)
    }

    /// Writes the feature at a place at the end of `out`: one GeoJSON `Feature` object, in UTF-8.
    pub fn write_geojson(&self, out: &mut Vec<u8>, at: usize, form: &Form) {
        geojson::write_feature(out, self, at, form);
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
