//! `/collections/{id}/items/{fid}`: a record's own page.

use askama::Template;
use domain::LocationPrecision;
use serde_json::Value as Json;

use super::history::History;
use super::layout::{Link, PastNote, SourceNote};
use super::map_config::{MapConfig, Place};
use super::related::Related;
use super::sketch::Sketch;
use super::{Language, Layout, format};

/// One of the places of a record.
#[derive(Clone, Debug)]
pub struct Location {
    /// The municipality's name, or the province's where only that is known.
    pub name: String,
    /// The municipality's page, when it has one.
    pub url: Option<String>,
    /// The address, as the source writes it.
    pub address: Option<String>,
    /// The share of the record that lies there, as the source writes it (`37,5 %`).
    pub share: Option<String>,
}

/// A value, still unwritten.
#[derive(Clone, Debug)]
pub enum Value {
    /// The source does not state it.
    Absent,
    /// Text.
    Text(String),
    /// A code, set in a fixed-width face: CUP, ISTAT code, tax code.
    Code(String),
    /// An amount in cents.
    Money(i64),
    /// An integer.
    Integer(i64),
    /// A decimal number.
    Decimal(f64),
    /// True or false.
    Boolean(bool),
    /// An ISO date.
    Date(String),
    /// Texts that lead to what they stand for.
    Listed(Vec<Link>),
}

/// A field of the record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the data.
    pub id: String,
    /// Its label in the page's language.
    pub label: String,
    /// What the label does not say.
    pub description: Option<String>,
    /// The unit of its numbers: `km²`.
    pub unit: Option<String>,
    /// Whether it has the role `status`.
    pub status: bool,
    /// Whence its value comes, if not from the record's own source.
    pub from: Option<Link>,
    /// Its value.
    pub value: Value,
}

impl Field {
    /// The value in words; `None` when it is absent.
    #[must_use]
    pub fn written(&self, language: Language) -> Option<String> {
        let text = match &self.value {
            Value::Absent => return None,
            Value::Text(text) | Value::Code(text) => text.clone(),
            Value::Money(cents) => format::money(*cents, language),
            Value::Integer(number) => format::signed(*number, language),
            Value::Decimal(number) => format::decimal(*number, language),
            Value::Boolean(true) => language.word("item.yes").to_owned(),
            Value::Boolean(false) => language.word("item.no").to_owned(),
            Value::Date(date) => format::date(date, language),
            Value::Listed(links) => {
                links.iter().map(|link| link.label.as_str()).collect::<Vec<_>>().join(", ")
            }
        };
        Some(match &self.unit {
            Some(unit) => format!("{text}\u{a0}{unit}"),
            None => text,
        })
    }

    fn is_code(&self) -> bool {
        matches!(self.value, Value::Code(_))
    }

    fn links(&self) -> &[Link] {
        if let Value::Listed(links) = &self.value { links } else { &[] }
    }

    /// The group it is shown in. An absent value has no type any more: its name in the data tells.
    fn group(&self) -> Group {
        match self.value {
            Value::Money(_) => Group::Money,
            Value::Code(_) => Group::Codes,
            Value::Date(_) => Group::State,
            _ if self.status => Group::State,
            Value::Absent if self.id.ends_with("_cents") => Group::Money,
            Value::Absent if self.id.ends_with("_code") || self.id == "cup" => Group::Codes,
            Value::Absent if self.id.ends_with("_on") => Group::State,
            _ => Group::Description,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Description,
    Money,
    State,
    Codes,
}

impl Group {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Description, "description"),
        (Self::Money, "money"),
        (Self::State, "state"),
        (Self::Codes, "codes"),
    ];
}

/// A question of a strategy that the record is in.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The strategy, in short.
    pub strategy: String,
    /// The question, with its answer's page.
    pub question: Link,
    /// How the record stands to it, in words.
    pub standing: String,
    /// The records it has to do with.
    pub objects: Vec<Touched>,
    /// How many more there are, in words.
    pub more: Option<String>,
}

/// A record that this one touches.
#[derive(Clone, Debug)]
pub struct Touched {
    /// Its title and page.
    pub item: Link,
    /// What they have in common: `1.234 m² (12,3 %)`.
    pub facts: String,
}

/// An amount among those of the record.
#[derive(Clone, Debug)]
struct Amount<'a> {
    field: &'a Field,
    text: String,
    /// Its part of the largest, in per cent.
    bar: i64,
}

/// A record's page.
#[derive(Debug, Template)]
#[template(path = "item.html")]
pub struct ItemPage {
    /// What stands round the page.
    pub layout: Layout,
    /// What it is of, where that is not the present.
    pub past: Option<PastNote>,
    /// The parameter of time, `?release=3`, for links to other pages of the same time; else empty.
    pub carried: String,
    /// The collection's id.
    pub collection: String,
    /// The collection's title in the page's language.
    pub collection_title: String,
    /// The record's title: the page's heading.
    pub title: String,
    /// A line above the title that says what it is about, such as the sub-measure.
    pub subject: Option<String>,
    /// The mission's code and title, for proposals.
    pub mission: Option<(String, String)>,
    /// How precisely the place is known. `None` for collections whose records are drawn, which need no badge.
    pub precision: Option<LocationPrecision>,
    /// Where it lies. Empty: the source does not say (shown only when `precision` is given).
    pub locations: Vec<Location>,
    /// The fields, in the order of the collection's definition; the title is left out by the caller.
    pub fields: Vec<Field>,
    /// The map of its place. `None`: it has no place, and the page has no map.
    pub place: Option<PlaceMap>,
    /// What stands beside it.
    pub related: Related,
    /// Its collection and number, as a screening is told of it: `services/7`.
    pub feature: String,
    /// The questions of the strategies that it is in.
    pub asked: Vec<Asked>,
    /// Of how many other questions it is no answer, in words.
    pub asked_rest: Option<String>,
    /// Whether the answers are those of the edition before.
    pub asked_before: bool,
    /// Its past.
    pub history: History,
    /// Whence it came.
    pub source: SourceNote,
    /// This record as `GeoJSON`.
    pub json_url: String,
    /// The same as linked data, safe to stand in a `script` element.
    pub linked_data: String,
    /// The sheet of the place that it is, if it is one.
    pub sheet_url: Option<String>,
    /// Pages of others about the same.
    pub elsewhere: Vec<Link>,
}

