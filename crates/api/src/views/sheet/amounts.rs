//! Surfaces, lengths and shares as people read them.

use crate::pages::{Language, format};

/// A number of things.
pub fn count(number: usize, language: Language) -> String {
    format::integer(number as u64, language)
}

/// A surface in the unit that suits it: `820 m²`, `26,6 ha`, `3,45 km²`.
pub fn area(square_metres: f64, language: Language) -> String {
    match square_metres {
        small if small < 10_000.0 => format!("{}\u{a0}m²", rounded(small, 0, language)),
        middle if middle < 1_000_000.0 => format!("{}\u{a0}ha", rounded(middle / 1e4, 1, language)),
        large => format!("{}\u{a0}km²", rounded(large / 1e6, 2, language)),
    }
}

/// A length or a distance: `340 m`, `2,4 km`.
pub fn length(metres: f64, language: Language) -> String {
    if metres < 1_000.0 {
        format!("{}\u{a0}m", rounded(metres, 0, language))
    } else {
        format!("{}\u{a0}km", rounded(metres / 1e3, 1, language))
    }
}

/// A share from 0 to 1 in per cent; what is next to nothing is said to be so, and what is next to all is not all.
pub fn share(share: f64, language: Language) -> String {
    let percent = share * 100.0;
    match percent {
        none if none <= 0.0 => "0\u{a0}%".to_owned(),
        little if little < 0.1 => format!("<\u{a0}{}\u{a0}%", format::decimal(0.1, language)),
        nearly if nearly > 99.9 && nearly < 99.999_9 => {
            format!(">\u{a0}{}\u{a0}%", format::decimal(99.9, language))
        }
        percent => format!("{}\u{a0}%", rounded(percent, 1, language)),
    }
}

/// So many of so many, in per cent: `28 (1,4 %)`.
pub fn part(some: usize, all: usize, language: Language) -> String {
    let written = count(some, language);
    if all == 0 {
        return written;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2⁵³")]
    let share_of_all = some as f64 / all as f64;
    format!("{written} ({})", share(share_of_all, language))
}

/// How long a bar is beside the greatest, in per cent; what is something is seen.
pub fn bar(amount: i64, greatest: i64) -> u8 {
    if amount <= 0 || greatest <= 0 {
        return 0;
    }
    let percent = (i128::from(amount) * 100 / i128::from(greatest)).clamp(1, 100);
    u8::try_from(percent).unwrap_or(100)
}

/// How long the bar of a share is, in per cent.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is from 0 to 1")]
pub fn bar_of_share(share: f64) -> u8 {
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}

fn rounded(number: f64, decimals: i32, language: Language) -> String {
    let scale = 10_f64.powi(decimals);
    format::decimal((number * scale).round() / scale, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::Italian;

    #[test]
    fn measures_come_in_the_unit_that_suits_them() {
        let plain = |text: String| text.replace('\u{a0}', " ");
        for (square_metres, expect) in
            [(0.4, "0 m²"), (820.4, "820 m²"), (265_938.0, "26,6 ha"), (3_450_000.0, "3,45 km²")]
        {
            assert_eq!(plain(area(square_metres, Italian)), expect);
        }
        for (metres, expect) in [(0.0, "0 m"), (339.6, "340 m"), (2_440.0, "2,4 km"), (12_345.0, "12,3 km")] {
            assert_eq!(plain(length(metres, Italian)), expect);
        }
        let shares =
            [(0.0, "0 %"), (0.000_4, "< 0,1 %"), (0.344_9, "34,5 %"), (0.999_5, "> 99,9 %"), (1.0, "100 %")];
        for (of_one, expect) in shares {
            assert_eq!(plain(share(of_one, Italian)), expect);
        }
        assert_eq!(plain(part(28, 1_942, Italian)), "28 (1,4 %)");
        assert_eq!(part(0, 0, Italian), "0");
    }

    #[test]
    fn a_bar_is_seen_where_there_is_something_and_never_too_long() {
        for (amount, greatest, expect) in
            [(0, 5, 0), (1, 1_000_000, 1), (5, 5, 100), (9, 5, 100), (i64::MAX, i64::MAX, 100), (3, 0, 0)]
        {
            assert_eq!(bar(amount, greatest), expect);
        }
    }
}
