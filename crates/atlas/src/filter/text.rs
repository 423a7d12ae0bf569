//! CQL2 text (OGC 21-065r2, chapter 7): a parser that goes down by precedence, and never deeper than a filter may be.

mod token;
mod wkt;

use super::error::FilterError;
use super::expression::{Expression, Literal, MAX_DEPTH, too_deep};
use super::op::{Arithmetic, Comparison, Op};
use super::temporal;
use geometry::Reference;
use token::{Placed, Token};

/// Reads a filter whose geometries are in a reference system.
///
/// # Errors
/// What is wrong first, and where.
pub fn parse(text: &str, reference: Reference) -> Result<Expression, FilterError> {
    let tokens = token::tokens(text)?;
    let mut parser = Parser { tokens, reference, next: 0, end: text.chars().count() + 1, depth: 0 };
    if parser.tokens.is_empty() {
        return Err(FilterError::new("the filter is empty", None));
    }
    let expression = parser.either()?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.unexpected("the end, AND or OR")),
    }
}

struct Parser {
    tokens: Vec<Placed>,
    reference: Reference,
    next: usize,
    /// The character after the last.
    end: usize,
    depth: usize,
}

impl Parser {
    /// `a OR b OR …`
    fn either(&mut self) -> Result<Expression, FilterError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(too_deep(Some(self.at())));
        }
        let found = self.joined(Op::Or, "OR", |parser| parser.joined(Op::And, "AND", Self::negated));
        self.depth -= 1;
        found
    }

    fn joined(
        &mut self,
        op: Op,
        word: &str,
        part: impl Fn(&mut Self) -> Result<Expression, FilterError>,
    ) -> Result<Expression, FilterError> {
        let at = self.at();
        let mut parts = vec![part(self)?];
        while self.takes_word(word) {
            parts.push(part(self)?);
        }
        if parts.len() > 1 { Expression::call(op, parts, Some(at)) } else { Ok(parts.remove(0)) }
    }

    fn negated(&mut self) -> Result<Expression, FilterError> {
        let at = self.at();
        let mut negated = false;
        while self.takes_word("NOT") {
            negated = !negated;
        }
        let predicate = self.predicate()?;
        if negated { Expression::call(Op::Not, vec![predicate], Some(at)) } else { Ok(predicate) }
    }

    /// A comparison, or whatever stands alone.
    fn predicate(&mut self) -> Result<Expression, FilterError> {
        let left = self.sum()?;
        let at = self.at();
        if let Some(comparison) = self.comparison() {
            let right = self.sum()?;
            return Expression::call(Op::Compare(comparison), vec![left, right], Some(at));
        }
        if self.takes_word("IS") {
            let negated = self.takes_word("NOT");
            self.expect_word("NULL")?;
            return negate(Expression::call(Op::IsNull, vec![left], Some(at))?, negated, at);
        }
        let negated = self.takes_word("NOT");
        let predicate = if self.takes_word("LIKE") {
            let pattern = self.sum()?;
            Expression::call(Op::Like, vec![left, pattern], Some(at))?
        } else if self.takes_word("BETWEEN") {
            let low = self.sum()?;
            self.expect_word("AND")?;
            let high = self.sum()?;
            Expression::call(Op::Between, vec![left, low, high], Some(at))?
        } else if self.takes_word("IN") {
            self.expect_sign("(")?;
            let items = self.items()?;
            Expression::call(Op::In, vec![left, Expression::List(items)], Some(at))?
        } else if negated {
            return Err(self.unexpected("LIKE, BETWEEN or IN"));
        } else {
            return Ok(left);
        };
        negate(predicate, negated, at)
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let Some((Token::Sign(sign), _)) = self.peek() else { return None };
        let Some(Op::Compare(comparison)) = Op::parse(sign) else { return None };
        self.next += 1;
        Some(comparison)
    }

    fn sum(&mut self) -> Result<Expression, FilterError> {
        let signs = [("+", Arithmetic::Add), ("-", Arithmetic::Subtract)];
        self.calculated(&signs, |parser| {
            let signs = [
                ("*", Arithmetic::Multiply),
                ("/", Arithmetic::Divide),
                ("%", Arithmetic::Modulo),
                ("DIV", Arithmetic::IntegerDivide),
            ];
            parser.calculated(&signs, |parser| parser.calculated(&[("^", Arithmetic::Power)], Self::signed))
        })
    }

    /// Operands of equal rank, from the left.
    fn calculated(
        &mut self,
        signs: &[(&str, Arithmetic)],
        operand: impl Fn(&mut Self) -> Result<Expression, FilterError>,
    ) -> Result<Expression, FilterError> {
        let mut left = operand(self)?;
        loop {
            let at = self.at();
            let sign = signs.iter().find(|(sign, _)| self.takes_sign(sign) || self.takes_word(sign));
            let Some((_, arithmetic)) = sign else { return Ok(left) };
            let right = operand(self)?;
            left = Expression::call(Op::Arithmetic(*arithmetic), vec![left, right], Some(at))?;
        }
    }

    fn signed(&mut self) -> Result<Expression, FilterError> {
        let at = self.at();
        let mut negative = false;
        while self.peek().is_some_and(|(token, _)| matches!(token, Token::Sign("-" | "+"))) {
            negative ^= self.takes_sign("-") || !self.takes_sign("+");
        }
        match self.operand()? {
            Expression::Literal(Literal::Number(number)) if negative => {
                Ok(Expression::Literal(Literal::Number(-number)))
            }
            operand if negative => {
                let minus_one = Expression::Literal(Literal::Number(-1.0));
                Expression::call(Op::Arithmetic(Arithmetic::Multiply), vec![minus_one, operand], Some(at))
            }
            operand => Ok(operand),
        }
    }

    fn operand(&mut self) -> Result<Expression, FilterError> {
        let at = self.at();
        let Some((token, _)) = self.peek().cloned() else {
            return Err(self.unexpected("a property or a value"));
        };
        self.next += 1;
        match token {
            Token::Number(number) => Ok(Expression::Literal(Literal::Number(number))),
            Token::Text(text) => Ok(Expression::Literal(Literal::Text(text))),
            Token::Name(name) => Ok(Expression::Property(name, Some(at))),
            Token::Sign("(") => {
                let mut items = self.items()?;
                if items.len() == 1 { Ok(items.remove(0)) } else { Ok(Expression::List(items)) }
            }
            Token::Word(word) => self.word(word, at),
            Token::Sign(_) => {
                self.next -= 1;
                Err(self.unexpected("a property or a value"))
            }
        }
    }

    /// What a word means: a value, a geometry, a function, or a property.
    fn word(&mut self, word: String, at: usize) -> Result<Expression, FilterError> {
        let upper = word.to_ascii_uppercase();
        match upper.as_str() {
            "TRUE" => return Ok(Expression::Literal(Literal::Boolean(true))),
            "FALSE" => return Ok(Expression::Literal(Literal::Boolean(false))),
            "AND" | "OR" | "LIKE" | "BETWEEN" | "IN" | "IS" | "NULL" => {
                self.next -= 1;
                return Err(self.unexpected("a property or a value"));
            }
            _ => {}
        }
        if wkt::is_geometry(&upper) && self.begins_geometry() {
            return wkt::parse(self, &upper, at).map(|shapes| Expression::Literal(Literal::Geometry(shapes)));
        }
        if !self.takes_sign("(") {
            return Ok(Expression::Property(word, Some(at)));
        }
        let arguments = self.items()?;
        match upper.as_str() {
            "DATE" => temporal::date(&arguments, Some(at)),
            "TIMESTAMP" => temporal::timestamp(&arguments, Some(at)),
            "INTERVAL" => temporal::interval(arguments, Some(at)),
            _ => {
                let op = Op::function(&word)
                    .ok_or_else(|| FilterError::new(format!("there is no function “{word}”"), Some(at)))?;
                Expression::call(op, arguments, Some(at))
            }
        }
    }

    /// What stands in parentheses, after the opening one: expressions with commas between, or nothing.
    fn items(&mut self) -> Result<Vec<Expression>, FilterError> {
        let mut items = Vec::new();
        if self.takes_sign(")") {
            return Ok(items);
        }
        loop {
            items.push(self.either()?);
            if !self.takes_sign(",") {
                self.expect_sign(")")?;
                return Ok(items);
            }
        }
    }

    fn begins_geometry(&self) -> bool {
        let is_z = |token: &Token| matches!(token, Token::Word(word) if ["Z", "EMPTY"].contains(&word.to_ascii_uppercase().as_str()));
        self.peek().is_some_and(|(token, _)| *token == Token::Sign("(") || is_z(token))
    }

    fn peek(&self) -> Option<&Placed> {
        self.tokens.get(self.next)
    }

    /// The character at which the next token begins.
    fn at(&self) -> usize {
        self.peek().map_or(self.end, |(_, at)| *at)
    }

    fn takes_word(&mut self, wanted: &str) -> bool {
        let found = self.peek().is_some_and(
            |(token, _)| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case(wanted)),
        );
        self.next += usize::from(found);
        found
    }

    fn takes_sign(&mut self, wanted: &str) -> bool {
        let found =
            self.peek().is_some_and(|(token, _)| matches!(token, Token::Sign(sign) if *sign == wanted));
        self.next += usize::from(found);
        found
    }

    fn expect_word(&mut self, wanted: &str) -> Result<(), FilterError> {
        if self.takes_word(wanted) { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    fn expect_sign(&mut self, wanted: &str) -> Result<(), FilterError> {
        if self.takes_sign(wanted) { Ok(()) } else { Err(self.unexpected(&format!("“{wanted}”"))) }
    }

    fn unexpected(&self, wanted: &str) -> FilterError {
        let found = match self.peek() {
            None => "the filter ends".to_owned(),
            Some((Token::Word(word) | Token::Name(word) | Token::Text(word), _)) => {
                format!("“{word}” stands")
            }
            Some((Token::Number(number), _)) => format!("{number} stands"),
            Some((Token::Sign(sign), _)) => format!("“{sign}” stands"),
        };
        FilterError::new(format!("{found} where {wanted} should be"), Some(self.at()))
    }
}

fn negate(predicate: Expression, negated: bool, at: usize) -> Result<Expression, FilterError> {
    if negated { Expression::call(Op::Not, vec![predicate], Some(at)) } else { Ok(predicate) }
}
