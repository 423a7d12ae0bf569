//! What became of a side of a question from one edition to the next, and which subjects that touches.

use atlas::Layer;
use domain::FeatureId;
use geometry::Bbox;
use std::collections::BTreeMap;

use crate::answer::Finding;
use crate::asked::Asked;
use crate::side::{Place, Side};

/// The findings of a question that was asked before; `None` of a subject that has to be asked about anew.
pub fn untouched<'f>(
    asked: &Asked<'_>,
    before: &Asked<'_>,
    findings: &'f [Finding],
) -> Vec<Option<&'f Finding>> {
    let by_id: BTreeMap<FeatureId, &Finding> = findings.iter().map(|it| (it.subject, it)).collect();
    let moved = Moved::of(asked, before);
    let known = |at: usize| {
        let row = asked.subjects.rows()[at] as usize;
        let finding = by_id.get(&asked.subjects.layer.id(row))?;
        let old = before.subjects.layer.position(finding.subject)?;
        let is_same = is_same_place(asked.subjects.layer, row, before.subjects.layer, old);
        (is_same && !moved.touches(asked, at, finding)).then_some(*finding)
    };
    (0..asked.subjects.rows().len()).map(known).collect()
}

/// Where objects came or went: the boxes of their shapes, and of the municipalities by which alone they are known.
#[derive(Default)]
struct Moved(Vec<Bbox>);

impl Moved {
    fn of(asked: &Asked<'_>, before: &Asked<'_>) -> Self {
        let mut moved = Self::default();
        moved.differing(asked, &asked.objects, &before.objects);
        moved.differing(before, &before.objects, &asked.objects);
        moved
    }

    /// Adds those of one side that the other has not, or elsewhere.
    fn differing(&mut self, asked: &Asked<'_>, side: &Side<'_>, other: &Side<'_>) {
        for (row, place) in side.rows().iter().zip(side.places()) {
            let at = other.layer.position(side.layer.id(*row as usize));
            let stays = at.is_some_and(|at| {
                let is_chosen = u32::try_from(at).is_ok_and(|at| other.holds(at));
                is_chosen && is_same_place(side.layer, *row as usize, other.layer, at)
            });
            if !stays {
                self.0.extend(boxes(asked, side, *row, place));
            }
        }
    }

    /// Whether what moved may be of a subject that itself is where it was. Too many rather than too few.
    fn touches(&self, asked: &Asked<'_>, at: usize, finding: &Finding) -> bool {
        let reach = asked.reach_of(finding);
        let is_near = |bbox: Bbox| self.0.iter().any(|it| it.grown(reach).intersects(bbox));
        boxes(asked, &asked.subjects, asked.subjects.rows()[at], asked.subjects.place(at)).any(is_near)
    }
}

/// The boxes in which a record may be, in metres.
fn boxes<'a>(
    asked: &'a Asked<'_>,
    side: &Side<'_>,
    row: u32,
    place: &'a Place,
) -> impl Iterator<Item = Bbox> + 'a {
    let municipalities = place.codes.iter().filter_map(|code| asked.territory.drawn(*code));
    let own = side.survey.bbox(row as usize);
    own.into_iter().chain(municipalities.filter_map(|it| it.survey.bbox(it.at)))
}

/// Whether a record is where it was: all its places are the same.
fn is_same_place(layer: &Layer, at: usize, other: &Layer, other_at: usize) -> bool {
    layer.locations(at).eq(other.locations(other_at))
}
