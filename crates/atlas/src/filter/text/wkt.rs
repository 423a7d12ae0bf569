//! Geometries in a filter's text: WKT (OGC 06-103r4), and `BBOX`.

use super::super::error::FilterError;
use super::super::literal::{self, Coordinates};
use super::Parser;
use super::token::Token;
use geometry::{Shape, Xy};

const NAMES: [&str; 8] = [
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
    "BBOX",
];

/// Whether a word, in upper case, begins a geometry.
pub fn is_geometry(word: &str) -> bool {
    NAMES.contains(&word)
}

/// Reads the geometry whose name, in upper case, has just been taken.
pub fn parse(parser: &mut Parser, name: &str, at: usize) -> Result<Vec<Shape>, FilterError> {
    if parser.takes_word("EMPTY") {
        return Err(FilterError::new("an empty geometry has nothing to compare with", Some(at)));
    }
    parser.takes_word("Z");
    parser.expect_sign("(")?;
    match name {
        "GEOMETRYCOLLECTION" => collection(parser),
        "BBOX" => literal::bbox(&list(parser, number)?, parser.reference, Some(at)),
        _ => {
            let coordinates = coordinates(parser, name)?;
            literal::shape(name, &coordinates, parser.reference, Some(at)).map(|shape| vec![shape])
        }
    }
}

fn collection(parser: &mut Parser) -> Result<Vec<Shape>, FilterError> {
    let members = list(parser, |parser| {
        let at = parser.at();
        let Some((Token::Word(word), _)) = parser.peek().cloned() else {
            return Err(parser.unexpected("a geometry"));
        };
        let name = word.to_ascii_uppercase();
        // Collections within collections have no use, and no end.
        if !is_geometry(&name) || name == "GEOMETRYCOLLECTION" || name == "BBOX" {
            return Err(parser.unexpected("a geometry"));
        }
        parser.next += 1;
        parse(parser, &name, at)
    })?;
    Ok(members.into_iter().flatten().collect())
}

/// The coordinates of a geometry of this name, as deep as it has them.
fn coordinates(parser: &mut Parser, name: &str) -> Result<Coordinates, FilterError> {
    let points = |parser: &mut Parser| list(parser, position);
    let nested = |parser: &mut Parser| {
        parser.expect_sign("(")?;
        list(parser, position)
    };
    Ok(match name {
        "POINT" | "LINESTRING" => Coordinates::Points(points(parser)?),
        "MULTIPOINT" => Coordinates::Points(list(parser, |parser| {
            let wrapped = parser.takes_sign("(");
            let position = position(parser)?;
            if wrapped {
                parser.expect_sign(")")?;
            }
            Ok(position)
        })?),
        "POLYGON" | "MULTILINESTRING" => Coordinates::Runs(list(parser, nested)?),
        _ => Coordinates::Polygons(list(parser, |parser| {
            parser.expect_sign("(")?;
            list(parser, nested)
        })?),
    })
}

/// What stands in parentheses, after the opening one, with commas between.
fn list<T>(
    parser: &mut Parser,
    item: impl Fn(&mut Parser) -> Result<T, FilterError>,
) -> Result<Vec<T>, FilterError> {
    let mut items = vec![item(parser)?];
    while parser.takes_sign(",") {
        items.push(item(parser)?);
    }
    parser.expect_sign(")")?;
    Ok(items)
}

/// Two numbers; a third, a height, is passed over.
fn position(parser: &mut Parser) -> Result<Xy, FilterError> {
    let position = [number(parser)?, number(parser)?];
    if parser.peek().is_some_and(|(token, _)| matches!(token, Token::Number(_) | Token::Sign("-"))) {
        number(parser)?;
    }
    Ok(position)
}

fn number(parser: &mut Parser) -> Result<f64, FilterError> {
    let negative = parser.takes_sign("-");
    match parser.peek() {
        Some((Token::Number(number), _)) => {
            let number = *number;
            parser.next += 1;
            Ok(if negative { -number } else { number })
        }
        _ => Err(parser.unexpected("a number")),
    }
}
