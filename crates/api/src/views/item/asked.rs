//! The questions of the strategies that a record is in.

use atlas::Layer;
use domain::{FeatureId, Strategy};
use overlay::{Answer, Answered, Finding, Pair, Standing};

use crate::answering::Sided;
use crate::pages::Language;
use crate::pages::item::{Asked, Touched};
use crate::pages::layout::Link;
use crate::views::{question, words};

/// Objects that are named of each question: the others are on the page of its answer.
const OBJECTS: usize = 10;

/// The questions in which the record is found, and of how many others it is none of the subjects that answer.
pub fn of(
    answered: &Answered,
    strategies: &[Strategy],
    layer: &Layer,
    id: FeatureId,
    language: Language,
) -> (Vec<Asked>, u64) {
    let (mut found, mut others) = (Vec::new(), 0);
    for answer in &answered.answers {
        let row = as_subject(answered, answer, layer, id, language)
            .or_else(|| as_object(answer, layer, id, language));
        match row {
            Some(row) => found.push(titled(answer, strategies, row, language)),
            None => others += u64::from(answer.question.subject.collection == layer.collection.id),
        }
    }
    (found, others)
}

/// What is found, without the question yet.
struct Row {
    standing: String,
    objects: Vec<Touched>,
    more: Option<String>,
}

fn titled(answer: &Answer, strategies: &[Strategy], row: Row, language: Language) -> Asked {
    let strategy = strategies.iter().find(|it| it.id == answer.strategy);
    let url = format!("/strategies/{}/questions/{}", answer.strategy, answer.question.id);
    Asked {
        strategy: strategy.map_or_else(|| answer.strategy.to_string(), |it| it.code.clone()),
        question: Link { label: words(language, &answer.question.title).to_owned(), url },
        standing: row.standing,
        objects: row.objects,
        more: row.more,
    }
}

/// The record among those that the question asks about; `None` if nothing answers there.
fn as_subject(
    answered: &Answered,
    answer: &Answer,
    layer: &Layer,
    id: FeatureId,
    language: Language,
) -> Option<Row> {
    if answer.question.subject.collection != layer.collection.id {
        return None;
    }
    let findings = &answer.found.as_ref()?.findings;
    let finding = &findings[findings.binary_search_by_key(&id, |it| it.subject).ok()?];
    tells(answer, finding).then(|| {
        let objects = Sided::objects(&answered.edition, answer);
        let touched = |pair: &Pair| Touched {
            item: Link { label: objects.title(pair.object).into_owned(), url: objects.address(pair.object) },
            facts: question::facts(pair, language),
        };
        let more = finding.pairs.len().saturating_sub(OBJECTS) as u64;
        Row {
            standing: question::standing(answer, finding.standing, language),
            objects: finding.pairs.iter().take(OBJECTS).map(touched).collect(),
            more: (more > 0).then(|| language.counted("answer.more", more)),
        }
    })
}

/// Whether a finding says something of its subject. That it has none is what a question for gaps is after.
fn tells(answer: &Answer, finding: &Finding) -> bool {
    let is_gap = matches!(answer.question.measure, domain::question::Measure::CoverageGap(_));
    match finding.standing {
        Standing::Inside | Standing::PartlyInside | Standing::Somewhere => true,
        Standing::Outside => is_gap,
        Standing::Unlocated => false,
    }
}

/// The record among those that subjects are set against: how many of them meet it.
fn as_object(answer: &Answer, layer: &Layer, id: FeatureId, language: Language) -> Option<Row> {
    if answer.question.object.collection != layer.collection.id {
        return None;
    }
    let meets = |finding: &&Finding| finding.pairs.iter().any(|pair| pair.object == id);
    let count = answer.found.as_ref()?.findings.iter().filter(meets).count() as u64;
    let standing = || language.counted("item.asked_of", count);
    (count > 0).then(|| Row { standing: standing(), objects: Vec::new(), more: None })
}
