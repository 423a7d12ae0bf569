//! What the strategies ask, answered in the place of a sheet.

use atlas::Edition;
use overlay::screening::Part;
use overlay::sheet::{AnswerHere, FoundHere, OfStrategy};
use overlay::{Answer, Finding};

use super::remarks;
use crate::answering::{Sided, absent, selection_name};
use crate::pages::Language;
use crate::pages::layout::Link;
use crate::pages::sheet::{AnswerRow, StrategyPart};
use crate::views::told::{NAMED, Told, link, record};
use crate::views::{question, words};

/// A strategy in a place.
pub fn part(edition: &Edition, of: &OfStrategy<'_>, language: Language) -> StrategyPart {
    StrategyPart {
        code: of.strategy.code.clone(),
        title: words(language, &of.strategy.title).to_owned(),
        url: format!("/strategies/{}", of.strategy.id),
        rows: of.selections.iter().map(|it| remarks::selected(it, language)).collect(),
        not_loaded: remarks::not_loaded(&of.selections, language),
        answers: of.answers.as_ref().map(|all| all.iter().map(|it| row(edition, it, language)).collect()),
    }
}

fn row(edition: &Edition, of: &AnswerHere<'_>, language: Language) -> AnswerRow {
    let answer = of.answer;
    let question = Link {
        label: words(language, &answer.question.title).to_owned(),
        url: format!("/strategies/{}/questions/{}", answer.strategy, answer.question.id),
    };
    let Some(found) = &of.found else {
        let needed = answer.absent.iter().filter(|it| it.is_needed);
        let missing = needed.map(|it| words(language, &absent(edition, it)).to_owned());
        let missing = missing.collect::<Vec<_>>().join("; ");
        return AnswerRow { question, answer: Err(missing), records: Vec::new(), more: None, perhaps: None };
    };
    let (figure, records) = match found.findings.as_slice() {
        [own] if found.is_of_itself && !answer.question.measure.counts_objects() => {
            of_itself(edition, answer, own, language)
        }
        _ => {
            let figure = question::figure(answer.question.measure, &found.counts, &found.total, language);
            (figure, of_subjects(edition, answer, found))
        }
    };
    let left = records.len().saturating_sub(NAMED) as u64;
    AnswerRow {
        question,
        answer: Ok(figure),
        records: records.into_iter().take(NAMED).collect(),
        more: (left > 0).then(|| language.counted("screening.more", left)),
        perhaps: question::somewhere(answer, &found.counts, language).filter(|_| !found.is_of_itself),
    }
}

/// A number and what it counts, or a sentence alone; and records with what is measured.
type Said = ((String, String), Vec<(Link, String)>);

/// The place itself is asked about: what it has to do with.
fn of_itself(edition: &Edition, answer: &Answer, own: &Finding, language: Language) -> Said {
    let object = &answer.question.object;
    let layer = edition.layer(&object.collection);
    let name = words(language, &selection_name(layer, object)).to_owned();
    let told = Told {
        measure: answer.question.measure,
        part: Part::Subject,
        standing: own.standing,
        count: own.pairs.len(),
        gaps: 0,
    };
    let records = own.pairs.iter().filter_map(|pair| record(layer?, pair.object, pair, None, language));
    ((String::new(), told.sentence(&name, language)), records.collect())
}

/// Those of the subjects here that answer.
fn of_subjects(edition: &Edition, answer: &Answer, found: &FoundHere<'_>) -> Vec<(Link, String)> {
    let measure = answer.question.measure;
    let (layer, objects) =
        (edition.layer(&answer.question.subject.collection), Sided::objects(edition, answer));
    let told =
        found.findings.iter().filter(|finding| overlay::answers(measure, finding)).filter_map(|finding| {
            let layer = layer?;
            let met = finding.pairs.iter().take(2).map(|pair| objects.title(pair.object).into_owned());
            let met =
                if measure.counts_objects() { String::new() } else { met.collect::<Vec<_>>().join(", ") };
            Some((link(layer, layer.position(finding.subject)?), met))
        });
    told.collect()
}
