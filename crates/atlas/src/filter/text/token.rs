//! The words and signs of a filter in text.

use super::super::error::FilterError;

/// A word or sign.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A name or a word of the language.
    Word(String),
    /// A name in quotation marks, which is never a word of the language.
    Name(String),
    /// A text in apostrophes.
    Text(String),
    /// A number without a sign.
    Number(f64),
    /// A sign.
    Sign(&'static str),
}

/// Signs, the longer before those that they begin with.
const SIGNS: [&str; 14] = ["<>", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")"];

/// A token with the character at which it begins, from 1.
pub type Placed = (Token, usize);

/// Cuts a text into its words and signs.
///
/// # Errors
/// A text that does not end, or a character that belongs to nothing.
pub fn tokens(text: &str) -> Result<Vec<Placed>, FilterError> {
    let mut rest = text;
    let mut at = 1;
    let mut found = Vec::new();
    loop {
        let trimmed = rest.trim_start();
        at += rest[..rest.len() - trimmed.len()].chars().count();
        rest = trimmed;
        let Some(first) = rest.chars().next() else { return Ok(found) };
        let (token, length) = token(rest, first, at)?;
        found.push((token, at));
        at += rest[..length].chars().count();
        rest = &rest[length..];
    }
}

/// The token at the beginning of a text, and its length in bytes.
fn token(text: &str, first: char, at: usize) -> Result<(Token, usize), FilterError> {
    if first == '\'' || first == '"' {
        let (content, length) = quoted(text, first, at)?;
        return Ok((if first == '"' { Token::Name(content) } else { Token::Text(content) }, length));
    }
    if first.is_ascii_digit() || first == '.' {
        return number(text, at);
    }
    if is_word(first) && !first.is_numeric() {
        let length = text.find(|c| !is_word(c) && c != '.').unwrap_or(text.len());
        return Ok((Token::Word(text[..length].to_owned()), length));
    }
    let sign = SIGNS.into_iter().chain([","]).find(|sign| text.starts_with(sign));
    sign.map(|sign| (Token::Sign(sign), sign.len()))
        .ok_or_else(|| FilterError::new(format!("the character “{first}” means nothing here"), Some(at)))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == ':'
}

/// What stands between two marks, each mark within it doubled or (apostrophes) after a backslash.
fn quoted(text: &str, mark: char, at: usize) -> Result<(String, usize), FilterError> {
    let mut content = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((place, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if c == mark && next == Some(mark) || c == '\\' && mark == '\'' && next == Some(mark) {
            characters.next();
            content.push(mark);
        } else if c == mark {
            return Ok((content, place + mark.len_utf8()));
        } else {
            content.push(c);
        }
    }
    Err(FilterError::new(format!("what begins with {mark} has no {mark} at its end"), Some(at)))
}

fn number(text: &str, at: usize) -> Result<(Token, usize), FilterError> {
    let digits =
        |from: usize| text[from..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |it| from + it);
    let mut end = digits(0);
    if text[end..].starts_with('.') {
        end = digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    let number = text[..end].parse().ok().filter(|number: &f64| number.is_finite());
    let number =
        number.ok_or_else(|| FilterError::new(format!("“{}” is no number", &text[..end]), Some(at)))?;
    Ok((Token::Number(number), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_texts_numbers_and_signs_are_told_apart() {
        let word = |text: &str| Token::Word(text.to_owned());
        let text = |text: &str| Token::Text(text.to_owned());
        let check = |input: &str, expect: &[Token]| {
            let found: Vec<Token> = tokens(input).unwrap().into_iter().map(|(token, _)| token).collect();
            assert_eq!(found, expect, "{input}");
        };
        check("a<>-1.5e3", &[word("a"), Token::Sign("<>"), Token::Sign("-"), Token::Number(1500.0)]);
        check("'d''oro' 'l\\'a' ''", &[text("d'oro"), text("l'a"), text("")]);
        check("\"a \"\"b\"\"\"", &[Token::Name("a \"b\"".to_owned())]);
        check("città_1<=.5", &[word("città_1"), Token::Sign("<="), Token::Number(0.5)]);
        check(
            "(1,2)",
            &[Token::Sign("("), Token::Number(1.0), Token::Sign(","), Token::Number(2.0), Token::Sign(")")],
        );
        check("  ", &[]);
    }

    #[test]
    fn what_belongs_to_nothing_is_refused_where_it_stands() {
        for (input, at) in [("a = 'x", 5), ("è = ?", 5), ("a ; b", 3), ("1e999", 1), (".", 1), ("\"a", 1)] {
            assert_eq!(tokens(input).unwrap_err().at, Some(at), "{input}");
        }
    }
}
