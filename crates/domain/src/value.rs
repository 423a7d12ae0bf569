//! The value of a field.

use crate::money::Cents;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use time::Date;

/// One value. Missing is a value of its own: it is never zero and never an empty text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The source says nothing.
    Missing,
    /// Text, trimmed, never empty; codes too.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Decimal(f64),
    /// An amount of money.
    Cents(Cents),
    /// A calendar day.
    Date(Date),
    /// Yes or no.
    Boolean(bool),
    /// Several texts, at least one, none of them empty.
    List(Vec<String>),
}

// Decimals are finite: every value is equal to itself.
impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Self::Text(text) = self {
            return Self::hash_text(text, state);
        }
        self.rank().hash(state);
        match self {
            Self::Missing | Self::Text(_) => {}
            Self::Integer(number) => number.hash(state),
            // The two zeros are equal, and so have to be alike here.
            Self::Decimal(number) => (number + 0.0).to_bits().hash(state),
            Self::Cents(cents) => cents.hash(state),
            Self::Date(date) => date.hash(state),
            Self::Boolean(truth) => truth.hash(state),
            Self::List(texts) => texts.hash(state),
        }
    }
}

/// Values of one field stand in the order that people expect, what is missing before all others; those of different types in
/// that of the types above.
impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Missing, Self::Missing) => Ordering::Equal,
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Integer(one), Self::Integer(other)) => one.cmp(other),
            (Self::Decimal(one), Self::Decimal(other)) => one.partial_cmp(other).unwrap_or(Ordering::Equal),
            (Self::Cents(one), Self::Cents(other)) => one.cmp(other),
            (Self::Date(one), Self::Date(other)) => one.cmp(other),
            (Self::Boolean(one), Self::Boolean(other)) => one.cmp(other),
            (Self::List(one), Self::List(other)) => one.cmp(other),
            (one, other) => one.rank().cmp(&other.rank()),
        }
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Value {
    const fn rank(&self) -> u8 {
        match self {
            Self::Missing => 0,
            Self::Text(_) => 1,
            Self::Integer(_) => 2,
            Self::Decimal(_) => 3,
            Self::Cents(_) => 4,
            Self::Date(_) => 5,
            Self::Boolean(_) => 6,
            Self::List(_) => 7,
        }
    }

    /// The hash of the value that is this text, for who has but the text and looks for the value.
    pub fn hash_text<H: Hasher>(text: &str, state: &mut H) {
        text.hash(state);
    }

    /// Whether the source said nothing.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::DefaultHasher;

    fn hash(value: &Value) -> u64 {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn values_stand_in_order_and_equal_ones_have_one_hash() {
        let text = |text: &str| Value::Text(text.to_owned());
        let list = |texts: &[&str]| Value::List(texts.iter().map(ToString::to_string).collect());
        let check = |ascending: &[Value]| {
            for (one, other) in ascending.iter().zip(&ascending[1..]) {
                assert_eq!((one.cmp(other), other.cmp(one)), (Ordering::Less, Ordering::Greater), "{one:?}");
                assert_eq!((one.cmp(one), hash(one)), (Ordering::Equal, hash(&one.clone())));
                assert_ne!(hash(one), hash(other));
            }
        };
        check(&[Value::Missing, text("2"), text("a"), text("b")]);
        check(&[Value::Missing, Value::Integer(-3), Value::Integer(0), Value::Cents(Cents(0))]);
        check(&[Value::Decimal(-0.5), Value::Decimal(0.0), Value::Decimal(0.1)]);
        check(&[Value::Boolean(false), Value::Boolean(true), list(&["a"]), list(&["a", "b"])]);
        assert_eq!(Value::Decimal(0.0), Value::Decimal(-0.0));
        assert_eq!(hash(&Value::Decimal(0.0)), hash(&Value::Decimal(-0.0)));
    }
}
