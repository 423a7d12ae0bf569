//! The value of a field.

use crate::money::Cents;
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

impl Value {
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
