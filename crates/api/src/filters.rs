//! From the parameters of an address to a query on the edition.

use atlas::{Area, Condition, Filter, FilterLanguage, Layer, Property, Query, Reference};
use domain::money::Cents;
use domain::{
    Collection, Cup, Field, FieldType, GeometryKind, LocationPrecision, MunicipalityCode, Role, Value,
};
use std::fmt::Display;
use time::Date;
use time::macros::format_description;

use crate::detail::said;
use crate::form;
use crate::listing::value;
use crate::problem::Problem;

/// Parameters that are not fields: places have their own.
pub const PRECISION: &str = "precision";
/// One of the locations lies in this municipality.
pub const MUNICIPALITY: &str = "municipality";
/// A rectangle.
pub const BBOX: &str = "bbox";
/// The reference system of the rectangle.
pub const BBOX_CRS: &str = "bbox-crs";
/// A condition in CQL2.
pub const FILTER: &str = "filter";
/// Its language.
pub const FILTER_LANG: &str = "filter-lang";
/// The reference system of its geometries.
pub const FILTER_CRS: &str = "filter-crs";
/// The languages of filters.
pub const LANGUAGES: [&str; 2] = ["cql2-text", "cql2-json"];

/// Parameters that say how others are to be read.
const EXPLANATIONS: [&str; 3] = [BBOX_CRS, FILTER_LANG, FILTER_CRS];

/// The parameters by which a collection can be asked: all its queryables, and those that places have.
pub fn names(layer: &Layer) -> Vec<&str> {
    let collection = &layer.collection;
    let queryables = Property::all(collection, &layer.origins).into_iter().filter(|it| it.is_queryable());
    let queryables = queryables.map(|property| property.name(collection));
    let mut names: Vec<&str> = [BBOX, FILTER].into_iter().chain(EXPLANATIONS).chain(queryables).collect();
    if has_municipalities(collection) && !names.contains(&MUNICIPALITY) {
        names.push(MUNICIPALITY);
    }
    names
}

/// Whether a parameter says how another is to be read, and nothing by itself.
pub fn is_explanation(name: &str) -> bool {
    EXPLANATIONS.contains(&name)
}

/// Whether a parameter is the same for all collections.
pub fn is_reserved(name: &str) -> bool {
    name == BBOX || name == FILTER || is_explanation(name)
}

/// The query that parameters ask for; parameters of other kinds are passed over.
///
/// # Errors
/// 400 for a value that a field of its type cannot have: nothing would ever match it. 400 for a filter that makes no sense.
pub fn query(layer: &Layer, parameters: &[(String, String)]) -> Result<Query, Problem> {
    let collection = &layer.collection;
    let filters = filter(layer, parameters)?.into_iter().collect();
    let mut query = Query { filters, ..Query::default() };
    let bbox_reference = form::reference(parameters, BBOX_CRS)?;
    for (name, value) in parameters {
        match name.as_str() {
            BBOX => query.areas = areas(value, bbox_reference)?,
            PRECISION if collection.position(PRECISION).is_none() => {
                query.conditions.push(Condition::Precision(precisions(value)?));
            }
            MUNICIPALITY if has_municipalities(collection) => {
                let code = MunicipalityCode::parse(value).map_err(|error| unreadable(name, value, error))?;
                query.conditions.push(Condition::Municipality(code));
            }
            _ => {
                if let Some(place) = collection.position(name) {
                    let value = field_value(&collection.fields[place], value)?;
                    query.conditions.push(Condition::Equals(place, value));
                } else if Property::parse(collection, &layer.origins, name).is_some() {
                    let filter = Filter::value(layer, name, value);
                    query.filters.push(filter.map_err(|error| unreadable(name, value, error))?);
                }
            }
        }
    }
    Ok(query)
}

