//! Numbers, money and dates as each language writes them.

use super::Language;
use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset, Weekday};

/// An integer with its thousands grouped: `1.942`, `1,942`.
#[must_use]
pub fn integer(value: u64, language: Language) -> String {
    let (separator, _) = separators(language);
    let digits = value.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

/// A signed integer with its thousands grouped.
#[must_use]
pub fn signed(value: i64, language: Language) -> String {
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{}", integer(value.unsigned_abs(), language))
}

/// A decimal number as its shortest exact digits: `47,82`, `1.234,5`.
#[must_use]
pub fn decimal(value: f64, language: Language) -> String {
    let (_, point) = separators(language);
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse::<i64>().map_or_else(|_| whole.to_owned(), |whole| signed(whole, language));
    if fraction.is_empty() { whole } else { format!("{whole}{point}{fraction}") }
}

/// An amount of integer cents, to the cent: `1.728.160.938,01 €`, `€1,728,160,938.01`. Spaces do not break.
#[must_use]
pub fn money(cents: i64, language: Language) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    let (_, point) = separators(language);
    let euros = integer(cents.unsigned_abs() / 100, language);
    let rest = cents.unsigned_abs() % 100;
    match language {
        Language::Italian => format!("{sign}{euros}{point}{rest:02}\u{a0}€"),
        Language::English => format!("{sign}€{euros}{point}{rest:02}"),
    }
}

/// An amount in two or three significant figures for a headline: `1,73 miliardi di €`, `€12.4 million`; below a million,
/// whole euros.
#[must_use]
pub fn money_short(cents: i64, language: Language) -> String {
    let euros = cents / 100;
    let (_, point) = separators(language);
    let (unit, scale) = match euros.unsigned_abs() {
        1_000_000_000.. => (["miliardi di", "billion"], 10_000_000),
        1_000_000.. => (["milioni di", "million"], 10_000),
        _ => {
            let euros = signed(euros, language);
            return match language {
                Language::Italian => format!("{euros}\u{a0}€"),
                Language::English => format!("€{euros}"),
            };
        }
    };
    let hundredths = (euros + scale / 2).div_euclid(scale);
    let whole = signed(hundredths / 100, language);
    let fraction = (hundredths % 100).unsigned_abs();
    let [italian, english] = unit;
    match language {
        Language::Italian => format!("{whole}{point}{fraction:02}\u{a0}{italian}\u{a0}€"),
        Language::English => format!("€{whole}{point}{fraction:02}\u{a0}{english}"),
    }
}

/// An ISO date (`2023-02-21`) in words: `21 febbraio 2023`, `21 February 2023`. Anything else is given back as it came.
#[must_use]
pub fn date(iso: &str, language: Language) -> String {
    let mut parts = iso.splitn(3, '-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return iso.to_owned();
    };
    let month =
        month.parse::<usize>().ok().and_then(|month| months(language).get(month.wrapping_sub(1)).copied());
    match (month, day.parse::<u8>()) {
        (Some(month), Ok(day)) => format!("{day}\u{a0}{month}\u{a0}{year}"),
        _ => iso.to_owned(),
    }
}

/// An instant by Italian clocks: `21 febbraio 2023, ore 14:05`, `21 February 2023, 14:05`.
#[must_use]
pub fn instant(at: OffsetDateTime, language: Language) -> String {
    let at = at.to_offset(italian_offset(at));
    let day = date(&at.date().to_string(), language);
    let hour = match language {
        Language::Italian => "ore\u{a0}",
        Language::English => "",
    };
    format!("{day}, {hour}{:02}:{:02}", at.hour(), at.minute())
}

impl Language {
    /// `key_one` when the count is one, `key_many` with `{count}` filled in otherwise.
    #[must_use]
    pub fn counted(self, key: &str, count: u64) -> String {
        let form = if count == 1 { "one" } else { "many" };
        let written = integer(count, self);
        self.phrase(&format!("{key}_{form}"), &[("count", &written)])
    }
}

/// The last instant of a day by Italian clocks.
#[must_use]
pub fn end_of_day(day: Date) -> OffsetDateTime {
    let midnight = day.with_time(Time::MIDNIGHT).assume_utc().saturating_add(Duration::DAY);
    let offset = italian_offset(midnight.saturating_sub(Duration::HOUR));
    midnight.saturating_sub(Duration::seconds(i64::from(offset.whole_seconds()) + 1))
}

