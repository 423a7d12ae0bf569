//! A value while a filter looks at it.

use crate::layer::Layer;
use crate::property::Property;
use domain::Value;
use domain::money::Cents;
use std::borrow::Cow;
use std::cmp::Ordering;
use time::Date;

/// A value, borrowed from the edition where it stands there.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum<'a> {
    /// Nothing is stated.
    Missing,
    /// A number; amounts in cents. Whole numbers are exact up to 2^53, which is more than there are cents.
    Number(f64),
    /// A text.
    Text(Cow<'a, str>),
    /// A day.
    Day(Date),
    /// Yes or no.
    Truth(bool),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
}

/// What a value can be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Numbers.
    Number,
    /// Texts.
    Text,
    /// Days.
    Day,
    /// Yes and no.
    Truth,
    /// Sets of texts.
    List,
}

impl Kind {
    /// The word for it, in the plural.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Number => "numbers",
            Self::Text => "texts",
            Self::Day => "days",
            Self::Truth => "true or false",
            Self::List => "lists of texts",
        }
    }
}

impl<'a> Datum<'a> {
    /// What a feature says under a name.
    pub fn read(layer: &'a Layer, at: usize, property: Property) -> Self {
        match property {
            Property::Field(field) => Self::of(layer.value(at, field)),
            Property::Precision => Self::Text(layer.precision(at).as_str().into()),
            Property::Municipalities => {
                Self::List(layer.municipalities(at).iter().map(|code| code.as_str().into()).collect())
            }
            Property::Source => Self::Text(layer.origin(at).source.as_str().into()),
            #[expect(clippy::cast_precision_loss, reason = "releases are counted from one")]
            Property::Release => Self::Number(layer.origin(at).release.0 as f64),
            Property::ExtractionDate => layer.origin(at).extracted_on.map_or(Self::Missing, Self::Day),
            Property::AlsoSources => {
                let also = layer.also(at).iter();
                Self::List(also.map(|also| layer.origins[also.origin].source.as_str().into()).collect())
            }
        }
    }

    /// The value as the edition has it.
    #[expect(clippy::cast_precision_loss, reason = "cents and counts stay below 2^53")]
    pub fn of(value: &'a Value) -> Self {
        match value {
            Value::Missing => Self::Missing,
            Value::Text(text) => Self::Text(Cow::from(text)),
            Value::Integer(number) | Value::Cents(Cents(number)) => Self::Number(*number as f64),
            Value::Decimal(number) => Self::Number(*number),
            Value::Date(day) => Self::Day(*day),
            Value::Boolean(truth) => Self::Truth(*truth),
            Value::List(texts) => Self::List(texts.iter().map(Cow::from).collect()),
        }
    }

    /// Which of two values of one kind comes first; `None` if one is missing.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Day(a), Self::Day(b)) => Some(a.cmp(b)),
            (Self::Truth(a), Self::Truth(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// Which of two comes first in a list: what is missing comes last, whichever way the others run.
    pub fn rank(&self, other: &Self, descending: bool) -> Ordering {
        match (self, other) {
            (Self::Missing, Self::Missing) => Ordering::Equal,
            (Self::Missing, _) => Ordering::Greater,
            (_, Self::Missing) => Ordering::Less,
            _ => {
                let order = self.order(other).unwrap_or(Ordering::Equal);
                if descending { order.reverse() } else { order }
            }
        }
    }
}
