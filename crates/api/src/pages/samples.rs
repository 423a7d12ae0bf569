//! One sample of every page, for the tests.

mod about;
mod answers;
mod front;
mod item;
mod map;

use super::collections::{CollectionCard, Endpoint, FieldNote};
use super::fields::{FieldRow, FieldsPage};
use super::issues::IssueReport;
use super::items::{ActiveFilter, Column, Row};
use super::layout::{Link, PastNote, Section, SourceNote};
use super::problem::Told;
use super::releases::{Part, Release};
use super::*;
use crate::views;
pub use about::{changes, credits, guide, statement};
pub use answers::{question, strategies, strategy, unanswered};
use domain::{Issue, IssueKind, Severity};
pub use front::{home, search};
pub use item::{gone, item};
pub use map::map;

pub fn collections(language: Language) -> CollectionsPage {
    let card = |count| CollectionCard {
        id: "areas".to_owned(),
        title: "Aree".to_owned(),
        description: "Che cosa sono".to_owned(),
        count,
        state: about::state(),
    };
    CollectionsPage { layout: layout(language), collections: vec![card(Some(1)), card(None)] }
}

pub fn fields(language: Language) -> FieldsPage {
    let field = FieldRow {
        id: "mission_code".to_owned(),
        label: "Missione".to_owned(),
        kind: "testo".to_owned(),
        description: Some("La missione del PNRR.".to_owned()),
        codes: vec![("M4".to_owned(), "Istruzione & ricerca".to_owned())],
    };
    FieldsPage {
        layout: layout(language),
        collection: "pnrr-projects".to_owned(),
        collection_title: "Progetti PNRR".to_owned(),
        title: language.word("fields.queryables_title").to_owned(),
        lead: language.word("fields.queryables_lead").to_owned(),
        fields: vec![field],
        json_url: "/collections/pnrr-projects/queryables?f=json".to_owned(),
    }
}

pub fn collection(language: Language) -> CollectionPage {
    CollectionPage {
        layout: layout(language),
        id: "areas".to_owned(),
        title: "Aree".to_owned(),
        description: "Che cosa sono".to_owned(),
        count: Some(1_234),
        state: about::state(),
        linked_data: script::json(&serde_json::json!({ "name": "</script>" })),
        sources: vec![source()],
        endpoints: vec![Endpoint {
            label: "TileJSON".to_owned(),
            url: "https://example.org/t.json".to_owned(),
        }],
        downloads: vec![Link { label: "CSV".to_owned(), url: "/collections/areas/items?f=csv".to_owned() }],
        fields: vec![FieldNote {
            id: "name".to_owned(),
            label: "Nome".to_owned(),
            kind: "testo".to_owned(),
            description: None,
        }],
    }
}

pub fn items(language: Language) -> ItemsPage {
    ItemsPage {
        layout: layout(language),
        past: Some(past()),
        collection: "areas".to_owned(),
        title: "Aree".to_owned(),
        title_label: "Nome".to_owned(),
        columns: vec![Column { label: "Importo".to_owned(), numeric: true }],
        rows: vec![Row {
            url: "/collections/areas/items/1".to_owned(),
            title: "Parco".to_owned(),
            cells: vec![None],
        }],
        first: 21,
        matched: Some(1_942),
        filters: vec![ActiveFilter {
            label: "Comune".to_owned(),
            value: "Rho".to_owned(),
            remove_url: "/collections/areas/items".to_owned(),
        }],
        previous: Some("/collections/areas/items".to_owned()),
        next: None,
        downloads: vec![Link {
            label: "GeoJSON".to_owned(),
            url: "/collections/areas/items?f=json".to_owned(),
        }],
    }
}

pub fn problem(language: Language, status: u16) -> ProblemPage {
    ProblemPage {
        layout: layout(language),
        status,
        detail: Told {
            sentence: Some("Non c’è nulla.".to_owned()),
            english: Some("There is <nothing>.".to_owned()),
        },
        instance: "/nope?<x>".to_owned(),
    }
}

fn past() -> PastNote {
    PastNote {
        text: "Situazione al 21 febbraio 2023".to_owned(),
        now_url: "/collections/areas/items".to_owned(),
    }
}

fn source() -> SourceNote {
    SourceNote {
        title: "Progetti".to_owned(),
        homepage: None,
        publisher: "Chi <pubblica>".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        licence_url: Some("https://example.org/licence".to_owned()),
        release: "3".to_owned(),
        release_url: Some("/releases/3".to_owned()),
        url: Some("/sources/demo".to_owned()),
        extracted_on: Some("2023-02-21".to_owned()),
    }
}

fn layout(language: Language) -> Layout {
    Layout {
        language,
        language_in_url: language == Language::English,
        path: "/collections?limit=20".to_owned(),
        territory: "Città metropolitana".to_owned(),
        section: Section::Data,
        demo: true,
        sources: vec![source()],
        asset_version: "abc".to_owned(),
    }
}

