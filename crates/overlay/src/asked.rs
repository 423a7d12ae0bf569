//! A question that is being asked of an edition: how one subject stands to all objects. What is known by its municipality alone is
//! inside no area; it is told apart, where the municipality meets one.

use domain::question::Measure;
use domain::{FeatureId, MunicipalityCode, Question};
use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::answer::{Finding, Pair, Relation, Standing};
use crate::measure::Drawn;
use crate::side::{Place, Side};
use crate::territory::Territory;

/// Metres: where the nearest objects are looked for first, and how far at most.
const FIRST_RADIUS: f64 = 1_000.0;
const LAST_RADIUS: f64 = 128_000.0;

/// A question with both its sides.
pub struct Asked<'e> {
    pub question: &'e Question,
    pub territory: &'e Territory<'e>,
    pub subjects: Side<'e>,
    pub objects: Side<'e>,
    /// For each of the municipalities that has been asked for: whether an object may be in it, or as near as is asked.
    may_have_one: RefCell<BTreeMap<MunicipalityCode, bool>>,
}

impl<'e> Asked<'e> {
    /// Asks a question, if the edition has both its layers.
    pub fn new(question: &'e Question, territory: &'e Territory<'e>) -> Option<Self> {
        let side = |selection| Some(Side::new(territory.layer_of(selection)?, selection, territory));
        Some(Self {
            question,
            territory,
            subjects: side(&question.subject)?,
            objects: side(&question.object)?,
            may_have_one: RefCell::default(),
        })
    }

    /// What is found of the subject at a place of `subjects.rows`.
    pub fn finding(&self, at: usize) -> Finding {
        let (row, place) = (self.subjects.rows[at] as usize, self.subjects.place(at));
        let (mut pairs, slivers) = if place.is_drawn { self.drawn_pairs(row) } else { (Vec::new(), 0) };
        self.add_certain_pairs(place, &mut pairs);
        if !place.codes.is_empty() || place.is_vague {
            // Part of it is not drawn: nobody can say that it is wholly inside.
            let inside = pairs.iter_mut().filter(|pair| pair.relation == Relation::Inside && place.is_drawn);
            inside.for_each(|pair| pair.relation = Relation::PartlyInside);
        }
        let standing = self.standing(row, place, &pairs);
        Finding { subject: self.subjects.layer.id(row), standing, pairs, slivers }
    }

    fn standing(&self, row: usize, place: &Place, pairs: &[Pair]) -> Standing {
        let is_spatial = self.question.measure.distance_m().is_none()
            && !matches!(self.question.measure, Measure::Nearest(_) | Measure::CoverageGap(_))
            && !self.question.measure.counts_objects();
        let is_inside = |pair: &Pair| !is_spatial || pair.relation == Relation::Inside;
        if pairs.iter().any(is_inside) {
            Standing::Inside
        } else if !pairs.is_empty() {
            Standing::PartlyInside
        } else if place.is_nowhere() {
            Standing::Unlocated
        } else if self.may_meet(row, place) {
            Standing::Somewhere
        } else if place.is_vague {
            Standing::Unlocated
        } else {
            Standing::Outside
        }
    }

    /// The pairs with objects that are drawn too, and how many slivers were passed over.
    fn drawn_pairs(&self, row: usize) -> (Vec<Pair>, u32) {
        let subject = Drawn::new(self.subjects.layer, row);
        let Some(bbox) = subject.survey.bbox(row) else { return (Vec::new(), 0) };
        if let Measure::Nearest(count) = self.question.measure {
            return (self.nearest(subject, count.into()), 0);
        }
        let near = self
            .objects
            .near(bbox.grown(self.reach()))
            .into_iter()
            .filter(|other| !self.is_itself(row, *other));
        if let Some(limit) = self.question.measure.distance_m() {
            return (near.filter_map(|other| self.near_pair(subject, other, limit)).collect(), 0);
        }
        let (mut pairs, mut slivers) = (Vec::new(), 0);
        for other in near {
            let object = Drawn::new(self.objects.layer, other as usize);
            let common = subject.common(object, self.question.sliver);
            slivers += u32::from(common.is_sliver());
            pairs.extend(subject.pair(object, &common, self.id_of(other)));
        }
        (pairs, slivers)
    }

    /// Those of the objects that are nearest to a subject, the nearest first.
    fn nearest(&self, subject: Drawn<'_>, count: usize) -> Vec<Pair> {
        let Some(bbox) = subject.survey.bbox(subject.at) else { return Vec::new() };
        let mut radius = FIRST_RADIUS;
        loop {
            let near = self.objects.near(bbox.grown(radius)).into_iter();
            let others = near.filter(|other| !self.is_itself(subject.at, *other));
            let mut pairs: Vec<Pair> = others.filter_map(|it| self.near_pair(subject, it, radius)).collect();
            if pairs.len() >= count || radius >= LAST_RADIUS {
                pairs.sort_by(|a, b| a.distance_m.unwrap_or(0.0).total_cmp(&b.distance_m.unwrap_or(0.0)));
                pairs.truncate(count);
                return pairs;
            }
            radius *= 2.0;
        }
    }

    fn near_pair(&self, subject: Drawn<'_>, other: u32, limit: f64) -> Option<Pair> {
        let distance = subject.distance(Drawn::new(self.objects.layer, other as usize), limit)?;
        Some(known_pair(self.id_of(other), Relation::Near, Some(distance)))
    }

