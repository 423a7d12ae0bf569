//! A layer: one collection of the edition.

use crate::anchor::{self, Anchor};
use crate::column::Column;
use crate::complement::Also;
use crate::location::Location;
use crate::municipalities::{self, Municipalities, Municipality};
use crate::origin::Origin;
use crate::relation::Relation;
use crate::residence::Residences;
use crate::rows::Rows;
use crate::search::lexicon::Lexicon;
use crate::stated::Stated;
use domain::{Collection, FeatureId, GeometryKind, Key, LocationPrecision, MunicipalityCode, Role, Value};
use geometry::{Bbox, Crs, Index, Shape, Survey, Xy, interior};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A collection in memory. Its features are known by their place in it, from 0, in the order of their numbers.
#[derive(Debug)]
pub struct Layer {
    /// The definition.
    pub collection: Arc<Collection>,
    /// Where its features come from.
    pub origins: Vec<Origin>,
    /// Municipalities with the features that lie in them, by code; only for collections whose records have locations.
    pub anchors: Vec<Anchor>,
    /// The box around all shown shapes, in degrees; `None` if there is none.
    pub bbox: Option<Bbox>,
    /// What tells its content from any other: the same text means the same features.
    pub tag: String,
    /// The municipalities by which its features are shown; of the layer of municipalities, its own.
    pub(crate) municipalities: Arc<Municipalities>,
    pub(crate) rows: Arc<Rows>,
    also: HashMap<FeatureId, Vec<Also>>,
    precisions: Vec<LocationPrecision>,
    residences: Residences,
    /// Over where its features are shown, in degrees.
    shown: OnceLock<Index>,
    relation: Option<Relation>,
    metric: Crs,
    survey: OnceLock<Survey>,
    lexicon: OnceLock<Lexicon>,
}

impl Layer {
    /// `drawn` are the municipalities of what is drawn and names none ([`drawn`](crate::drawn)), `metric` is the plane in which its shapes
    /// are measured.
    pub(crate) fn new(
        stated: Stated,
        municipalities: Arc<Municipalities>,
        drawn: &[(u32, Vec<MunicipalityCode>)],
        metric: Crs,
    ) -> Self {
        let Stated { collection, origins, tag, rows, also } = stated;
        let places = || 0..rows.ids.len();
        let locations = |at: usize| rows.places.locations(at).map(|location| location.precision);
        let precision = |at: usize| locations(at).min().unwrap_or(LocationPrecision::None);
        let lacks_shape = |at: usize| rows.places.shapes(at).is_empty();
        let has_anchors = collection.geometry == GeometryKind::Locations
            || collection.may_lack_shapes() && places().any(lacks_shape);
        let anchors = if has_anchors { anchor::anchors(&rows, &municipalities) } else { Vec::new() };
        let mut layer = Self {
            precisions: places().map(precision).collect(),
            residences: Residences::of(
                &rows,
                |code| collection.geometry != GeometryKind::Locations || municipalities.get(code).is_some(),
                drawn,
            ),
            relation: Relation::of(&collection, &rows),
            municipalities,
            shown: OnceLock::new(),
            bbox: None,
            metric,
            survey: OnceLock::new(),
            lexicon: OnceLock::new(),
            collection,
            origins,
            anchors,
            tag,
            rows: Arc::new(rows),
            also,
        };
        layer.bbox = (0..layer.len()).filter_map(|at| layer.shown_bbox(at)).reduce(Bbox::union);
        if municipalities::are_held_by(&layer.collection) {
            layer.municipalities =
                Arc::new((0..layer.len()).filter_map(|at| layer.municipality(at)).collect());
        }
        layer
    }

