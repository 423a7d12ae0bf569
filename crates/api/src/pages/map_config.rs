//! What the map's script is told: the JSON in `<script type="application/json" id="map-config">`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Language, Layout, script};

/// A mission as the map names it.
#[derive(Clone, Debug, Serialize)]
pub struct Mission {
    /// The code, as in the tiles: `M5`.
    pub code: String,
    /// The title, in the page's language.
    pub label: String,
    /// How many published proposals it has, wherever they lie.
    pub count: u64,
}

/// A municipality that can be looked for.
#[derive(Clone, Debug, Serialize)]
pub struct Municipality {
    /// The ISTAT code: `015146`.
    pub code: String,
    /// The name.
    pub name: String,
    /// The zone it belongs to, by code.
    pub zone: Option<String>,
    /// Longitude and latitude of its inner point, in degrees.
    pub at: [f64; 2],
}

/// A strategy as the map shows it.
#[derive(Clone, Debug, Serialize)]
pub struct MapStrategy {
    /// Its name: `sttm-1`.
    pub id: String,
    /// What people call it in short: `STTM 1`.
    pub code: String,
    /// Its title, in the page's language.
    pub title: String,
    /// Its page.
    pub url: String,
    /// What of each collection it is about: fields with the values one of which a record has to have.
    pub shown: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Titles of the collections it is about of which nothing is published.
    pub absent: Vec<String>,
}

/// The place that an item page's map shows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Place {
    /// ISTAT codes of the municipalities to highlight.
    pub municipalities: Vec<String>,
    /// The record's own shape as a `GeoJSON` geometry (EPSG:4326), when its precision is a shape or an address.
    pub geometry: Option<Value>,
    /// The mission that gives the shape its colour.
    pub mission: Option<String>,
}

/// Everything the script is told. Its `TypeScript` twin is `web/src/config.ts`.
#[derive(Clone, Debug, Serialize)]
pub struct MapConfig<'a> {
    /// West, south, east, north in degrees: what the map shows at first.
    pub extent: [f64; 4],
    /// The address of the `MapLibre` style.
    pub style: &'a str,
    /// The language tag, for numbers.
    pub language: &'a str,
    /// The section `map_script` of the words.
    pub words: BTreeMap<&'static str, &'static str>,
    /// The missions in the legend's order.
    pub missions: &'a [Mission],
    /// Address of a record's page, with `{collection}` and `{id}` to fill in.
    pub item_url: String,
    /// Address of the features that the table beside the map lists; empty: there is none.
    pub items_url: &'a str,
    /// Address of the table of a municipality's proposals, with `{municipality}` to fill in.
    pub list_url: Option<String>,
    /// The municipalities that can be looked for.
    pub municipalities: &'a [Municipality],
    /// Address of a municipality's sheet, with `{municipality}` to fill in.
    pub sheet_url: String,
    /// The strategies, by which the map can be seen.
    pub strategies: &'a [MapStrategy],
    /// Where the data comes from, in a sentence, for prints and pictures.
    pub credit: &'a str,
    /// The one place to show, on an item's page.
    pub place: Option<&'a Place>,
}

impl<'a> MapConfig<'a> {
    /// The map of one place, on a page of its own.
    #[must_use]
    pub fn of_place(layout: &Layout, extent: [f64; 4], style: &'a str, place: &'a Place) -> Self {
        Self {
            extent,
            style,
            language: layout.language.tag(),
            words: Self::words(layout.language),
            missions: &[],
            item_url: layout.href("/collections/{collection}/items/{id}"),
            items_url: "",
            list_url: None,
            municipalities: &[],
            sheet_url: layout.href("/municipalities/{municipality}"),
            strategies: &[],
            credit: "",
            place: Some(place),
        }
    }

    /// The JSON, safe to stand inside a `script` element.
    #[must_use]
    pub fn json(&self) -> String {
        script::json(self)
    }

    /// The words of the map's script.
    #[must_use]
    pub fn words(language: Language) -> BTreeMap<&'static str, &'static str> {
        language.section("map_script")
    }
}
