//! The money of some proposals: each amount once, and what of it falls to a place where somebody has said so.

use domain::Cents;

/// The amount of one proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// All of it.
    pub whole: Cents,
    /// What falls to the place: all of it for a proposal that lies nowhere else, the declared share for another; `None` where no
    /// shares are declared.
    pub here: Option<Cents>,
}

/// The money of some proposals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funding {
    /// The whole amounts, each once. A proposal in several municipalities counts with all of it in each.
    pub whole: Cents,
    /// How many proposals state their amount, and how many do not.
    pub stated: usize,
    /// How many do not.
    pub unstated: usize,
    /// What of it falls to the place by what is declared, and to nowhere else.
    pub here: Cents,
    /// The whole amounts of the proposals of which nobody has declared what falls to the place.
    pub undivided: Cents,
    /// How many these are.
    pub undivided_count: usize,
    /// How many with an amount lie in other municipalities too.
    pub shared_count: usize,
    /// Their whole amounts.
    pub shared: Cents,
}

impl Funding {
    /// The money of proposals, none of which comes twice: of each its amount, if it states one, and whether it is elsewhere too.
    #[must_use]
    pub fn of(proposals: impl IntoIterator<Item = (Option<Part>, bool)>) -> Self {
        let mut funding = Self::default();
        for (part, is_shared) in proposals {
            let Some(Part { whole, here }) = part else {
                funding.unstated += 1;
                continue;
            };
            funding.stated += 1;
            funding.whole.0 += whole.0;
            if let Some(here) = here {
                funding.here.0 += here.0;
            } else {
                funding.undivided.0 += whole.0;
                funding.undivided_count += 1;
            }
            if is_shared {
                funding.shared.0 += whole.0;
                funding.shared_count += 1;
            }
        }
        funding
    }
}

/// An amount for each of so many people, to the nearest cent.
#[must_use]
pub fn per_inhabitant(amount: Cents, population: i64) -> Cents {
    let (amount, population) = (i128::from(amount.0), i128::from(population.max(1)));
    let each = (2 * amount + population).div_euclid(2 * population);
    Cents(i64::try_from(each).unwrap_or(i64::MAX))
}
