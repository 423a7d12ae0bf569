//! Money: integer cents, never a floating-point number.

use std::fmt;
use std::iter::Sum;

/// An amount in euro cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(pub i64);

/// How a source writes numbers. What is not declared is not understood: `40.000` is forty thousand in one release and
/// forty in another, and no cell can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AmountFormat {
    /// The sign between units and decimals, if decimals are written.
    pub decimal: Option<char>,
    /// The sign between groups of three digits, if groups are written.
    pub thousands: Option<char>,
}

/// Why a text is not an amount in the declared format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// A character that the format does not use, or no digit at all.
    #[error("not an amount in the format that the source declares")]
    Unreadable,
    /// Groups that are not of three digits.
    #[error("the thousands are not in groups of three digits")]
    Groups,
    /// More than two decimals.
    #[error("an amount in euros has at most two decimals")]
    Decimals,
    /// Beyond ± 92 million billion.
    #[error("the amount is too large")]
    TooLarge,
}

impl Cents {
    /// Reads an amount in euros. Blanks around it do not matter.
    ///
    /// # Errors
    /// [`AmountError`] if the text does not follow `format` to the letter.
    pub fn parse(text: &str, format: AmountFormat) -> Result<Self, AmountError> {
        let text = text.trim();
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (units, decimals) = format
            .decimal
            .and_then(|sign| text.split_once(sign).or_else(|| plain(text, format.thousands?)))
            .unwrap_or((text, ""));
        if format.decimal.is_some_and(|sign| text.ends_with(sign)) {
            return Err(AmountError::Unreadable);
        }
        let units = whole(units, format.thousands)?;
        let cents = match decimals.as_bytes() {
            [] => 0,
            [tens] if tens.is_ascii_digit() => i64::from(tens - b'0') * 10,
            [tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
                i64::from(tens - b'0') * 10 + i64::from(ones - b'0')
            }
            digits if digits.iter().all(u8::is_ascii_digit) => return Err(AmountError::Decimals),
            _ => return Err(AmountError::Unreadable),
        };
        let total = units.checked_mul(100).and_then(|units| units.checked_add(cents));
        let total = total.ok_or(AmountError::TooLarge)?;
        Ok(Self(if negative { -total } else { total }))
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

/// Plain decimal notation, as machines read it: `1728160938.01`.
impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

/// Units and decimals as machines write them, where people group digits with a point: `12719.5`, as number cells of workbooks are
/// read. One or two digits after the only point are never a group, so nothing is guessed.
fn plain(text: &str, thousands: char) -> Option<(&str, &str)> {
    let (units, decimals) = text.split_once('.').filter(|_| thousands == '.')?;
    matches!(decimals.len(), 1 | 2).then_some((units, decimals))
}

/// The digits before the decimal sign.
fn whole(text: &str, thousands: Option<char>) -> Result<i64, AmountError> {
    let groups = match thousands {
        Some(sign) => text.split(sign).collect::<Vec<_>>(),
        None => vec![text],
    };
    if groups.iter().any(|group| group.is_empty() || !group.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(AmountError::Unreadable);
    }
    let grouped = groups.len() > 1;
    if grouped && (groups[0].len() > 3 || groups[1..].iter().any(|group| group.len() != 3)) {
        return Err(AmountError::Groups);
    }
    groups.concat().parse().map_err(|_| AmountError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: AmountFormat = AmountFormat { decimal: None, thousands: Some('.') };
    const COMMA: AmountFormat = AmountFormat { decimal: Some(','), thousands: None };
    const BOTH: AmountFormat = AmountFormat { decimal: Some(','), thousands: Some('.') };

    #[test]
    fn amounts_are_read_as_their_source_writes_them() {
        let check = |text, format, cents| assert_eq!(Cents::parse(text, format), Ok(Cents(cents)), "{text}");
        check("114.000.000", WHOLE, 11_400_000_000);
        check("40.000", WHOLE, 4_000_000);
        check("13950000000", WHOLE, 1_395_000_000_000);
        check("0,00", COMMA, 0);
        check("1.234.567,89", BOTH, 123_456_789);
        check("12719.5", BOTH, 1_271_950);
        check("12719.05", BOTH, 1_271_905);
        check("12719", BOTH, 1_271_900);
        check("12.719", BOTH, 1_271_900);
        check("2738869489,5", COMMA, 273_886_948_950);
        check("13950000000", COMMA, 1_395_000_000_000);
        check(" 600.000.000,00 ", BOTH, 60_000_000_000);
        check("1.234,5", BOTH, 123_450);
        check("-12,30", COMMA, -1230);
    }

    #[test]
    fn what_does_not_follow_the_format_is_refused() {
        let check = |text, format, error| assert_eq!(Cents::parse(text, format), Err(error), "{text}");
        check("N/D", WHOLE, AmountError::Unreadable);
        check(" -   ", BOTH, AmountError::Unreadable);
        check("", COMMA, AmountError::Unreadable);
        check(",5", COMMA, AmountError::Unreadable);
        check("5,", COMMA, AmountError::Unreadable);
        check("40.000", COMMA, AmountError::Unreadable);
        check("1,234", COMMA, AmountError::Decimals);
        check("1234.567", BOTH, AmountError::Groups);
        check("1.23", WHOLE, AmountError::Groups);
        check("1e9", COMMA, AmountError::Unreadable);
        check("99999999999999999999", COMMA, AmountError::TooLarge);
        check("92233720368547758,08", COMMA, AmountError::TooLarge);
    }

    #[test]
    fn amounts_show_as_plain_decimals() {
        assert_eq!(Cents(172_816_093_801).to_string(), "1728160938.01");
        assert_eq!(Cents(-5).to_string(), "-0.05");
    }
}
