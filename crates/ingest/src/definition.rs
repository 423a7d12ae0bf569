//! Definitions: what the files under `data/` say, turned into the nouns of the domain.

mod collection;
mod question;
mod selection;
pub(crate) mod source;
mod strategy;
mod territory;

pub use collection::parse as parse_collection;
pub use source::parse as parse_source;
pub use strategy::parse as parse_strategy;
pub use territory::parse as parse_territory;

use domain::source::Source;
use domain::{Bilingual, Collection, Territory};
use serde::Deserialize;
use std::sync::Arc;

/// What a reading goes by.
#[derive(Clone, Debug)]
pub struct Definitions {
    /// The source.
    pub source: Source,
    /// All collections.
    pub collections: Vec<Arc<Collection>>,
    /// The territory served.
    pub territory: Arc<Territory>,
}

impl Definitions {
    /// What files of `source` are read by: fields that its tables require are required.
    #[must_use]
    pub fn of(source: Source, collections: &[Arc<Collection>], territory: Arc<Territory>) -> Self {
        let collections = collections.iter().map(|collection| {
            let tables = source.tables.iter().filter(|table| table.collection == collection.id);
            let required: Vec<&String> = tables.flat_map(|table| &table.required).collect();
            let mut collection = Arc::clone(collection);
            if !required.is_empty() {
                let fields = Arc::make_mut(&mut collection).fields.iter_mut();
                fields.filter(|field| required.contains(&&field.id)).for_each(|field| field.required = true);
            }
            collection
        });
        Self { collections: collections.collect(), source, territory }
    }
}

/// A definition that cannot be used. The caller knows the file; the text knows line and column.
#[derive(Debug, thiserror::Error)]
pub enum DefinitionError {
    /// Not TOML, a key that is not known, or one that is missing.
    #[error("{0}")]
    Syntax(#[from] toml::de::Error),
    /// A register that is not CSV of its shape.
    #[error("{0}")]
    Register(#[from] csv::Error),
    /// A value that has no meaning here.
    #[error("{what} cannot be {value:?}: {rule}")]
    Value {
        /// The key.
        what: &'static str,
        /// Its value.
        value: String,
        /// What it has to be.
        rule: String,
    },
    /// A question of a strategy with a fault.
    #[error("question {question}: {source}")]
    Question {
        /// Its name.
        question: String,
        /// The fault.
        source: Box<DefinitionError>,
    },
}

impl DefinitionError {
    fn value(what: &'static str, value: &str, rule: impl Into<String>) -> Self {
        Self::Value { what, value: value.to_owned(), rule: rule.into() }
    }
}

/// The same words in both languages, as files have them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    it: String,
    en: String,
}

impl From<Words> for Bilingual {
    fn from(words: Words) -> Self {
        Self { it: words.it, en: words.en }
    }
}

/// The one of `all` whose word is `text`.
fn one_of<T: Copy>(
    what: &'static str,
    text: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<T, DefinitionError> {
    all.iter().copied().find(|one| word(*one) == text).ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| word(*one)).collect();
        DefinitionError::value(what, text, format!("it is one of {}", words.join(", ")))
    })
}
