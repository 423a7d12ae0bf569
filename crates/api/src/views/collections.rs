//! The list of collections, and the page of one.

mod linked_data;
mod state;

pub use state::today;

use atlas::{Edition, Layer};
use domain::{Field, FieldType};
use export::Format;

use super::{layout, render, words};
use crate::ask::Ask;
use crate::pages::collections::{CollectionCard, Endpoint, FieldNote};
use crate::pages::layout::{Link, Section};
use crate::pages::{CollectionPage, CollectionsPage, Language, script};
use crate::portal::Portal;
use crate::problem::Problem;

/// All collections.
pub fn list(portal: &Portal, edition: &Edition, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let chronicle = portal.chronicle().ok();
    let card = |layer: &Layer| CollectionCard {
        id: layer.collection.id.to_string(),
        title: words(language, &layer.collection.title).to_owned(),
        description: words(language, &layer.collection.description).to_owned(),
        count: count(layer),
        state: state::of(edition, layer, chronicle.as_deref(), today(), language),
    };
    render(&CollectionsPage {
        layout: layout::of(edition, ask, Section::Data),
        collections: edition.layers.iter().map(|layer| card(layer)).collect(),
    })
}

/// One collection.
pub fn one(portal: &Portal, edition: &Edition, layer: &Layer, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let chronicle = portal.chronicle().ok();
    let id = layer.collection.id.to_string();
    let endpoint = |label: &str, path: String| Endpoint {
        label: label.to_owned(),
        url: format!("{}{path}", ask.origin),
    };
    render(&CollectionPage {
        layout: layout::of(edition, ask, Section::Data),
        title: words(language, &layer.collection.title).to_owned(),
        description: words(language, &layer.collection.description).to_owned(),
        count: count(layer),
        state: state::of(edition, layer, chronicle.as_deref(), today(), language),
        linked_data: script::json(&linked_data::of(edition, layer, ask)),
        sources: layer.origins.iter().map(|origin| layout::source(origin, language)).collect(),
        endpoints: vec![
            endpoint("OGC API – Features", "/".to_owned()),
            endpoint("GeoJSON", format!("/collections/{id}/items?f=json")),
            endpoint("TileJSON", format!("/tiles/{id}.json")),
            endpoint("XYZ (MVT)", format!("/tiles/{id}/{{z}}/{{x}}/{{y}}")),
        ],
        downloads: Format::of(&layer.collection)
            .map(|format| Link {
                label: format.title().to_owned(),
                url: format!("/collections/{id}/items?f={}", format.as_str()),
            })
            .collect(),
        fields: layer.collection.fields.iter().map(|field| field_note(field, language)).collect(),
        id,
    })
}

/// `None` where no release stands: that is not the same as a release without records.
fn count(layer: &Layer) -> Option<u64> {
    (!layer.origins.is_empty()).then_some(layer.len() as u64)
}

/// The words for a type.
pub fn kind(field_type: FieldType, language: Language) -> &'static str {
    language.word(match field_type {
        FieldType::Text => "field_type.text",
        FieldType::Integer => "field_type.integer",
        FieldType::Decimal => "field_type.decimal",
        FieldType::Cents => "field_type.cents",
        FieldType::Date => "field_type.date",
        FieldType::Boolean => "field_type.boolean",
        FieldType::Cup => "field_type.cup",
        FieldType::MunicipalityCode => "field_type.municipality_code",
        FieldType::List => "field_type.list",
    })
}

fn field_note(field: &Field, language: Language) -> FieldNote {
    let kind = kind(field.field_type, language);
    let unit = field.unit.as_ref().map(|unit| format!(" ({})", words(language, unit))).unwrap_or_default();
    FieldNote {
        id: field.id.clone(),
        label: words(language, &field.label).to_owned(),
        kind: format!("{kind}{unit}"),
        description: field.description.as_ref().map(|text| words(language, text).to_owned()),
    }
}
