//! From the parameters of an address to a query on the edition.

use atlas::{Bbox, Condition, Query};
use domain::money::Cents;
use domain::{Collection, Field, FieldType, GeometryKind, LocationPrecision, MunicipalityCode, Role, Value};
use time::Date;
use time::macros::format_description;

use crate::problem::Problem;

/// Parameters that are not fields: places have their own.
pub const PRECISION: &str = "precision";
/// One of the locations lies in this municipality.
pub const MUNICIPALITY: &str = "municipality";
/// A box in degrees.
pub const BBOX: &str = "bbox";

/// The parameters by which a collection can be asked.
pub fn names(collection: &Collection) -> Vec<&str> {
    let fields = collection.fields.iter().map(|field| field.id.as_str());
    let mut names: Vec<&str> = [BBOX].into_iter().chain(fields).collect();
    if has_municipalities(collection) && !names.contains(&MUNICIPALITY) {
        names.push(MUNICIPALITY);
    }
    if collection.may_lack_shapes() {
        names.push(PRECISION);
    }
    names
}

/// The query that parameters ask for.
///
/// # Errors
/// 400 for a value that a field of its type cannot have: nothing would ever match it.
pub fn query(collection: &Collection, parameters: &[(String, String)]) -> Result<Query, Problem> {
    let mut query = Query::default();
    for (name, value) in parameters {
        match name.as_str() {
            BBOX => query.boxes = boxes(value)?,
            PRECISION if collection.may_lack_shapes() => {
                query.conditions.push(Condition::Precision(precisions(value)?));
            }
            MUNICIPALITY if has_municipalities(collection) => {
                let code = MunicipalityCode::parse(value)
                    .map_err(|error| unreadable(name, value, &error.to_string()))?;
                query.conditions.push(Condition::Municipality(code));
            }
            _ => {
                if let Some(place) = collection.position(name) {
                    let value = field_value(&collection.fields[place], value)?;
                    query.conditions.push(Condition::Equals(place, value));
                }
            }
        }
    }
    Ok(query)
}

fn has_municipalities(collection: &Collection) -> bool {
    collection.geometry == GeometryKind::Locations || collection.with_role(Role::Municipality).is_some()
}

fn unreadable(name: &str, value: &str, rule: &str) -> Problem {
    Problem::bad_request(format!("The value “{value}” of “{name}” cannot be read: {rule}."))
}

fn precisions(text: &str) -> Result<Vec<LocationPrecision>, Problem> {
    let words = LocationPrecision::ALL.map(LocationPrecision::as_str).join(", ");
    let rule = format!("it is one or several of {words}, joined by commas");
    text.split(',')
        .map(|word| LocationPrecision::parse(word).ok_or_else(|| unreadable(PRECISION, text, &rule)))
        .collect()
}

fn field_value(field: &Field, text: &str) -> Result<Value, Problem> {
    let value = match field.field_type {
        FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => Some(Value::Text(text.to_owned())),
        FieldType::Integer => text.parse().ok().map(Value::Integer),
        FieldType::Cents => text.parse().ok().map(|cents| Value::Cents(Cents(cents))),
        FieldType::Decimal => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Decimal),
        FieldType::Date => {
            Date::parse(text, format_description!("[year]-[month]-[day]")).ok().map(Value::Date)
        }
        FieldType::Boolean => text.parse().ok().map(Value::Boolean),
        FieldType::List => Some(Value::List(text.split(';').map(|text| text.trim().to_owned()).collect())),
    };
    value.ok_or_else(|| unreadable(&field.id, text, &format!("it is of type {}", field.field_type.as_str())))
}

/// The boxes that `bbox` means: west, south, east, north in degrees (or with heights, which are passed over); two where it
/// crosses the antimeridian, that is where west is greater than east.
fn boxes(text: &str) -> Result<Vec<Bbox>, Problem> {
    let rule = "it is west,south,east,north in degrees, longitudes from -180 to 180, latitudes from -90 to 90, south first";
    let wrong = || unreadable(BBOX, text, rule);
    let numbers: Vec<f64> = text
        .split(',')
        .map(|number| number.trim().parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(wrong))
        .collect::<Result<_, _>>()?;
    let [west, south, east, north] = match numbers.as_slice() {
        [west, south, east, north] | [west, south, _, east, north, _] => [*west, *south, *east, *north],
        _ => return Err(wrong()),
    };
    let in_range = |longitude: f64, latitude: f64| longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
    if !in_range(west, south) || !in_range(east, north) || south > north {
        return Err(wrong());
    }
    if west <= east {
        return Ok(vec![Bbox::new([west, south], [east, north])]);
    }
    Ok(vec![Bbox::new([west, south], [180.0, north]), Bbox::new([-180.0, south], [east, north])])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_four_or_six_numbers_in_range() {
        assert_eq!(boxes("9,45,9.5,45.5").unwrap(), [Bbox::new([9.0, 45.0], [9.5, 45.5])]);
        assert_eq!(boxes("9.18854004000000012,45,0,9.5,45.5,100").unwrap().len(), 1);
        assert_eq!(boxes("170,-10,-170,10").unwrap().len(), 2);
        for wrong in ["", "1,2,3", "a,b,c,d", "NaN,0,1,1", "0,0,inf,1", "-181,0,1,1", "0,5,1,4", "0,0,1,91"] {
            assert!(boxes(wrong).is_err(), "{wrong}");
        }
    }
}
