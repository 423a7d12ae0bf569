//! `/municipalities/{istat}` and `/zones/{id}`: what is known to be in a place, on one page that prints as a document.

use askama::Template;

use super::Layout;
use super::diff::Record;
use super::item::PlaceMap;
use super::layout::Link;
use super::map_config::{MapConfig, Place};

/// The sheet of a place. What stands in it is written already.
#[derive(Debug, Template)]
#[template(path = "sheet.html")]
pub struct SheetPage {
    /// What stands round the page.
    pub layout: Layout,
    /// Its name.
    pub name: String,
    /// What it is: `Comune · codice ISTAT 015182`.
    pub kind: String,
    /// The list of places of its kind.
    pub list: Link,
    /// Its zone.
    pub zone: Option<Link>,
    /// The municipalities of a zone.
    pub members: Vec<Link>,
    /// How many people live there, and how large it is.
    pub facts: Vec<String>,
    /// The latest day of which the data are.
    pub as_of: Option<String>,
    /// What stands at the foot of every sheet of paper: whose sheet it is, its sources, releases and days.
    pub paper: String,
    /// The map; `None` if its borders cannot be shown.
    pub map: Option<PlaceMap>,
    /// The numbers that matter: the number, what it is, and a remark.
    pub figures: Vec<(String, String, Option<String>)>,
    /// The proposals; `None` if there is no such collection.
    pub proposals: Option<ProposalsPart>,
    /// The place beside its zone and the territory.
    pub comparison: Vec<ComparisonRow>,
    /// What is drawn in it, by collection.
    pub inside: Vec<InsidePart>,
    /// What a sliver is, in words.
    pub sliver: String,
    /// What is in it of what each strategy is about.
    pub strategies: Vec<StrategyPart>,
    /// What changed.
    pub changes: ChangesPart,
    /// What the sheet cannot tell, a sentence each.
    pub missing: Vec<String>,
    /// Files with exactly this: the collection, and the formats; none if there is more of it than an address can name.
    pub downloads: Vec<(String, Vec<Link>)>,
    /// The same as data.
    pub json_url: String,
}

/// The proposals in the place.
#[derive(Clone, Debug)]
pub struct ProposalsPart {
    /// How many there are.
    pub count: usize,
    /// By mission.
    pub groups: Vec<GroupRow>,
    /// How well their places are known: the word for it in data, in words, and of how many.
    pub precisions: Vec<(&'static str, String, String)>,
    /// Their money: what it is, how much, and what that means.
    pub money: Vec<(String, String, String)>,
    /// One by one, the largest amount first.
    pub rows: Vec<ProposalRow>,
    /// How many are left out.
    pub more: Option<String>,
    /// All of them in the table.
    pub all_url: String,
}

/// The proposals of one mission.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// Its code, if it is known.
    pub code: Option<String>,
    /// What it is about.
    pub label: String,
    /// How many there are.
    pub count: String,
    /// Their share of the most frequent mission, in per cent.
    pub bar: u8,
    /// Their money.
    pub amount: Option<String>,
    /// How many have which status.
    pub statuses: String,
}

/// A proposal.
#[derive(Clone, Debug)]
pub struct ProposalRow {
    /// Its title and its page.
    pub item: Link,
    /// Its mission.
    pub mission: Option<String>,
    /// Its status.
    pub status: Option<String>,
    /// How well its place is known: the word in data, and in words.
    pub precision: (&'static str, String),
    /// That it lies in other municipalities too.
    pub shared: bool,
    /// Its money.
    pub amount: Option<String>,
}

/// A place in the comparison.
#[derive(Clone, Debug)]
pub struct ComparisonRow {
    /// Its name.
    pub name: String,
    /// People, proposals, those with a place, money; each `None` where it is not known.
    pub cells: [Option<String>; 4],
    /// The amount for each inhabitant, and its share of the greatest in per cent.
    pub per_inhabitant: Option<(String, u8)>,
}

/// What is drawn in the place, of one collection.
#[derive(Clone, Debug)]
pub struct InsidePart {
    /// The collection.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many there are, in words.
    pub count: String,
    /// By category.
    pub groups: Vec<InsideGroup>,
    /// Whether shares of the place are told.
    pub measured: bool,
    /// How many slivers were left out.
    pub slivers: Option<String>,
    /// The nearest of each category of which none is here: the category, the record, how far.
    pub nearest: Vec<(String, Link, String)>,
    /// The categories of which the whole territory has none.
    pub nowhere: Vec<String>,
}

/// The records of one category.
#[derive(Clone, Debug)]
pub struct InsideGroup {
    /// The category.
    pub label: String,
    /// The records.
    pub rows: Vec<InsideRow>,
    /// How many are left out.
    pub more: Option<String>,
}

/// A record in the place.
#[derive(Clone, Debug)]
pub struct InsideRow {
    /// Its title and its page.
    pub item: Link,
    /// On whose word it binds.
    pub remark: Option<String>,
    /// What of it is here: a surface, a length.
    pub extent: Option<String>,
    /// The share of the place, in words and in per cent.
    pub share_of_place: Option<(String, u8)>,
    /// The share of the record that is here.
    pub share_of_record: Option<String>,
}

/// A strategy in the place.
#[derive(Clone, Debug)]
pub struct StrategyPart {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Of each of its collections: the title, and what is here in words.
    pub rows: Vec<(String, String)>,
    /// What nobody has loaded, in a sentence.
    pub not_loaded: Option<String>,
    /// Its page.
    pub url: String,
    /// What its questions are answered here; `None` while that is being worked out.
    pub answers: Option<Vec<AnswerRow>>,
}

/// What a question is answered in the place.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    /// The question and its page.
    pub question: Link,
    /// The answer: a number and what it counts, or a sentence. Without one, what is not loaded.
    pub answer: Result<(String, String), String>,
    /// The records that answer, or those that the place has to do with, each with what is measured.
    pub records: Vec<(Link, String)>,
    /// How many are left out.
    pub more: Option<String>,
    /// What may answer too.
    pub perhaps: Option<String>,
}

/// What changed.
#[derive(Clone, Debug)]
pub struct ChangesPart {
    /// Since when, or why nothing can be told.
    pub lead: String,
    /// How many records changed, in words.
    pub counts: Vec<String>,
    /// The first of them.
    pub records: Vec<Record>,
    /// How many are left out.
    pub more: Option<String>,
    /// The day that was asked for.
    pub day: Option<String>,
    /// The release that is told of.
    pub release_url: Option<String>,
    /// What all releases changed here, where that can be followed.
    pub follow_url: Option<String>,
}

impl SheetPage {
    fn kind_word(&self, record: &Record) -> String {
        self.layout.word(&format!("diff.{}", record.kind)).to_owned()
    }

    /// What the drawing of the place shows, in words.
    fn sketch_words(&self) -> String {
        self.layout.language.phrase("item.sketch", &[("place", &self.name)])
    }

    fn config(&self, map: &PlaceMap) -> String {
        let place = Place { municipalities: map.municipalities.clone(), ..Place::default() };
        MapConfig::of_place(&self.layout, map.extent, &map.style_url, &place).json()
    }
}
