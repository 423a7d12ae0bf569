//! `LIKE`: texts with gaps.

/// A pattern: `%` stands for any text, `_` for any character, and a backslash before either, or before itself, for just that.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern(Vec<Part>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    One(char),
    AnyOne,
    Any,
}

impl Pattern {
    /// Reads a pattern.
    pub fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut characters = text.chars();
        while let Some(c) = characters.next() {
            let part = match c {
                '%' => Part::Any,
                '_' => Part::AnyOne,
                '\\' => Part::One(characters.next().unwrap_or('\\')),
                c => Part::One(c),
            };
            if part != Part::Any || parts.last() != Some(&Part::Any) {
                parts.push(part);
            }
        }
        Self(parts)
    }

    /// Whether the whole text is like it. Only the last gap is ever tried again, so the time is bounded by the product of the
    /// lengths.
    pub fn fits(&self, text: &str) -> bool {
        let (mut rest, mut next) = (text.chars(), 0);
        let mut gap: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            let mut ahead = rest.clone();
            match (self.0.get(next), ahead.next()) {
                (Some(Part::Any), _) => {
                    gap = Some((next, rest.clone()));
                    next += 1;
                }
                (None, None) => return true,
                (Some(Part::One(c)), Some(found)) if *c == found => (rest, next) = (ahead, next + 1),
                (Some(Part::AnyOne), Some(_)) => (rest, next) = (ahead, next + 1),
                _ => {
                    // The gap before takes one character more.
                    let Some((at, from)) = &mut gap else { return false };
                    if from.next().is_none() {
                        return false;
                    }
                    (rest, next) = (from.clone(), *at + 1);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_match_whatever_stands_in_them() {
        let check = |pattern: &str, text: &str, fits: bool| {
            assert_eq!(Pattern::new(pattern).fits(text), fits, "{text} LIKE {pattern}");
        };
        check("Mil%", "Milano", true);
        check("%lan%", "Milano", true);
        check("%lan", "Milano", false);
        check("M_lano", "Mìlano", true);
        check("M_lano", "Mlano", false);
        check("", "", true);
        check("%", "", true);
        check("_", "", false);
        check("100\\%", "100%", true);
        check("100\\%", "1000", false);
        check("%a%b%c", "xaxbxbxc", true);
        check("%ab%ab", "abab", true);
        check("%%%", "x", true);
    }

    #[test]
    fn a_hostile_pattern_takes_no_longer_than_it_is_long() {
        let pattern = Pattern::new(&"%a".repeat(2_000));
        assert!(!pattern.fits(&"a".repeat(1_999)));
    }
}