    /// Adds the pairs of what is known by its municipality with the municipality itself, or its zone: it is in there for certain.
    fn add_certain_pairs(&self, place: &Place, pairs: &mut Vec<Pair>) {
        let distance = self.question.measure.distance_m().map(|_| 0.0);
        let mut add = |object: FeatureId, is_whole: bool, whole: Relation| {
            if pairs.iter().all(|pair| pair.object != object) {
                let relation = match distance {
                    Some(_) => Relation::Near,
                    None if is_whole => whole,
                    None => Relation::PartlyInside,
                };
                pairs.push(known_pair(object, relation, distance));
            }
        };
        if matches!(self.question.measure, Measure::Nearest(_)) {
            return;
        }
        for other in place.unit.iter().flat_map(|code| self.objects.known_by(*code)) {
            let whole = self.objects.place_of(*other).is_some_and(|it| is_whole(it, &place.unit));
            add(self.id_of(*other), whole, Relation::Contains);
        }
        for (other, object) in self.objects.rows.iter().zip(self.objects.places()) {
            if place.codes.iter().any(|code| object.unit.contains(code)) {
                add(self.id_of(*other), is_whole(place, &object.unit), Relation::Inside);
            }
        }
        if !matches!(self.question.measure, Measure::Nearest(_)) {
            pairs.sort_by_key(|pair| pair.object);
        }
    }

    /// Whether a subject that has to do with no object for certain may have to do with one: it or the object is known by a
    /// municipality alone.
    fn may_meet(&self, row: usize, place: &Place) -> bool {
        if matches!(self.question.measure, Measure::Nearest(_)) {
            return !place.is_drawn;
        }
        if place.codes.iter().any(|code| self.may_have_one(*code)) {
            return true;
        }
        let subject = Drawn::new(self.subjects.layer, row);
        place.is_drawn && self.objects.municipalities().any(|code| self.may_be_in(subject, code))
    }

    /// Whether an object may be in a municipality, or as near to it as is asked.
    fn may_have_one(&self, code: MunicipalityCode) -> bool {
        if let Some(known) = self.may_have_one.borrow().get(&code) {
            return *known;
        }
        let found = self.find_one(code);
        self.may_have_one.borrow_mut().insert(code, found);
        found
    }

    fn find_one(&self, code: MunicipalityCode) -> bool {
        if !self.objects.known_by(code).is_empty() {
            return true;
        }
        let Some((own, bbox)) =
            self.territory.drawn(code).and_then(|own| Some((own, own.survey.bbox(own.at)?)))
        else {
            return false;
        };
        let mut near = self.objects.near(bbox.grown(self.reach())).into_iter();
        near.any(|other| self.come_together(own, Drawn::new(self.objects.layer, other as usize)))
            || self.question.measure.distance_m().is_some()
                && self.objects.municipalities().any(|other| self.may_be_in(own, other))
    }

    /// Whether what is known by this municipality alone may meet a place that is drawn, or be as near as is asked.
    fn may_be_in(&self, place: Drawn<'_>, code: MunicipalityCode) -> bool {
        self.territory.drawn(code).is_some_and(|municipality| self.come_together(place, municipality))
    }

    /// Whether two drawn places have something in common, or are as near as is asked.
    pub fn come_together(&self, one: Drawn<'_>, other: Drawn<'_>) -> bool {
        let boxes = one.survey.bbox(one.at).zip(other.survey.bbox(other.at));
        let reach = self.reach();
        boxes.is_some_and(|(a, b)| a.grown(reach).intersects(b))
            && match self.question.measure.distance_m() {
                Some(limit) => one.distance(other, limit).is_some(),
                None => one.common(other, self.question.sliver).is_something(),
            }
    }

    /// How far from a subject an object can be and still matter, in metres.
    pub fn reach(&self) -> f64 {
        self.question.measure.distance_m().unwrap_or(0.0)
    }

    /// How far an object that moves can be and still change what was found of a subject, in metres.
    pub fn reach_of(&self, finding: &Finding) -> f64 {
        let Measure::Nearest(count) = self.question.measure else { return self.reach() };
        let farthest = finding.pairs.iter().filter_map(|pair| pair.distance_m).fold(0.0, f64::max);
        if finding.pairs.len() < usize::from(count) { LAST_RADIUS } else { farthest }
    }

    fn id_of(&self, object: u32) -> FeatureId {
        self.objects.layer.id(object as usize)
    }

    /// Whether subject and object are one record: nothing is set against itself.
    fn is_itself(&self, row: usize, other: u32) -> bool {
        std::ptr::eq(self.subjects.layer, self.objects.layer) && row == other as usize
    }
}

/// Whether all of a place is in a unit.
fn is_whole(place: &Place, unit: &[MunicipalityCode]) -> bool {
    !place.is_drawn && !place.is_vague && place.codes.iter().all(|code| unit.contains(code))
}

/// A pair of which no surface or length is measured.
const fn known_pair(object: FeatureId, relation: Relation, distance_m: Option<f64>) -> Pair {
    Pair {
        object,
        relation,
        area_m2: None,
        share_of_subject: None,
        share_of_object: None,
        length_m: None,
        distance_m,
    }
}
