//! The municipalities as those who measure need them: as shapes in metres, and as the parts of zones and poles.

use atlas::{Edition, Layer, holds_municipalities};
use domain::question::Sliver;
use domain::{MunicipalityCode, Role, Selection};
use geometry::Bbox;
use std::collections::BTreeMap;

use crate::choice::Choice;
use crate::measure::Drawn;

/// The share of a municipality that a pole covers, at least, if the municipality is the pole.
const POLE_SHARE: f64 = 0.5;

/// The municipalities of an edition.
pub struct Territory<'e> {
    edition: &'e Edition,
    layer: Option<&'e Layer>,
}

impl<'e> Territory<'e> {
    pub fn new(edition: &'e Edition) -> Self {
        Self { edition, layer: edition.municipalities() }
    }

    /// The layer of municipalities, if there is one.
    pub const fn layer(&self) -> Option<&'e Layer> {
        self.layer
    }

    /// Whether it is the code of one of them.
    pub fn knows(&self, code: MunicipalityCode) -> bool {
        self.edition.places.get(code).is_some()
    }

    /// The layer of a selection.
    pub fn layer_of(&self, selection: &Selection) -> Option<&'e Layer> {
        self.edition.layer(&selection.collection)
    }

    /// A municipality as it is drawn.
    pub fn drawn(&self, code: MunicipalityCode) -> Option<Drawn<'e>> {
        Some(Drawn::new(self.layer?, self.edition.places.get(code)?.position))
    }

    /// The municipalities whose rectangle meets this one, by code.
    pub fn near(&self, bbox: Bbox) -> Vec<MunicipalityCode> {
        let Some(layer) = self.layer else { return Vec::new() };
        let near = layer.survey().near(bbox).into_iter();
        let mut codes: Vec<MunicipalityCode> = near.filter_map(|at| code(layer, at as usize)).collect();
        codes.sort_unstable();
        codes
    }

    /// Those of which a place has more than a sliver, by code.
    pub fn met(&self, place: Drawn<'_>, sliver: Sliver) -> Vec<MunicipalityCode> {
        let near = place.survey.bbox(place.at).map(|bbox| self.near(bbox)).unwrap_or_default().into_iter();
        let is_met = |code: &MunicipalityCode| {
            self.drawn(*code).is_some_and(|it| place.common(it).is_something(sliver))
        };
        near.filter(is_met).collect()
    }

    /// Whether the records of a layer are municipalities, or are made of some.
    pub fn is_of_units(layer: &Layer) -> bool {
        holds_municipalities(&layer.collection) || layer.collection.dissolved_from.is_some()
    }

    /// All of them by code, with their place in the layer.
    pub fn all(&self) -> impl Iterator<Item = (MunicipalityCode, usize)> {
        self.edition.places.iter().map(|(code, municipality)| (code, municipality.position))
    }

    /// The municipalities that a record is made of: itself, or those of its zone; none for all other records.
    pub fn unit(&self, layer: &Layer, at: usize) -> Vec<MunicipalityCode> {
        if holds_municipalities(&layer.collection) {
            return code(layer, at).into_iter().collect();
        }
        let parts = layer.collection.dissolved_from.as_ref();
        let Some((parts, of)) = parts.zip(self.layer).filter(|(it, of)| it.collection == of.collection.id)
        else {
            return Vec::new();
        };
        let Some(by) = of.collection.position(&parts.by) else { return Vec::new() };
        let key = layer.key(at);
        let of_it = |(_, position): &(MunicipalityCode, usize)| {
            of.value(*position, by).as_text() == key.parts().first().map(String::as_str)
        };
        self.all().filter(of_it).map(|(code, _)| code).collect()
    }

    /// The zone of each municipality, by the code of the zone.
    pub fn zones(&self) -> BTreeMap<MunicipalityCode, String> {
        let Some(layer) = self.layer else { return BTreeMap::new() };
        let zone = |position| Some(layer.text(position, Role::Zone)?.to_owned());
        self.all().filter_map(|(code, position)| Some((code, zone(position)?))).collect()
    }

    /// The pole that each municipality is, by the public number of the pole: the one that covers most of it, and half at least.
    pub fn poles(&self, poles: &Selection) -> BTreeMap<MunicipalityCode, String> {
        let Some((layer, own)) = self.edition.layer(&poles.collection).zip(self.layer) else {
            return BTreeMap::new();
        };
        let chosen = Choice::of(layer, poles);
        let (survey, areas) = (own.survey(), layer.survey());
        let pole = |position: usize| {
            let near = areas.near(survey.bbox(position)?).into_iter();
            let shares = near
                .filter(|row| chosen.holds(*row))
                .map(|row| (survey.overlap_area(position, areas, row as usize) / survey.area(position), row));
            let (share, row) = shares.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
            (share >= POLE_SHARE).then(|| layer.id(row as usize).to_string())
        };
        self.all().filter_map(|(code, position)| Some((code, pole(position)?))).collect()
    }
}

/// The code of a municipality.
fn code(layer: &Layer, at: usize) -> Option<MunicipalityCode> {
    layer.text(at, Role::Municipality).and_then(|text| MunicipalityCode::parse(text).ok())
}
