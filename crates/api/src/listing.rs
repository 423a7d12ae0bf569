//! Pages of a list whose order does not change: so many rows from so many on.

use crate::ask::Ask;
use crate::detail::said;
use crate::problem::Problem;
use std::ops::Range;

/// The parameters of a page.
pub const PARAMETERS: [&str; 2] = ["limit", "offset"];
/// Rows on a page at most; who asks for more gets as many.
pub const MAX_LIMIT: usize = 10_000;

/// Which rows of a list are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    /// How many at most.
    pub limit: usize,
    /// How many come before them.
    pub offset: usize,
}

impl Listing {
    /// The rows that parameters ask for; `usual` many where they do not say.
    ///
    /// # Errors
    /// 400 for what is no number.
    pub fn of(parameters: &[(String, String)], usual: usize) -> Result<Self, Problem> {
        let limit = number(parameters, "limit", 1)?.unwrap_or(usual).min(MAX_LIMIT);
        Ok(Self { limit, offset: number(parameters, "offset", 0)?.unwrap_or(0) })
    }

    /// Which rows of all these are.
    pub const fn rows(self) -> Range<usize> {
        self.offset..self.offset.saturating_add(self.limit)
    }

    /// The rows of this page among all.
    pub fn of_all<T>(self, all: &[T]) -> &[T] {
        let Range { start, end } = self.rows();
        &all[start.min(all.len())..end.min(all.len())]
    }

    /// The address of the page after this one, if there are more than fit.
    pub fn next(self, ask: &Ask, parameters: &[(String, String)], all: usize) -> Option<String> {
        let offset = self.offset.saturating_add(self.limit);
        (offset < all).then(|| self.address(ask, parameters, offset))
    }

    /// The address of the page before this one.
    pub fn previous(self, ask: &Ask, parameters: &[(String, String)]) -> Option<String> {
        (self.offset > 0).then(|| self.address(ask, parameters, self.offset.saturating_sub(self.limit)))
    }

    fn address(self, ask: &Ask, parameters: &[(String, String)], offset: usize) -> String {
        let (limit, offset) = (self.limit.to_string(), offset.to_string());
        let kept = parameters.iter().filter(|(name, _)| !PARAMETERS.contains(&name.as_str()));
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        ask.with_query(
            &kept.chain([("limit", limit.as_str()), ("offset", offset.as_str())]).collect::<Vec<_>>(),
        )
    }
}

/// The value of a parameter.
pub fn value<'a>(parameters: &'a [(String, String)], wanted: &str) -> Option<&'a str> {
    parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

fn number(parameters: &[(String, String)], name: &str, least: usize) -> Result<Option<usize>, Problem> {
    let Some(text) = value(parameters, name) else { return Ok(None) };
    let number = text.parse().ok().filter(|number| *number >= least);
    let wrong = || said("no_number_from", &[("value", &text), ("name", &name), ("least", &least)]);
    number.ok_or_else(|| Problem::bad_request(wrong())).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_never_leaves_the_list() {
        let all = [1, 2, 3];
        for (limit, offset, expect) in
            [(2, 0, &all[..2]), (2, 2, &all[2..]), (2, 9, &all[3..]), (usize::MAX, 1, &all[1..])]
        {
            assert_eq!(Listing { limit, offset }.of_all(&all), expect);
        }
        let asked = |name: &str, value: &str| Listing::of(&[(name.to_owned(), value.to_owned())], 50);
        assert_eq!(asked("limit", "5").unwrap(), Listing { limit: 5, offset: 0 });
        for (name, wrong) in [("limit", "0"), ("limit", "x"), ("offset", "-1")] {
            assert!(asked(name, wrong).is_err(), "{name}={wrong}");
        }
    }
}
