//! A text as the words by which it is looked for: without case, accents and apostrophes, however these are written.

use crate::filter::fold::Fold;

/// What people write for an apostrophe; a grave or acute accent on its own is one too.
const APOSTROPHES: [char; 7] = ['\'', '’', '‘', 'ʼ', '`', '´', '′'];

/// The words of a text, in its order. What an apostrophe joins is two words.
pub fn words(text: &str) -> Vec<String> {
    let folded = Fold::Accents.apply(Fold::Case.apply(text.into()));
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The same for texts that are looked through: what an apostrophe joins is one word as well, so that `santangelo` finds
/// `Sant’Angelo`.
pub fn words_and_joined(text: &str) -> Vec<String> {
    let mut all = words(text);
    let joined = text.split_whitespace().filter(|part| part.contains(APOSTROPHES));
    let joined = joined.flat_map(|part| words(&part.replace(APOSTROPHES, "")));
    all.extend(joined.collect::<Vec<_>>());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_no_case_no_accents_and_no_apostrophes() {
        let check = |text: &str, expect: &str| assert_eq!(words(text).join(" "), expect, "{text}");
        check("Cassina de’ Pecchi", "cassina de pecchi");
        check("CANTU'", "cantu");
        check("Cantù, Cantu\u{300}", "cantu cantu");
        check("dell`acqua (2.a fase)", "dell acqua 2 a fase");
        check("  -- ", "");
        assert_eq!(words_and_joined("Via Sant’Angelo").join(" "), "via sant angelo santangelo");
        assert_eq!(words_and_joined("Cantu'").join(" "), "cantu cantu");
    }
}
