//! The questions of the strategies that a record is in.

use atlas::Layer;
use domain::{FeatureId, Strategy};
use overlay::{Answer, Answered, Finding, Pair};

use crate::answering::{OfRecord, Part, Sided, of_record};
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
    let found: Vec<OfRecord<'_>> = of_record(answered, layer, id).collect();
    let asks_about_it = |answer: &Answer| answer.question.subject.collection == layer.collection.id;
    let all = answered.answers.iter().filter(|answer| asks_about_it(answer)).count();
    let others = all - found.iter().filter(|it| asks_about_it(it.answer)).count();
    let told = |it: &OfRecord<'_>| titled(it.answer, strategies, row(answered, it, language), language);
    (found.iter().map(told).collect(), others as u64)
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

fn row(answered: &Answered, of: &OfRecord<'_>, language: Language) -> Row {
    let answer = of.answer;
    match of.part {
        Part::Subject(finding) => as_subject(answered, answer, finding, language),
        Part::Object(count) => {
            let standing = language.counted("item.asked_of", count);
            Row { standing, objects: Vec::new(), more: None }
        }
    }
}

fn as_subject(answered: &Answered, answer: &Answer, finding: &Finding, language: Language) -> Row {
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
}
