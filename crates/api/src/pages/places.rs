//! `/municipalities` and `/zones`: all places that have a sheet, with the figures of each.

use askama::Template;

use super::layout::Link;
use super::{Layout, format};

/// A place in the list.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// Its name and its sheet.
    pub place: Link,
    /// Its zone and the zone's sheet.
    pub zone: Option<Link>,
    /// How many people live there.
    pub population: Option<i64>,
    /// How many proposals lie there.
    pub proposals: Option<u64>,
    /// Their whole amounts in cents.
    pub whole_cents: Option<i64>,
    /// The amount for each inhabitant in cents.
    pub per_inhabitant_cents: Option<i64>,
}

/// The list.
#[derive(Debug, Template)]
#[template(path = "places.html")]
pub struct PlacesPage {
    /// What stands round the page.
    pub layout: Layout,
    /// `municipalities` or `zones`.
    pub kind: &'static str,
    /// The places, by name.
    pub rows: Vec<PlaceRow>,
}

impl PlacesPage {
    fn own(&self, key: &str) -> String {
        self.layout.word(&format!("places.{}_{key}", self.kind)).to_owned()
    }

    /// People, proposals, amount, amount for each inhabitant; each `None` where it is not known.
    fn cells(&self, row: &PlaceRow) -> [Option<String>; 4] {
        let language = self.layout.language;
        let money = |cents: Option<i64>| cents.map(|cents| format::money(cents, language));
        [
            row.population.map(|people| format::signed(people, language)),
            row.proposals.map(|count| format::integer(count, language)),
            money(row.whole_cents),
            money(row.per_inhabitant_cents),
        ]
    }
}
