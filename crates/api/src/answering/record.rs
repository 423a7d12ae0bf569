//! What the answers say of one record.

use atlas::Layer;
use domain::FeatureId;
use domain::question::Measure;
use overlay::{Answer, Answered, Finding, Standing};
use serde_json::{Value, json};

use super::Sided;
use super::document::{Words, both, pairs};

/// A question in whose answer a record is found.
pub struct OfRecord<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// What the record is there.
    pub part: Part<'a>,
}

/// What a record is in an answer.
pub enum Part<'a> {
    /// One of those that the question asks about.
    Subject(&'a Finding),
    /// One of those that subjects are set against: so many meet it.
    Object(u64),
}

/// The questions in whose answers the record is found.
pub fn of_record<'a>(
    answered: &'a Answered,
    layer: &'a Layer,
    id: FeatureId,
) -> impl Iterator<Item = OfRecord<'a>> {
    answered.answers.iter().filter_map(move |answer| {
        let part = as_subject(answer, layer, id).or_else(|| as_object(answer, layer, id))?;
        Some(OfRecord { answer, part })
    })
}

/// The same as data.
pub fn record(answered: &Answered, layer: &Layer, id: FeatureId, words: Words<'_>) -> Value {
    let told = |OfRecord { answer, part }: OfRecord<'_>| {
        let question = &answer.question;
        let objects = Sided::objects(&answered.edition, answer);
        let (finding, met_by) = match part {
            Part::Subject(finding) => (Some(finding), None),
            Part::Object(count) => (None, Some(count)),
        };
        json!({
            "strategy": answer.strategy.as_str(),
            "id": question.id.as_str(),
            "title": both(&question.title),
            "href": words.href(&format!("/strategies/{}/questions/{}", answer.strategy, question.id)),
            "standing": finding.map(|it| it.standing.as_str()),
            "pairs": finding.map(|it| pairs(it, objects, words)),
            "met_by": met_by,
        })
    };
    of_record(answered, layer, id).map(told).collect()
}

/// The record among those that the question asks about; `None` if nothing answers there.
fn as_subject<'a>(answer: &'a Answer, layer: &Layer, id: FeatureId) -> Option<Part<'a>> {
    if answer.question.subject.collection != layer.collection.id {
        return None;
    }
    let findings = &answer.found.as_ref()?.findings;
    let finding = &findings[findings.binary_search_by_key(&id, |it| it.subject).ok()?];
    tells(answer, finding).then_some(Part::Subject(finding))
}

/// Whether a finding says something of its subject. That it has none is what a question for gaps is after.
fn tells(answer: &Answer, finding: &Finding) -> bool {
    let is_gap = matches!(answer.question.measure, Measure::CoverageGap(_));
    match finding.standing {
        Standing::Inside | Standing::PartlyInside | Standing::Somewhere => true,
        Standing::Outside => is_gap,
        Standing::Unlocated => false,
    }
}

/// The record among those that subjects are set against: how many of them meet it.
fn as_object<'a>(answer: &Answer, layer: &Layer, id: FeatureId) -> Option<Part<'a>> {
    if answer.question.object.collection != layer.collection.id {
        return None;
    }
    let meets = |finding: &&Finding| finding.pairs.iter().any(|pair| pair.object == id);
    let count = answer.found.as_ref()?.findings.iter().filter(meets).count() as u64;
    (count > 0).then_some(Part::Object(count))
}