    /// How many features there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.ids.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.ids.is_empty()
    }

    /// The place of the feature with this number.
    #[must_use]
    pub fn position(&self, id: FeatureId) -> Option<usize> {
        self.rows.ids.binary_search(&id).ok()
    }

    /// The public number of the feature at a place; places ascend with numbers.
    #[must_use]
    pub fn id(&self, at: usize) -> FeatureId {
        self.rows.ids[at]
    }

    /// What all features state in the field at a place of the collection.
    #[must_use]
    pub fn column(&self, field: usize) -> &Column {
        &self.rows.columns[field]
    }

    /// What the feature states in the field at a place of the collection.
    #[must_use]
    pub fn value(&self, at: usize, field: usize) -> &Value {
        self.rows.value(at, field)
    }

    /// What it states, field by field.
    #[must_use]
    pub fn values(&self, at: usize) -> impl ExactSizeIterator<Item = &Value> {
        self.rows.columns.iter().map(move |column| column.value(at))
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
        self.rows.key(&self.collection, at)
    }

    /// What it is called: its title, or else its key.
    #[must_use]
    pub fn title(&self, at: usize) -> Cow<'_, str> {
        self.text(at, Role::Title).map_or_else(|| self.key(at).to_string().into(), Cow::from)
    }

    /// Where it comes from.
    #[must_use]
    pub fn origin(&self, at: usize) -> &Origin {
        &self.origins[usize::from(self.rows.origins[at])]
    }

    /// What other sources say of it as well, before it was official.
    #[must_use]
    pub fn also(&self, at: usize) -> &[Also] {
        if self.also.is_empty() {
            return &[];
        }
        self.also.get(&self.id(at)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The feature that a record of another source was put together with, by the number under which that would stand alone.
    #[must_use]
    pub fn merged_into(&self, id: FeatureId) -> Option<FeatureId> {
        let merged = |also: &[Also]| also.iter().any(|also| also.id == id);
        self.also.iter().find(|(_, also)| merged(also)).map(|(official, _)| *official)
    }

    /// The best precision of its locations.
    #[must_use]
    pub fn precision(&self, at: usize) -> LocationPrecision {
        self.precisions[at]
    }

    /// The municipalities in which it lies, by code; of a collection whose records have locations, those of the territory that these name, or
    /// in which they are drawn if they name none.
    #[must_use]
    pub fn municipalities(&self, at: usize) -> &[MunicipalityCode] {
        self.residences.of_record(at)
    }

    /// Its places, in the order of the source. A record with a shape of its own has one that carries it.
    #[must_use]
    pub fn locations(&self, at: usize) -> impl ExactSizeIterator<Item = Location<'_>> {
        self.rows.places.locations(at)
    }

    /// Its own shapes in degrees (EPSG:4326), at most one of each kind; none if only a municipality or less is known.
    #[must_use]
    pub fn shapes(&self, at: usize) -> &[Shape] {
        self.rows.places.shapes(at)
    }

    /// The plane in which its shapes are measured.
    #[must_use]
    pub const fn metric(&self) -> Crs {
        self.metric
    }

    /// The shapes of all its features in the metric plane of the territory, ready to be measured. It is made when it is first asked
    /// for.
    #[must_use]
    pub fn survey(&self) -> &Survey {
        let shapes = || (0..self.len()).map(|at| self.shapes(at));
        self.survey.get_or_init(|| Survey::projected(shapes(), (Crs::Geographic, self.metric)))
    }

    /// The places, ascending, of the features that are drawn somewhere without saying in which municipality: theirs are those in which
    /// they are drawn.
    #[must_use]
    pub fn unnamed(&self) -> &[u32] {
        self.residences.unnamed()
    }

    /// The words of its features, ready to be searched. They are gathered when they are first asked for.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            Lexicon::of(&self.collection, &self.rows, |at| {
                self.municipalities(at)
                    .iter()
                    .filter_map(|code| Some(self.municipalities.get(*code)?.name.as_str()))
            })
        })
    }

    /// Where it is shown in features, in degrees: its own shapes, or else a point inside each of its municipalities.
    #[must_use]
    pub fn shown(&self, at: usize) -> Cow<'_, [Shape]> {
        match self.shapes(at) {
            [] => Shape::points(self.anchor_points(at)).into_iter().collect(),
            own => Cow::Borrowed(own),
        }
    }

    /// The box around where it is shown, in degrees; `None` if it is shown nowhere.
    #[must_use]
    pub fn shown_bbox(&self, at: usize) -> Option<Bbox> {
        let own = self.shapes(at).iter().map(Shape::bbox).reduce(Bbox::union);
        own.or_else(|| self.anchor_points(at).map(|point| Bbox::new(point, point)).reduce(Bbox::union))
    }

    /// A point inside each of its municipalities, in degrees.
    fn anchor_points(&self, at: usize) -> impl Iterator<Item = Xy> {
        self.municipalities(at).iter().filter_map(|code| Some(self.municipalities.get(*code)?.point()))
    }

    /// A point well inside its polygons, in degrees, where its name is written; `None` for points and lines. It is worked out each
    /// time.
    #[must_use]
    pub fn inner_point(&self, at: usize) -> Option<Xy> {
        self.rows.places.polygons(at).map(interior::point)
    }

    /// The places, ascending, of features whose shown shapes have a box that meets `bbox`, in degrees.
    #[must_use]
    pub fn near(&self, bbox: Bbox) -> Vec<u32> {
        self.shown_index().query(bbox)
    }

    /// Over where its features are shown. It is made when it is first asked for.
    pub(crate) fn shown_index(&self) -> &Index {
        let shown = || (0..).zip(0..self.len()).filter_map(|(place, at)| Some((place, self.shown_bbox(at)?)));
        self.shown.get_or_init(|| Index::build(shown()))
    }

    /// The places, ascending, of the features that belong to the one at `at` of another layer.
    pub(crate) fn children_of(&self, parent: &Self, at: usize) -> Vec<u32> {
        let definition = self.collection.parent.as_ref().filter(|it| it.collection == parent.collection.id);
        let Some((definition, relation)) = definition.zip(self.relation.as_ref()) else { return Vec::new() };
        let value = |id: &String| Some(parent.value(at, parent.collection.position(id)?));
        let values: Option<Vec<&Value>> = definition.fields.iter().map(value).collect();
        values.map(|values| relation.children(&self.rows, &values)).unwrap_or_default()
    }

    /// The feature at a place as a municipality.
    fn municipality(&self, at: usize) -> Option<(MunicipalityCode, Municipality)> {
        let code = MunicipalityCode::parse(self.text(at, Role::Municipality)?).ok()?;
        let name = self.text(at, Role::Title)?.to_owned();
        Some((code, Municipality::new(name, &self.rows, at)?))
    }
}
