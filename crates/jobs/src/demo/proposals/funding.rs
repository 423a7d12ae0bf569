//! Who pays for a proposal: whole cents from up to eleven sources, or nothing known.

use super::measures::{Measure, Nature};
use crate::demo::random::Random;

/// The sources, in the order of the table's columns.
pub const COLUMNS: [&str; 11] = [
    "Finanziamento PNRR",
    "Finanziamento PNC",
    "Finanziamento - Stato",
    "Finanziamento UE (diverso da PNRR)",
    "Finanziamento Regione",
    "Finanziamento Provincia",
    "Finanziamento Comune",
    "Finanziamento Altro Pubblico",
    "Finanziamento Privato",
    "Finanziamento Da Reperire",
    "Altri fondi",
];
const PNRR: usize = 0;
const PNC: usize = 1;
const REGION: usize = 4;
const PROVINCE: usize = 5;
const MUNICIPALITY: usize = 6;
const PRIVATE: usize = 8;
const TO_BE_FOUND: usize = 9;

/// Cents by source; `None` where the table says `N/D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Funding([Option<u64>; COLUMNS.len()]);

impl Funding {
    pub fn invent(measure: &Measure, random: &mut Random) -> Self {
        if random.percent(2) {
            return Self([None; COLUMNS.len()]);
        }
        let pnrr = amount(measure.euros, random);
        let mut cents = [0; COLUMNS.len()];
        cents[PNRR] = pnrr;
        let mut add = |source: usize, chance: u64, of_the_pnrr: (u64, u64)| {
            if random.percent(chance) {
                cents[source] = pnrr / 100 * random.within(of_the_pnrr.0, of_the_pnrr.1);
            }
        };
        match measure.nature {
            Nature::Works => {
                add(PNC, 6, (5, 30));
                add(REGION, 8, (3, 25));
                add(PROVINCE, 3, (2, 10));
                add(MUNICIPALITY, 30, (2, 40));
                add(TO_BE_FOUND, 3, (1, 20));
            }
            Nature::Incentives => add(PRIVATE, 85, (40, 160)),
            Nature::Goods | Nature::Services | Nature::Grants => add(MUNICIPALITY, 4, (2, 15)),
        }
        let mut cents = cents.map(Some);
        if random.percent(3) {
            cents[MUNICIPALITY] = None;
        }
        Self(cents)
    }

    /// The same sources with so many hundredths of what they pay.
    pub fn scaled(self, percent: u64) -> Self {
        Self(self.0.map(|cents| cents.map(|cents| cents / 100 * percent)))
    }

    pub fn sources(self) -> impl Iterator<Item = Option<u64>> {
        self.0.into_iter()
    }

    /// All that is known to be paid; `None` where nothing is known.
    pub fn total(self) -> Option<u64> {
        self.0[PNRR].map(|_| self.0.into_iter().flatten().sum())
    }

    /// The total without the private part.
    pub fn total_public(self) -> Option<u64> {
        Some(self.total()? - self.0[PRIVATE].unwrap_or(0))
    }

    /// The public total without what is still to be found.
    pub fn total_public_net(self) -> Option<u64> {
        Some(self.total_public()? - self.0[TO_BE_FOUND].unwrap_or(0))
    }
}

/// Cents between two amounts in euros, small ones being the likelier; two in three are whole hundreds.
fn amount((low, high): (u64, u64), random: &mut Random) -> u64 {
    let share = random.unit() * random.unit() * random.unit();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below 10 billion cents"
    )]
    let above = ((high - low) as f64 * 100.0 * share) as u64;
    let cents = low * 100 + above;
    if random.percent(67) { cents - cents % 10_000 } else { cents }
}
