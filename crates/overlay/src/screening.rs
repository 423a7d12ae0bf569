//! The screening of a place: everything of the edition that it has to do with, and what the questions of the strategies say of it.

mod ground;
mod layer;
mod said;

pub use ground::Ground;
pub use layer::OfLayer;
pub use said::{Counterpart, OfStrategy, Part, Said, Says};

use atlas::Edition;
use domain::Strategy;

use crate::Answered;
use crate::answer::Basis;
use crate::answered::bases;
use crate::territory::Territory;

/// What a place has to do with.
#[derive(Clone, Debug)]
pub struct Screening<'e> {
    /// How large it is.
    pub extent: Extent,
    /// What it meets, by collection, in the order of the definitions; those that are not loaded too.
    pub layers: Vec<OfLayer<'e>>,
    /// What the municipalities meet by which alone some of it is known: it may meet that too, and nobody can say so. Only what is
    /// met is told; `None` if all of it is drawn, or nothing is known of the rest.
    pub perhaps: Option<Vec<OfLayer<'e>>>,
    /// What the strategies' questions say of it.
    pub strategies: Vec<OfStrategy<'e>>,
    /// The releases that it rests on.
    pub releases: Vec<Basis>,
}

/// How large a place is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// The area of its polygons, m².
    pub area_m2: f64,
    /// The length of its lines, m.
    pub length_m: f64,
    /// How many points it has.
    pub points: usize,
}

impl<'e> Screening<'e> {
    /// Screens a place. `answered` is what the strategies' questions are answered on this edition, if that is known already: it tells
    /// which gaps the place would fill.
    #[must_use]
    pub fn of(
        edition: &'e Edition,
        strategies: &'e [Strategy],
        answered: Option<&Answered>,
        ground: &Ground<'e>,
    ) -> Self {
        let territory = Territory::new(edition);
        let own = ground.drawn();
        let layers = || edition.layers.iter().map(AsRef::as_ref).filter(|it| OfLayer::is_measured(it));
        let met = territory.met(own, OfLayer::sliver());
        let place = ground.place(&territory);
        let perhaps = (!place.codes.is_empty()).then(|| {
            let of_municipality = layers().filter(|layer| !Territory::is_of_units(layer));
            of_municipality
                .filter_map(|layer| OfLayer::perhaps(layer, &place.codes, ground, &territory))
                .collect()
        });
        Self {
            extent: Extent { area_m2: own.area(), length_m: own.length(), points: own.points() },
            layers: layers().map(|layer| OfLayer::of(layer, ground, &met)).collect(),
            perhaps,
            strategies: said::of_strategies(edition, strategies, answered, (ground, &place), &territory),
            releases: layers().flat_map(bases).collect(),
        }
    }
}
