//! What was found, as a page and as data.

use atlas::{Edition, Found, Layer};
use domain::{FieldType, Role, Value};

use super::{layout, render, words};
use crate::ask::Ask;
use crate::listing::Listing;
use crate::pages::layout::Section;
use crate::pages::search::{Hit, Narrowing};
use crate::pages::{Language, SearchPage, format};
use crate::problem::Problem;

/// Municipalities that are named; a proposal may lie in dozens.
const PLACES: usize = 2;

/// A question, and the part of the answer that is wanted.
pub struct Asked<'a> {
    /// What is looked for.
    pub text: &'a str,
    /// The collection to which it is narrowed.
    pub collection: Option<&'a str>,
    /// Which of the records.
    pub listing: Listing,
}

/// The page.
pub fn page(edition: &Edition, found: &Found, asked: &Asked, ask: &Ask) -> Result<String, Problem> {
    let (language, listing) = (ask.language.0, asked.listing);
    let matched = found.matched;
    let parameters: Vec<(String, String)> = ask.stated().to_vec();
    render(&SearchPage {
        layout: layout::of(edition, ask, Section::Search),
        asked: asked.text.to_owned(),
        is_alike: found.is_alike,
        narrowings: narrowings(found, asked, ask),
        hits: hits(edition, found, language),
        first: listing.offset as u64 + 1,
        matched: matched as u64,
        previous: listing.previous(ask, &parameters),
        next: listing.next(ask, &parameters, matched),
    })
}

/// The records that are wanted.
pub fn hits(edition: &Edition, found: &Found, language: Language) -> Vec<Hit> {
    found.records.iter().map(|(layer, at)| hit(edition, layer, *at, language)).collect()
}

fn hit(edition: &Edition, layer: &Layer, at: usize, language: Language) -> Hit {
    let (collection, id) = (&layer.collection, layer.id(at));
    Hit {
        collection: collection.id.to_string(),
        id: id.to_string(),
        title: layer.title(at).into_owned(),
        about: about(edition, layer, at, language),
        kind: words(language, &collection.title).to_owned(),
        url: format!("/collections/{}/items/{id}", collection.id),
    }
}

/// What tells a record from others of its name: its category, where it is, what it is worth, its CUP.
fn about(edition: &Edition, layer: &Layer, at: usize, language: Language) -> String {
    let fields = &layer.collection.fields;
    let category = layer.collection.with_role(Role::Category).and_then(|place| {
        let code = layer.value(at, place).as_text()?;
        let label = fields[place].codes.iter().find(|known| known.code == code).map(|known| &known.label);
        Some(label.map_or_else(|| code.to_owned(), |label| words(language, label).to_owned()))
    });
    let amount = match layer.value_of(at, Role::Amount) {
        Some(Value::Cents(cents)) => Some(format::money_short(cents.0, language)),
        _ => None,
    };
    let cup = fields.iter().position(|field| field.field_type == FieldType::Cup);
    let cup = cup.and_then(|place| layer.value(at, place).as_text()).map(|cup| format!("CUP {cup}"));
    let parts = [category, places(edition, layer, at, language), amount, cup];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The municipalities in which a record lies; a municipality is not in itself.
fn places(edition: &Edition, layer: &Layer, at: usize, language: Language) -> Option<String> {
    let itself = edition.municipalities().is_some_and(|it| it.collection.id == layer.collection.id);
    let codes = layer.municipalities(at);
    let names = codes.iter().filter_map(|code| Some(edition.places.get(*code)?.name.as_str()));
    let first: Vec<&str> = names.take(PLACES).collect();
    if itself || first.is_empty() {
        return None;
    }
    let more = codes.len().saturating_sub(first.len());
    let more = (more > 0).then(|| format!(" {}", language.counted("search.more_places", more as u64)));
    Some(format!("{}{}", first.join(", "), more.unwrap_or_default()))
}

/// The collections in which something was found, all together first.
pub fn narrowings(found: &Found, asked: &Asked, ask: &Ask) -> Vec<Narrowing> {
    let language = ask.language.0;
    let narrowing = |id: &str, title: &str, count: usize| {
        let own = [("q", asked.text), ("collection", id)];
        Narrowing {
            id: id.to_owned(),
            title: title.to_owned(),
            count: count as u64,
            url: ask.with_query(&own[..if id.is_empty() { 1 } else { 2 }]),
            current: asked.collection.unwrap_or_default() == id,
        }
    };
    let all = found.counts.iter().map(|(_, count)| count).sum();
    let each = found.counts.iter().map(|(layer, count)| {
        let collection = &layer.collection;
        narrowing(collection.id.as_str(), words(language, &collection.title), *count)
    });
    [narrowing("", language.word("search.everything"), all)].into_iter().chain(each).collect()
}