/// The small map of a record's place.
#[derive(Clone, Debug)]
pub struct PlaceMap {
    /// West, south, east, north in degrees.
    pub extent: [f64; 4],
    /// Address of the style: `/styles/base`.
    pub style_url: String,
    /// ISTAT codes of the municipalities to highlight.
    pub municipalities: Vec<String>,
    /// The shape as a `GeoJSON` geometry (EPSG:4326). `None`: the municipality is all that is known.
    pub geometry: Option<Json>,
    /// The same as a drawing.
    pub sketch: Sketch,
}

impl ItemPage {
    /// The groups that have stated fields: key of the words, fields.
    fn groups(&self) -> Vec<(&'static str, Vec<&Field>)> {
        let stated = |field: &&Field| !matches!(field.value, Value::Absent);
        Group::ALL
            .into_iter()
            .map(|(group, key)| {
                let of_group = self.fields.iter().filter(stated).filter(|field| field.group() == group);
                (key, of_group.collect::<Vec<_>>())
            })
            .filter(|(key, fields)| !fields.is_empty() && *key != "money")
            .collect()
    }

    /// The stated amounts but for zeros, each beside the largest.
    fn amounts(&self) -> Vec<Amount<'_>> {
        let cents = |field: &Field| if let Value::Money(cents) = field.value { cents } else { 0 };
        let largest = self.fields.iter().map(cents).max().unwrap_or_default().max(1);
        let stated = self.fields.iter().filter(|field| cents(field) != 0);
        let amount = |field| {
            let bar = cents(field).max(0).saturating_mul(100) / largest;
            Some(Amount { field, text: self.written(field)?, bar })
        };
        stated.filter_map(amount).collect()
    }

    /// The labels of the amounts that the source states as zero.
    fn zeros(&self) -> Vec<&str> {
        let zero = self.fields.iter().filter(|field| matches!(field.value, Value::Money(0)));
        zero.map(|field| field.label.as_str()).collect()
    }

    /// The labels of the fields that the source leaves open.
    fn unstated(&self) -> Vec<&str> {
        let absent = self.fields.iter().filter(|field| matches!(field.value, Value::Absent));
        absent.map(|field| field.label.as_str()).collect()
    }

    /// The label and value of the first amount among the fields, when the source states it: it stands under the title.
    fn headline(&self) -> Option<(&str, String)> {
        let field = self.fields.iter().find(|field| field.group() == Group::Money)?;
        Some((&field.label, self.written(field)?))
    }

    /// The record as a screening is told of it; `None` where it is not drawn, or not of the present.
    fn screened(&self) -> Option<&str> {
        let is_drawn = self.place.as_ref().is_some_and(|map| map.geometry.is_some());
        Some(self.feature.as_str()).filter(|_| is_drawn && self.past.is_none())
    }

    fn group_title(&self, key: &str) -> String {
        self.layout.word(&format!("item.group_{key}")).to_owned()
    }

    fn written(&self, field: &Field) -> Option<String> {
        field.written(self.layout.language)
    }

    fn precision_words(&self) -> Option<(&'static str, String, String)> {
        let precision = self.precision?;
        let id = precision.as_str();
        let text = |suffix: &str| self.layout.word(&format!("item.precision_{id}{suffix}")).to_owned();
        Some((id, text(""), text("_text")))
    }

    fn mission_words(&self, code: &str) -> String {
        self.layout.language.phrase("item.mission", &[("code", code)])
    }

    fn address(&self, address: &str) -> String {
        self.layout.language.phrase("item.address", &[("address", address)])
    }

    fn share(&self, share: &str) -> String {
        self.layout.language.phrase("item.share", &[("share", share)])
    }

    /// What the drawing of its place shows, in words.
    fn sketch_words(&self) -> String {
        let names: Vec<&str> = self.locations.iter().map(|it| it.name.as_str()).collect();
        let precision = self.precision_words().map(|(_, words, _)| words);
        let place = [names.join(", ")].into_iter().chain(precision).filter(|it| !it.is_empty());
        let place: Vec<String> = [self.title.clone()].into_iter().chain(place).collect();
        self.layout.language.phrase("item.sketch", &[("place", &place.join(" – "))])
    }

    fn config(&self, map: &PlaceMap) -> String {
        let place = Place {
            municipalities: map.municipalities.clone(),
            geometry: map.geometry.clone(),
            mission: self.mission.as_ref().map(|(code, _)| code.clone()),
        };
        MapConfig::of_place(&self.layout, map.extent, &map.style_url, &place).json()
    }
}
