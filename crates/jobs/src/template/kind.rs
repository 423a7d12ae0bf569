//! What the cells of a column hold.

use domain::collection::Code;

/// What cells hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Any text.
    Text,
    /// One of the codes of a field, by its name.
    Code(String, Vec<Code>),
    /// The name of a municipality of the territory.
    MunicipalityName,
    /// The code of one.
    MunicipalityCode,
    /// A CUP.
    Cup,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// Euros, with cents.
    Amount,
    /// A day.
    Date,
    /// Yes or no.
    Boolean,
    /// A share in per cent.
    Share,
    /// A longitude or easting.
    X,
    /// A latitude or northing.
    Y,
}
