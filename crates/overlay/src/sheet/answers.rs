//! What the questions of the strategies are answered in a place: those of their subjects that are there.

use super::place::Place;
use crate::answer::{Answer, Counts, Finding, Sum};
use crate::group;
use crate::territory::Territory;
use atlas::{Edition, Layer};
use domain::FeatureId;
use domain::question::Measure;
use std::collections::BTreeSet;

/// The answer to a question, in a place.
#[derive(Clone, Debug)]
pub struct AnswerHere<'e> {
    /// The answer of the whole territory.
    pub answer: &'e Answer,
    /// What was found of the subjects here; `None` if there is no answer.
    pub found: Option<FoundHere<'e>>,
}

/// What was found of the subjects in a place.
#[derive(Clone, Debug)]
pub struct FoundHere<'e> {
    /// Of each of them, by ascending number.
    pub findings: Vec<&'e Finding>,
    /// How many stand how.
    pub counts: Counts,
    /// How many answer, or how many objects there are where those are counted; for rates, the inhabitants. Surfaces and money are not
    /// summed: part of them may be elsewhere.
    pub total: Sum,
    /// Whether the place itself is the subject.
    pub is_of_itself: bool,
}

impl<'e> AnswerHere<'e> {
    /// The answer in a place, of which `here` are the records of a layer; `None` if nothing here is asked about.
    pub fn of(
        edition: &'e Edition,
        answer: &'e Answer,
        place: &Place<'_>,
        here: impl Fn(&Layer) -> Vec<usize>,
    ) -> Option<Self> {
        let Some(found) = &answer.found else { return Some(Self { answer, found: None }) };
        let layer = edition.layer(&answer.question.subject.collection)?;
        let is_of_itself = layer.collection.id == place.layer.collection.id;
        let subjects = if is_of_itself {
            vec![place.position]
        } else if Territory::is_of_units(layer) {
            members(layer, place)
        } else {
            here(layer)
        };
        let mut ids: Vec<FeatureId> = subjects.into_iter().map(|at| layer.id(at)).collect();
        ids.sort_unstable();
        let finding = |id: &FeatureId| {
            let at = found.findings.binary_search_by_key(id, |finding| finding.subject).ok()?;
            Some(&found.findings[at])
        };
        let findings: Vec<&Finding> = ids.iter().filter_map(finding).collect();
        if findings.is_empty() && Territory::is_of_units(layer) {
            return None;
        }
        let total = total(answer.question.measure, layer, &findings);
        let counts = Counts::of_findings(findings.iter().copied());
        Some(Self { answer, found: Some(FoundHere { findings, counts, total, is_of_itself }) })
    }
}

/// The municipalities of a zone; no zone is part of a municipality.
fn members(layer: &Layer, place: &Place<'_>) -> Vec<usize> {
    if layer.collection.dissolved_from.is_some() {
        return Vec::new();
    }
    let is_member = |at: &usize| layer.municipalities(*at).iter().any(|code| place.members.contains(code));
    (0..layer.len()).filter(is_member).collect()
}

fn total(measure: Measure, layer: &Layer, findings: &[&Finding]) -> Sum {
    let answering = findings.iter().filter(|finding| group::answers(measure, finding));
    let objects = || findings.iter().flat_map(|finding| &finding.pairs).map(|pair| pair.object);
    let count = if measure.counts_objects() {
        objects().collect::<BTreeSet<FeatureId>>().len()
    } else {
        answering.count()
    };
    let people = |finding: &&Finding| group::population(layer, layer.position(finding.subject)?);
    let inhabitants = || findings.iter().map(people).sum::<Option<i64>>();
    Sum {
        count: count as u64,
        inhabitants: inhabitants().filter(|_| measure == Measure::Rate),
        ..Sum::default()
    }
}
