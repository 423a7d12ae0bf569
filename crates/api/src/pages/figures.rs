//! The numbers that sum the territory up, each with what it means.

use super::{Language, format};

/// The numbers of the territory.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// How many proposals are published.
    pub proposals: u64,
    /// Of these, with a precise place (precision `geometry` or `address`).
    pub located: u64,
    /// Of these, known only by municipality.
    pub municipality_only: u64,
    /// Of these, known only by province or not at all: they are not on the map.
    pub province_or_none: u64,
    /// The sum of the PNRR funding in cents, each proposal counted once. `None` when no proposal states any.
    pub funding_pnrr_cents: Option<i64>,
    /// The date of the source's data, ISO. `None` when nothing is published or the source does not say.
    pub as_of: Option<String>,
}

impl Figures {
    /// The funding in a few figures.
    #[must_use]
    pub fn funding(&self, language: Language) -> Option<String> {
        self.funding_pnrr_cents.map(|cents| format::money_short(cents, language))
    }

    /// The funding to the cent, in a sentence.
    #[must_use]
    pub fn funding_exact(&self, language: Language) -> Option<String> {
        let amount = format::money(self.funding_pnrr_cents?, language);
        Some(language.phrase("home.funding_exact", &[("amount", &amount)]))
    }

    /// Of when the data is, in a sentence.
    #[must_use]
    pub fn as_of(&self, language: Language) -> String {
        match &self.as_of {
            Some(date) => language.phrase("home.as_of", &[("date", &format::date(date, language))]),
            None if self.proposals == 0 => language.word("home.no_release").to_owned(),
            None => String::new(),
        }
    }

    /// The classes of precision, most precise first: the key of their words, how many, of a hundred how many.
    #[must_use]
    pub fn precisions(&self) -> [(&'static str, u64, u64); 3] {
        let share = |count: u64| (count * 100 + self.proposals / 2).checked_div(self.proposals).unwrap_or(0);
        let class = |key, count| (key, count, share(count));
        [
            class("home.located", self.located),
            class("home.municipality_only", self.municipality_only),
            class("home.province_only", self.province_or_none),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_all_proposals_and_nothing_has_none() {
        let check = |proposals, located, expect| {
            let figures = Figures { proposals, located, ..Figures::default() };
            assert_eq!(figures.precisions()[0].2, expect);
        };
        check(3, 2, 67);
        check(1, 1, 100);
        check(0, 0, 0);
    }
}
