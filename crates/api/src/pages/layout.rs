//! What stands round the content of every page: head, header, footer.

use super::{Language, format};

/// The entry of the main menu that the page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The front page.
    Home,
    /// The page of a search, which has its own field to search in.
    Search,
    /// The map page.
    Map,
    /// A page that stands in another one.
    Embedded,
    /// Municipalities and zones.
    Territory,
    /// Collections and their records.
    Data,
    /// Strategies, and the answers to their questions.
    Strategies,
    /// Releases: what changed, and what was wrong.
    Releases,
    /// Sources: where data comes from.
    Sources,
    /// No entry: problem pages.
    None,
}

/// A link with its text.
#[derive(Clone, Debug)]
pub struct Link {
    /// What is read, in the page's language.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// That a page shows another time than now.
#[derive(Clone, Debug)]
pub struct PastNote {
    /// Which: `Situazione al 21 febbraio 2023`.
    pub text: String,
    /// The same page of now.
    pub now_url: String,
}

/// A published release and whence it came, as footers and collection pages name it.
#[derive(Clone, Debug)]
pub struct SourceNote {
    /// The source's title, in the page's language.
    pub title: String,
    /// The source's own page, when it has one.
    pub homepage: Option<String>,
    /// Who owns and publishes the data.
    pub publisher: String,
    /// The licence as people name it: `CC BY 4.0`.
    pub licence: String,
    /// The licence's text.
    pub licence_url: Option<String>,
    /// The number of the release that is published.
    pub release: String,
    /// The page of that release, when there is one.
    pub release_url: Option<String>,
    /// The page of the source in this portal, when there is one.
    pub url: Option<String>,
    /// When the data were extracted at the source: ISO date. `None` when the source does not say.
    pub extracted_on: Option<String>,
}

/// What every page needs beside its own content.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The language of the page.
    pub language: Language,
    /// Whether the reader chose the language in the address (`?lang=`); links then carry it on.
    pub language_in_url: bool,
    /// Path and query of this page without `lang`, for the language links: `/collections?limit=20`.
    pub path: String,
    /// The territory's title in the page's language: `Città metropolitana di Milano`.
    pub territory: String,
    /// The entry of the menu to mark as current.
    pub section: Section,
    /// Whether demonstration data are published: puts the label on every page.
    pub demo: bool,
    /// The published releases, for the footer. Empty when nothing is published.
    pub sources: Vec<SourceNote>,
    /// The `version` in `web/dist/manifest.json`; asset addresses carry it, so that they can be cached for ever.
    pub asset_version: String,
}

impl Layout {
    /// A text of the interface.
    #[must_use]
    pub fn word<'a>(&self, key: &'a str) -> &'a str {
        self.language.word(key)
    }

    /// The address of a page of the portal, with the chosen language carried on.
    #[must_use]
    pub fn href(&self, url: impl AsRef<str>) -> String {
        let url = url.as_ref();
        if self.language_in_url { with_language(url, self.language) } else { url.to_owned() }
    }

    /// Whether this entry of the menu is the current one.
    #[must_use]
    pub fn is_current(&self, section: &str) -> bool {
        match self.section {
            Section::Map => section == "map",
            Section::Territory => section == "territory",
            Section::Data => section == "data",
            Section::Strategies => section == "strategies",
            Section::Releases => section == "releases",
            Section::Sources => section == "sources",
            Section::Home | Section::Search | Section::Embedded | Section::None => false,
        }
    }

    /// Whether the header has the field to search in: pages that are about search have a larger one.
    #[must_use]
    pub fn has_search(&self) -> bool {
        !matches!(self.section, Section::Home | Section::Search)
    }

    /// Whether the page is made to stand in another one, without header and footer.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.section == Section::Embedded
    }

    /// Whether a list opens under the field while one types: on the pages that are about search, and on the map. All others have no
    /// script for it, and the field leads to the page of the search.
    #[must_use]
    pub fn lists_what_is_found(&self) -> bool {
        matches!(self.section, Section::Home | Section::Search | Section::Map)
    }

    /// The address of a built file of `web/dist`.
    #[must_use]
    pub fn asset(&self, file: &str) -> String {
        format!("/assets/{file}?v={}", self.asset_version)
    }

    /// Each language with the address of this page in it.
    #[must_use]
    pub fn languages(&self) -> Vec<(Language, String)> {
        Language::ALL.into_iter().map(|language| (language, with_language(&self.path, language))).collect()
    }

    /// The extraction date of a source in words.
    #[must_use]
    pub fn extracted(&self, source: &SourceNote) -> Option<String> {
        source.extracted_on.as_deref().map(|date| format::date(date, self.language))
    }

    /// `dati al 21 febbraio 2023`, for a source in the footer.
    #[must_use]
    pub fn as_of(&self, source: &SourceNote) -> Option<String> {
        let date = self.extracted(source)?;
        Some(self.language.phrase("footer.as_of", &[("date", &date)]))
    }

    /// `rilascio 3`, for a source in the footer.
    #[must_use]
    pub fn release(&self, source: &SourceNote) -> String {
        self.language.phrase("footer.release", &[("release", &source.release)])
    }
}

fn with_language(url: &str, language: Language) -> String {
    let (address, fragment) =
        url.split_once('#').map_or((url, None), |(address, fragment)| (address, Some(fragment)));
    let mark = if address.contains('?') { '&' } else { '?' };
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{address}{mark}lang={}{fragment}", language.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_carries_the_chosen_language_on() {
        for (url, expected) in [
            ("/", "/?lang=en"),
            ("/collections?limit=20", "/collections?limit=20&lang=en"),
            ("/a?b=c#d", "/a?b=c&lang=en#d"),
        ] {
            assert_eq!(with_language(url, Language::English), expected);
        }
    }
}
