//! Everything that the strategies ask, answered on one edition.

use atlas::{Edition, Layer};
use domain::question::Grouping;
use domain::{Question, QuestionId, Strategy, StrategyId};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::Arc;

use crate::absent::absent;
use crate::answer::{Answer, Basis, Counts, Finding, Found, Objects};
use crate::asked::Asked;
use crate::changes::untouched;
use crate::counted;
use crate::group;
use crate::side::Place;
use crate::territory::Territory;

/// The answers to all questions, with the edition they are of.
#[derive(Debug)]
pub struct Answered {
    /// The edition.
    pub edition: Arc<Edition>,
    /// The answers, in the order of strategies and questions.
    pub answers: Vec<Arc<Answer>>,
}

impl Answered {
    /// Answers all questions. What rests on layers that are as they were `before` is taken from there; of the rest, only those
    /// subjects are looked at again that a change may have touched.
    #[must_use]
    pub fn of(edition: Arc<Edition>, strategies: &[Strategy], before: Option<&Self>) -> Self {
        let answers = strategies.iter().flat_map(|strategy| {
            let answer = |question| answer(&edition, &strategy.id, question, before);
            strategy.questions.iter().map(answer).collect::<Vec<_>>()
        });
        let answers = answers.collect();
        Self { edition, answers }
    }

    /// The answer to a question.
    #[must_use]
    pub fn answer(&self, strategy: &StrategyId, question: &QuestionId) -> Option<&Arc<Answer>> {
        self.answers.iter().find(|it| &it.strategy == strategy && &it.question.id == question)
    }

    /// The answers to the questions of a strategy.
    pub fn of_strategy(&self, strategy: &StrategyId) -> impl Iterator<Item = &Arc<Answer>> {
        self.answers.iter().filter(move |it| &it.strategy == strategy)
    }
}

/// Answers one question on an edition.
#[must_use]
pub fn answer(
    edition: &Edition,
    strategy: &StrategyId,
    question: &Question,
    before: Option<&Answered>,
) -> Arc<Answer> {
    let layers = layers(edition, question);
    let tag = tag(question, &layers);
    let earlier = before.and_then(|before| Some((before, before.answer(strategy, &question.id)?)));
    if let Some((_, answer)) = earlier.filter(|(_, answer)| answer.tag == tag) {
        return answer.clone();
    }
    let absent = absent(edition, question);
    let found = if absent.iter().any(|it| it.is_needed) { None } else { found(edition, question, earlier) };
    Arc::new(Answer {
        strategy: strategy.clone(),
        question: question.clone(),
        tag,
        releases: layers.iter().flat_map(|layer| bases(layer)).collect(),
        absent,
        found,
    })
}

fn found(
    edition: &Edition,
    question: &Question,
    earlier: Option<(&Answered, &Arc<Answer>)>,
) -> Option<Found> {
    let territory = Territory::new(edition);
    let asked = Asked::new(question, &territory)?;
    let known = earlier.and_then(|(before, answer)| kept(&asked, before, answer));
    let findings: Vec<Finding> = match known {
        Some(known) => known
            .into_iter()
            .enumerate()
            .map(|(at, finding)| finding.unwrap_or_else(|| asked.finding(at)))
            .collect(),
        None => (0..asked.subjects.rows().len()).map(|at| asked.finding(at)).collect(),
    };
    let counts_objects = asked.question.measure.counts_objects();
    let sums = if counts_objects { counted::sums } else { group::sums }(&asked, &findings);
    Some(Found {
        counts: Counts::of_findings(&findings),
        objects: objects(&asked),
        findings,
        total: sums.total,
        groups: sums.groups,
        in_several: sums.in_several,
    })
}

/// Those of the findings of an earlier answer that still hold; `None` if nothing can be said of any.
fn kept(asked: &Asked<'_>, before: &Answered, answer: &Answer) -> Option<Vec<Option<Finding>>> {
    let found = answer.found.as_ref().filter(|_| answer.question == *asked.question)?;
    let territory = Territory::new(&before.edition);
    let same = |one: Option<&Layer>, other: Option<&Layer>| one.map(|it| &it.tag) == other.map(|it| &it.tag);
    // The municipalities are in everything.
    if !same(territory.layer(), asked.territory.layer()) {
        return None;
    }
    let earlier = Asked::new(&answer.question, &territory)?;
    let known = untouched(asked, &earlier, &found.findings);
    Some(known.into_iter().map(Option::<&Finding>::cloned).collect())
}

fn objects(asked: &Asked<'_>) -> Objects {
    let places = asked.objects.places();
    let count = |fits: fn(&Place) -> bool| places.iter().filter(|place| fits(place)).count() as u64;
    Objects {
        all: places.len() as u64,
        in_municipality: count(|place| !place.is_drawn && !place.codes.is_empty()),
        unlocated: count(Place::is_nowhere),
    }
}

/// The layers that an answer rests on: its subjects', its objects', its poles', and the municipalities.
fn layers<'e>(edition: &'e Edition, question: &Question) -> Vec<&'e Layer> {
    let poles = match &question.grouping {
        Some(Grouping::Pole(poles)) => Some(&poles.collection),
        _ => None,
    };
    let named = [Some(&question.subject.collection), Some(&question.object.collection), poles];
    let mut layers: Vec<&Layer> = Vec::new();
    let all = named.into_iter().flatten().filter_map(|id| edition.layer(id)).chain(edition.municipalities());
    for layer in all {
        if layers.iter().all(|known| known.collection.id != layer.collection.id) {
            layers.push(layer);
        }
    }
    layers
}

/// The releases of a layer.
pub fn bases(layer: &Layer) -> impl Iterator<Item = Basis> {
    layer.origins.iter().map(|origin| Basis {
        collection: layer.collection.id.clone(),
        source: origin.source.clone(),
        release: origin.release,
        extracted_on: origin.extracted_on,
        demo: origin.demo,
    })
}

fn tag(question: &Question, layers: &[&Layer]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{} {question:?}", env!("CARGO_PKG_VERSION")));
    for layer in layers {
        hash.update(format!("{}={};", layer.collection.id, layer.tag));
    }
    let mut tag = String::with_capacity(16);
    for byte in hash.finalize().iter().take(8) {
        // Writing to a text cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag
}
