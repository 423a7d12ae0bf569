//! JSON Schema of properties, derived from the definition of the collection: queryables, schemas and the `OpenAPI` document say the
//! same.

use atlas::{GEOMETRY, Layer, Property};
use domain::{Bilingual, Field, FieldType, GeometryKind, LocationPrecision, Role};
use serde_json::{Map, Value, json};

use crate::pages::Language;
use crate::views::words;

/// The dialect of the documents.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What can be said in a filter on a collection (OGC 19-079r2, clause 6).
pub fn queryables(layer: &Layer, language: Language, address: &str) -> Value {
    let all = Property::all(&layer.collection, &layer.origins);
    let known = all.into_iter().filter(|property| property.is_queryable());
    let mut properties = properties(layer, known, language);
    properties.extend(geometry(layer.collection.geometry, language));
    document(layer, language, address, &properties, &[])
}

/// What a feature of a collection is (OGC 23-058r1).
pub fn schema(layer: &Layer, language: Language, address: &str) -> Value {
    let all = Property::all(&layer.collection, &layer.origins);
    let id = json!({
        "title": language.word("fields.id"), "type": "integer", "format": "int64", "x-ogc-role": "id", "readOnly": true,
    });
    let mut properties_of_it = Map::new();
    properties_of_it.insert("id".to_owned(), id);
    properties_of_it.extend(properties(layer, all.iter().copied(), language));
    properties_of_it.extend(geometry(layer.collection.geometry, language));
    for (sequence, (_, property)) in (1..).zip(&mut properties_of_it) {
        property["x-ogc-propertySeq"] = Value::from(sequence);
    }
    let required = layer.collection.fields.iter().filter(|field| field.required);
    let required: Vec<&str> = required.map(|field| field.id.as_str()).collect();
    document(layer, language, address, &properties_of_it, &required)
}

/// The schema of a value of a property, without titles.
pub fn value(layer: &Layer, property: Property) -> Value {
    match property {
        Property::Field(place) => of_type(layer.collection.fields[place].field_type),
        Property::Precision => {
            json!({ "type": "string", "enum": LocationPrecision::ALL.map(LocationPrecision::as_str) })
        }
        Property::Municipalities => {
            json!({ "type": "array", "items": { "type": "string", "pattern": "^[0-9]{6}$" } })
        }
        Property::Source => json!({ "type": "string" }),
        Property::Release => json!({ "type": "integer", "minimum": 1 }),
        Property::ExtractionDate => json!({ "type": "string", "format": "date" }),
        Property::AlsoSources => json!({ "type": "array", "items": { "type": "string" } }),
    }
}

/// The schema of the values of a type.
pub fn of_type(field_type: FieldType) -> Value {
    match field_type {
        FieldType::Integer | FieldType::Cents => json!({ "type": "integer", "format": "int64" }),
        FieldType::Decimal => json!({ "type": "number" }),
        FieldType::Boolean => json!({ "type": "boolean" }),
        FieldType::Date => json!({ "type": "string", "format": "date" }),
        FieldType::MunicipalityCode | FieldType::Text => json!({ "type": "string" }),
        FieldType::Cup => json!({ "type": "string", "maxLength": 15 }),
        FieldType::List => json!({ "type": "array", "items": { "type": "string" } }),
    }
}

/// What a property is called.
pub fn title(layer: &Layer, property: Property, language: Language) -> String {
    match property {
        Property::Field(place) => words(language, &layer.collection.fields[place].label).to_owned(),
        Property::Precision => language.word("item.precision").to_owned(),
        Property::Municipalities => language.word("fields.municipalities").to_owned(),
        Property::Source => language.word("fields.source").to_owned(),
        Property::Release => language.word("fields.release").to_owned(),
        Property::ExtractionDate => language.word("fields.extraction_date").to_owned(),
        Property::AlsoSources => language.word("fields.also_sources").to_owned(),
    }
}

fn document(
    layer: &Layer,
    language: Language,
    address: &str,
    properties: &Map<String, Value>,
    required: &[&str],
) -> Value {
    let collection = &layer.collection;
    json!({
        "$schema": DIALECT,
        "$id": address,
        "type": "object",
        "title": words(language, &collection.title),
        "description": words(language, &collection.description),
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn properties(
    layer: &Layer,
    properties: impl Iterator<Item = Property>,
    language: Language,
) -> Map<String, Value> {
    let named = properties.map(|property| {
        let mut schema = json!({ "title": title(layer, property, language) });
        if let Value::Object(value) = value(layer, property) {
            schema.as_object_mut().into_iter().for_each(|schema| schema.extend(value.clone()));
        }
        if let Property::Field(place) = property {
            describe(&mut schema, &layer.collection.fields[place], language);
        }
        (property.name(&layer.collection).to_owned(), schema)
    });
    named.collect()
}

/// Adds what a definition says of a field. Its codes are those that are known, not all that there can be.
fn describe(schema: &mut Value, field: &Field, language: Language) {
    let text = |text: &Bilingual| Value::from(words(language, text));
    if let Some(description) = &field.description {
        schema["description"] = text(description);
    }
    if let Some(unit) = &field.unit {
        schema["x-ogc-unit"] = text(unit);
    } else if field.field_type == FieldType::Cents {
        schema["x-ogc-unit"] = Value::from(language.word("fields.cents"));
    }
    if !field.codes.is_empty() {
        let known = field.codes.iter().map(|code| json!({ "const": code.code, "title": text(&code.label) }));
        schema["anyOf"] = known.chain([json!({ "type": "string" })]).collect();
    }
    match field.role {
        Some(Role::ValidFrom) => schema["x-ogc-role"] = Value::from("primary-interval-start"),
        Some(Role::ValidTo) => schema["x-ogc-role"] = Value::from("primary-interval-end"),
        _ => {}
    }
}

fn geometry(kind: GeometryKind, language: Language) -> Option<(String, Value)> {
    let format = match kind {
        GeometryKind::Point => "geometry-point-or-multipoint",
        GeometryKind::Line => "geometry-linestring-or-multilinestring",
        GeometryKind::Polygon => "geometry-polygon-or-multipolygon",
        GeometryKind::Any | GeometryKind::Locations => "geometry-any",
        GeometryKind::None => return None,
    };
    let title = language.word("fields.geometry");
    let schema = json!({ "title": title, "format": format, "x-ogc-role": "primary-geometry" });
    Some((GEOMETRY.to_owned(), schema))
}
