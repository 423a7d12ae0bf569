//! What is downloaded.

use crate::column::Column;
use atlas::{Edition, Form, Layer};
use domain::{GeometryKind, Territory};
use geometry::{Crs, Shape};
use std::borrow::Cow;
use std::sync::Arc;

/// Some records of a collection, and the form in which they are told. The collection is kept as it is while it is being read.
#[derive(Clone, Debug)]
pub struct Selection {
    territory: Arc<Territory>,
    layer: Arc<Layer>,
    places: Vec<u32>,
    form: Form,
}

impl Selection {
    /// The records of a layer of an edition at these places, in their order, with all their properties, in degrees.
    #[must_use]
    pub fn new(edition: &Edition, layer: &Arc<Layer>, places: Vec<u32>) -> Self {
        Self { form: layer.usual_form(), territory: edition.territory.clone(), layer: layer.clone(), places }
    }

    /// All records of a layer.
    #[must_use]
    pub fn whole(edition: &Edition, layer: &Arc<Layer>) -> Self {
        Self::new(edition, layer, (0..u32::try_from(layer.len()).unwrap_or(u32::MAX)).collect())
    }

    /// The same records in another form.
    #[must_use]
    pub fn with_form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// The layer that the records are of.
    #[must_use]
    pub fn layer(&self) -> &Layer {
        &self.layer
    }

    /// The territory that they are of.
    #[must_use]
    pub fn territory(&self) -> &Territory {
        &self.territory
    }

    /// In which system they are, and what is told of each.
    #[must_use]
    pub const fn form(&self) -> &Form {
        &self.form
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The place of the record of this rank in the layer; `None` behind the last.
    #[must_use]
    pub fn place(&self, rank: usize) -> Option<usize> {
        self.places.get(rank).map(|place| *place as usize)
    }

    /// The places of all of them in the layer.
    #[must_use]
    pub fn places(&self) -> impl ExactSizeIterator<Item = usize> {
        self.places.iter().map(|place| *place as usize)
    }

    /// Whether these are not all records of the collection.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.len() < self.layer.len()
    }

    /// The columns of a table of them.
    pub fn columns(&self) -> impl Iterator<Item = Column> {
        let properties = self.form.properties.iter().copied().map(Column::Property);
        [Column::Id].into_iter().chain(properties)
    }

    /// Whether they have a geometry at all, be it that some lack theirs.
    #[must_use]
    pub fn has_geometry(&self) -> bool {
        self.form.geometry && self.layer.collection.geometry != GeometryKind::None
    }

    /// Where the record at a place of the layer is shown, as in GeoJSON, with the eastward coordinate first; nowhere if no
    /// geometry is told.
    #[must_use]
    pub fn shown(&self, place: usize) -> Cow<'_, [Shape]> {
        if !self.has_geometry() {
            return Cow::Borrowed(&[]);
        }
        let shown = self.layer.shown(place);
        match self.form.reference.plane() {
            Crs::Geographic => shown,
            other => shown.iter().map(|shape| shape.transform(Crs::Geographic, other)).collect(),
        }
    }
}
