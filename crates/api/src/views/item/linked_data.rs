//! A record as linked data, in the words of schema.org.

use atlas::{Edition, Layer, Origin};
use domain::{FieldType, GeometryKind, Role, Value as Stated};
use serde_json::{Map, Value, json};

use crate::as_of::AsOf;
use crate::ask::Ask;
use crate::views::words;

/// The record at `place`.
pub fn of(as_of: &AsOf, layer: &Layer, place: usize, ask: &Ask) -> Value {
    let (edition, collection, language) = (&as_of.edition, &layer.collection, ask.language.0);
    let dataset = format!("{}/collections/{}", ask.origin, collection.id);
    let mut data = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            data.insert(name.to_owned(), value);
        }
    };
    put("@context", Some(json!("https://schema.org")));
    put("@type", Some(json!(kind(edition, layer))));
    put("@id", Some(json!(format!("{dataset}/items/{}", layer.id(place)))));
    put("url", Some(json!(format!("{dataset}/items/{}", layer.id(place)))));
    put("name", Some(json!(layer.title(place))));
    put("description", layer.text(place, Role::Measure).map(Value::from));
    put("identifier", Some(json!(identifiers(layer, place))));
    if collection.geometry == GeometryKind::Locations {
        put("location", places(edition, layer, place).map(Value::from));
        put("funding", funding(layer, place));
    } else {
        put("geo", own_place(layer, place));
        put("containedInPlace", places(edition, layer, place).map(Value::from));
    }
    put("subjectOf", Some(dataset_of(layer.origin(place), words(language, &collection.title), &dataset)));
    Value::Object(data)
}

fn kind(edition: &Edition, layer: &Layer) -> &'static str {
    let is_territory = layer.collection.family == "territory"
        || edition.municipalities().is_some_and(|it| it.collection.id == layer.collection.id);
    match layer.collection.geometry {
        GeometryKind::Locations => "Project",
        GeometryKind::None => "Thing",
        _ if is_territory => "AdministrativeArea",
        _ => "Place",
    }
}

/// The parts of the natural key.
fn identifiers(layer: &Layer, place: usize) -> Vec<Value> {
    let named =
        |name: &str, value: &str| json!({ "@type": "PropertyValue", "propertyID": name, "value": value });
    let key = layer.collection.key.iter().filter_map(|field| {
        let text = layer.value(place, *field).as_text()?;
        let field = &layer.collection.fields[*field];
        Some(named(if field.field_type == FieldType::Cup { "CUP" } else { &field.id }, text))
    });
    key.collect()
}

/// The municipalities in which it lies.
fn places(edition: &Edition, layer: &Layer, place: usize) -> Option<Vec<Value>> {
    let named = layer.municipalities(place).iter().filter_map(|code| {
        let municipality = edition.places.get(*code)?;
        Some(json!({ "@type": "AdministrativeArea", "name": municipality.name, "identifier": code.to_string() }))
    });
    Some(named.collect::<Vec<_>>()).filter(|all| !all.is_empty())
}

/// Where its own shape is: a point, or the box round it (south, west, north, east).
fn own_place(layer: &Layer, place: usize) -> Option<Value> {
    let bbox = (!layer.shapes(place).is_empty()).then(|| layer.shown_bbox(place))??;
    let ([west, south], [east, north]) = (bbox.min, bbox.max);
    Some(if west.to_bits() == east.to_bits() && south.to_bits() == north.to_bits() {
        json!({ "@type": "GeoCoordinates", "latitude": south, "longitude": west })
    } else {
        json!({ "@type": "GeoShape", "box": format!("{south} {west} {north} {east}") })
    })
}

/// Its amount, in euros with two decimals.
fn funding(layer: &Layer, place: usize) -> Option<Value> {
    let Stated::Cents(cents) = layer.value_of(place, Role::Amount)? else { return None };
    let sign = if cents.0 < 0 { "-" } else { "" };
    let (euros, rest) = (cents.0.unsigned_abs() / 100, cents.0.unsigned_abs() % 100);
    let amount =
        json!({ "@type": "MonetaryAmount", "currency": "EUR", "value": format!("{sign}{euros}.{rest:02}") });
    Some(json!({ "@type": "MonetaryGrant", "amount": amount }))
}

/// The release that states it, as a dataset with its licence and date.
fn dataset_of(origin: &Origin, title: &str, url: &str) -> Value {
    json!({
        "@type": "Dataset",
        "name": title,
        "url": url,
        "license": origin.licence_url.as_deref().unwrap_or(&origin.licence),
        "creator": { "@type": "Organization", "name": origin.publisher },
        "version": origin.release.to_string(),
        "dateModified": origin.extracted_on.map(|day| day.to_string()),
    })
}
