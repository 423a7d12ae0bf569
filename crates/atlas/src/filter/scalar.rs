//! Values that a filter reads or works out.

use super::datum::{Datum, Kind};
use super::fold::Fold;
use super::op::Arithmetic;
use crate::property::Property;

/// A value of each feature.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// That of a property.
    Property(Property, Kind),
    /// The same for all.
    Constant(Datum<'static>, Kind),
    /// A text, folded.
    Folded(Fold, Box<Self>),
    /// A number, calculated.
    Calculated(Arithmetic, Box<Self>, Box<Self>),
}

impl Scalar {
    /// What it can be compared with.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Property(_, kind) | Self::Constant(_, kind) => *kind,
            Self::Folded(_, scalar) => scalar.kind(),
            Self::Calculated(..) => Kind::Number,
        }
    }

    /// The value, given what properties are. Each thing that is not there, or no number, makes all of it missing.
    pub fn get<'a>(&'a self, read: &impl Fn(Property) -> Datum<'a>) -> Datum<'a> {
        match self {
            Self::Property(property, _) => read(*property),
            Self::Constant(datum, _) => datum.clone(),
            Self::Folded(fold, scalar) => match scalar.get(read) {
                Datum::Text(text) => Datum::Text(fold.apply(text)),
                Datum::List(texts) => Datum::List(texts.into_iter().map(|text| fold.apply(text)).collect()),
                other => other,
            },
            Self::Calculated(arithmetic, a, b) => match (a.get(read), b.get(read)) {
                (Datum::Number(a), Datum::Number(b)) => calculate(*arithmetic, a, b),
                _ => Datum::Missing,
            },
        }
    }

    /// Adds the properties that it reads.
    pub fn collect(&self, properties: &mut Vec<Property>) {
        match self {
            Self::Property(property, _) => properties.push(*property),
            Self::Constant(..) => {}
            Self::Folded(_, scalar) => scalar.collect(properties),
            Self::Calculated(_, a, b) => {
                a.collect(properties);
                b.collect(properties);
            }
        }
    }

    /// The value, if it is the same for all.
    pub fn constant(&self) -> Option<Datum<'_>> {
        let mut properties = Vec::new();
        self.collect(&mut properties);
        properties.is_empty().then(|| self.get(&|_| Datum::Missing))
    }
}

/// A calculation; what has no result, such as a division by zero, is missing.
fn calculate(arithmetic: Arithmetic, a: f64, b: f64) -> Datum<'static> {
    let result = match arithmetic {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::Modulo => a % b,
        Arithmetic::IntegerDivide => (a / b).trunc(),
        Arithmetic::Power => a.powf(b),
    };
    if result.is_finite() { Datum::Number(result) } else { Datum::Missing }
}
