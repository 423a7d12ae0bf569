//! Samples of strategies and answers.

use super::{Language, Link, Section, layout};
use crate::pages::layout::PastNote;
use crate::pages::question::{AnswerPart, ChangeRow, Changes, Count, GroupRow, Groups, SubjectRow};
use crate::pages::strategies::{QuestionCard, StrategyHead};
use crate::pages::{Layout, QuestionPage, StrategiesPage, StrategyPage};

fn in_section(language: Language) -> Layout {
    Layout { section: Section::Strategies, ..layout(language) }
}

fn head() -> StrategyHead {
    StrategyHead {
        url: "/strategies/sttm-1".to_owned(),
        code: "STTM 1".to_owned(),
        title: "Sostenibilità <b>".to_owned(),
        legal_reference: "Norme di attuazione".to_owned(),
        in_force: "dal 28 febbraio 2024".to_owned(),
        questions: "2 domande".to_owned(),
        map_url: "/map#layers=areas".to_owned(),
    }
}

fn json() -> Vec<Link> {
    vec![Link { label: "JSON".to_owned(), url: "?f=json".to_owned() }]
}

pub fn strategies(language: Language) -> StrategiesPage {
    StrategiesPage { layout: in_section(language), strategies: vec![head()], formats: json() }
}

pub fn strategy(language: Language) -> StrategyPage {
    let question = |figure: Option<(String, String)>| QuestionCard {
        url: "/strategies/sttm-1/questions/q".to_owned(),
        title: "Quali proposte?".to_owned(),
        figure,
        notes: vec!["1.205 forse".to_owned()],
    };
    StrategyPage {
        layout: in_section(language),
        strategy: head(),
        questions: vec![question(Some(("43".to_owned(), "di 1.997".to_owned()))), question(None)],
        is_before: true,
        formats: json(),
    }
}

/// An answer; `compared` with an earlier release, or not.
pub fn question(language: Language, compared: bool) -> QuestionPage {
    QuestionPage {
        layout: in_section(language),
        past: compared.then(|| PastNote { text: "Al 2023".to_owned(), now_url: "/x".to_owned() }),
        strategy: Link { label: "STTM 1".to_owned(), url: "/strategies/sttm-1".to_owned() },
        title: "Quali proposte?".to_owned(),
        is_before: true,
        not_loaded: Vec::new(),
        partly_loaded: vec!["Sito Natura 2000".to_owned()],
        answer: Some(answer(compared)),
        method: vec![("Misura".to_owned(), "superficie".to_owned())],
        bases: vec![(
            "Aree".to_owned(),
            "Fonte".to_owned(),
            Link { label: "rilascio 2".to_owned(), url: "/releases/2".to_owned() },
        )],
        map_url: "/map#layers=areas".to_owned(),
        compare_url: "/strategies/sttm-1/questions/q".to_owned(),
        previous: Some("?offset=0".to_owned()),
        next: Some("?offset=200".to_owned()),
        formats: json(),
    }
}

/// A question of which something is not loaded.
pub fn unanswered(language: Language) -> QuestionPage {
    QuestionPage { not_loaded: vec!["Corsi d’acqua".to_owned()], answer: None, ..question(language, false) }
}

fn answer(compared: bool) -> AnswerPart {
    let change = |url: Option<&str>| ChangeRow {
        title: "Scuola".to_owned(),
        url: url.map(str::to_owned),
        before: "fuori".to_owned(),
        after: "dentro".to_owned(),
    };
    let row = |bar| GroupRow { label: "Parco".to_owned(), url: None, bar, cells: vec!["23".to_owned()] };
    AnswerPart {
        figure: "43".to_owned(),
        figure_label: "di 1.997".to_owned(),
        counts: vec![Count {
            number: "39".to_owned(),
            label: "dentro".to_owned(),
            url: Some("?standing=inside".to_owned()),
            is_current: true,
        }],
        totals: vec![("superficie in comune".to_owned(), "310.346 m²".to_owned())],
        warnings: vec!["1.205 forse".to_owned()],
        groups: Some(Groups {
            heading: "Per area".to_owned(),
            bars: "quanti".to_owned(),
            columns: vec!["quanti".to_owned()],
            rows: vec![row(Some(100)), row(None)],
            notes: vec!["Le superfici si sommano".to_owned()],
        }),
        subjects: vec![SubjectRow {
            title: "Scuola & palestra".to_owned(),
            url: "/collections/pnrr-projects/items/1".to_owned(),
            standing: "dentro".to_owned(),
            objects: vec![("Parco".to_owned(), "/collections/areas/items/2".to_owned(), "12 m²".to_owned())],
            more: Some("e 1 altro".to_owned()),
        }],
        caption: "Da 1 a 1 di 1".to_owned(),
        changes: compared.then(|| Changes {
            lead: "Dal rilascio 2".to_owned(),
            rows: vec![change(Some("/x")), change(None)],
            back_url: "/strategies/sttm-1/questions/q".to_owned(),
        }),
    }
}
