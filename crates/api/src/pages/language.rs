//! The languages of the interface, and its words in each.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const ITALIAN: &str = include_str!("../../../../web/words/it.toml");
const ENGLISH: &str = include_str!("../../../../web/words/en.toml");

/// A language of the interface. Italian is the one the portal falls back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Italian, the first language of the interface.
    #[default]
    Italian,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order of the language links.
    pub const ALL: [Self; 2] = [Self::Italian, Self::English];

    /// The language tag, as `lang="it"` and `?lang=it` write it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Italian => "it",
            Self::English => "en",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Italian => "Italiano",
            Self::English => "English",
        }
    }

    /// The language with this tag (`it`, `en`), if the portal speaks it.
    #[must_use]
    pub fn with_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The text with this key (`section.key`). An unknown key gives itself; a test sees to it that templates use none.
    #[must_use]
    pub fn word(self, key: &str) -> &str {
        self.words().get(key).map_or(key, String::as_str)
    }

    /// The text with this key, its `{placeholders}` filled in.
    #[must_use]
    pub fn phrase(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.word(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// All words of a section, without the section's name: what the map's script is given.
    #[must_use]
    pub fn section(self, section: &str) -> BTreeMap<&'static str, &'static str> {
        let prefix = format!("{section}.");
        self.words()
            .iter()
            .filter_map(|(key, text)| key.strip_prefix(&prefix).map(|key| (key, text.as_str())))
            .collect()
    }

    pub(super) fn words(self) -> &'static BTreeMap<String, String> {
        static WORDS: LazyLock<[BTreeMap<String, String>; 2]> =
            LazyLock::new(|| [read(ITALIAN), read(ENGLISH)]);
        let [italian, english] = &*WORDS;
        match self {
            Self::Italian => italian,
            Self::English => english,
        }
    }
}

/// Reads a words file: sections of keys, each with a text. A file that is no such TOML has no words, which a test forbids.
fn read(file: &str) -> BTreeMap<String, String> {
    let sections: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(file).unwrap_or_default();
    let words = sections.into_iter().flat_map(|(section, words)| {
        words.into_iter().map(move |(key, text)| (format!("{section}.{key}"), text))
    });
    words.collect()
}
