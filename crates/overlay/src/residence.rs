//! In which municipalities a subject answers a question, and what share of it lies in each.

use atlas::Location;
use domain::MunicipalityCode;
use domain::question::Measure;
use geometry::{Crs, Survey};

use crate::answer::Finding;
use crate::asked::Asked;
use crate::measure::Drawn;

/// One of the places of a subject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Home {
    /// Its municipality; `None` if that is unknown, or not of the territory, or not where it meets what is asked for.
    pub municipality: Option<MunicipalityCode>,
    /// The share that is declared for it, in per cent.
    pub share_percent: Option<f64>,
}

impl Asked<'_> {
    /// The places of the subject at a place of `subjects.rows`. One that meets none of the objects found is in no municipality: a
    /// project with a place in a park and another elsewhere is not in the park elsewhere.
    pub fn homes(&self, at: usize, finding: &Finding) -> Vec<Home> {
        let row = self.subjects.rows()[at] as usize;
        let unit = &self.subjects.place(at).unit;
        if !unit.is_empty() {
            return unit.iter().map(|code| home(Some(*code))).collect();
        }
        let layer = self.subjects.layer;
        let stated: Vec<Location<'_>> = layer.locations(row).collect();
        if stated.iter().all(|location| location.municipality.is_none()) {
            return self.drawn_homes(row);
        }
        let is_alone = stated.len() == 1;
        let in_place = |location: &Location<'_>| is_alone || self.meets_there(location, finding);
        let home = |location: &Location<'_>| Home {
            municipality: location
                .municipality
                .filter(|code| self.territory.knows(*code) && in_place(location)),
            share_percent: location.share_percent,
        };
        stated.iter().map(home).collect()
    }

    /// The municipalities that a subject meets which states none.
    fn drawn_homes(&self, row: usize) -> Vec<Home> {
        let own = Drawn::new(self.subjects.layer, row);
        let met = self.territory.met(own, self.question.sliver).into_iter();
        let homes: Vec<Home> = met.map(|code| home(Some(code))).collect();
        if homes.is_empty() { vec![home(None)] } else { homes }
    }

    /// Whether this one of a subject's locations has to do with one of the objects found; where none is found, each has.
    fn meets_there(&self, location: &Location<'_>, finding: &Finding) -> bool {
        if finding.pairs.is_empty() || matches!(self.question.measure, Measure::Nearest(_)) {
            return true;
        }
        let mut objects = finding.pairs.iter().filter_map(|pair| self.objects.layer.position(pair.object));
        let Some(shape) = location.shape else {
            let in_unit = |object: usize| {
                let place = u32::try_from(object).ok().and_then(|row| self.objects.place_of(row));
                place.is_some_and(|it| location.municipality.is_some_and(|code| it.unit.contains(&code)))
            };
            return objects.any(in_unit);
        };
        let survey = Survey::build([[shape.transform(Crs::Geographic, self.subjects.layer.metric())]]);
        let own = Drawn::alone(&survey, std::slice::from_ref(shape));
        objects.any(|object| self.come_together(own, Drawn::new(self.objects.layer, object)))
    }
}

const fn home(municipality: Option<MunicipalityCode>) -> Home {
    Home { municipality, share_percent: None }
}
