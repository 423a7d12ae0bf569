//! What the questions of the strategies say of a place: as one of their subjects, and as one of their objects.

use atlas::Edition;
use domain::question::Measure;
use domain::{FeatureId, GeometryKind, Question, Selection, Strategy};
use geometry::Kind;

use super::ground::Ground;
use crate::absent::of_selection;
use crate::answer::{Absent, Answer, Finding, Pair, Relation, Standing};
use crate::answered::Answered;
use crate::asked::{Asked, Subject};
use crate::choice::Choice;
use crate::measure::Drawn;
use crate::side::Place;
use crate::territory::Territory;

/// What a strategy's questions say of a place.
#[derive(Clone, Debug)]
pub struct OfStrategy<'e> {
    /// The strategy.
    pub strategy: &'e Strategy,
    /// What its questions say, in its order; those that a place of this kind has no part in say nothing.
    pub questions: Vec<Said<'e>>,
}

/// What a question says of a place.
#[derive(Clone, Debug)]
pub struct Said<'e> {
    /// The question.
    pub question: &'e Question,
    /// The part of the place in it.
    pub part: Part,
    /// What it says; `None` if what it would be set against is not loaded: then `absent` tells what.
    pub says: Option<Says>,
    /// What is not loaded.
    pub absent: Vec<Absent>,
}

/// The part of a place in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It is asked about.
    Subject,
    /// Others are set against it.
    Object,
}

/// What a question says of a place.
#[derive(Clone, Debug)]
pub struct Says {
    /// How it stands.
    pub standing: Standing,
    /// The records on the other side that it has to do with.
    pub met: Vec<Counterpart>,
    /// How many slivers were passed over.
    pub slivers: u32,
}

/// A record on the other side.
#[derive(Clone, Copy, Debug)]
pub struct Counterpart {
    /// Its number.
    pub id: FeatureId,
    /// How subject and object lie.
    pub pair: Pair,
    /// Of a question for gaps: whether it has no object today, so that the place would be its first. `None` where that is not known,
    /// or not asked.
    pub is_gap: Option<bool>,
}

/// What each strategy's questions say of a place.
pub fn of_strategies<'e>(
    edition: &'e Edition,
    strategies: &'e [Strategy],
    answered: Option<&Answered>,
    place: (&Ground<'_>, &Place),
    territory: &Territory<'e>,
) -> Vec<OfStrategy<'e>> {
    let of_strategy = |strategy: &'e Strategy| {
        let asked = |question: &'e Question| {
            let answer = answered.and_then(|it| it.answer(&strategy.id, &question.id));
            let one = Asking { edition, territory, question, ground: place.0, place: place.1 };
            let as_subject = one.can_be(&question.subject).then(|| one.as_subject());
            let as_object = one.can_be(&question.object).then(|| one.as_object(answer.map(AsRef::as_ref)));
            as_subject.into_iter().chain(as_object)
        };
        OfStrategy { strategy, questions: strategy.questions.iter().flat_map(asked).collect() }
    };
    strategies.iter().map(of_strategy).collect()
}

/// A question that is put to a place.
struct Asking<'a, 'e> {
    edition: &'e Edition,
    territory: &'a Territory<'e>,
    question: &'e Question,
    ground: &'a Ground<'a>,
    place: &'a Place,
}

impl<'e> Asking<'_, 'e> {
    /// Whether the place can be one of the records that a selection chooses: a record if it is chosen, and what somebody draws if a
    /// record of the collection could be drawn so. No drawing is a municipality.
    fn can_be(&self, selection: &Selection) -> bool {
        let Some(layer) = self.edition.layer(&selection.collection) else { return false };
        if let Some((own, row)) = self.ground.record() {
            return std::ptr::eq(own, layer) && Choice::of(layer, selection).holds(row);
        }
        let is_all = |kind| self.ground.is_all(kind);
        !Territory::is_of_units(layer)
            && match layer.collection.geometry {
                GeometryKind::Point => is_all(Kind::Points),
                GeometryKind::Line => is_all(Kind::Lines),
                GeometryKind::Polygon => is_all(Kind::Polygons),
                GeometryKind::Any | GeometryKind::Locations => true,
                GeometryKind::None => false,
            }
    }

    /// What the question says of the place as its subject.
    fn as_subject(&self) -> Said<'e> {
        let absent = of_selection(self.edition, &self.question.object);
        let asked = Asked::new(self.question, self.territory).filter(|_| is_loaded(&absent));
        let says = asked.map(|asked| {
            let subject =
                Subject { drawn: self.ground.drawn(), place: self.place, record: self.ground.record() };
            let (standing, pairs, slivers) = asked.found(&subject);
            let met = pairs.into_iter().map(|pair| Counterpart { id: pair.object, pair, is_gap: None });
            Says { standing, met: met.collect(), slivers }
        });
        Said { question: self.question, part: Part::Subject, says, absent }
    }

    /// What the question says of the place as its object. `answer` is what it is answered today.
    fn as_object(&self, answer: Option<&Answer>) -> Said<'e> {
        let absent = of_selection(self.edition, &self.question.subject);
        let asked = Asked::new(self.question, self.territory).filter(|_| is_loaded(&absent));
        let findings = answer.and_then(|answer| answer.found.as_ref()).map(|found| found.findings.as_slice());
        let says = asked.map(|asked| self.subjects_of(&asked, findings));
        Said { question: self.question, part: Part::Object, says, absent }
    }

    fn subjects_of(&self, asked: &Asked<'_>, findings: Option<&[Finding]>) -> Says {
        let (own, layer, sliver) = (self.ground.drawn(), asked.subjects.layer, self.question.sliver);
        let bbox = own.survey.bbox(own.at);
        let (mut met, mut slivers) = (Vec::new(), 0);
        let near = bbox.map(|bbox| asked.subjects.near(bbox.grown(asked.reach()))).unwrap_or_default();
        for row in near.into_iter().filter(|row| !self.ground.is(layer, *row as usize)) {
            let (id, subject) = (layer.id(row as usize), Drawn::new(layer, row as usize));
            let pair = if let Some(limit) = self.question.measure.distance_m() {
                subject.distance(own, limit).map(|distance| Pair::known(id, Relation::Near, Some(distance)))
            } else {
                let common = subject.common(own);
                slivers += u32::from(common.is_sliver(sliver));
                common.pair(sliver, id)
            };
            let is_gap = || is_gap(self.question.measure, findings?, id);
            met.extend(pair.map(|pair| Counterpart { id, pair, is_gap: is_gap() }));
        }
        let standing = match (met.is_empty(), self.place) {
            (false, _) => Standing::Inside,
            (true, place) if place.is_nowhere() => Standing::Unlocated,
            (true, place) if !place.codes.is_empty() => Standing::Somewhere,
            (true, _) => Standing::Outside,
        };
        Says { standing, met, slivers }
    }
}

/// Whether a subject has no object today, where gaps are asked for.
fn is_gap(measure: Measure, findings: &[Finding], subject: FeatureId) -> Option<bool> {
    let at = findings.binary_search_by_key(&subject, |finding| finding.subject).ok()?;
    matches!(measure, Measure::CoverageGap(_)).then(|| findings[at].standing == Standing::Outside)
}

fn is_loaded(absent: &[Absent]) -> bool {
    !absent.iter().any(|it| it.is_needed)
}
