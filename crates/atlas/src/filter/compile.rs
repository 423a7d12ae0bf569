//! From what a filter says to what it means for one collection: names are found, types are checked, constants worked out.

use super::condition::Condition;
use super::datum::{Datum, Kind};
use super::error::FilterError;
use super::expression::{Call, Expression, Literal};
use super::fold::Fold;
use super::op::{Arithmetic, Comparison, Op, Spatial};
use super::pattern::Pattern;
use super::place::Place;
use super::scalar::Scalar;
use super::temporal;
use super::test::{Instants, Test};
use crate::layer::Layer;
use crate::property::Property;
use domain::FieldType;
use geometry::Shape;
use std::borrow::Cow;
use std::cmp::Ordering;
use time::Date;

/// The name of a feature's place among the properties.
pub const GEOMETRY: &str = "geometry";

/// What an expression means for the features of a layer.
///
/// # Errors
/// The first name that is not known, or the first two things that cannot be compared.
pub fn condition(layer: &Layer, expression: &Expression) -> Result<Condition, FilterError> {
    let Expression::Call(call) = expression else {
        let scalar = scalar(layer, expression)?;
        return expect(scalar, Kind::Truth, None).map(|scalar| Condition::Test(Test::Holds(scalar)));
    };
    let parts = || call.arguments.iter().map(|part| condition(layer, part)).collect::<Result<Vec<_>, _>>();
    match call.op {
        Op::And => parts().map(Condition::All),
        Op::Or => parts().map(Condition::Any),
        Op::Not => Ok(Condition::Not(Box::new(condition(layer, &call.arguments[0])?))),
        Op::Spatial(relation) => place(relation, call),
        Op::IsNull if is_geometry(&call.arguments[0]) => Ok(Condition::IsPlaceless),
        Op::In => one_of(layer, call),
        Op::Between => {
            let [value, low, high] = [0, 1, 2].map(|place| scalar(layer, &call.arguments[place]));
            let value = value?;
            let least = compared(Comparison::GreaterOrEqual, value.clone(), low?, call.at)?;
            Ok(Condition::All(vec![least, compared(Comparison::LessOrEqual, value, high?, call.at)?]))
        }
        Op::Compare(comparison) => {
            let (a, b) = two(layer, call)?;
            compared(comparison, a, b, call.at)
        }
        Op::Like | Op::IsNull | Op::Array(_) | Op::Temporal(_) => test(layer, call).map(Condition::Test),
        Op::CaseI | Op::AccentI | Op::Arithmetic(_) => Err(FilterError::new(
            format!("“{}” makes a value, not a condition: compare it", call.op.name()),
            call.at,
        )),
    }
}

fn test(layer: &Layer, call: &Call) -> Result<Test, FilterError> {
    let at = call.at;
    match call.op {
        Op::Like => {
            let (text, pattern) = two(layer, call)?;
            let text = expect(text, Kind::Text, at)?;
            match pattern.constant() {
                Some(Datum::Text(pattern)) => {
                    Ok(Test::Like(text, Pattern::new(&pattern), pattern.into_owned()))
                }
                _ => Err(FilterError::new("LIKE wants a text with % and _ on its right", at)),
            }
        }
        Op::Array(relation) => {
            let (a, b) = (&call.arguments[0], &call.arguments[1]);
            Ok(Test::Array(relation, list(layer, a, at)?, list(layer, b, at)?))
        }
        Op::Temporal(relation) => {
            let (a, b) = (&call.arguments[0], &call.arguments[1]);
            Ok(Test::Temporal(relation, instants(layer, a, at)?, instants(layer, b, at)?))
        }
        _ => scalar(layer, &call.arguments[0]).map(Test::IsMissing),
    }
}

fn two(layer: &Layer, call: &Call) -> Result<(Scalar, Scalar), FilterError> {
    Ok((scalar(layer, &call.arguments[0])?, scalar(layer, &call.arguments[1])?))
}

/// A comparison of two values, which have to be of one kind.
fn compared(
    comparison: Comparison,
    a: Scalar,
    b: Scalar,
    at: Option<usize>,
) -> Result<Condition, FilterError> {
    if a.kind() == Kind::List || b.kind() == Kind::List {
        return Err(FilterError::new(
            "lists are compared by A_EQUALS, A_CONTAINS, A_CONTAINEDBY, A_OVERLAPS",
            at,
        ));
    }
    let (a, b) = alike(a, b, at)?;
    Ok(Condition::Test(Test::Compare(comparison, a, b)))
}

