//! `/map`: the map of the proposals, its legend.

use askama::Template;

use super::map_config::{MapConfig, MapStrategy, Mission, Municipality};
use super::{Layout, format};
use crate::style::legend::Sign;

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

/// The layers of one family of information.
#[derive(Clone, Debug)]
pub struct Family {
    /// Its id in the definitions: `services`, `programmes`, `areas`.
    pub id: String,
    /// Its layers.
    pub layers: Vec<MapLayer>,
}

/// A choice between values: something that the proposals on the map can be narrowed by, or a collection with its sources.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name in filters and in the address: `component`.
    pub id: String,
    /// Its label in the page's language.
    pub label: String,
    /// The values there are.
    pub options: Vec<Answer>,
}

/// A value to choose.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The value in the data.
    pub value: String,
    /// What it is called in the page's language.
    pub label: String,
    /// How many proposals have it; `None` where that is not counted.
    pub count: Option<u64>,
}

/// The map page.
#[derive(Debug, Template)]
#[template(path = "map.html")]
pub struct MapPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The missions in the legend's order, with their counts.
    pub missions: Vec<Mission>,
    /// What the proposals can be narrowed by, beside their missions.
    pub choices: Vec<Choice>,
    /// The layers that can be switched on, by family: those of the published collections.
    pub families: Vec<Family>,
    /// The strategies, by which the map can be seen.
    pub strategies: Vec<MapStrategy>,
    /// The collections on the map, each with its sources, whose releases can be compared.
    pub compared: Vec<Choice>,
    /// Where the data comes from, in a sentence, for prints and pictures.
    pub credit: String,
    /// The municipalities that can be looked for, by name. Empty: the search is not shown.
    pub municipalities: Vec<Municipality>,
    /// What the map shows at first: west, south, east, north in degrees.
    pub extent: [f64; 4],
    /// Address of the style: `/styles/base`.
    pub style_url: String,
    /// Address of the table that says the same as the map: `/collections/pnrr-projects/items`.
    pub table_url: String,
    /// How many proposals are not on the map.
    pub off_map: u64,
    /// Address of the table of these.
    pub off_map_url: String,
    /// The query parameter by which the table is filtered by municipality: `municipality`.
    pub municipality_parameter: String,
}

impl MapPage {
    fn family(&self, family: &Family) -> &str {
        match family.id.as_str() {
            "services" => self.layout.word("map.family_services"),
            "programmes" => self.layout.word("map.family_programmes"),
            "areas" => self.layout.word("map.family_areas"),
            _ => self.layout.word("map.layers"),
        }
    }

    fn number(&self, value: u64) -> String {
        format::integer(value, self.layout.language)
    }

    fn option(&self, answer: &Answer) -> String {
        match answer.count {
            Some(count) => format!("{} ({})", answer.label, self.number(count)),
            None => answer.label.clone(),
        }
    }

    fn off_map_sentence(&self) -> Option<String> {
        (self.off_map > 0).then(|| self.layout.language.counted("home.off_map", self.off_map))
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
            items_url: &self.table_url,
            list_url: Some(self.layout.href(format!("{}{mark}{parameter}={{municipality}}", self.table_url))),
            municipalities: &self.municipalities,
            sheet_url: self.layout.href("/municipalities/{municipality}"),
            strategies: &self.strategies,
            credit: &self.credit,
            place: None,
        }
        .json()
    }
}
