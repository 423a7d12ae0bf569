//! A question that is being asked of an edition: how one subject stands to all objects. What is known by its municipality alone is
//! inside no area; it is told apart, where the municipality meets one.

use atlas::Layer;
use domain::question::Measure;
use domain::{FeatureId, MunicipalityCode, Question};
use geometry::Bbox;
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

/// What is set against the objects: a record, or a place that is none.
pub struct Subject<'a> {
    /// It as it is drawn; without a shape if it is not.
    pub drawn: Drawn<'a>,
    /// Where it is.
    pub place: &'a Place,
    /// The record that it is: nothing is set against itself.
    pub record: Option<(&'a Layer, u32)>,
}

impl Subject<'_> {
    /// Whether it is the record at a place of a layer.
    pub fn is(&self, layer: &Layer, row: u32) -> bool {
        self.record.is_some_and(|(own, at)| std::ptr::eq(own, layer) && at == row)
    }
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

    /// What is found of the subject at a place of `subjects.rows()`.
    pub fn finding(&self, at: usize) -> Finding {
        let (layer, row) = (self.subjects.layer, self.subjects.rows()[at]);
        let drawn = Drawn::new(layer, row as usize);
        let subject = Subject { drawn, place: self.subjects.place(at), record: Some((layer, row)) };
        let (standing, pairs, slivers) = self.found(&subject);
        Finding { subject: layer.id(row as usize), standing, pairs, slivers }
    }

    /// How a subject stands to the objects, its pairs with them, and how many slivers were passed over.
    pub fn found(&self, subject: &Subject<'_>) -> (Standing, Vec<Pair>, u32) {
        let place = subject.place;
        let (mut pairs, slivers) = if place.is_drawn { self.drawn_pairs(subject) } else { (Vec::new(), 0) };
        self.add_certain_pairs(place, &mut pairs);
        if !place.codes.is_empty() || place.is_vague {
            // Part of it is not drawn: nobody can say that it is wholly inside.
            let inside = pairs.iter_mut().filter(|pair| pair.relation == Relation::Inside && place.is_drawn);
            inside.for_each(|pair| pair.relation = Relation::PartlyInside);
        }
        (self.standing(subject, &pairs), pairs, slivers)
    }

    fn standing(&self, subject: &Subject<'_>, pairs: &[Pair]) -> Standing {
        let is_spatial = self.question.measure.distance_m().is_none()
            && !matches!(self.question.measure, Measure::Nearest(_) | Measure::CoverageGap(_))
            && !self.question.measure.counts_objects();
        let is_inside = |pair: &Pair| !is_spatial || pair.relation == Relation::Inside;
        if pairs.iter().any(is_inside) {
            Standing::Inside
        } else if !pairs.is_empty() {
            Standing::PartlyInside
        } else if subject.place.is_nowhere() {
            Standing::Unlocated
        } else if self.may_meet(subject) {
            Standing::Somewhere
        } else if subject.place.is_vague {
            Standing::Unlocated
        } else {
            Standing::Outside
        }
    }

    /// The pairs with objects that are drawn too, and how many slivers were passed over.
    fn drawn_pairs(&self, subject: &Subject<'_>) -> (Vec<Pair>, u32) {
        let (own, measure) = (subject.drawn, self.question.measure);
        let Some(bbox) = own.survey.bbox(own.at) else { return (Vec::new(), 0) };
        if let Measure::Nearest(count) = measure {
            return (self.nearest(subject, bbox, count.into()), 0);
        }
        let near = self.objects.near(bbox.grown(self.reach())).into_iter();
        let near = near.filter(|other| !subject.is(self.objects.layer, *other));
        if let Some(limit) = measure.distance_m() {
            return (near.filter_map(|other| self.near_pair(own, other, limit)).collect(), 0);
        }
        let (mut pairs, mut slivers) = (Vec::new(), 0);
        for other in near {
            let common = own.common(Drawn::new(self.objects.layer, other as usize));
            slivers += u32::from(common.is_sliver(self.question.sliver));
            pairs.extend(common.pair(self.question.sliver, self.id_of(other)));
        }
        (pairs, slivers)
    }

    /// Those of the objects that are nearest to a subject, the nearest first.
    fn nearest(&self, subject: &Subject<'_>, bbox: Bbox, count: usize) -> Vec<Pair> {
        let mut radius = FIRST_RADIUS;
        loop {
            let near = self.objects.near(bbox.grown(radius)).into_iter();
            let others = near.filter(|other| !subject.is(self.objects.layer, *other));
            let pair = |other| self.near_pair(subject.drawn, other, radius);
            let mut pairs: Vec<Pair> = others.filter_map(pair).collect();
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
        Some(Pair::known(self.id_of(other), Relation::Near, Some(distance)))
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
                pairs.push(Pair::known(object, relation, distance));
            }
        };
        if matches!(self.question.measure, Measure::Nearest(_)) {
            return;
        }
        for other in place.unit.iter().flat_map(|code| self.objects.known_by(*code)) {
            let whole = self.objects.place_of(*other).is_some_and(|it| is_whole(it, &place.unit));
            add(self.id_of(*other), whole, Relation::Contains);
        }
        if !place.codes.is_empty() && self.objects.are_units() {
            for (other, object) in self.objects.rows().iter().zip(self.objects.places()) {
                if place.codes.iter().any(|code| object.unit.contains(code)) {
                    add(self.id_of(*other), is_whole(place, &object.unit), Relation::Inside);
                }
            }
        }
        pairs.sort_by_key(|pair| pair.object);
    }

    /// Whether a subject that has to do with no object for certain may have to do with one: it or the object is known by a
    /// municipality alone.
    fn may_meet(&self, subject: &Subject<'_>) -> bool {
        let (place, own) = (subject.place, subject.drawn);
        if matches!(self.question.measure, Measure::Nearest(_)) {
            return !place.is_drawn;
        }
        if place.codes.iter().any(|code| self.may_have_one(*code)) {
            return true;
        }
        place.is_drawn && self.may_be_known(own)
    }

    /// Whether an object that is known by its municipality alone may meet a place that is drawn, or be as near as is asked.
    fn may_be_known(&self, place: Drawn<'_>) -> bool {
        let Some(bbox) = place.survey.bbox(place.at) else { return false };
        let near = self.territory.near(bbox.grown(self.reach())).into_iter();
        let mut known = near.filter(|code| !self.objects.known_by(*code).is_empty());
        known.any(|code| {
            self.territory.drawn(code).is_some_and(|municipality| self.come_together(place, municipality))
        })
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
            || self.question.measure.distance_m().is_some() && self.may_be_known(own)
    }

    /// Whether two drawn places have something in common, or are as near as is asked.
    pub fn come_together(&self, one: Drawn<'_>, other: Drawn<'_>) -> bool {
        let boxes = one.survey.bbox(one.at).zip(other.survey.bbox(other.at));
        let reach = self.reach();
        boxes.is_some_and(|(a, b)| a.grown(reach).intersects(b))
            && match self.question.measure.distance_m() {
                Some(limit) => one.distance(other, limit).is_some(),
                None => one.common(other).is_something(self.question.sliver),
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
}

/// Whether all of a place is in a unit.
fn is_whole(place: &Place, unit: &[MunicipalityCode]) -> bool {
    !place.is_drawn && !place.is_vague && place.codes.iter().all(|code| unit.contains(code))
}