/// Italy is one hour ahead of UTC; two from the last Sunday of March to that of October, from 1:00 UTC to 1:00 UTC.
fn italian_offset(at: OffsetDateTime) -> UtcOffset {
    let turn = |month| {
        let last = Date::from_calendar_date(at.to_offset(UtcOffset::UTC).year(), month, 31).ok()?;
        let sunday =
            if last.weekday() == Weekday::Sunday { last } else { last.prev_occurrence(Weekday::Sunday) };
        Some(sunday.with_hms(1, 0, 0).ok()?.assume_utc())
    };
    let is_summer =
        turn(Month::March).zip(turn(Month::October)).is_some_and(|(from, to)| from <= at && at < to);
    UtcOffset::from_hms(if is_summer { 2 } else { 1 }, 0, 0).unwrap_or(UtcOffset::UTC)
}

/// The separator of thousands and the decimal mark.
fn separators(language: Language) -> (char, char) {
    match language {
        Language::Italian => ('.', ','),
        Language::English => (',', '.'),
    }
}

fn months(language: Language) -> [&'static str; 12] {
    match language {
        Language::Italian => [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ],
        Language::English => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Italian};
    use time::macros::{date, datetime};

    #[test]
    fn money_is_written_to_the_cent() {
        for (cents, italian, english) in [
            (172_816_093_801, "1.728.160.938,01 €", "€1,728,160,938.01"),
            (0, "0,00 €", "€0.00"),
            (5, "0,05 €", "€0.05"),
            (100_000, "1.000,00 €", "€1,000.00"),
            (-123_456, "−1.234,56 €", "−€1,234.56"),
        ] {
            assert_eq!(money(cents, Italian).replace('\u{a0}', " "), italian);
            assert_eq!(money(cents, English).replace('\u{a0}', " "), english);
        }
    }

    #[test]
    fn a_headline_amount_keeps_three_figures() {
        for (cents, italian, english) in [
            (172_816_093_801, "1,73 miliardi di €", "€1.73 billion"),
            (99_999_999_999, "1000,00 milioni di €", "€1000.00 million"),
            (125_000_000, "1,25 milioni di €", "€1.25 million"),
            (1_271_900, "12.719 €", "€12,719"),
        ] {
            let expected = italian.replace("1000", "1.000");
            assert_eq!(money_short(cents, Italian).replace('\u{a0}', " "), expected);
            assert_eq!(money_short(cents, English).replace('\u{a0}', " "), english.replace("1000", "1,000"));
        }
    }

    #[test]
    fn instants_are_told_by_italian_clocks() {
        for (at, expected) in [
            (datetime!(2023-02-21 13:05 UTC), "21 febbraio 2023, ore 14:05"),
            (datetime!(2023-07-31 22:30 UTC), "1 agosto 2023, ore 00:30"),
            (datetime!(2023-03-26 00:59 UTC), "26 marzo 2023, ore 01:59"),
            (datetime!(2023-03-26 01:00 UTC), "26 marzo 2023, ore 03:00"),
            (datetime!(2023-10-29 01:00 UTC), "29 ottobre 2023, ore 02:00"),
        ] {
            assert_eq!(instant(at, Italian).replace('\u{a0}', " "), expected);
        }
        assert_eq!(end_of_day(date!(2023 - 07 - 31)), datetime!(2023-07-31 21:59:59 UTC));
        assert_eq!(end_of_day(date!(2023 - 12 - 31)), datetime!(2023-12-31 22:59:59 UTC));
    }

    #[test]
    fn numbers_and_dates_follow_the_language() {
        assert_eq!(integer(1_942, Italian), "1.942");
        assert_eq!(integer(999, English), "999");
        assert_eq!(signed(-1_000_000, Italian), "−1.000.000");
        assert_eq!(decimal(1_234.5, Italian), "1.234,5");
        assert_eq!(decimal(47.0, English), "47");
        assert_eq!(date("2023-02-21", Italian).replace('\u{a0}', " "), "21 febbraio 2023");
        assert_eq!(date("2023-02-21", English).replace('\u{a0}', " "), "21 February 2023");
        assert_eq!(date("2023-13-21", Italian), "2023-13-21");
        assert_eq!(date("febbraio", Italian), "febbraio");
    }
}
