//! `/`: what this is, search, the numbers that matter, and a door for whoever comes.

use askama::Template;

use super::figures::Figures;
use super::map_config::Municipality;
use super::{Layout, format};

/// A family of information.
#[derive(Clone, Debug)]
pub struct Family {
    /// Its title in the page's language.
    pub title: String,
    /// What it holds, in a sentence.
    pub description: String,
    /// How many records are published; `None`: no release is.
    pub count: Option<u64>,
    /// The table of its records.
    pub url: String,
}

/// A source of which something is published.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its title in the page's language.
    pub title: String,
    /// Its latest release.
    pub release: String,
    /// Of when the data is, ISO. `None` when the source does not say.
    pub extracted_on: Option<String>,
}

/// The front page.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub struct HomePage {
    /// What stands round the page.
    pub layout: Layout,
    /// The numbers of the territory.
    pub figures: Figures,
    /// The families of information.
    pub families: Vec<Family>,
    /// What is published, the latest release first.
    pub published: Vec<Published>,
    /// The municipalities, by name.
    pub municipalities: Vec<Municipality>,
    /// The parameter by which the list of municipalities leads to the sheet of one.
    pub municipality_parameter: String,
    /// The table of the proposals that are not on the map.
    pub off_map_url: String,
    /// The address of the portal, to copy into another program.
    pub address: String,
}

impl HomePage {
    fn number(&self, value: u64) -> String {
        format::integer(value, self.layout.language)
    }

    fn count(&self, family: &Family) -> String {
        match family.count {
            Some(count) => self.layout.language.counted("collections.record", count),
            None => self.layout.word("collection.not_published").to_owned(),
        }
    }

    fn release(&self, published: &Published) -> String {
        self.layout.language.phrase("release.name", &[("number", &published.release)])
    }

    fn day(&self, published: &Published) -> Option<String> {
        let date = format::date(published.extracted_on.as_deref()?, self.layout.language);
        Some(self.layout.language.phrase("footer.as_of", &[("date", &date)]))
    }

    fn off_map(&self) -> Option<String> {
        let count = self.figures.province_or_none;
        (count > 0).then(|| self.layout.language.counted("home.off_map", count))
    }
}
