//! How many proposals each choice would leave, under all that is chosen beside it.

use atlas::{Edition, Layer};
use domain::{MunicipalityCode, Role};
use std::collections::{BTreeMap, BTreeSet};

use crate::filters;

/// Fields of proposals by which the map is narrowed, beside their roles' own.
pub const NARROWING: [&str; 2] = ["component", "measure"];
/// The choice of a zone.
pub const ZONE: &str = "zone";

/// The choice of an amount.
const AMOUNT: &str = "amount";

/// What proposals can be told by.
pub struct Facet<'e> {
    kind: Kind,
    edition: &'e Edition,
    layer: &'e Layer,
}

#[derive(Clone, Copy)]
enum Kind {
    Field(usize),
    Precision,
    Zone,
    Municipality,
}

impl<'e> Facet<'e> {
    /// All that the map's proposals can be told by: fields first, then how well their place is known, then where it is.
    pub fn all(edition: &'e Edition, layer: &'e Layer) -> Vec<Self> {
        let collection = &layer.collection;
        let fields = collection.with_role(Role::Category).into_iter();
        let fields = fields.chain(NARROWING.iter().filter_map(|id| collection.position(id)));
        let fields = fields.chain(collection.with_role(Role::Status)).map(Kind::Field);
        let places = [Kind::Precision, Kind::Zone, Kind::Municipality];
        fields.chain(places).map(|kind| Self { kind, edition, layer }).collect()
    }

    /// The names of all choices: those of the facets, and the amount, which has no values to count.
    pub fn choices(edition: &'e Edition, layer: &'e Layer) -> Vec<&'e str> {
        Self::all(edition, layer).iter().map(Self::id).chain([AMOUNT]).collect()
    }

    /// The name of the choice, the same in filters and addresses: `component`.
    pub fn id(&self) -> &'e str {
        match self.kind {
            Kind::Field(place) => &self.layer.collection.fields[place].id,
            Kind::Precision => filters::PRECISION,
            Kind::Zone => ZONE,
            Kind::Municipality => filters::MUNICIPALITY,
        }
    }

    /// The values of the proposal at a place of the layer, each once.
    fn values(&self, at: usize) -> BTreeSet<&'e str> {
        match self.kind {
            Kind::Field(place) => self.layer.value(at, place).as_text().into_iter().collect(),
            Kind::Precision => [self.layer.precision(at).as_str()].into(),
            Kind::Municipality => {
                self.layer.municipalities(at).iter().map(MunicipalityCode::as_str).collect()
            }
            Kind::Zone => {
                let zone = |code: &MunicipalityCode| {
                    let position = self.edition.places.get(*code)?.position;
                    self.edition.municipalities()?.text(position, Role::Zone)
                };
                self.layer.municipalities(at).iter().filter_map(zone).collect()
            }
        }
    }
}

/// Proposals under several choices.
pub struct Narrowed {
    choices: Vec<String>,
    /// For each proposal how many choices leave it out, and one of them.
    left_out: Vec<(usize, usize)>,
}

impl Narrowed {
    /// So many proposals, of which nothing is left out yet.
    pub fn of(proposals: usize) -> Self {
        Self { choices: Vec::new(), left_out: vec![(0, 0); proposals] }
    }

    /// Leaves out what a choice does not let through: `kept` has the places of the others, ascending.
    pub fn narrow(&mut self, choice: &str, kept: &[u32]) {
        let number = self.choices.len();
        self.choices.push(choice.to_owned());
        let mut kept = kept.iter().map(|at| *at as usize).peekable();
        for (at, left_out) in self.left_out.iter_mut().enumerate() {
            if kept.next_if_eq(&at).is_none() {
                *left_out = (left_out.0 + 1, number);
            }
        }
    }

    /// The places of what all choices let through.
    pub fn all(&self) -> impl Iterator<Item = usize> {
        self.left_out.iter().enumerate().filter(|(_, (by, _))| *by == 0).map(|(at, _)| at)
    }

    /// How many proposals have each value, of those that all other choices let through.
    pub fn count<'e>(&self, facet: &Facet<'e>) -> BTreeMap<&'e str, u64> {
        let own = self.choices.iter().position(|choice| choice == facet.id());
        let mut counts = BTreeMap::new();
        for (at, (by, choice)) in self.left_out.iter().enumerate() {
            if *by == 0 || (*by == 1 && own == Some(*choice)) {
                facet.values(at).into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_choice_alone_leaves_out_counts_for_that_choice() {
        let mut narrowed = Narrowed::of(4);
        narrowed.narrow("mission", &[0, 1]);
        narrowed.narrow("status", &[0, 2]);
        assert_eq!(narrowed.all().collect::<Vec<_>>(), [0]);
        assert_eq!(narrowed.left_out, [(0, 0), (1, 1), (1, 0), (2, 1)]);
    }
}