/// Two values of one kind. A text that stands beside a day is read as one.
fn alike(a: Scalar, b: Scalar, at: Option<usize>) -> Result<(Scalar, Scalar), FilterError> {
    let as_day = |scalar: Scalar, other: Kind| match scalar.constant() {
        Some(Datum::Text(text)) if other == Kind::Day => temporal::day(&text).map(day).unwrap_or(scalar),
        _ => scalar,
    };
    let (kind_a, kind_b) = (a.kind(), b.kind());
    let (a, b) = (as_day(a, kind_b), as_day(b, kind_a));
    if a.kind() == b.kind() {
        return Ok((a, b));
    }
    let hint = if a.kind() == Kind::Day || b.kind() == Kind::Day {
        ": a day is written DATE('2026-12-31')"
    } else {
        ""
    };
    let what = format!("{} cannot be compared with {}{hint}", a.kind().plural(), b.kind().plural());
    Err(FilterError::new(what, at))
}

fn day(day: Date) -> Scalar {
    Scalar::Constant(Datum::Day(day), Kind::Day)
}

/// `IN`: a set to look into where all members are constants, else one comparison after the other.
fn one_of(layer: &Layer, call: &Call) -> Result<Condition, FilterError> {
    let Expression::List(items) = &call.arguments[1] else {
        return Err(FilterError::new("IN wants a list in parentheses", call.at));
    };
    let value = scalar(layer, &call.arguments[0])?;
    let mut constants = Vec::with_capacity(items.len());
    let mut comparisons = Vec::new();
    for item in items {
        let (_, item) = alike(value.clone(), scalar(layer, item)?, call.at)?;
        match item.constant() {
            Some(constant) => constants.push(owned(constant)),
            None => comparisons.push(compared(Comparison::Equal, value.clone(), item, call.at)?),
        }
    }
    constants.sort_by(|a, b| a.order(b).unwrap_or(Ordering::Equal));
    constants.dedup();
    let known = Condition::Test(Test::In(value, constants));
    if comparisons.is_empty() {
        return Ok(known);
    }
    comparisons.push(known);
    Ok(Condition::Any(comparisons))
}

