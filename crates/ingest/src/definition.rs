//! Definitions: what the files under `data/` say, turned into the nouns of the domain.

mod collection;
mod source;
mod territory;

pub use collection::parse as parse_collection;
pub use source::parse as parse_source;
pub use territory::parse as parse_territory;

use domain::Bilingual;
use serde::Deserialize;

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
