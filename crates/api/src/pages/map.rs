//! `/`: the map of the proposals, the numbers that sum it up, its legend.

use askama::Template;

use super::map_config::{MapConfig, Mission, Municipality};
use super::{Layout, format};
use crate::style::legend::Sign;

/// The numbers of the territory.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// How many proposals are published.
    pub proposals: u64,
    /// Of these, with a precise place (precision `geometry` or `address`).
    pub located: u64,
    /// Of these, known only by municipality.
    pub municipality_only: u64,
    /// Of these, known only by province or not at all: they are not on the map.
    pub province_or_none: u64,
    /// The sum of the PNRR funding in cents, each proposal counted once. `None` when no proposal states any.
    pub funding_pnrr_cents: Option<i64>,
    /// The date of the source's data, ISO. `None` when nothing is published or the source does not say.
    pub as_of: Option<String>,
}

/// A layer that the reader can switch on.
#[derive(Clone, Debug)]
pub struct MapLayer {
    /// The collection's id, which is the layer's name in the tiles: `areas`, `programmes`, `services`.
    pub id: String,
    /// The collection's title in the page's language.
    pub title: String,
    /// How many records it has.
    pub count: u64,
    /// How the map draws it.
    pub sign: Sign,
}

/// The map page.
#[derive(Debug, Template)]
#[template(path = "map.html")]
pub struct MapPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The numbers of the territory.
    pub figures: Figures,
    /// The missions in the legend's order, with their counts.
    pub missions: Vec<Mission>,
    /// The layers that can be switched on: those of the published collections.
    pub layers: Vec<MapLayer>,
    /// The municipalities that can be looked for, by name. Empty: the search is not shown.
    pub municipalities: Vec<Municipality>,
    /// What the map shows at first: west, south, east, north in degrees.
    pub extent: [f64; 4],
    /// Address of the style: `/styles/base`.
    pub style_url: String,
    /// Address of the table that says the same as the map: `/collections/pnrr-projects/items`.
    pub table_url: String,
    /// Address of the table of the proposals that are not on the map. `None`: the sentence has no link.
    pub off_map_url: Option<String>,
    /// The query parameter by which the table is filtered by municipality: `municipality`.
    pub municipality_parameter: String,
}

impl MapPage {
    fn number(&self, value: u64) -> String {
        format::integer(value, self.layout.language)
    }

    fn funding(&self) -> Option<String> {
        self.figures.funding_pnrr_cents.map(|cents| format::money_short(cents, self.layout.language))
    }

    fn funding_exact(&self) -> Option<String> {
        let amount = format::money(self.figures.funding_pnrr_cents?, self.layout.language);
        Some(self.layout.language.phrase("map.funding_exact", &[("amount", &amount)]))
    }

    fn as_of(&self) -> String {
        let language = self.layout.language;
        match &self.figures.as_of {
            Some(date) => language.phrase("map.as_of", &[("date", &format::date(date, language))]),
            None if self.figures.proposals == 0 => language.word("map.no_release").to_owned(),
            None => String::new(),
        }
    }

    fn off_map(&self) -> Option<String> {
        let count = self.figures.province_or_none;
        (count > 0).then(|| self.layout.language.counted("map.off_map", count))
    }

    /// The classes of precision, most precise first: their words, how many.
    fn precisions(&self) -> [(&'static str, u64); 3] {
        [
            ("map.located", self.figures.located),
            ("map.municipality_only", self.figures.municipality_only),
            ("map.province_only", self.figures.province_or_none),
        ]
    }

    fn config(&self) -> String {
        let parameter = &self.municipality_parameter;
        let mark = if self.table_url.contains('?') { '&' } else { '?' };
        MapConfig {
            extent: self.extent,
            style: &self.style_url,
            language: self.layout.language.tag(),
            words: MapConfig::words(self.layout.language),
            missions: &self.missions,
            item_url: self.layout.href("/collections/{collection}/items/{id}"),
            list_url: Some(self.layout.href(format!("{}{mark}{parameter}={{municipality}}", self.table_url))),
            municipalities: &self.municipalities,
            place: None,
        }
        .json()
    }
}