fn release(language: Language) -> Release {
    Release {
        language,
        number: 3,
        source: "demo".to_owned(),
        title: "Progetti".to_owned(),
        demo: true,
        state: "staged".to_owned(),
        read_at: "21 febbraio 2023, ore 14:05".to_owned(),
        decided_at: Some("22 febbraio 2023, ore 9:00".to_owned()),
        reason: Some("Controllato <a mano>".to_owned()),
        extracted_on: Some("2023-02-21".to_owned()),
        waits_because: vec!["toglierebbe 3 dei 10 elementi".to_owned()],
        issues: 1,
        parts: vec![Part {
            language,
            title: "Aree".to_owned(),
            url: Some("/collections/areas".to_owned()),
            tally: domain::Tally { read: 10, accepted: 9, quarantined: 1, filtered: 1_234 },
            diff: Some(domain::Diff { added: 1, ..domain::Diff::default() }),
        }],
    }
}

pub fn releases(language: Language) -> ReleasesPage {
    ReleasesPage {
        layout: layout(language),
        releases: vec![release(language)],
        source: Some("Progetti".to_owned()),
        more: Some("/releases?limit=200".to_owned()),
        formats: Vec::new(),
    }
}

pub fn one_release(language: Language) -> ReleasePage {
    ReleasePage {
        layout: layout(language),
        release: release(language),
        files: vec![("aree.csv".to_owned(), "12 kB".to_owned(), "abc".to_owned())],
        state_links: vec![Link {
            label: "Aree".to_owned(),
            url: "/collections/areas/items?release=3".to_owned(),
        }],
        formats: Vec::new(),
    }
}

pub fn diff(language: Language) -> DiffPage {
    DiffPage {
        layout: layout(language),
        number: 3,
        from: None,
        source: "Progetti".to_owned(),
        staged: true,
        kinds: vec![diff::KindCount {
            kind: "changed",
            count: 1,
            url: "/releases/3/diff?change=changed".to_owned(),
            current: true,
        }],
        fields: vec![diff::FieldCount {
            label: "Importo".to_owned(),
            collection: String::new(),
            count: 1,
            url: "/releases/3/diff?field=amount".to_owned(),
        }],
        field: Some("Importo".to_owned()),
        all_url: Some("/releases/3/diff".to_owned()),
        records: vec![diff::Record {
            title: "Scuola".to_owned(),
            url: None,
            collection: "Aree".to_owned(),
            kind: "changed",
            fields: vec![diff::FieldChange {
                label: "Importo".to_owned(),
                before: None,
                after: Some("1,00 €".to_owned()),
            }],
        }],
        first: 1,
        matched: 1,
        previous: None,
        next: None,
        formats: Vec::new(),
    }
}

/// A report with an issue of every kind.
pub fn report(language: Language) -> IssueReport {
    let issue = |kind| Issue {
        file: "aree.csv".to_owned(),
        line: 2,
        entry: 1,
        record: "A".to_owned(),
        field: "name".to_owned(),
        value: "<b>".to_owned(),
        kind,
        severity: Severity::Error,
        message: "it is not so".to_owned(),
    };
    let issues: Vec<_> = IssueKind::ALL.map(issue).into();
    IssueReport {
        language,
        source: "Progetti".to_owned(),
        publisher: "Chi pubblica".to_owned(),
        release: Some(3),
        demo: true,
        read_at: Some("21 febbraio 2023, ore 14:05".to_owned()),
        extracted_on: Some("2023-02-21".to_owned()),
        parts: release(language).parts,
        summary: views::issues::summary(&issues, language, |_, _| None),
        rows: issues.iter().map(|it| views::issues::row(it, &[], |_, _| false, language)).collect(),
        first: 1,
        matched: issues.len() as u64,
    }
}

pub fn issues(language: Language) -> IssuesPage {
    IssuesPage {
        layout: layout(language),
        report: report(language),
        release_url: "/releases/3".to_owned(),
        all_url: Some("/releases/3/issues".to_owned()),
        whole_url: Some("/releases/3/issues?limit=10000".to_owned()),
        previous: None,
        next: None,
        formats: Vec::new(),
    }
}

pub fn one_source(language: Language) -> SourcePage {
    let source = sources::Source {
        id: "demo".to_owned(),
        title: "Progetti".to_owned(),
        demo: true,
        publisher: "Chi pubblica".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        licence_url: None,
        homepage: Some("https://example.org".to_owned()),
        collections: vec![sources::Fed {
            title: "Aree".to_owned(),
            url: "/collections/areas".to_owned(),
            standing: Some(3),
        }],
        last: Some(release(language)),
        waiting: Some(4),
    };
    SourcePage { layout: layout(language), source, releases: vec![release(language)], formats: Vec::new() }
}

pub fn all_sources(language: Language) -> SourcesPage {
    SourcesPage { layout: layout(language), sources: vec![one_source(language).source] }
}
