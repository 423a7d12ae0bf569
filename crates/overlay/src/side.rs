//! A side of a question: the subjects, or the objects; which records they are, and where each of them is.

use crate::choice::Choice;
use crate::territory::Territory;
use atlas::Layer;
use domain::{LocationPrecision, MunicipalityCode, Selection};
use geometry::{Bbox, Survey};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Records of one layer that are set against others. Who needs only those near a place pays for no others.
pub struct Side<'e> {
    /// Their layer.
    pub layer: &'e Layer,
    /// Their shapes in metres, by their place in the layer.
    pub survey: &'e Survey,
    territory: &'e Territory<'e>,
    choice: Choice<'e>,
    rows: OnceCell<Vec<u32>>,
    /// Where each of them is, in the order of `rows`.
    places: OnceCell<Vec<Place>>,
    /// Those that are known by their municipality alone, by municipality.
    by_municipality: OnceCell<BTreeMap<MunicipalityCode, Vec<u32>>>,
}

/// Where a record is.
#[derive(Clone, Debug, Default)]
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

    /// Where the record at a place of a layer is.
    pub fn of(layer: &Layer, at: usize, territory: &Territory) -> Self {
        let mut place = Self {
            is_drawn: !layer.shapes(at).is_empty(),
            unit: territory.unit(layer, at),
            ..Self::default()
        };
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
}

impl<'e> Side<'e> {
    /// The records of a layer that a selection chooses.
    pub fn new(layer: &'e Layer, selection: &Selection, territory: &'e Territory<'e>) -> Self {
        Self {
            layer,
            survey: layer.survey(),
            territory,
            choice: Choice::of(layer, selection),
            rows: OnceCell::new(),
            places: OnceCell::new(),
            by_municipality: OnceCell::new(),
        }
    }

    /// Which of the layer's records they are, ascending.
    pub fn rows(&self) -> &[u32] {
        self.rows.get_or_init(|| self.choice.rows().collect())
    }

    /// All places, in the order of `rows`.
    pub fn places(&self) -> &[Place] {
        let place = |row: &u32| Place::of(self.layer, *row as usize, self.territory);
        self.places.get_or_init(|| self.rows().iter().map(place).collect())
    }

    /// Where the record at a place of `rows` is.
    pub fn place(&self, at: usize) -> &Place {
        &self.places()[at]
    }

    /// Where the chosen record at a place of the layer is.
    pub fn place_of(&self, row: u32) -> Option<&Place> {
        self.rows().binary_search(&row).ok().map(|at| self.place(at))
    }

    /// Whether the record at a place of the layer is one of them.
    pub fn holds(&self, row: u32) -> bool {
        self.choice.holds(row)
    }

    /// Whether they are municipalities, or are made of some.
    pub fn are_units(&self) -> bool {
        Territory::is_of_units(self.layer)
    }

    /// The chosen records, ascending, whose shapes have a rectangle that meets this one.
    pub fn near(&self, bbox: Bbox) -> Vec<u32> {
        let mut near = self.survey.near(bbox);
        near.retain(|row| self.holds(*row));
        near
    }

    /// The chosen records that are known by this municipality alone.
    pub fn known_by(&self, code: MunicipalityCode) -> &[u32] {
        self.by_municipality().get(&code).map(Vec::as_slice).unwrap_or_default()
    }

    fn by_municipality(&self) -> &BTreeMap<MunicipalityCode, Vec<u32>> {
        self.by_municipality.get_or_init(|| {
            let mut by_municipality: BTreeMap<MunicipalityCode, Vec<u32>> = BTreeMap::new();
            for (row, place) in self.rows().iter().zip(self.places()) {
                for code in &place.codes {
                    by_municipality.entry(*code).or_default().push(*row);
                }
            }
            by_municipality
        })
    }
}
