//! Times in a filter. What collections state are days, so days are what is compared.

use super::error::FilterError;
use super::expression::{Expression, Literal};
use super::op::Temporal;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

/// From one day to another, both included. A day is both its beginning and its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span(pub Date, pub Date);

/// The day that a text says.
pub fn day(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

/// `DATE('2026-12-31')`.
pub fn date(arguments: &[Expression], at: Option<usize>) -> Result<Expression, FilterError> {
    let wrong = || FilterError::new("a day is written DATE('2026-12-31')", at);
    let [Expression::Literal(Literal::Text(text))] = arguments else { return Err(wrong()) };
    day(text).map(|day| Expression::Literal(Literal::Date(day))).ok_or_else(wrong)
}

/// `TIMESTAMP('2026-12-31T12:00:00Z')`.
pub fn timestamp(arguments: &[Expression], at: Option<usize>) -> Result<Expression, FilterError> {
    let wrong = || FilterError::new("an instant is written TIMESTAMP('2026-12-31T12:00:00Z')", at);
    let [Expression::Literal(Literal::Text(text))] = arguments else { return Err(wrong()) };
    OffsetDateTime::parse(text, &Rfc3339).map_err(|_| wrong())?;
    Ok(Expression::Literal(Literal::Timestamp(text.clone())))
}

/// `INTERVAL('2026-01-01','..')`: days, open ends, or properties.
pub fn interval(arguments: Vec<Expression>, at: Option<usize>) -> Result<Expression, FilterError> {
    let wrong = || {
        FilterError::new(
            "an interval is written INTERVAL('2026-01-01','2026-12-31'), with '..' for an open end",
            at,
        )
    };
    let end = |it: Expression| match it {
        Expression::Literal(Literal::Text(text)) if text == ".." => Ok(None),
        Expression::Literal(Literal::Text(text)) => {
            let day = day(&text).ok_or_else(wrong)?;
            Ok(Some(Box::new(Expression::Literal(Literal::Date(day)))))
        }
        it @ (Expression::Property(..) | Expression::Literal(Literal::Date(_))) => Ok(Some(Box::new(it))),
        _ => Err(wrong()),
    };
    let [from, to]: [Expression; 2] = arguments.try_into().map_err(|_| wrong())?;
    Ok(Expression::Interval(end(from)?, end(to)?))
}

/// Whether a relation holds between two spans.
pub fn holds(relation: Temporal, Span(from_a, to_a): Span, Span(from_b, to_b): Span) -> bool {
    match relation {
        Temporal::After => from_a > to_b,
        Temporal::Before => to_a < from_b,
        Temporal::Disjoint => from_a > to_b || to_a < from_b,
        Temporal::Intersects => from_a <= to_b && from_b <= to_a,
        Temporal::Equals => from_a == from_b && to_a == to_b,
        Temporal::Contains => from_a < from_b && to_a > to_b,
        Temporal::During => from_a > from_b && to_a < to_b,
        Temporal::FinishedBy => from_a < from_b && to_a == to_b,
        Temporal::Finishes => from_a > from_b && to_a == to_b,
        Temporal::StartedBy => from_a == from_b && to_a > to_b,
        Temporal::Starts => from_a == from_b && to_a < to_b,
        Temporal::Meets => to_a == from_b,
        Temporal::MetBy => from_a == to_b,
        Temporal::Overlaps => from_a < from_b && to_a > from_b && to_a < to_b,
        Temporal::OverlappedBy => from_a > from_b && from_a < to_b && to_a > to_b,
    }
}
