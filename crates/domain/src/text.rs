//! Words that the interface shows, in Italian and in English.

/// The same words in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// In Italian.
    pub it: String,
    /// In English.
    pub en: String,
}
