//! The page of what can be asked of a collection, and of what it answers.

use atlas::{Edition, GEOMETRY, Layer, Property};
use domain::{FieldType, GeometryKind};

use super::{collections, layout, render, words};
use crate::ask::Ask;
use crate::json_schema;
use crate::pages::Language;
use crate::pages::fields::{FieldRow, FieldsPage};
use crate::pages::layout::Section;
use crate::problem::Problem;

/// What the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// What a filter can say.
    Queryables,
    /// What a feature is.
    Schema,
}

/// The page of a collection.
pub fn page(edition: &Edition, layer: &Layer, subject: Subject, ask: &Ask) -> Result<String, Problem> {
    let (language, collection) = (ask.language.0, &layer.collection);
    let all = Property::all(collection, &layer.origins).into_iter();
    let shown = all.filter(|property| subject == Subject::Schema || property.is_queryable());
    let mut fields: Vec<FieldRow> = shown.map(|property| row(layer, property, language)).collect();
    if collection.geometry != GeometryKind::None {
        fields.push(FieldRow {
            id: GEOMETRY.to_owned(),
            label: language.word("fields.geometry").to_owned(),
            kind: language.word("fields.geometry_kind").to_owned(),
            description: None,
            codes: Vec::new(),
        });
    }
    let name = match subject {
        Subject::Queryables => "queryables",
        Subject::Schema => "schema",
    };
    render(&FieldsPage {
        layout: layout::of(edition, ask, Section::Data),
        collection: collection.id.to_string(),
        collection_title: words(language, &collection.title).to_owned(),
        title: language.word(&format!("fields.{name}_title")).to_owned(),
        lead: language.word(&format!("fields.{name}_lead")).to_owned(),
        fields,
        json_url: format!("/collections/{}/{name}?f=json", collection.id),
    })
}

fn row(layer: &Layer, property: Property, language: Language) -> FieldRow {
    let field = match property {
        Property::Field(place) => Some(&layer.collection.fields[place]),
        _ => None,
    };
    let kind = match property {
        Property::Field(place) => layer.collection.fields[place].field_type,
        Property::Precision | Property::Source => FieldType::Text,
        Property::Release => FieldType::Integer,
        Property::ExtractionDate => FieldType::Date,
        Property::Municipalities | Property::AlsoSources => FieldType::List,
    };
    let codes = field.into_iter().flat_map(|field| &field.codes);
    FieldRow {
        id: property.name(&layer.collection).to_owned(),
        label: json_schema::title(layer, property, language),
        kind: collections::kind(kind, language).to_owned(),
        description: field
            .and_then(|field| field.description.as_ref())
            .map(|text| words(language, text).to_owned()),
        codes: codes.map(|code| (code.code.clone(), words(language, &code.label).to_owned())).collect(),
    }
}
