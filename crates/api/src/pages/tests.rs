//! Every page renders in every language, with words that there are, and says what it must.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use askama::Template;
use serde_json::json;

use super::collections::{CollectionCard, Endpoint, FieldNote};
use super::item::{Field, Location, PlaceMap, Precision, Value};
use super::items::{ActiveFilter, Column, Row};
use super::layout::{Link, Section, SourceNote};
use super::map::{Figures, MapLayer};
use super::map_config::{Mission, Municipality};
use super::*;

fn source() -> SourceNote {
    SourceNote {
        title: "Progetti".to_owned(),
        homepage: None,
        publisher: "Chi <pubblica>".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        licence_url: Some("https://example.org/licence".to_owned()),
        release: "3".to_owned(),
        release_url: None,
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

fn map(language: Language) -> MapPage {
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
        municipalities: vec![Municipality { code: "015146".to_owned(), name: "Milano".to_owned(), at: [9.19, 45.46] }],
        extent: [8.7, 45.1, 9.6, 45.7],
        style_url: "/styles/base".to_owned(),
        table_url: "/collections/pnrr-projects/items".to_owned(),
        off_map_url: Some("/collections/pnrr-projects/items?precision=province".to_owned()),
        municipality_parameter: "municipality".to_owned(),
    }
}

fn field(id: &str, value: Value) -> Field {
    Field { id: id.to_owned(), label: format!("Campo {id}"), description: None, unit: None, status: false, value }
}

fn item(language: Language) -> ItemPage {
    ItemPage {
        layout: layout(language),
        collection: "pnrr-projects".to_owned(),
        collection_title: "Progetti PNRR".to_owned(),
        title: "Scuola & palestra".to_owned(),
        subject: None,
        mission: Some(("M4".to_owned(), "Istruzione".to_owned())),
        precision: Some(Precision::Municipality),
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

fn collections(language: Language) -> CollectionsPage {
    let card = |count| CollectionCard {
        id: "areas".to_owned(),
        title: "Aree".to_owned(),
        description: "Che cosa sono".to_owned(),
        count,
    };
    CollectionsPage { layout: layout(language), collections: vec![card(Some(1)), card(None)] }
}

fn collection(language: Language) -> CollectionPage {
    CollectionPage {
        layout: layout(language),
        id: "areas".to_owned(),
        title: "Aree".to_owned(),
        description: "Che cosa sono".to_owned(),
        count: Some(1_234),
        sources: vec![source()],
        endpoints: vec![Endpoint { label: "TileJSON".to_owned(), url: "https://example.org/t.json".to_owned() }],
        downloads: vec![Link { label: "CSV".to_owned(), url: "/collections/areas/items?f=csv".to_owned() }],
        fields: vec![FieldNote {
            id: "name".to_owned(),
            label: "Nome".to_owned(),
            kind: "testo".to_owned(),
            description: None,
        }],
    }
}

fn items(language: Language) -> ItemsPage {
    ItemsPage {
        layout: layout(language),
        collection: "areas".to_owned(),
        title: "Aree".to_owned(),
        title_label: "Nome".to_owned(),
        columns: vec![Column { label: "Importo".to_owned(), numeric: true }],
        rows: vec![Row { url: "/collections/areas/items/1".to_owned(), title: "Parco".to_owned(), cells: vec![None] }],
        first: 21,
        matched: Some(1_942),
        filters: vec![ActiveFilter {
            label: "Comune".to_owned(),
            value: "Rho".to_owned(),
            remove_url: "/collections/areas/items".to_owned(),
        }],
        previous: Some("/collections/areas/items".to_owned()),
        next: None,
        formats: vec![Link { label: "GeoJSON".to_owned(), url: "/collections/areas/items?f=json".to_owned() }],
    }
}

fn problem(language: Language, status: u16) -> ProblemPage {
    ProblemPage {
        layout: layout(language),
        status,
        detail: Some("There is nothing.".to_owned()),
        instance: "/nope?<x>".to_owned(),
    }
}

fn every_page(language: Language) -> Vec<String> {
    let mut pages = vec![
        map(language).render().unwrap(),
        item(language).render().unwrap(),
        collections(language).render().unwrap(),
        collection(language).render().unwrap(),
        items(language).render().unwrap(),
    ];
    pages.extend(problem::KNOWN.iter().chain(&[418]).map(|status| problem(language, *status).render().unwrap()));
    pages
}

#[test]
fn every_page_has_its_language_one_heading_and_the_demo_label() {
    for language in Language::ALL {
        for page in every_page(language) {
            assert!(page.starts_with("<!doctype html>\n"), "{}", &page[..60]);
            assert!(page.contains(&format!("<html lang=\"{}\">", language.tag())));
            assert_eq!(page.matches("<h1").count(), 1);
            assert!(page.contains(language.word("portal.demo_text")));
            assert!(!page.contains("{count}") && !page.contains("{date}"), "a placeholder is left");
        }
    }
}

#[test]
fn headings_never_skip_a_level() {
    for page in every_page(Language::Italian) {
        let levels = page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10));
        levels.fold(0, |above, level| {
            assert!(level <= above + 1, "a heading of level {level} after one of level {above}");
            level
        });
    }
}

#[test]
fn no_page_fetches_from_another_host() {
    for page in every_page(Language::Italian) {
        for attribute in ["src=\"", "<link rel=\"stylesheet\" href=\"", "<link rel=\"icon\" href=\""] {
            for (at, _) in page.match_indices(attribute) {
                let url = &page[at + attribute.len()..];
                assert!(url.starts_with('/') && !url.starts_with("//"), "{}", &url[..40]);
            }
        }
    }
}

#[test]
fn the_chosen_language_is_carried_on() {
    let page = map(Language::English).render().unwrap();
    assert!(page.contains("href=\"/collections?lang=en\""));
    let page = map(Language::Italian).render().unwrap();
    assert!(page.contains("href=\"/collections\""));
}

#[test]
fn data_cannot_close_the_script_nor_open_a_tag() {
    let page = map(Language::Italian).render().unwrap();
    assert!(page.contains(r"\u003c/script\u003e"));
    assert!(!page.contains("</script><b>"));
    let start = page.find("id=\"map-config\">").unwrap() + "id=\"map-config\">".len();
    let end = start + page[start..].find("</script>").unwrap();
    let config = serde_json::from_str::<serde_json::Value>(&page[start..end]).unwrap();
    assert_eq!(config["missions"][0]["label"], "</script><b>");
    assert_eq!(config["item_url"], "/collections/{collection}/items/{id}");
    assert_eq!(config["list_url"], "/collections/pnrr-projects/items?municipality={municipality}");
    assert_eq!(config["words"]["close"], "Chiudi");
}

#[test]
fn a_record_says_money_precision_absence_and_provenance() {
    let page = item(Language::Italian).render().unwrap().replace('\u{a0}', " ");
    for expected in [
        "1.728.160.938,01 €",
        "non indicato dalla fonte",
        "Solo il comune",
        "si trova. Sulla mappa la posizione è simbolica",
        "VIA BUOZZI 1",
        "quota 37,5 %",
        "12,5 km²",
        "21 febbraio 2023",
        "Scuola &#38; palestra",
        "?f=json",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("opencup.gov.it"));
}

#[test]
fn the_languages_have_the_same_words() {
    let keys = |language: Language| language.words().keys().collect::<BTreeSet<_>>();
    assert_eq!(keys(Language::Italian), keys(Language::English));
    let placeholders = |text: &str| {
        let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
        parts.map(|(name, _)| name.to_owned()).collect::<BTreeSet<_>>()
    };
    for (key, italian) in Language::Italian.words() {
        assert_eq!(placeholders(italian), placeholders(Language::English.word(key)), "{key}");
        assert!(!italian.trim().is_empty(), "{key}");
    }
}

#[test]
fn every_line_of_the_words_is_understood() {
    for file in ["it.toml", "en.toml"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/words").join(file);
        let text = fs::read_to_string(path).unwrap();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let is_section = line.starts_with('[') && line.ends_with(']');
            let is_word = line.split_once(" = \"").is_some_and(|(key, text)| {
                key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
                    && text.ends_with('"')
                    && !text.trim_end_matches('"').contains(['"', '\\'])
            });
            assert!(is_section || is_word, "{file}: {line}");
        }
    }
}

#[test]
fn templates_use_words_that_there_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/templates");
    let mut used = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for (at, call) in text.match_indices("word(\"") {
            let key = text[at + call.len()..].split('"').next().unwrap();
            assert!(Language::Italian.words().contains_key(key), "{key}");
            used += 1;
        }
    }
    assert!(used > 100);
}
