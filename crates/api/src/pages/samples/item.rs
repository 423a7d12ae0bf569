//! Samples of the page of a record, and of one that is gone.

use crate::pages::sketch::Sketch;
use domain::LocationPrecision;
use serde_json::json;

use super::{layout, past, source};
use crate::pages::diff::{FieldChange, Record};
use crate::pages::history::{History, Step};
use crate::pages::item::{Asked, Field, Location, PlaceMap, Touched, Value};
use crate::pages::layout::Link;
use crate::pages::related::{Also, Child, Children, Difference, Related};
use crate::pages::{GonePage, ItemPage, Language, script};

pub fn item(language: Language) -> ItemPage {
    ItemPage {
        layout: layout(language),
        past: Some(past()),
        carried: "?release=3".to_owned(),
        collection: "pnrr-projects".to_owned(),
        collection_title: "Progetti PNRR".to_owned(),
        title: "Scuola & palestra".to_owned(),
        subject: None,
        mission: Some(("M4".to_owned(), "Istruzione".to_owned())),
        precision: Some(LocationPrecision::Municipality),
        locations: vec![Location {
            name: "Rho".to_owned(),
            url: None,
            address: Some("VIA BUOZZI 1".to_owned()),
            share: Some("37,5 %".to_owned()),
        }],
        fields: vec![
            field("cup", Value::Code("B21F22000420006".to_owned())),
            field("funding_pnrr_cents", Value::Money(172_816_093_801)),
            field("funding_private_cents", Value::Absent),
            field("existing_project", Value::Boolean(false)),
            field("updated_on", Value::Date("2023-02-21".to_owned())),
            Field { unit: Some("km²".to_owned()), ..field("area", Value::Decimal(12.5)) },
        ],
        place: Some(PlaceMap {
            extent: [9.0, 45.5, 9.1, 45.6],
            style_url: "/styles/base".to_owned(),
            municipalities: vec!["015182".to_owned()],
            geometry: Some(json!({"type": "Point", "coordinates": [9.04, 45.53]})),
            sketch: Sketch { points: vec![["1.0".to_owned(), "2.0".to_owned()]], ..Sketch::default() },
        }),
        related: related(),
        source: source(),
        feature: "pnrr-projects/7".to_owned(),
        asked: vec![asked()],
        asked_rest: Some("Per altre 3".to_owned()),
        asked_before: true,
        history: history(),
        json_url: "/collections/pnrr-projects/items/7?f=json".to_owned(),
        linked_data: script::json(&json!({ "name": "</script><b>" })),
        sheet_url: Some("/municipalities/015182".to_owned()),
        elsewhere: vec![Link { label: "OpenCUP".to_owned(), url: "https://example.org/cup".to_owned() }],
    }
}

fn asked() -> Asked {
    let link = |label: &str, url: &str| Link { label: label.to_owned(), url: url.to_owned() };
    Asked {
        strategy: "STTM 1".to_owned(),
        question: link("Quali?", "/strategies/sttm-1/questions/protected-areas"),
        standing: "del tutto dentro".to_owned(),
        objects: vec![Touched {
            item: link("Parco", "/collections/areas/items/1"),
            facts: "12 m²".to_owned(),
        }],
        more: Some("e 1 altro".to_owned()),
    }
}

fn history() -> History {
    let record = Record {
        title: "Scuola".to_owned(),
        url: None,
        collection: "Progetti PNRR".to_owned(),
        kind: "changed",
        fields: vec![FieldChange { label: "Titolo".to_owned(), before: None, after: Some("<b>".to_owned()) }],
    };
    let step = Step {
        when: "1 marzo 2023, 10:00".to_owned(),
        by: Link { label: "Rilascio 3".to_owned(), url: "/releases/3".to_owned() },
        source: "PNRR".to_owned(),
        what: "Cambiato".to_owned(),
        record,
    };
    History { steps: Some(vec![step]) }
}

pub fn gone(language: Language) -> GonePage {
    GonePage {
        layout: layout(language),
        collection: "pnrr-projects".to_owned(),
        collection_title: "Progetti PNRR".to_owned(),
        title: "Scuola & palestra".to_owned(),
        left: "Non c’è più.".to_owned(),
        last: vec![("Titolo".to_owned(), "<b>".to_owned())],
        history: History { steps: None },
        json_url: "/collections/pnrr-projects/items/7?f=json".to_owned(),
    }
}

fn related() -> Related {
    let difference = Difference {
        label: "Titolo".to_owned(),
        official: None,
        proposed: Some("Scuola, palestra & mensa".to_owned()),
    };
    let child = Child {
        url: "/collections/tenders/items/3".to_owned(),
        title: "Gara 3".to_owned(),
        cells: vec![(true, Some("1,00 €".to_owned())), (false, None)],
    };
    Related {
        also: vec![Also { source: "Proposte".to_owned(), note: None, differences: vec![difference] }],
        children: vec![Children {
            collection: "tenders".to_owned(),
            title: "Gare".to_owned(),
            url: "/collections/tenders/items?cup=B21F22000420006".to_owned(),
            all: "Tutti (1)".to_owned(),
            columns: [("Gara", false), ("Importo", true), ("Data", false)]
                .map(|(it, n)| (it.to_owned(), n))
                .to_vec(),
            rows: vec![child],
        }],
    }
}

fn field(id: &str, value: Value) -> Field {
    Field {
        id: id.to_owned(),
        label: format!("Campo {id}"),
        description: None,
        unit: None,
        status: false,
        from: None,
        value,
    }
}
