//! CQL2 JSON (OGC 21-065r2, chapter 8): the same tree, written as objects.

use super::error::FilterError;
use super::expression::{Expression, Literal};
use super::literal::{self, Coordinates};
use super::op::Op;
use super::temporal;
use geometry::{Reference, Shape, Xy};
use serde_json::{Map, Value};

/// Reads a filter whose geometries are in a reference system.
///
/// # Errors
/// What is wrong first; JSON nested deeper than 128 is refused by its reader.
pub fn parse(text: &str, reference: Reference) -> Result<Expression, FilterError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| FilterError::new(format!("the filter is no JSON: {error}"), None))?;
    expression(&value, reference)
}

fn expression(value: &Value, reference: Reference) -> Result<Expression, FilterError> {
    match value {
        Value::Bool(truth) => Ok(Expression::Literal(Literal::Boolean(*truth))),
        Value::Number(number) => number
            .as_f64()
            .map(|number| Expression::Literal(Literal::Number(number)))
            .ok_or_else(|| FilterError::new(format!("{number} is too great a number"), None)),
        Value::String(text) => Ok(Expression::Literal(Literal::Text(text.clone()))),
        Value::Array(items) => several(items, reference).map(Expression::List),
        Value::Object(object) => from_object(object, reference),
        Value::Null => Err(FilterError::new("null is no value: use the operator isNull", None)),
    }
}

fn several(items: &[Value], reference: Reference) -> Result<Vec<Expression>, FilterError> {
    items.iter().map(|item| expression(item, reference)).collect()
}

/// What an object is shows by the key that it has.
fn from_object(object: &Map<String, Value>, reference: Reference) -> Result<Expression, FilterError> {
    let get = |key: &str| object.get(key);
    if let Some(op) = get("op") {
        return call(op, get("args"), reference);
    }
    if let Some(property) = get("property") {
        let name =
            property.as_str().ok_or_else(|| FilterError::new("the name of a property is a text", None))?;
        return Ok(Expression::Property(name.to_owned(), None));
    }
    if let Some(day) = get("date") {
        return temporal::date(&[expression(day, reference)?], None);
    }
    if let Some(instant) = get("timestamp") {
        return temporal::timestamp(&[expression(instant, reference)?], None);
    }
    if let Some(Value::Array(ends)) = get("interval") {
        return temporal::interval(several(ends, reference)?, None);
    }
    if let Some(numbers) = get("bbox") {
        let shapes = literal::bbox(&list(numbers, number)?, reference, None)?;
        return Ok(Expression::Literal(Literal::Geometry(shapes)));
    }
    if get("type").is_some() {
        return Ok(Expression::Literal(Literal::Geometry(shapes(object, reference)?)));
    }
    let keys = object.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    Err(FilterError::new(format!("an object with the keys “{keys}” is nothing of CQL2"), None))
}

fn call(op: &Value, arguments: Option<&Value>, reference: Reference) -> Result<Expression, FilterError> {
    let name = op.as_str().unwrap_or_default();
    let Some(known) = Op::parse(name) else {
        return Err(FilterError::new(format!("there is no operator “{name}”"), None));
    };
    let Some(Value::Array(arguments)) = arguments else {
        return Err(FilterError::new(format!("“{name}” has no list of args"), None));
    };
    Expression::call(known, several(arguments, reference)?, None)
}

/// The shapes of a GeoJSON geometry.
fn shapes(object: &Map<String, Value>, reference: Reference) -> Result<Vec<Shape>, FilterError> {
    let name = object.get("type").and_then(Value::as_str).unwrap_or_default().to_ascii_uppercase();
    if let Some(Value::Array(members)) = object.get("geometries").filter(|_| name == "GEOMETRYCOLLECTION") {
        let member = |member: &Value| match member.as_object() {
            Some(member) if !member.contains_key("geometries") => shapes(member, reference),
            _ => Err(FilterError::new("a collection's members are geometries, and no collections", None)),
        };
        return Ok(members
            .iter()
            .map(member)
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect());
    }
    let Some(stated) = object.get("coordinates") else {
        return Err(FilterError::new(format!("the geometry “{name}” has no coordinates"), None));
    };
    let coordinates = match name.as_str() {
        "POINT" => Coordinates::Points(vec![position(stated)?]),
        "MULTIPOINT" | "LINESTRING" => Coordinates::Points(positions(stated)?),
        "MULTILINESTRING" | "POLYGON" => Coordinates::Runs(list(stated, positions)?),
        _ => Coordinates::Polygons(list(stated, |polygon| list(polygon, positions))?),
    };
    literal::shape(&name, &coordinates, reference, None).map(|shape| vec![shape])
}

fn list<T>(value: &Value, item: impl Fn(&Value) -> Result<T, FilterError>) -> Result<Vec<T>, FilterError> {
    match value {
        Value::Array(items) => items.iter().map(item).collect(),
        _ => Err(no_coordinates()),
    }
}

fn positions(value: &Value) -> Result<Vec<Xy>, FilterError> {
    list(value, position)
}

/// Two numbers; what follows, a height, is passed over.
fn position(value: &Value) -> Result<Xy, FilterError> {
    match list(value, number)?.as_slice() {
        [x, y] | [x, y, _] => Ok([*x, *y]),
        _ => Err(no_coordinates()),
    }
}

fn number(value: &Value) -> Result<f64, FilterError> {
    value.as_f64().ok_or_else(no_coordinates)
}

fn no_coordinates() -> FilterError {
    FilterError::new("these are no coordinates as GeoJSON has them", None)
}
