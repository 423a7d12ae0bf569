//! One sample of every page, for the tests.

use serde_json::json;

use super::collections::{CollectionCard, Endpoint, FieldNote};
use super::item::{Field, Location, PlaceMap, Value};
use super::items::{ActiveFilter, Column, Row};
use super::layout::{Link, PastNote, Section, SourceNote};
use super::map::{Figures, MapLayer};
use super::map_config::{Mission, Municipality};
use super::*;
use domain::LocationPrecision;

pub fn map(language: Language) -> MapPage {
    MapPage {
        layout: layout(language),
        figures: Figures {
            proposals: 1_942,
            located: 28,
            municipality_only: 1_897,
            province_or_none: 17,
            funding_pnrr_cents: Some(172_816_093_801),
            as_of: Some("2023-02-21".to_owned()),
        },
        missions: vec![Mission { code: "M5".to_owned(), label: "</script><b>".to_owned(), count: 125 }],
        layers: vec![MapLayer { id: "areas".to_owned(), title: "Aree".to_owned(), count: 7 }],
        municipalities: vec![Municipality {
            code: "015146".to_owned(),
            name: "Milano".to_owned(),
            at: [9.19, 45.46],
        }],
        extent: [8.7, 45.1, 9.6, 45.7],
        style_url: "/styles/base".to_owned(),
        table_url: "/collections/pnrr-projects/items".to_owned(),
        off_map_url: Some("/collections/pnrr-projects/items?precision=province".to_owned()),
        municipality_parameter: "municipality".to_owned(),
    }
}

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
        }),
        source: source(),
        json_url: "/collections/pnrr-projects/items/7?f=json".to_owned(),
        opencup_url: None,
    }
}

pub fn collections(language: Language) -> CollectionsPage {
    let card = |count| CollectionCard {
        id: "areas".to_owned(),
        title: "Aree".to_owned(),
        description: "Che cosa sono".to_owned(),
        count,
    };
    CollectionsPage { layout: layout(language), collections: vec![card(Some(1)), card(None)] }
}

pub fn collection(language: Language) -> CollectionPage {
    CollectionPage {
        layout: layout(language),
        id: "areas".to_owned(),
        title: "Aree".to_owned(),
        description: "Che cosa sono".to_owned(),
        count: Some(1_234),
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
        formats: vec![Link {
            label: "GeoJSON".to_owned(),
            url: "/collections/areas/items?f=json".to_owned(),
        }],
    }
}

pub fn problem(language: Language, status: u16) -> ProblemPage {
    ProblemPage {
        layout: layout(language),
        status,
        detail: Some("There is nothing.".to_owned()),
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

fn field(id: &str, value: Value) -> Field {
    Field {
        id: id.to_owned(),
        label: format!("Campo {id}"),
        description: None,
        unit: None,
        status: false,
        value,
    }
}
