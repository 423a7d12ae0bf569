//! What changed between two states, as a page and as a table.

use atlas::{Edition, Layer};
use domain::{CollectionId, Field, FieldType, LocationPrecision, Value};
use serde_json::Value as Json;
use store::history;
use time::Date;
use time::macros::format_description;

use super::releases::{collection_title, source_title};
use super::{field, layout, render, words};
use crate::ask::Ask;
use crate::comparison::{self, ChangeKind, Comparison, RecordChange};
use crate::csv::Table;
use crate::listing::{self, Listing};
use crate::pages::diff::{FieldChange, FieldCount, KindCount, Record};
use crate::pages::layout::{Link, Section};
use crate::pages::{DiffPage, Language};
use crate::portal::Portal;
use crate::problem::Problem;

/// What is asked for, and what was found.
pub struct Found<'a> {
    /// The release.
    pub release: &'a history::Release,
    /// The earlier release, where two are compared.
    pub from: Option<i64>,
    /// All changes.
    pub comparison: &'a Comparison,
    /// Those that match the filters.
    pub matched: Vec<&'a RecordChange>,
    /// The parameters of the request.
    pub parameters: &'a [(String, String)],
}

/// The page of changes.
pub fn page(portal: &Portal, found: &Found, listing: Listing, ask: &Ask) -> Result<String, Problem> {
    let (edition, language) = (portal.edition(), ask.language.0);
    let Found { release, comparison, parameters, .. } = found;
    let several = release.parts.len() > 1;
    let chosen = listing::value(parameters, "change");
    let from = found.from.map(|from| from.to_string());
    let with = |pairs: &[(&str, &str)]| {
        let from = from.as_deref().map(|from| ("from", from)).into_iter();
        ask.with_query(&from.chain(pairs.iter().copied()).collect::<Vec<_>>())
    };
    let kind = |kind: ChangeKind| KindCount {
        kind: kind.as_str(),
        count: comparison.count(kind),
        url: with(&[("change", kind.as_str())]),
        current: chosen == Some(kind.as_str()),
    };
    let field = |(collection, field, count): (&str, &str, u64)| FieldCount {
        label: label(&edition, collection, field, language),
        collection: if several {
            collection_title(&edition, collection, language).unwrap_or_default()
        } else {
            String::new()
        },
        count,
        url: with(&[("collection", collection), ("field", field)]),
    };
    let narrowed = listing::value(parameters, "field").zip(found.matched.first());
    render(&DiffPage {
        layout: layout::of(&edition, ask, Section::Releases),
        number: release.id.0,
        from: found.from,
        source: source_title(portal.source(&release.source), &release.source, language),
        staged: release.state == "staged",
        kinds: ChangeKind::ALL.map(kind).into(),
        fields: comparison.by_field().into_iter().map(field).collect(),
        field: narrowed.map(|(field, change)| label(&edition, &change.collection, field, language)),
        all_url: FILTERS.iter().any(|name| listing::value(parameters, name).is_some()).then(|| with(&[])),
        records: listing.of_all(&found.matched).iter().map(|it| record(&edition, it, language)).collect(),
        first: listing.offset as u64 + 1,
        matched: found.matched.len() as u64,
        previous: listing.previous(ask, parameters),
        next: listing.next(ask, parameters, found.matched.len()),
        formats: vec![
            Link { label: language.word("diff.csv").to_owned(), url: with(&[("f", "csv")]) },
            Link { label: "JSON".to_owned(), url: with(&[("f", "json")]) },
        ],
    })
}

/// The parameters that narrow the list.
pub const FILTERS: [&str; 3] = ["change", "collection", "field"];

/// The changes as a table: a row for each field that differs, and for each record that is new or gone.
pub fn table(edition: &Edition, matched: &[&RecordChange], language: Language) -> Table {
    let headings = ["collection", "number", "title", "change", "field", "label", "before", "after"];
    let mut table = Table::new(headings.map(|key| language.word(&format!("diff_csv.{key}")).to_owned()));
    for change in matched {
        let id = change.id.to_string();
        let kind = language.word(&format!("diff.{}", change.kind.as_str())).to_owned();
        let start = [change.collection.as_str(), &id, &change.title, &kind];
        if change.fields.is_empty() {
            table.row(start.into_iter().chain(["", "", "", ""]));
        }
        for field in &change.fields {
            let label = label(edition, &change.collection, &field.field, language);
            let [before, after] = [&field.before, &field.after]
                .map(|value| written(edition, &change.collection, &field.field, value.as_ref(), language));
            let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
            table.row(start.into_iter().chain([field.field.as_str(), &label, &before, &after]));
        }
    }
    table
}

