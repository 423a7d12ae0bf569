//! Where data comes from and how it is written, as `data/sources/<id>/source.toml` declares it.

use crate::collection::{CollectionId, is_slug};
use crate::money::AmountFormat;
use crate::text::Bilingual;
use std::fmt;

/// The name of a source, the same on the command line, in files and in the database: `pnrr-italiadomani`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(String);

impl SourceId {
    /// Reads a name: lower-case letters, digits and hyphens, beginning with a letter. `None` if it is not so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        is_slug(text).then(|| Self(text.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The definition of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its name.
    pub id: SourceId,
    /// The collection it feeds.
    pub collection: CollectionId,
    /// Its title.
    pub title: Bilingual,
    /// Who publishes it.
    pub publisher: String,
    /// Its licence, by its short name.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// The page that offers it.
    pub homepage: Option<String>,
    /// Whether it is invented data, which the first official release replaces.
    pub demo: bool,
    /// How far its rows reach.
    pub scope: Scope,
    /// Encodings to try where no byte order mark decides, in this order; WHATWG labels.
    pub encodings: Vec<String>,
    /// Spellings of "not stated".
    pub missing: Vec<String>,
    /// The CRS of files that name none, such as `EPSG:3003`.
    pub crs: Option<String>,
    /// Whether invalid shapes are to be repaired (and flagged) rather than set aside.
    pub repair: bool,
    /// The generations of its schema; empty if it never changed in a way that matters.
    pub generations: Vec<Generation>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// How far the rows of a source reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Beyond the territory: rows without a place in it are of other territories, and filtered.
    Country,
    /// The territory alone: every row concerns it, even one that says no place.
    Territory,
}

/// One generation of a source's schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// Its name.
    pub id: String,
    /// A column of the records' table that no other generation has.
    pub recognised_by: String,
    /// How it writes amounts.
    pub amounts: AmountFormat,
}

/// One table of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub id: String,
    /// What its rows are.
    pub role: TableRole,
    /// How its files are written.
    pub format: TableFormat,
    /// File names it usually has; `*` stands for any text.
    pub files: Vec<String>,
    /// For each field of the collection, or each part of a location: the names its column has had.
    pub columns: Vec<(String, Vec<String>)>,
}

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableRole {
    /// The records of the collection.
    Records,
    /// Their places.
    Locations,
}

/// How the files of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Text with a header line and this delimiter.
    Csv {
        /// The character between cells.
        delimiter: u8,
    },
    /// Any vector format of GDAL.
    Vector,
}
