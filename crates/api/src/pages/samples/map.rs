//! A sample of the map page, and of what the map is narrowed by.

use std::collections::BTreeMap;

use super::layout;
use crate::pages::map::{Answer, Choice, Family, MapLayer};
use crate::pages::map_config::{MapStrategy, Mission, Municipality};
use crate::pages::{Language, MapPage};
use crate::style::legend::Sign;

pub fn map(language: Language) -> MapPage {
    let sign = Sign { shape: "polygon", fill: Some("#123456".to_owned()), ..Sign::default() };
    MapPage {
        layout: layout(language),
        missions: vec![Mission { code: "M5".to_owned(), label: "</script><b>".to_owned(), count: 125 }],
        choices: choices(),
        families: vec![Family {
            id: "areas".to_owned(),
            layers: vec![MapLayer { id: "areas".to_owned(), title: "Aree".to_owned(), count: 7, sign }],
        }],
        strategies: vec![MapStrategy {
            id: "sttm-1".to_owned(),
            code: "STTM 1".to_owned(),
            title: "Sostenibilità".to_owned(),
            url: "/strategies/sttm-1".to_owned(),
            shown: [("areas".to_owned(), BTreeMap::new())].into(),
            absent: vec!["Corsi d’acqua".to_owned()],
        }],
        compared: vec![Choice {
            id: "pnrr-projects".to_owned(),
            label: "Progetti".to_owned(),
            options: vec![Answer {
                value: "demo-projects".to_owned(),
                label: "<Progetti> inventati".to_owned(),
                count: None,
            }],
        }],
        credit: "Progetti, Italia Domani, rilascio 3".to_owned(),
        municipalities: vec![Municipality {
            code: "015146".to_owned(),
            name: "Milano".to_owned(),
            zone: Some("milano".to_owned()),
            at: [9.19, 45.46],
        }],
        extent: [8.7, 45.1, 9.6, 45.7],
        style_url: "/styles/base".to_owned(),
        table_url: "/collections/pnrr-projects/items".to_owned(),
        off_map: 17,
        off_map_url: "/collections/pnrr-projects/items?precision=province".to_owned(),
        municipality_parameter: "municipality".to_owned(),
    }
}

fn choices() -> Vec<Choice> {
    let answer = |value: &str, count| Answer { value: value.to_owned(), label: format!("<{value}>"), count };
    vec![Choice {
        id: "component".to_owned(),
        label: "Componente".to_owned(),
        options: vec![answer("M1C1", Some(1_234)), answer("M1C2", None)],
    }]
}
