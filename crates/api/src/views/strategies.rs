//! The strategies, and one of them with its questions, as pages.

use domain::Strategy;
use overlay::{Answer, Answered};

use super::{layout, question, render, words};
use crate::answering;
use crate::ask::Ask;
use crate::pages::layout::{Link, Section};
use crate::pages::strategies::{QuestionCard, StrategyHead};
use crate::pages::{Language, StrategiesPage, StrategyPage, format};
use crate::portal::Shared;
use crate::problem::Problem;

/// The strategies.
pub fn list(portal: &Shared, answered: &Answered, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    render(&StrategiesPage {
        layout: layout::of(&answered.edition, ask, Section::Strategies),
        strategies: portal.strategies().iter().map(|it| head(it, answered, language)).collect(),
        formats: vec![json(ask)],
    })
}

/// One strategy.
pub fn one(portal: &Shared, answered: &Answered, strategy: &Strategy, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    render(&StrategyPage {
        layout: layout::of(&answered.edition, ask, Section::Strategies),
        strategy: head(strategy, answered, language),
        questions: answered.of_strategy(&strategy.id).map(|it| card(answered, it, language)).collect(),
        is_before: !portal.is_current(answered),
        formats: vec![json(ask)],
    })
}

fn head(strategy: &Strategy, answered: &Answered, language: Language) -> StrategyHead {
    let day = |day: time::Date| format::date(&day.to_string(), language);
    let from = day(strategy.in_force_from);
    let in_force = match strategy.in_force_to {
        None => language.phrase("strategies.in_force_since", &[("from", &from)]),
        Some(to) => language.phrase("strategies.in_force_between", &[("from", &from), ("to", &day(to))]),
    };
    let (all, known) = (
        answered.of_strategy(&strategy.id).count(),
        answered.of_strategy(&strategy.id).filter(|answer| answer.found.is_some()).count(),
    );
    let key = if all == known { "strategies.questions_all" } else { "strategies.questions_some" };
    StrategyHead {
        url: format!("/strategies/{}", strategy.id),
        code: strategy.code.clone(),
        title: words(language, &strategy.title).to_owned(),
        legal_reference: words(language, &strategy.legal_reference).to_owned(),
        in_force,
        questions: language.phrase(key, &[("count", &all.to_string()), ("answered", &known.to_string())]),
        map_url: question::map_of(strategy.shown.iter().map(|it| it.collection.as_str())),
    }
}

fn card(answered: &Answered, answer: &Answer, language: Language) -> QuestionCard {
    let edition = &answered.edition;
    let needed = answer.absent.iter().filter(|it| it.is_needed);
    let lacking: Vec<String> =
        needed.map(|it| words(language, &answering::absent(edition, it)).to_owned()).collect();
    let mut notes = Vec::new();
    if !lacking.is_empty() {
        notes.push(lacking.join("; "));
    }
    if let Some(found) = &answer.found {
        notes.extend(question::perhaps(answer, found, language).into_iter().next());
    }
    QuestionCard {
        url: format!("/strategies/{}/questions/{}", answer.strategy, answer.question.id),
        title: words(language, &answer.question.title).to_owned(),
        figure: answer
            .found
            .as_ref()
            .map(|found| question::figure(answer.question.measure, &found.counts, &found.total, language)),
        notes,
    }
}

fn json(ask: &Ask) -> Link {
    Link { label: "JSON".to_owned(), url: ask.with_query(&[("f", "json")]) }
}