fn owned(datum: Datum<'_>) -> Datum<'static> {
    let text = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
    match datum {
        Datum::Missing => Datum::Missing,
        Datum::Number(number) => Datum::Number(number),
        Datum::Text(it) => Datum::Text(text(it)),
        Datum::Day(day) => Datum::Day(day),
        Datum::Truth(truth) => Datum::Truth(truth),
        Datum::List(texts) => Datum::List(texts.into_iter().map(text).collect()),
    }
}

/// The place of a feature against a geometry, whichever stands first.
fn place(relation: Spatial, call: &Call) -> Result<Condition, FilterError> {
    let wrong = || {
        let what = format!(
            "“{}” compares the property “{GEOMETRY}” with a geometry that stands in the filter",
            call.op.name()
        );
        FilterError::new(what, call.at)
    };
    let stated =
        |shapes: &[Shape], relation: Spatial| Place::new(relation, shapes).map(Box::new).ok_or_else(wrong);
    match (&call.arguments[0], &call.arguments[1]) {
        (Expression::Literal(Literal::Geometry(a)), Expression::Literal(Literal::Geometry(b))) => {
            let truth = stated(b, relation)?.check(a);
            Ok(Condition::Test(Test::Holds(Scalar::Constant(Datum::Truth(truth), Kind::Truth))))
        }
        (own, Expression::Literal(Literal::Geometry(other))) if is_geometry(own) => {
            Ok(Condition::Place(stated(other, relation)?))
        }
        (Expression::Literal(Literal::Geometry(other)), own) if is_geometry(own) => {
            let turned = match relation {
                Spatial::Within => Spatial::Contains,
                Spatial::Contains => Spatial::Within,
                symmetric => symmetric,
            };
            Ok(Condition::Place(stated(other, turned)?))
        }
        _ => Err(wrong()),
    }
}

fn is_geometry(expression: &Expression) -> bool {
    matches!(expression, Expression::Property(name, _) if name == GEOMETRY)
}

fn list(layer: &Layer, expression: &Expression, at: Option<usize>) -> Result<Scalar, FilterError> {
    let single = scalar(layer, expression)?;
    // One text in parentheses is a list of one.
    match single.constant() {
        Some(Datum::Text(text)) => {
            Ok(Scalar::Constant(Datum::List(vec![Cow::Owned(text.into_owned())]), Kind::List))
        }
        _ => expect(single, Kind::List, at),
    }
}

fn instants(layer: &Layer, expression: &Expression, at: Option<usize>) -> Result<Instants, FilterError> {
    let end = |it: &Expression| {
        let scalar = scalar(layer, it)?;
        match scalar.constant() {
            Some(Datum::Text(text)) => {
                temporal::day(&text).map(day).map_or_else(|| expect(scalar.clone(), Kind::Day, at), Ok)
            }
            _ => expect(scalar, Kind::Day, at),
        }
    };
    let open = |end: Date| Ok(day(end));
    match expression {
        Expression::Interval(from, to) => {
            let from = from.as_deref().map_or_else(|| open(Date::MIN), end)?;
            Ok(Instants(from, to.as_deref().map_or_else(|| open(Date::MAX), end)?))
        }
        single => end(single).map(|day| Instants(day.clone(), day)),
    }
}

fn expect(scalar: Scalar, kind: Kind, at: Option<usize>) -> Result<Scalar, FilterError> {
    if scalar.kind() == kind {
        return Ok(scalar);
    }
    let what = format!("{} stand where {} are wanted", scalar.kind().plural(), kind.plural());
    Err(FilterError::new(what, at))
}

fn scalar(layer: &Layer, expression: &Expression) -> Result<Scalar, FilterError> {
    let constant = |datum, kind| Ok(Scalar::Constant(datum, kind));
    match expression {
        Expression::Property(name, at) => property(layer, name, *at),
        Expression::Literal(Literal::Number(number)) => constant(Datum::Number(*number), Kind::Number),
        Expression::Literal(Literal::Text(text)) => {
            constant(Datum::Text(Cow::Owned(text.clone())), Kind::Text)
        }
        Expression::Literal(Literal::Boolean(truth)) => constant(Datum::Truth(*truth), Kind::Truth),
        Expression::Literal(Literal::Date(day)) => constant(Datum::Day(*day), Kind::Day),
        Expression::Literal(Literal::Timestamp(instant)) => {
            let what = format!(
                "what is known are days, not instants: write DATE('{}')",
                &instant[..10.min(instant.len())]
            );
            Err(FilterError::new(what, None))
        }
        Expression::Literal(Literal::Geometry(_)) => Err(FilterError::new(
            "a geometry stands where a value should be: use S_INTERSECTS and its like",
            None,
        )),
        Expression::Interval(..) => Err(FilterError::new(
            "an interval stands where a value should be: use T_DURING and its like",
            None,
        )),
        Expression::List(items) => texts(layer, items),
        Expression::Call(call) => calculated(layer, call),
    }
}

fn texts(layer: &Layer, items: &[Expression]) -> Result<Scalar, FilterError> {
    let text = |item: &Expression| match scalar(layer, item)?.constant() {
        Some(Datum::Text(text)) => Ok(Cow::Owned(text.into_owned())),
        _ => Err(FilterError::new("the members of a list are texts that stand in the filter", None)),
    };
    let texts = items.iter().map(text).collect::<Result<Vec<_>, _>>()?;
    Ok(Scalar::Constant(Datum::List(texts), Kind::List))
}

fn calculated(layer: &Layer, call: &Call) -> Result<Scalar, FilterError> {
    match call.op {
        Op::CaseI | Op::AccentI => {
            let fold = if call.op == Op::CaseI { Fold::Case } else { Fold::Accents };
            let text = scalar(layer, &call.arguments[0])?;
            if text.kind() == Kind::List {
                return Ok(Scalar::Folded(fold, Box::new(text)));
            }
            Ok(Scalar::Folded(fold, Box::new(expect(text, Kind::Text, call.at)?)))
        }
        Op::Arithmetic(arithmetic) => arithmetic_of(layer, arithmetic, call),
        _ => Err(FilterError::new(format!("“{}” makes a condition, not a value", call.op.name()), call.at)),
    }
}

fn arithmetic_of(layer: &Layer, arithmetic: Arithmetic, call: &Call) -> Result<Scalar, FilterError> {
    let (a, b) = two(layer, call)?;
    let (a, b) = (expect(a, Kind::Number, call.at)?, expect(b, Kind::Number, call.at)?);
    Ok(Scalar::Calculated(arithmetic, Box::new(a), Box::new(b)))
}

fn property(layer: &Layer, name: &str, at: Option<usize>) -> Result<Scalar, FilterError> {
    if name == GEOMETRY {
        let what = format!("“{GEOMETRY}” is compared by S_INTERSECTS and its like, or by IS NULL");
        return Err(FilterError::new(what, at));
    }
    let known = Property::parse(&layer.collection, &layer.origins, name);
    let found = known.filter(|property| property.is_queryable()).ok_or_else(|| {
        let id = &layer.collection.id;
        FilterError::new(
            format!("there is no property “{name}”: /collections/{id}/queryables lists those there are"),
            at,
        )
    })?;
    Ok(Scalar::Property(found, kind(layer, found)))
}

fn kind(layer: &Layer, property: Property) -> Kind {
    match property {
        Property::Field(place) => match layer.collection.fields[place].field_type {
            FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => Kind::Text,
            FieldType::Integer | FieldType::Decimal | FieldType::Cents => Kind::Number,
            FieldType::Date => Kind::Day,
            FieldType::Boolean => Kind::Truth,
            FieldType::List => Kind::List,
        },
        Property::Precision | Property::Source => Kind::Text,
        Property::Release => Kind::Number,
        Property::ExtractionDate => Kind::Day,
        Property::Municipalities | Property::AlsoSources => Kind::List,
    }
}
