//! Texts without their case or their accents, so that they can be compared without them.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is taken from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Its case. Upper and back again, so that ß is ss, as full case folding has it.
    Case,
    /// Its accents, in whatever form they are written.
    Accents,
}

impl Fold {
    /// The text without.
    pub fn apply(self, text: Cow<'_, str>) -> Cow<'_, str> {
        match self {
            Self::Case if text.is_ascii() => Cow::Owned(text.to_ascii_lowercase()),
            Self::Case => Cow::Owned(text.to_uppercase().to_lowercase()),
            Self::Accents if text.is_ascii() => text,
            Self::Accents => Cow::Owned(text.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_are_taken_away() {
        let check = |fold: Fold, text: &str, expect: &str| assert_eq!(fold.apply(text.into()), expect);
        check(Fold::Case, "CITTÀ di Straße", "città di strasse");
        check(Fold::Case, "MILANO", "milano");
        check(Fold::Accents, "Cantù, Cantu\u{300}", "Cantu, Cantu");
        check(Fold::Accents, "Niño Ñ", "Nino N");
    }
}
