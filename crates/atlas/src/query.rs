//! Which features of a layer are asked for.

use crate::feature::Feature;
use crate::layer::Layer;
use domain::{LocationPrecision, MunicipalityCode, Value};
use geometry::{Bbox, intersects};

/// Conditions that all have to hold.
#[derive(Debug, Default)]
pub struct Query {
    /// Boxes in degrees: the shown shape has to meet one of them. Two where the asker's box crosses the antimeridian.
    pub boxes: Vec<Bbox>,
    /// Conditions on single properties.
    pub conditions: Vec<Condition>,
}

/// A condition on one property.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The field at this place has this value.
    Equals(usize, Value),
    /// The best precision is one of these.
    Precision(Vec<LocationPrecision>),
    /// One of the locations lies in this municipality.
    Municipality(MunicipalityCode),
}

impl Layer {
    /// The places, ascending, of the features that a query asks for.
    #[must_use]
    pub fn select(&self, query: &Query) -> Vec<u32> {
        let fits = |place: &u32| {
            let feature = &self.features[*place as usize];
            query.conditions.iter().all(|condition| condition.holds(feature))
        };
        let all = 0..u32::try_from(self.features.len()).unwrap_or(u32::MAX);
        match query.boxes.as_slice() {
            [] => all.filter(fits).collect(),
            [one] => {
                self.near(*one).into_iter().filter(|place| self.meets(*place, *one) && fits(place)).collect()
            }
            several => all
                .filter(|place| several.iter().any(|bbox| self.meets(*place, *bbox)) && fits(place))
                .collect(),
        }
    }

    fn meets(&self, place: u32, bbox: Bbox) -> bool {
        self.features[place as usize].shown.iter().any(|shape| intersects::bbox(shape, bbox))
    }
}

impl Condition {
    fn holds(&self, feature: &Feature) -> bool {
        match self {
            Self::Equals(field, value) => feature.record.values.get(*field) == Some(value),
            Self::Precision(precisions) => precisions.contains(&feature.precision),
            Self::Municipality(code) => feature.municipalities.contains(code),
        }
    }
}
