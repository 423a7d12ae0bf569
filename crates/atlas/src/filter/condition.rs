//! A filter whose names and types are known, and how it is asked of many features at once.

use super::datum::Datum;
use super::place::Place;
use super::test::Test;
use super::truth::Truth;
use crate::layer::Layer;
use crate::property::Property;

/// A condition on features.
#[derive(Clone, Debug)]
pub enum Condition {
    /// All of these hold.
    All(Vec<Self>),
    /// One of these holds at least.
    Any(Vec<Self>),
    /// This does not.
    Not(Box<Self>),
    /// A condition on values.
    Test(Test),
    /// A condition on the place.
    Place(Box<Place>),
    /// No place of its own is known.
    IsPlaceless,
}

impl Condition {
    /// Whether it holds for each of the features at `rows`, which ascend.
    pub fn ask(&self, layer: &Layer, rows: &[u32]) -> Vec<Truth> {
        match self {
            Self::All(parts) => combine(parts, layer, rows, Truth::No, Truth::min),
            Self::Any(parts) => combine(parts, layer, rows, Truth::Yes, Truth::max),
            Self::Not(part) => part.ask(layer, rows).into_iter().map(Truth::negated).collect(),
            Self::Test(test) => ask_values(test, layer, rows),
            Self::Place(place) => place.ask(layer, rows),
            Self::IsPlaceless => rows.iter().map(|at| layer.shapes(*at as usize).is_empty().into()).collect(),
        }
    }
}

/// Asks one part after the other, each only where those before have not settled it.
fn combine(
    parts: &[Condition],
    layer: &Layer,
    rows: &[u32],
    settled: Truth,
    join: fn(Truth, Truth) -> Truth,
) -> Vec<Truth> {
    let Some((first, others)) = parts.split_first() else { return vec![settled.negated(); rows.len()] };
    let mut found = first.ask(layer, rows);
    for part in others {
        let open: Vec<(u32, u32)> = (0..)
            .zip(rows.iter().zip(&found))
            .filter(|(_, (_, truth))| **truth != settled)
            .map(|(rank, (at, _))| (rank, *at))
            .collect();
        let asked: Vec<u32> = open.iter().map(|(_, at)| *at).collect();
        for ((rank, _), truth) in open.iter().zip(part.ask(layer, &asked)) {
            let known = &mut found[*rank as usize];
            *known = join(*known, truth);
        }
    }
    found
}

/// A test on one field is made once for each distinct value where there are fewer of those than features.
fn ask_values(test: &Test, layer: &Layer, rows: &[u32]) -> Vec<Truth> {
    if let [Property::Field(field)] = test.properties().as_slice() {
        let column = layer.column(*field);
        if column.values().len() <= rows.len() {
            let of_value = |value| test.check(&|_| Datum::of(value));
            let known: Vec<Truth> = column.values().iter().map(of_value).collect();
            return rows.iter().map(|at| known[column.code(*at as usize) as usize]).collect();
        }
    }
    rows.iter().map(|at| test.check(&|property| Datum::read(layer, *at as usize, property))).collect()
}
