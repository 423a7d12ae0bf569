//! CQL2: filters that clients write (OGC 21-065r2), in text and in JSON.
//!
//! A filter is read into a tree ([`expression`]), and its tree compiled for a collection into a typed condition
//! ([`condition`]), which is asked of many features at once. The parser is our own: the crate there is draws some 190 others in,
//! and says nothing of how deep it goes. What a filter may cost is bounded: it is at most [`MAX_DEPTH`](expression::MAX_DEPTH)
//! deep, as long as an address can be, and its geometries have [`MAX_COORDINATES`] at most.

mod canonical;
mod compile;
mod condition;
mod datum;
mod error;
mod expression;
pub(crate) mod fold;
mod json;
mod literal;
mod op;
mod pattern;
mod place;
mod scalar;
mod temporal;
mod test;
mod text;
mod truth;

pub use compile::GEOMETRY;
pub(crate) use datum::Datum;
pub use error::FilterError;

use crate::layer::Layer;
use crate::property::Property;
use condition::Condition;
use expression::{Expression, Literal};
use geometry::Reference;
use op::Op;
use truth::Truth;

/// Coordinates in all the geometries of a filter: more than a municipality's border has.
const MAX_COORDINATES: usize = 2_000;

/// The language of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// CQL2 text.
    Text,
    /// CQL2 JSON.
    Json,
}

/// A filter on the features of one collection.
#[derive(Clone, Debug)]
pub struct Filter {
    condition: Condition,
    canonical: String,
}

impl Filter {
    /// Reads a filter on the features of a layer. Its geometries are in `reference`; their edges are straight in longitude and
    /// latitude, whatever system their corners are in.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and where.
    pub fn parse(
        layer: &Layer,
        text: &str,
        language: Language,
        reference: Reference,
    ) -> Result<Self, FilterError> {
        let expression = match language {
            Language::Text => text::parse(text, reference),
            Language::Json => json::parse(text, reference),
        }?;
        let coordinates = expression.coordinates();
        if coordinates > MAX_COORDINATES {
            let what = format!(
                "the filter's geometries have {coordinates} coordinates: {MAX_COORDINATES} are as many as may be"
            );
            return Err(FilterError::new(what, None));
        }
        Self::compile(layer, &expression)
    }

    /// The filter that a property has a value, as an address states it: `name=value`. A list has to have it as a member.
    ///
    /// # Errors
    /// If a property of its type cannot have such a value.
    pub fn value(layer: &Layer, name: &str, value: &str) -> Result<Self, FilterError> {
        let property = Property::parse(&layer.collection, &layer.origins, name);
        let is_list = property.is_some_and(Property::is_list);
        let op = if is_list { Op::Array(op::Array::Contains) } else { Op::Compare(op::Comparison::Equal) };
        let own = Expression::Property(name.to_owned(), None);
        let value = Expression::Literal(Literal::Text(value.to_owned()));
        Self::compile(layer, &Expression::call(op, vec![own, value], None)?)
    }

    fn compile(layer: &Layer, expression: &Expression) -> Result<Self, FilterError> {
        let condition = compile::condition(layer, expression)?;
        Ok(Self { canonical: canonical::write(&layer.collection, &condition), condition })
    }

    /// The same text for filters that are the same, whatever language, order and spacing they were written in: a key for what
    /// is kept of their answers.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// Those of the features at `rows`, which ascend, for which it holds.
    pub(crate) fn keep(&self, layer: &Layer, rows: &[u32]) -> Vec<u32> {
        let truths = self.condition.ask(layer, rows);
        rows.iter().zip(truths).filter(|(_, truth)| *truth == Truth::Yes).map(|(at, _)| *at).collect()
    }
}

#[cfg(test)]
mod tests;
