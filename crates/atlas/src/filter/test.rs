//! Conditions on the values of one feature.

use super::datum::Datum;
use super::op::{Array, Comparison, Temporal};
use super::pattern::Pattern;
use super::scalar::Scalar;
use super::temporal::{self, Span};
use super::truth::Truth;
use crate::property::Property;

/// A condition on values.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is true.
    Holds(Scalar),
    /// The one against the other.
    Compare(Comparison, Scalar, Scalar),
    /// It is like a pattern, whose text is kept for the canonical form.
    Like(Scalar, Pattern, String),
    /// It is one of these, which are sorted.
    In(Scalar, Vec<Datum<'static>>),
    /// It is missing.
    IsMissing(Scalar),
    /// The one set against the other.
    Array(Array, Scalar, Scalar),
    /// The one time against the other.
    Temporal(Temporal, Instants, Instants),
}

/// The two ends of a time; an open one is before all days, or after them.
#[derive(Clone, Debug, PartialEq)]
pub struct Instants(pub Scalar, pub Scalar);

impl Test {
    /// Whether it holds, given what properties are.
    pub fn check<'a>(&'a self, read: &impl Fn(Property) -> Datum<'a>) -> Truth {
        match self {
            Self::Holds(scalar) => match scalar.get(read) {
                Datum::Truth(truth) => truth.into(),
                _ => Truth::Unknown,
            },
            Self::Compare(comparison, a, b) => compare(*comparison, &a.get(read), &b.get(read)),
            Self::Like(scalar, pattern, _) => match scalar.get(read) {
                Datum::Text(text) => pattern.fits(&text).into(),
                _ => Truth::Unknown,
            },
            Self::In(scalar, known) => match scalar.get(read) {
                Datum::Missing => Truth::Unknown,
                value => known
                    .binary_search_by(|one| one.order(&value).unwrap_or(std::cmp::Ordering::Less))
                    .is_ok()
                    .into(),
            },
            Self::IsMissing(scalar) => (scalar.get(read) == Datum::Missing).into(),
            Self::Array(relation, a, b) => match (a.get(read), b.get(read)) {
                (Datum::List(a), Datum::List(b)) => sets(*relation, &a, &b).into(),
                _ => Truth::Unknown,
            },
            Self::Temporal(relation, a, b) => match a.span(read).zip(b.span(read)) {
                Some((a, b)) => temporal::holds(*relation, a, b).into(),
                None => Truth::Unknown,
            },
        }
    }

    /// The properties that it reads, each once.
    pub fn properties(&self) -> Vec<Property> {
        let scalars = match self {
            Self::Holds(it) | Self::Like(it, ..) | Self::In(it, _) | Self::IsMissing(it) => vec![it],
            Self::Compare(_, a, b) | Self::Array(_, a, b) => vec![a, b],
            Self::Temporal(_, a, b) => vec![&a.0, &a.1, &b.0, &b.1],
        };
        let mut found = Vec::new();
        for scalar in scalars {
            scalar.collect(&mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Instants {
    fn span<'a>(&'a self, read: &impl Fn(Property) -> Datum<'a>) -> Option<Span> {
        match (self.0.get(read), self.1.get(read)) {
            (Datum::Day(from), Datum::Day(to)) => Some(Span(from, to)),
            _ => None,
        }
    }
}

fn compare(comparison: Comparison, a: &Datum<'_>, b: &Datum<'_>) -> Truth {
    Truth::of(a.order(b), |ordering| match comparison {
        Comparison::Equal => ordering.is_eq(),
        Comparison::NotEqual => ordering.is_ne(),
        Comparison::Less => ordering.is_lt(),
        Comparison::LessOrEqual => ordering.is_le(),
        Comparison::Greater => ordering.is_gt(),
        Comparison::GreaterOrEqual => ordering.is_ge(),
    })
}

/// Sets: order and repetition mean nothing.
fn sets<T: PartialEq>(relation: Array, a: &[T], b: &[T]) -> bool {
    let holds_all = |all: &[T], of: &[T]| of.iter().all(|item| all.contains(item));
    match relation {
        Array::Equals => holds_all(a, b) && holds_all(b, a),
        Array::Contains => holds_all(a, b),
        Array::ContainedBy => holds_all(b, a),
        Array::Overlaps => a.iter().any(|item| b.contains(item)),
    }
}
