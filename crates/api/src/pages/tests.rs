//! Every page renders in every language, with words that there are, and says what it must.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use askama::Template;

use super::issues::{ReportFile, STYLES};
use super::samples::{
    all_sources, changes, collection, collections, credits, diff, fields, gone, guide, home, issues, item,
    items, map, one_release, one_source, problem, question, releases, report, search, statement, strategies,
    strategy, unanswered,
};
use super::{Language, problem as problems};
use domain::IssueKind;

fn every_page(language: Language) -> Vec<String> {
    let mut pages = vec![
        home(language).render().unwrap(),
        search(language).render().unwrap(),
        map(language).render().unwrap(),
        item(language).render().unwrap(),
        gone(language).render().unwrap(),
        changes(language).render().unwrap(),
        statement(language).render().unwrap(),
        credits(language).render().unwrap(),
        guide(language).render().unwrap(),
        collections(language).render().unwrap(),
        collection(language).render().unwrap(),
        fields(language).render().unwrap(),
        items(language).render().unwrap(),
        strategies(language).render().unwrap(),
        strategy(language).render().unwrap(),
        question(language, false).render().unwrap(),
        question(language, true).render().unwrap(),
        unanswered(language).render().unwrap(),
        releases(language).render().unwrap(),
        one_release(language).render().unwrap(),
        diff(language).render().unwrap(),
        issues(language).render().unwrap(),
        all_sources(language).render().unwrap(),
        one_source(language).render().unwrap(),
    ];
    pages.extend(
        problems::KNOWN.iter().chain(&[418]).map(|status| problem(language, *status).render().unwrap()),
    );
    pages
}

#[test]
fn every_page_has_its_language_one_heading_and_the_demo_label() {
    for language in Language::ALL {
        for page in every_page(language) {
            assert!(page.starts_with("<!doctype html>\n"), "{}", &page[..60]);
            assert!(page.contains(&format!("<html lang=\"{}\" data-paper=\"", language.tag())));
            assert_eq!(page.matches("<h1").count(), 1);
            assert!(page.contains(language.word("portal.demo_text")));
            let seen = without_data(&page);
            assert!(!seen.contains(['{', '}']), "a placeholder is left");
        }
    }
}

/// The page without the data in it: the map's script fills in the words that it is given.
fn without_data(page: &str) -> String {
    let mut parts = page.split("<script type=\"application/");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |seen, part| seen + part.split_once("</script>").unwrap().1)
}

#[test]
fn headings_never_skip_a_level() {
    for page in every_page(Language::Italian) {
        let levels =
            page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10));
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
    assert!(
        page.contains(r#"<script type="application/ld+json">{"name":"\u003c/script\u003e\u003cb\u003e"}"#)
    );
}

#[test]
fn every_kind_of_issue_can_be_acted_upon_and_the_file_stands_alone() {
    for language in Language::ALL {
        for kind in IssueKind::ALL {
            for section in ["issue_title", "issue_means", "issue_mend", "issue_row"] {
                let key = format!("{section}.{}", kind.as_str());
                assert_ne!(language.word(&key), key);
            }
        }
        let file = ReportFile { report: report(language), styles: STYLES }.render().unwrap();
        assert!(file.starts_with("<!doctype html>\n") && file.contains("@media print"));
        assert!(!file.contains("<b>") && !file.contains("<link") && !file.contains("<script"));
    }
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

/// Names that are the same in every language.
const NAMES: [&str; 36] = [
    "API",
    "BSD",
    "Boaga",
    "Bootstrap",
    "CSV",
    "Clause",
    "EPSG",
    "Excel",
    "Features",
    "GDAL",
    "GL",
    "GPL",
    "Gauss",
    "GeoPackage",
    "Italia",
    "JS",
    "JSON",
    "MIT",
    "MapLibre",
    "Mercator",
    "OFL",
    "OGC",
    "OK",
    "POLYGON",
    "PROJ",
    "PostGIS",
    "RDN",
    "REMIX",
    "SHA",
    "Schema",
    "Titillium",
    "URL",
    "UTM",
    "WFS",
    "WGS",
    "Web",
];

/// What a template says by itself: all but what it asks for, its tags, and entities.
fn said_by_itself(template: &str) -> String {
    let without = |text: &str, start: &str, end: &str| {
        let mut parts = text.split(start);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |kept, part| kept + " " + part.split_once(end).map_or("", |(_, rest)| rest))
    };
    let text = without(&without(&without(template, "{#", "#}"), "{%", "%}"), "{{", "}}");
    let attributes = ["aria-label", "alt", "title", "placeholder"].map(|name| format!(" {name}=\""));
    let labels = attributes.iter().flat_map(|start| text.split(start.as_str()).skip(1));
    let labels: Vec<&str> = labels.filter_map(|part| part.split('"').next()).collect();
    let labels = labels.join(" ");
    without(&without(&text, "<", ">"), "&", ";") + " " + &labels
}

#[test]
fn templates_say_nothing_that_is_not_among_the_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/templates");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let said = said_by_itself(&fs::read_to_string(&path).unwrap());
        let words = said.split(|character: char| !character.is_alphabetic()).filter(|word| word.len() > 1);
        let foreign: Vec<&str> = words.filter(|word| !NAMES.contains(word)).collect();
        assert!(foreign.is_empty(), "{}: {foreign:?}", path.display());
    }
    assert_eq!(
        said_by_itself("{# a #}<p title=\"b\">c {{ d }}&amp;{% e %}</p>")
            .split_whitespace()
            .collect::<Vec<_>>(),
        ["c", "b"]
    );
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
