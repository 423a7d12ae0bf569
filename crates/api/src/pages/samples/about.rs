//! Samples of pages about the portal, of what changed, and of the state of a collection.

use super::{layout, map, source};
use crate::pages::about::{CreditsPage, GuidePage, StatementPage};
use crate::pages::changes::Event;
use crate::pages::collections::{Coverage, Issues, State};
use crate::pages::layout::Link;
use crate::pages::{ChangesPage, Language};

fn link(label: &str, url: &str) -> Link {
    Link { label: label.to_owned(), url: url.to_owned() }
}

pub fn state() -> State {
    State {
        coverage: Some(Coverage {
            text: "120 comuni su 133".to_owned(),
            missing: vec![link("Nosate", "/municipalities/015155")],
        }),
        freshness: Some("dati al 21 febbraio 2023, 3 anni fa".to_owned()),
        licences: vec!["CC BY 4.0".to_owned()],
        issues: vec![Issues {
            text: "7 segnalazioni".to_owned(),
            release: "Rilascio 3".to_owned(),
            url: "/releases/3/issues".to_owned(),
        }],
    }
}

pub fn statement(language: Language) -> StatementPage {
    StatementPage {
        layout: layout(language),
        title: "Privacy".to_owned(),
        lead: "Nessuno viene seguito.".to_owned(),
        parts: vec![("Nessun cookie".to_owned(), vec!["Nemmeno <b>uno</b>.".to_owned()])],
        contact: Some(("a@example.org".to_owned(), "mailto:a@example.org".to_owned())),
    }
}

pub fn credits(language: Language) -> CreditsPage {
    CreditsPage { layout: layout(language), sources: vec![source()] }
}

pub fn guide(language: Language) -> GuidePage {
    GuidePage {
        layout: layout(language),
        address: "https://example.org/".to_owned(),
        tiles: "https://example.org/tiles/areas/z/x/y".to_owned(),
        style: "https://example.org/styles/base".to_owned(),
    }
}

pub fn changes(language: Language) -> ChangesPage {
    let record = ("changed", "Cambiato".to_owned(), link("Scuola & palestra", ""), "Titolo".to_owned());
    ChangesPage {
        layout: layout(language),
        title: "Che cosa è cambiato: Rho".to_owned(),
        events: vec![Event {
            title: "Rilascio 3".to_owned(),
            when: "1 marzo 2023, ore 10:00".to_owned(),
            url: "/releases/3/diff".to_owned(),
            records: vec![record],
            more: Some("e 1 altro".to_owned()),
        }],
        feed_url: "/changes?municipality=015182&f=atom".to_owned(),
        json_url: "/changes?municipality=015182&f=json".to_owned(),
        all_url: Some("/changes".to_owned()),
        sheet_url: Some("/municipalities/015182".to_owned()),
        municipalities: map(language).municipalities,
        others: vec![("Per strategia".to_owned(), vec![link("STTM 1", "/changes?strategy=sttm-1")])],
    }
}