/// The filter that parameters state. Text where they do not say the language, unless it begins as JSON does.
fn filter(layer: &Layer, parameters: &[(String, String)]) -> Result<Option<Filter>, Problem> {
    // Looked at even where there is no filter: what is not known is never passed over.
    let reference = form::reference(parameters, FILTER_CRS)?;
    let language = match value(parameters, FILTER_LANG) {
        None => None,
        Some("cql2-text") => Some(FilterLanguage::Text),
        Some("cql2-json") => Some(FilterLanguage::Json),
        Some(other) => {
            let known = LANGUAGES.join(", ");
            return Err(Problem::bad_request(said(
                "unknown_value",
                &[("value", &other), ("name", &FILTER_LANG), ("known", &known)],
            )));
        }
    };
    let Some(text) = value(parameters, FILTER) else { return Ok(None) };
    let likely = if text.trim_start().starts_with('{') { FilterLanguage::Json } else { FilterLanguage::Text };
    let language = language.unwrap_or(likely);
    let parsed = Filter::parse(layer, text, language, reference);
    parsed
        .map(Some)
        .map_err(|error| Problem::bad_request(said("unreadable_filter", &[]).because(format!("{error}."))))
}

fn has_municipalities(collection: &Collection) -> bool {
    collection.geometry == GeometryKind::Locations || collection.with_role(Role::Municipality).is_some()
}

fn unreadable(name: &str, value: &str, reason: impl Display) -> Problem {
    let detail = said("unreadable_value", &[("value", &value), ("name", &name)]);
    Problem::bad_request(detail.because(format!("{reason}.")))
}

fn precisions(text: &str) -> Result<Vec<LocationPrecision>, Problem> {
    let words = LocationPrecision::ALL.map(LocationPrecision::as_str).join(", ");
    let wrong = || said("unreadable_precision", &[("value", &text), ("name", &PRECISION), ("known", &words)]);
    text.split(',')
        .map(|word| LocationPrecision::parse(word).ok_or_else(|| Problem::bad_request(wrong())))
        .collect()
}

fn field_value(field: &Field, text: &str) -> Result<Value, Problem> {
    let value = match field.field_type {
        FieldType::Text | FieldType::MunicipalityCode => Some(Value::Text(text.to_owned())),
        FieldType::Cup => Cup::parse(text).ok().map(|cup| Value::Text(cup.to_string())),
        FieldType::Integer => text.parse().ok().map(Value::Integer),
        FieldType::Cents => text.parse().ok().map(|cents| Value::Cents(Cents(cents))),
        FieldType::Decimal => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Decimal),
        FieldType::Date => {
            Date::parse(text, format_description!("[year]-[month]-[day]")).ok().map(Value::Date)
        }
        FieldType::Boolean => text.parse().ok().map(Value::Boolean),
        FieldType::List => Some(Value::List(text.split(';').map(|text| text.trim().to_owned()).collect())),
    };
    let of_type = field.field_type.as_str();
    let wrong = || said("unreadable_typed", &[("value", &text), ("name", &field.id), ("type", &of_type)]);
    value.ok_or_else(|| Problem::bad_request(wrong()))
}

/// The rectangles that `bbox` means: two corners, with heights or without, the south-western one first; two rectangles where it
/// crosses the antimeridian.
fn areas(text: &str, reference: Reference) -> Result<Vec<Area>, Problem> {
    let wrong = || {
        let key = match reference {
            Reference::Crs84 => "unreadable_bbox",
            _ => "unreadable_bbox_axes",
        };
        Problem::bad_request(said(key, &[("value", &text)]))
    };
    let numbers: Vec<f64> = text
        .split(',')
        .map(|number| number.trim().parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(wrong))
        .collect::<Result<_, _>>()?;
    let corners = match numbers.as_slice() {
        [a, b, c, d] | [a, b, _, c, d, _] => [[*a, *b], [*c, *d]],
        _ => return Err(wrong()),
    };
    Area::between(reference, corners).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_four_or_six_numbers_in_range() {
        let check = |text: &str, reference, expect: Option<usize>| {
            assert_eq!(areas(text, reference).ok().map(|areas| areas.len()), expect, "{text}");
        };
        check("9,45,9.5,45.5", Reference::Crs84, Some(1));
        check("9.18854004000000012,45,0,9.5,45.5,100", Reference::Crs84, Some(1));
        check("170,-10,-170,10", Reference::Crs84, Some(2));
        check("-10,170,10,-170", Reference::Epsg4326, Some(2));
        check("510000,5030000,520000,5040000", Reference::Epsg7791, Some(1));
        check("5030000,510000,5040000,520000", Reference::Epsg6707, Some(1));
        for wrong in ["", "1,2,3", "a,b,c,d", "NaN,0,1,1", "0,0,inf,1", "-181,0,1,1", "0,5,1,4", "0,0,1,91"] {
            check(wrong, Reference::Crs84, None);
        }
    }
}
