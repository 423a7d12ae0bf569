//! The form in which features are written.

use crate::origin::Origin;
use crate::property::Property;
use domain::Collection;
use geometry::Reference;

/// What is written of a feature, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The system of its coordinates: axes are in the order that it says, decimals as many as mean something in it.
    pub reference: Reference,
    /// The properties, in the order in which they are written; never none.
    pub properties: Vec<Property>,
    /// Whether the geometry is written; null if not.
    pub geometry: bool,
}

impl Form {
    /// Longitude and latitude, all properties, with geometry.
    #[must_use]
    pub fn usual(collection: &Collection, origins: &[Origin]) -> Self {
        let properties = Property::all(collection, origins);
        Self { reference: Reference::Crs84, properties, geometry: true }
    }

    /// The same form with these properties only, and with those that every feature carries: its source, its release and its
    /// date of extraction.
    #[must_use]
    pub fn with_properties(mut self, chosen: &[Property]) -> Self {
        self.properties.retain(|property| chosen.contains(property) || property.is_always_written());
        self
    }
}
