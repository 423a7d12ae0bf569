//! The sheet of a municipality or a zone: all that is known to be there, what it comes to, and what is not known.

mod answers;
mod changes;
mod comparison;
mod funding;
mod inside;
mod missing;
mod place;
mod proposals;
mod strategies;
mod there;

pub use crate::met::{Met as Found, Nearest};
pub use answers::{AnswerHere, FoundHere};
pub use changes::{Change, changes};
pub use comparison::{Figures, Whose};
pub use funding::{Funding, Part};
pub use inside::Inside;
pub use missing::Missing;
pub use place::{Place, all_zones as zones, municipalities};
pub use proposals::{Group, Proposal, Proposals};
pub use strategies::{OfStrategy, Selected};

use crate::answered::Answered;
use atlas::Edition;
use domain::Strategy;

/// What is known of a place.
#[derive(Clone, Debug)]
pub struct Sheet<'e> {
    /// The place.
    pub place: Place<'e>,
    /// The zone that it is in.
    pub zone: Option<Place<'e>>,
    /// Its area as it is drawn, m².
    pub area_m2: f64,
    /// The proposals in it, by collection.
    pub proposals: Vec<Proposals<'e>>,
    /// Its figures beside those of its zone and of the territory, by the first collection of proposals.
    pub figures: Vec<Figures>,
    /// What is drawn in it, by collection; empty layers are left out.
    pub inside: Vec<Inside<'e>>,
    /// What is in it of what each strategy is about.
    pub strategies: Vec<OfStrategy<'e>>,
    /// What it cannot tell.
    pub missing: Vec<Missing<'e>>,
}

impl<'e> Sheet<'e> {
    /// The sheet of a place. `answered` is what the strategies' questions are answered on this edition, if that is known already.
    #[must_use]
    pub fn of(
        edition: &'e Edition,
        strategies: &'e [Strategy],
        answered: Option<&'e Answered>,
        place: Place<'e>,
    ) -> Self {
        let layers = || edition.layers.iter().map(AsRef::as_ref);
        let proposals: Vec<Proposals<'e>> =
            layers().filter_map(|layer| Proposals::of(layer, &place)).collect();
        let loaded = layers().filter(|layer| !layer.is_empty());
        let inside: Vec<Inside<'e>> = loaded.filter_map(|layer| Inside::of(layer, &place)).collect();
        let figures = proposals.first().map(|it| comparison::figures(edition, &place, it.layer));
        Self {
            zone: place.zone_of(edition),
            area_m2: place.layer.survey().area(place.position),
            figures: figures.unwrap_or_default(),
            strategies: strategies::of_strategies(
                (edition, answered),
                strategies,
                &place,
                (&proposals, &inside),
            ),
            missing: missing::missing(edition, &place, &proposals),
            proposals,
            inside,
            place,
        }
    }

    /// The municipalities of the place, each as a place of its own, by name.
    #[must_use]
    pub fn members(&self, edition: &'e Edition) -> Vec<Place<'e>> {
        let members = self.place.members.iter().filter_map(|code| Place::municipality(edition, *code));
        place::by_name(members.collect())
    }
}
