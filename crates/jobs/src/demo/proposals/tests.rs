//! Laws of the invented proposals, checked on the tables as they are published.

use super::{COUNT, State};
use crate::demo::tests::{FILES, TERRITORY};
use crate::demo::{DemoFile, sites};
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

/// Reads a table as any reader of quoted text would.
fn table(files: &[DemoFile], name: &str) -> Vec<Row> {
    let file = files.iter().find(|file| file.name == name).unwrap();
    let text = std::str::from_utf8(&file.bytes).unwrap();
    let mut lines = text.split_terminator("\r\n").map(cells);
    let header = lines.next().unwrap();
    let row = |cells: Vec<String>| {
        assert_eq!(cells.len(), header.len(), "{cells:?}");
        header.iter().cloned().zip(cells).collect()
    };
    lines.map(row).collect()
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ';' if !quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

fn key(row: &Row) -> [&str; 3] {
    ["CUP", "Codice Locale Progetto", "Codice Univoco Submisura"].map(|column| row[column].as_str())
}

/// Hundredths; `None` for what is not stated or cannot be read.
fn hundredths(cell: &str) -> Option<u64> {
    let (units, decimals) = cell.split_once(',')?;
    Some(units.parse::<u64>().ok()? * 100 + decimals.parse::<u64>().ok().filter(|_| decimals.len() == 2)?)
}

#[test]
fn registrations_have_keys_of_their_own_and_the_form_of_real_ones() {
    let projects = table(&FILES, "DEMO_Progetti.csv");
    assert_eq!(projects.len() as u64, COUNT);
    assert_eq!(projects.iter().map(key).collect::<BTreeSet<_>>().len() as u64, COUNT);
    for project in &projects {
        let cup = project["CUP"].as_bytes();
        assert!(cup.len() == 15 && project["CUP"].starts_with("X00D"), "{project:?}");
        assert!(cup[4..].iter().all(u8::is_ascii_digit), "{project:?}");
        assert!(project["Sintesi progetto"].starts_with("Dimostrazione: proposta inventata."));
    }
    let cups: BTreeSet<_> = projects.iter().map(|project| &project["CUP"]).collect();
    assert!(cups.len() < projects.len(), "a CUP is no key");
    for sign in ['/', '#', ' ', 'à'] {
        assert!(projects.iter().any(|project| project["Codice Locale Progetto"].contains(sign)), "{sign}");
    }
    let missions: BTreeSet<_> = projects.iter().map(|project| project["Missione"].as_str()).collect();
    assert_eq!(missions.into_iter().collect::<Vec<_>>(), ["M1", "M2", "M3", "M4", "M5", "M6", "M7"]);
}

#[test]
fn precisions_are_mixed_as_in_the_official_tables() {
    let mut best: BTreeMap<[&str; 3], u8> = BTreeMap::new();
    let (projects, locations) =
        (table(&FILES, "DEMO_Progetti.csv"), table(&FILES, "DEMO_Localizzazione.csv"));
    for location in &locations {
        let precision = match location {
            location if !location["Geometria WKT"].is_empty() => 4,
            location if location["Indirizzo"] != "N/D" => 3,
            location if location["Codice Comune"] != "000" => 2,
            _ => 1,
        };
        let known = best.entry(key(location)).or_default();
        *known = precision.max(*known);
    }
    let count = |precision: u8| {
        projects.iter().filter(|it| best.get(&key(it)).copied().unwrap_or(0) == precision).count()
    };
    for (precision, expected) in [(0, 40), (1, 60), (2, 1400), (3, 200), (4, 300)] {
        let count = count(precision);
        assert!(count.abs_diff(expected) <= expected / 4, "precision {precision}: {count} of {expected}");
    }
    for kind in ["POINT", "LINESTRING", "POLYGON"] {
        assert!(locations.iter().filter(|it| it["Geometria WKT"].starts_with(kind)).count() > 8, "{kind}");
    }
    let codes: BTreeSet<_> = TERRITORY.towns.iter().map(|town| town.facts.istat_code.clone()).collect();
    let named: BTreeSet<_> =
        locations.iter().map(|it| format!("{}{}", it["Codice Provincia"], it["Codice Comune"])).collect();
    assert!(codes.is_subset(&named), "every municipality has a proposal");
    assert!(named.iter().any(|code| code.starts_with("108")), "some lie across the border too");
}

#[test]
fn every_location_has_its_project_and_shares_sum_to_a_hundred() {
    let projects = table(&FILES, "DEMO_Progetti.csv");
    let keys: BTreeSet<_> = projects.iter().map(key).collect();
    let locations = table(&FILES, "DEMO_Localizzazione.csv");
    let mut shares: BTreeMap<[&str; 3], Option<u64>> = BTreeMap::new();
    for location in &locations {
        assert!(keys.contains(&key(location)), "{location:?}");
        let share = hundredths(&location["Percentuale di localizzazione"]);
        let sum = shares.entry(key(location)).or_insert(Some(0));
        *sum = sum.and_then(|sum| Some(sum + share?));
    }
    assert!(shares.values().flatten().all(|sum| *sum == 10_000));
}

#[test]
fn totals_are_the_sums_of_their_sources() {
    let mut unknown = 0;
    for project in table(&FILES, "DEMO_Progetti.csv") {
        let sources = super::funding::COLUMNS.iter().filter_map(|column| hundredths(&project[*column]));
        match hundredths(&project["Finanziamento Totale"]) {
            Some(_) if project["Finanziamento PNRR"] == "da definire" => {}
            Some(total) => assert_eq!(sources.sum::<u64>(), total, "{project:?}"),
            None => unknown += 1,
        }
    }
    assert!((20..80).contains(&unknown), "{unknown}");
}

#[test]
fn every_deliberate_fault_is_there() {
    let text: String = FILES.iter().map(|file| String::from_utf8_lossy(&file.bytes)).collect();
    for fault in
        ["da definire", "31/02/2026", ";F205;", "centoventi", "POINT (45.4682360", "9.2 45.47, 9.19 45.48"]
    {
        assert!(text.contains(fault), "{fault}");
    }
    assert_eq!(
        table(&FILES, "DEMO_Progetti.csv").iter().filter(|it| it["Titolo progetto"].is_empty()).count(),
        1
    );
}

#[test]
fn between_the_two_states_something_is_added_changed_and_removed() {
    let earlier = super::write(&TERRITORY, &sites::invent(&TERRITORY), State::Earlier).unwrap();
    let (before, after) = (table(&earlier, "DEMO_Progetti.csv"), table(&FILES, "DEMO_Progetti.csv"));
    let before: BTreeMap<_, _> = before.iter().map(|row| (key(row), row)).collect();
    let after: BTreeMap<_, _> = after.iter().map(|row| (key(row), row)).collect();
    let added = after.keys().filter(|key| !before.contains_key(*key)).count();
    let removed = before.keys().filter(|key| !after.contains_key(*key)).count();
    let changed =
        after.iter().filter(|(key, row)| before.get(*key).is_some_and(|before| before != *row)).count();
    assert_eq!((added, removed), (100, 12));
    assert!((100..200).contains(&changed), "{changed}");
}
