//! A place that has been screened, with what it was screened against.

use atlas::Edition;
use overlay::Meeting;
use overlay::screening::{Ground, Screening};
use overlay::sheet::Place;

use super::given::Given;

/// A place that has been screened.
#[derive(Clone, Copy)]
pub struct Screened<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// What was given.
    pub given: &'a Given<'a>,
    /// The place.
    pub ground: &'a Ground<'a>,
    /// What was found.
    pub screening: &'a Screening<'a>,
}

impl<'a> Screened<'a> {
    /// The municipalities of the place, each with its share of it, if that is a surface.
    pub fn municipalities(self) -> Vec<(Place<'a>, Option<Meeting>)> {
        let Some(layer) = self.edition.municipalities() else { return Vec::new() };
        let met = self.screening.layers.iter().find(|it| it.layer.collection.id == layer.collection.id);
        let met = met.into_iter().flat_map(|it| &it.found);
        let mut all: Vec<_> = met
            .filter_map(|it| {
                let code = self.edition.places.iter().find(|(_, place)| place.position == it.position)?.0;
                Some((Place::municipality(self.edition, code)?, it.meeting))
            })
            .collect();
        if let Some((layer, at)) = self.given.record() {
            let stated = layer.municipalities(at).iter().copied();
            let stated = stated.filter_map(|code| Place::municipality(self.edition, code));
            for place in stated {
                if all.iter().all(|(known, _)| known.position != place.position) {
                    all.push((place, None));
                }
            }
        }
        all
    }
}
