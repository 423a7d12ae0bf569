//! A side of a question: the subjects, or the objects; which records they are, and where each of them is.

use crate::territory::Territory;
use atlas::Layer;
use domain::{LocationPrecision, MunicipalityCode, Selection, Value};
use geometry::{Bbox, Survey};
use std::collections::BTreeMap;

/// Records of one layer that are set against others.
pub struct Side<'e> {
    /// Their layer.
    pub layer: &'e Layer,
    /// Their shapes in metres, by their place in the layer.
    pub survey: &'e Survey,
    /// Which of the layer's records they are, ascending.
    pub rows: Vec<u32>,
    /// Whether the record at a place of the layer is one of them.
    is_chosen: Vec<bool>,
    /// Where each of them is, in the order of `rows`.
    places: Vec<Place>,
    /// Those that are known by their municipality alone, by municipality.
    by_municipality: BTreeMap<MunicipalityCode, Vec<u32>>,
}

/// Where a record is.
#[derive(Debug, Default)]
pub struct Place {
    /// Whether it has shapes.
    pub is_drawn: bool,
    /// The municipalities of those of its locations that have no shape, ascending.
    pub codes: Vec<MunicipalityCode>,
    /// Whether it may also be somewhere else: nobody knows where.
    pub is_vague: bool,
    /// The municipalities that it is made of, if it is one or a zone: what is known by one of these is in it for certain.
    pub unit: Vec<MunicipalityCode>,
}

impl Place {
    /// Whether nothing is known of where it is.
    pub fn is_nowhere(&self) -> bool {
        !self.is_drawn && self.codes.is_empty()
    }
}

impl<'e> Side<'e> {
    /// The records of a layer that a selection chooses.
    pub fn new(layer: &'e Layer, selection: &Selection, territory: &Territory) -> Self {
        let rows = chosen(layer, selection);
        let places: Vec<Place> = rows.iter().map(|row| place(layer, *row as usize, territory)).collect();
        let mut is_chosen = vec![false; layer.len()];
        let mut by_municipality: BTreeMap<MunicipalityCode, Vec<u32>> = BTreeMap::new();
        for (row, place) in rows.iter().zip(&places) {
            is_chosen[*row as usize] = true;
            for code in &place.codes {
                by_municipality.entry(*code).or_default().push(*row);
            }
        }
        Self { layer, survey: layer.survey(), rows, is_chosen, places, by_municipality }
    }

    /// Where the record at a place of `rows` is.
    pub fn place(&self, at: usize) -> &Place {
        &self.places[at]
    }

    /// Where the chosen record at a place of the layer is.
    pub fn place_of(&self, row: u32) -> Option<&Place> {
        self.rows.binary_search(&row).ok().map(|at| &self.places[at])
    }

    /// All places, in the order of `rows`.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The chosen records, ascending, whose shapes have a rectangle that meets this one.
    pub fn near(&self, bbox: Bbox) -> Vec<u32> {
        let mut near = self.survey.near(bbox);
        near.retain(|row| self.is_chosen[*row as usize]);
        near
    }

    /// The chosen records that are known by this municipality alone.
    pub fn known_by(&self, code: MunicipalityCode) -> &[u32] {
        self.by_municipality.get(&code).map(Vec::as_slice).unwrap_or_default()
    }

    /// The municipalities by which alone some of the chosen records are known.
    pub fn municipalities(&self) -> impl Iterator<Item = MunicipalityCode> {
        self.by_municipality.keys().copied()
    }
}

/// The places, ascending, of the records that a selection chooses: in each of its fields they have one of its values.
pub fn chosen(layer: &Layer, selection: &Selection) -> Vec<u32> {
    let tests: Vec<(usize, Vec<bool>)> = selection
        .filter
        .iter()
        .filter_map(|(name, values)| {
            let field = layer.collection.position(name)?;
            Some((field, layer.column(field).values().iter().map(|value| is_one_of(value, values)).collect()))
        })
        .collect();
    let fits = |row: &u32| {
        tests.iter().all(|(field, holds)| holds[layer.column(*field).code(*row as usize) as usize])
    };
    (0..u32::try_from(layer.len()).unwrap_or(u32::MAX)).filter(fits).collect()
}

/// Whether a value, or a text of a list, is one of these.
pub fn is_one_of(value: &Value, texts: &[String]) -> bool {
    match value {
        Value::Text(text) => texts.contains(text),
        Value::List(all) => all.iter().any(|text| texts.contains(text)),
        _ => false,
    }
}

fn place(layer: &Layer, at: usize, territory: &Territory) -> Place {
    let mut place =
        Place { is_drawn: !layer.shapes(at).is_empty(), unit: territory.unit(layer, at), ..Place::default() };
    for location in layer.locations(at).filter(|location| location.shape.is_none()) {
        match location.municipality {
            Some(code) if territory.knows(code) => place.codes.push(code),
            None if location.precision >= LocationPrecision::Province => place.is_vague = true,
            // A municipality elsewhere is a place that is known.
            _ => {}
        }
    }
    place.codes.sort_unstable();
    place.codes.dedup();
    place
}
