//! One writing for filters that are the same: whatever language, order and spacing they came in.

use super::condition::Condition;
use super::datum::Datum;
use super::place::Place;
use super::scalar::Scalar;
use super::test::{Instants, Test};
use domain::Collection;
use geometry::{Kind, Shape};

/// The canonical writing of a condition on the features of a collection.
pub fn write(collection: &Collection, condition: &Condition) -> String {
    match condition {
        Condition::All(parts) => unordered("and", collection, parts),
        Condition::Any(parts) => unordered("or", collection, parts),
        Condition::Not(part) => format!("not({})", write(collection, part)),
        Condition::Test(test) => of_test(collection, test),
        Condition::Place(place) => of_place(place),
        Condition::IsPlaceless => "isNull(geometry)".to_owned(),
    }
}

/// The order of the parts means nothing, nor that one is said twice.
fn unordered(name: &str, collection: &Collection, parts: &[Condition]) -> String {
    let mut parts: Vec<String> = parts.iter().map(|part| write(collection, part)).collect();
    parts.sort_unstable();
    parts.dedup();
    if parts.len() == 1 { parts.remove(0) } else { format!("{name}({})", parts.join(",")) }
}

fn of_test(collection: &Collection, test: &Test) -> String {
    let scalar = |it: &Scalar| of_scalar(collection, it);
    match test {
        Test::Holds(it) => scalar(it),
        Test::Compare(comparison, a, b) => format!("{}({},{})", comparison.name(), scalar(a), scalar(b)),
        Test::Like(it, _, pattern) => format!("like({},{pattern:?})", scalar(it)),
        Test::In(it, known) => {
            let known: Vec<String> = known.iter().map(of_datum).collect();
            format!("in({},[{}])", scalar(it), known.join(","))
        }
        Test::IsMissing(it) => format!("isNull({})", scalar(it)),
        Test::Array(relation, a, b) => format!("{}({},{})", relation.name(), scalar(a), scalar(b)),
        Test::Temporal(relation, a, b) => {
            format!("{}({},{})", relation.name(), of_instants(collection, a), of_instants(collection, b))
        }
    }
}

fn of_instants(collection: &Collection, Instants(from, to): &Instants) -> String {
    format!("{}/{}", of_scalar(collection, from), of_scalar(collection, to))
}

fn of_scalar(collection: &Collection, scalar: &Scalar) -> String {
    match scalar {
        Scalar::Property(property, _) => property.name(collection).to_owned(),
        Scalar::Constant(datum, _) => of_datum(datum),
        Scalar::Folded(fold, it) => format!("{fold:?}({})", of_scalar(collection, it)),
        Scalar::Calculated(arithmetic, a, b) => {
            format!("{}({},{})", arithmetic.name(), of_scalar(collection, a), of_scalar(collection, b))
        }
    }
}

fn of_datum(datum: &Datum<'_>) -> String {
    match datum {
        Datum::Missing => "null".to_owned(),
        Datum::Number(number) => number.to_string(),
        Datum::Text(text) => format!("{text:?}"),
        Datum::Day(day) => day.to_string(),
        Datum::Truth(truth) => truth.to_string(),
        Datum::List(texts) => {
            let mut texts: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
            texts.sort_unstable();
            texts.dedup();
            format!("[{}]", texts.join(","))
        }
    }
}

fn of_place(place: &Place) -> String {
    let shapes: Vec<String> = place.shapes().map(of_shape).collect();
    format!("{}(geometry,{})", place.relation().name(), shapes.join(";"))
}

fn of_shape(shape: &Shape) -> String {
    let letter = match shape.kind() {
        Kind::Points => 'p',
        Kind::Lines => 'l',
        Kind::Polygons => 'a',
    };
    let run =
        |run: &[geometry::Xy]| run.iter().map(|[x, y]| format!("{x} {y}")).collect::<Vec<_>>().join(",");
    let part = |part: geometry::Part<'_>| part.rings().map(run).collect::<Vec<_>>().join("|");
    format!("{letter}:{}", shape.parts().map(part).collect::<Vec<_>>().join("/"))
}
