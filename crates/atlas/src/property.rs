//! What a feature says under each name: its fields, and what the edition knows of every record.

use crate::origin::Origin;
use domain::Collection;

/// A property of the features of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Property {
    /// The field at this place of the definition.
    Field(usize),
    /// How well its place is known.
    Precision,
    /// The municipalities in which it lies, by code.
    Municipalities,
    /// The source that states it.
    Source,
    /// The number of the release.
    Release,
    /// The day on which the source says that it last touched its data.
    ExtractionDate,
    /// The other sources that speak of it.
    AlsoSources,
}

impl Property {
    /// The properties of a collection's features, in the order in which they are written.
    #[must_use]
    pub fn all(collection: &Collection, origins: &[Origin]) -> Vec<Self> {
        let fields = (0..collection.fields.len()).map(Self::Field);
        let known =
            [Self::Precision, Self::Municipalities, Self::Source, Self::Release, Self::ExtractionDate];
        let has_others = origins.iter().any(|origin| origin.complements.is_some());
        fields.chain(known).chain(has_others.then_some(Self::AlsoSources)).collect()
    }

    /// The property called `name`.
    #[must_use]
    pub fn parse(collection: &Collection, origins: &[Origin], name: &str) -> Option<Self> {
        Self::all(collection, origins).into_iter().find(|property| property.name(collection) == name)
    }

    /// Its name in data.
    #[must_use]
    pub fn name(self, collection: &Collection) -> &str {
        match self {
            Self::Field(place) => &collection.fields[place].id,
            Self::Precision => "precision",
            Self::Municipalities => "municipalities",
            Self::Source => "source",
            Self::Release => "release",
            Self::ExtractionDate => "extraction_date",
            Self::AlsoSources => "also_sources",
        }
    }

    /// Whether it is several values by its nature; lists of a collection's own fields are told by their type.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Municipalities | Self::AlsoSources)
    }

    /// Whether features can be asked for by it. The number of a release cannot: in addresses it names a time.
    #[must_use]
    pub const fn is_queryable(self) -> bool {
        !matches!(self, Self::Release)
    }

    /// Whether every feature carries it, whatever is asked for: a fact without its source is none.
    #[must_use]
    pub const fn is_always_written(self) -> bool {
        matches!(self, Self::Source | Self::Release | Self::ExtractionDate)
    }
}
