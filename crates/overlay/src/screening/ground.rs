//! The place that is screened: drawn by somebody, or a record of the edition.

use atlas::{Edition, Layer};
use geometry::{Crs, Kind, Shape, Survey};

use crate::measure::Drawn;
use crate::side::Place;
use crate::territory::Territory;

/// A place to be screened.
#[derive(Debug)]
pub enum Ground<'e> {
    /// Drawn by somebody.
    Drawn {
        /// Its shapes in the metric plane of the territory: the only record.
        survey: Box<Survey>,
        /// The same in degrees, one of each kind at most.
        shapes: Vec<Shape>,
        /// That plane.
        metric: Crs,
    },
    /// A record: its layer, and its place there.
    Record(&'e Layer, usize),
}

impl<'e> Ground<'e> {
    /// The place with these shapes, in degrees: valid, and one of each kind at most. It is projected once.
    #[must_use]
    pub fn of_shapes(edition: &Edition, shapes: Vec<Shape>) -> Self {
        let metric = edition.metric();
        let survey = Survey::projected([shapes.as_slice()], (Crs::Geographic, metric));
        Self::Drawn { survey: Box::new(survey), shapes, metric }
    }

    /// Its shapes in degrees; none if it is not drawn.
    #[must_use]
    pub fn shapes(&self) -> &[Shape] {
        match self {
            Self::Drawn { shapes, .. } => shapes,
            Self::Record(layer, at) => layer.shapes(*at),
        }
    }

    /// What it shares with a record, as shapes in degrees: what of it lies in the record's surface, or, if the record has none, what of
    /// the record lies in it.
    #[must_use]
    pub fn clipped(&self, layer: &Layer, at: usize) -> Vec<Shape> {
        let (own, survey) = (self.drawn(), layer.survey());
        let shapes = if survey.area(at) > 0.0 {
            own.survey.clipped(own.at, survey, at)
        } else {
            survey.clipped(at, own.survey, own.at)
        };
        shapes.iter().map(|shape| shape.transform(layer.metric(), Crs::Geographic)).collect()
    }

    /// The record that it is.
    pub(super) fn record(&self) -> Option<(&'e Layer, u32)> {
        match self {
            Self::Drawn { .. } => None,
            Self::Record(layer, at) => u32::try_from(*at).ok().map(|row| (*layer, row)),
        }
    }

    /// Whether it is the record at a place of a layer.
    pub(super) fn is(&self, layer: &Layer, at: usize) -> bool {
        matches!(self, Self::Record(own, position) if std::ptr::eq(*own, layer) && *position == at)
    }

    /// It as it is measured.
    pub(super) fn drawn(&self) -> Drawn<'_> {
        match self {
            Self::Drawn { survey, shapes, .. } => Drawn::alone(survey, shapes),
            Self::Record(layer, at) => Drawn::new(layer, *at),
        }
    }

    /// Where it is.
    pub(super) fn place(&self, territory: &Territory<'_>) -> Place {
        match self {
            Self::Drawn { .. } => Place { is_drawn: true, ..Place::default() },
            Self::Record(layer, at) => Place::of(layer, *at, territory),
        }
    }

    /// Whether all its shapes are of this kind.
    pub(super) fn is_all(&self, kind: Kind) -> bool {
        self.shapes().iter().all(|shape| shape.kind() == kind)
    }
}