/// A change as pages show it.
pub fn record(edition: &Edition, change: &RecordChange, language: Language) -> Record {
    let field = |field: &comparison::FieldChange| {
        let [before, after] = [&field.before, &field.after]
            .map(|value| written(edition, &change.collection, &field.field, value.as_ref(), language));
        FieldChange { label: label(edition, &change.collection, &field.field, language), before, after }
    };
    Record {
        title: change.title.clone(),
        url: address(edition, change),
        collection: collection_title(edition, &change.collection, language)
            .unwrap_or_else(|| change.collection.clone()),
        kind: change.kind.as_str(),
        fields: change.fields.iter().map(field).collect(),
    }
}

/// The page of a record, if it stands now.
pub fn address(edition: &Edition, change: &RecordChange) -> Option<String> {
    layer(edition, &change.collection)?.position(change.id)?;
    Some(format!("/collections/{}/items/{}", change.collection, change.id))
}

/// The label of a field; that of the places has words of its own.
pub fn label(edition: &Edition, collection: &str, name: &str, language: Language) -> String {
    if name == comparison::PLACES {
        return language.word("diff.places").to_owned();
    }
    field(edition, collection, name)
        .map_or_else(|| name.to_owned(), |field| words(language, &field.label).to_owned())
}

/// What a stated value says in the page's language.
pub fn written(
    edition: &Edition,
    collection: &str,
    name: &str,
    value: Option<&Json>,
    language: Language,
) -> Option<String> {
    let value = value?;
    match (field(edition, collection, name), value) {
        (None, Json::String(places)) if name == comparison::PLACES => Some(places_in_words(places, language)),
        (Some(field), value) => field::of(field, &typed(field.field_type, value), language).written(language),
        (None, Json::String(text)) => Some(text.clone()),
        (None, value) => Some(value.to_string()),
    }
}

/// A stated value by its field's type; as text if it is of another, as from before the definition changed.
fn typed(field_type: FieldType, value: &Json) -> Value {
    let number = match field_type {
        FieldType::Integer => value.as_i64().map(Value::Integer),
        FieldType::Cents => value.as_i64().map(|cents| Value::Cents(domain::Cents(cents))),
        FieldType::Decimal => value.as_f64().map(Value::Decimal),
        FieldType::Boolean => value.as_bool().map(Value::Boolean),
        FieldType::Date => {
            let day = |text| Date::parse(text, format_description!("[year]-[month]-[day]")).ok();
            value.as_str().and_then(day).map(Value::Date)
        }
        _ => None,
    };
    let texts = |texts: &Vec<Json>| texts.iter().filter_map(Json::as_str).map(str::to_owned).collect();
    number
        .or_else(|| value.as_array().map(|list| Value::List(texts(list))))
        .unwrap_or_else(|| Value::Text(value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
}

/// The precision of each place in the page's language; the rest as the source states it.
fn places_in_words(places: &str, language: Language) -> String {
    let place = |place: &str| {
        let (word, rest) = place.split_once(' ').unwrap_or((place, ""));
        match LocationPrecision::parse(word) {
            Some(precision) => {
                let word = language.word(&format!("item.precision_{}", precision.as_str())).to_owned();
                if rest.is_empty() { word } else { format!("{word}: {rest}") }
            }
            None => place.to_owned(),
        }
    };
    places.split("; ").map(place).collect::<Vec<_>>().join("; ")
}

fn layer<'e>(edition: &'e Edition, collection: &str) -> Option<&'e Layer> {
    edition.layer(&CollectionId::parse(collection)?)
}

fn field<'e>(edition: &'e Edition, collection: &str, name: &str) -> Option<&'e Field> {
    let collection = &layer(edition, collection)?.collection;
    collection.position(name).map(|place| &collection.fields[place])
}
