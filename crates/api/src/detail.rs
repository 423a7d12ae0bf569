//! What a refusal says. What readers of pages meet is a sentence of the words, in their language; what only a parser or a library knows,
//! and what concerns programs alone, is English and marked as such.

use std::fmt::Display;

use crate::pages::Language;
use crate::pages::problem::Told;

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A sentence of the section `refused` of the words.
    Sentence {
        /// Its key there.
        key: &'static str,
        /// What fills it in, by name.
        parts: Vec<(&'static str, String)>,
        /// The reason in English, where only a parser or a library knows it.
        reason: Option<String>,
    },
    /// A sentence for whoever writes programs.
    English(String),
}

/// The sentence with this key, filled in.
pub fn said(key: &'static str, parts: &[(&'static str, &dyn Display)]) -> Detail {
    let parts = parts.iter().map(|(name, part)| (*name, part.to_string())).collect();
    Detail::Sentence { key, parts, reason: None }
}

impl Detail {
    /// The same with a reason that is known in English only.
    pub fn because(mut self, why: impl Display) -> Self {
        if let Self::Sentence { reason, .. } = &mut self {
            *reason = Some(why.to_string());
        }
        self
    }

    /// What it says in a language.
    pub fn told(&self, language: Language) -> Told {
        match self {
            Self::English(text) => Told { sentence: None, english: Some(text.clone()) },
            Self::Sentence { key, parts, reason } => {
                let parts: Vec<_> = parts.iter().map(|(name, part)| (*name, part.as_str())).collect();
                let sentence = language.phrase(&format!("refused.{key}"), &parts);
                Told { sentence: Some(sentence), english: reason.clone() }
            }
        }
    }
}

impl From<String> for Detail {
    fn from(text: String) -> Self {
        Self::English(text)
    }
}

impl From<&str> for Detail {
    fn from(text: &str) -> Self {
        Self::English(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn a_sentence_is_told_in_the_readers_language_and_a_reason_as_it_is() {
        let detail = said("unreadable_filter", &[]).because("expected a value at position 7.");
        let check = |language: Language, expect: &str| {
            assert_eq!(
                detail.told(language).to_string(),
                format!("{expect} expected a value at position 7.")
            );
        };
        check(Language::English, "The filter cannot be read:");
        check(Language::Italian, "Il filtro non si può leggere. La spiegazione tecnica è in inglese:");
        let twice = said("parameter_twice", &[("name", &"limit")]).told(Language::Italian);
        assert_eq!(twice.to_string(), "Il parametro «limit» compare due volte: ne serve uno solo.");
        assert_eq!(Detail::from("As it is.").told(Language::Italian).sentence, None);
    }

    #[test]
    fn every_sentence_is_used_and_nothing_is_said_without_one() {
        let mut code = String::new();
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
        let words = Language::Italian.section("refused");
        for key in words.keys() {
            assert!(code.contains(&format!("\"{key}\"")), "nobody says {key}");
        }
        for key in code.split("said(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(words.contains_key(key), "there are no words for {key}");
        }
    }

    fn read(folder: &Path, code: &mut String) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                read(&entry, code);
            } else if entry.extension().is_some_and(|it| it == "rs") {
                code.push_str(&fs::read_to_string(&entry).unwrap());
            }
        }
    }
}
