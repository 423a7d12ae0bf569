//! The tables of Italia Domani: counts, sums and the bonds between them.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail")]

mod support;

use domain::{Cents, CollectionId, IssueKind, Severity, Tally, Value};
use ingest::{IngestError, Standing};
use std::collections::BTreeSet;
use support::{Part, Reading, all_accepted, data, file, kinds, official, part, read, read_with, sum, value};

const MILAN: &str = "pnrr/subset_MI_015";
const HEADER: &str = "Codice Univoco Submisura;Descrizione Submisura;CUP;Codice Locale Progetto";

fn milan(folders: &[&str]) -> Option<Reading> {
    let paths: Vec<String> = folders.iter().map(|folder| format!("{MILAN}/{folder}")).collect();
    official("pnrr-italiadomani", &paths.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A standing project.
fn standing(cup: &str, local_code: &str, submeasure_code: &str) -> Standing {
    let collections = support::collections();
    let projects = collections.iter().find(|it| it.id.as_str() == "pnrr-projects").unwrap();
    let mut values = vec![Value::Missing; projects.fields.len()];
    for (field, text) in [("cup", cup), ("local_code", local_code), ("submeasure_code", submeasure_code)] {
        values[projects.position(field).unwrap()] = Value::Text(text.to_owned());
    }
    [(CollectionId::parse("pnrr-projects").unwrap(), vec![values])].into()
}

fn italiadomani(name: &str, text: &str, standing: &Standing) -> Result<Reading, IngestError> {
    let (_folder, path) = file(name, text);
    read_with(&data("sources/pnrr-italiadomani/source.toml"), &[path], standing)
}

#[test]
fn payments_are_those_of_projects_located_in_the_territory_to_the_cent() {
    let Some(reading) = milan(&["release_2024-12-13", "universo_2023-03-01"]) else { return };
    let payments = part(&reading, "pnrr-payments");
    assert_eq!(payments.tally, all_accepted(1784));
    assert_eq!(sum(payments, "funding_pnrr_cents"), "2470551048.33");
    assert_eq!(sum(payments, "paid_total_cents"), "863395890.93");
    assert_eq!(part(&reading, "pnrr-targets").tally, all_accepted(3137));
    assert_eq!(part(&reading, "pnrr-awardees").tally, all_accepted(5135));
    assert!(reading.issues.iter().all(|issue| issue.severity == Severity::Warning), "{:?}", reading.issues);
    assert_eq!(reading.extracted_on.map(|day| day.to_string()).as_deref(), Some("2024-12-13"));
    // Local codes have been renumbered since the locations: the CUP is known, the whole key is not.
    let orphans = |file: &str| {
        let of = |it: &&domain::Issue| it.kind == IssueKind::OrphanRecord && it.file.starts_with(file);
        reading.issues.iter().filter(of).count()
    };
    assert_eq!(orphans("PNRR_Pagamenti"), 46);
}

#[test]
fn the_release_of_2022_12_has_bodies_and_tags_beside_its_projects() {
    let Some(reading) = milan(&["release_2022-12"]) else { return };
    assert_eq!(part(&reading, "pnrr-projects").tally, all_accepted(494));
    let subjects = part(&reading, "pnrr-subjects");
    // One project names no beneficiary: that is no body, and no fault.
    assert_eq!(subjects.tally, all_accepted(3 * 494 - 1));
    let of_role = |role: &str| {
        let is = |record: &&domain::Record| value(subjects, record, "role").as_text() == Some(role);
        subjects.records.iter().filter(is).count()
    };
    assert_eq!((of_role("programmer"), of_role("implementer"), of_role("beneficiary")), (494, 494, 493));
    let tags = part(&reading, "pnrr-tags");
    assert_eq!(tags.tally, all_accepted(493));
    let hundred = |record: &&domain::Record| value(tags, record, "digital_percent") == &Value::Decimal(100.0);
    assert_eq!(tags.records.iter().filter(hundred).count(), 155);
    assert!(tags.records.iter().all(|record| value(tags, record, "climate_percent").is_missing()));
    assert_eq!(kinds(&reading.issues).get(&IssueKind::OrphanRecord), None);
}

#[test]
fn the_release_of_2023_02_has_tenders_and_their_awardees_in_one_table() {
    let Some(reading) = milan(&["release_2023-02-21"]) else { return };
    let tenders = part(&reading, "pnrr-tenders");
    // The amounts of this copy went through binary numbers: 31521,599609375 is no amount, and never rounded.
    assert_eq!(tenders.tally, Tally { read: 708, accepted: 502, quarantined: 206, filtered: 0 });
    let awardees = part(&reading, "pnrr-awardees");
    assert_eq!(awardees.tally, all_accepted(708 - 264));
    let without_code = |record: &domain::Record| value(tenders, record, "cig").is_missing();
    assert!(tenders.records.iter().any(without_code), "a tender may have no CIG by law");
    let errors = reading.issues.iter().filter(|issue| issue.severity == Severity::Error);
    assert!(
        errors.clone().all(|issue| issue.kind == IssueKind::UnreadableValue),
        "{:?}",
        errors.collect::<Vec<_>>()
    );
}

#[test]
fn all_columns_of_2026_that_matter_have_a_field() {
    let Some(reading) = milan(&["SYNTHETIC_schema_2026"]) else { return };
    let projects = part(&reading, "pnrr-projects");
    assert_eq!((projects.tally, projects.locations), (all_accepted(1942), all_accepted(4122)));
    assert_eq!(reading.generation.as_deref(), Some("2026"));
    assert_eq!(reading.extracted_on.map(|day| day.to_string()).as_deref(), Some("2025-03-31"));
    let table = reading.files.iter().find(|file| file.table == "projects").unwrap();
    // The programme is the PNRR for every row, and the missions' names are in the code list.
    assert_eq!(table.columns.len(), 63);
    assert_eq!(table.unused_columns.len(), 2, "{:?}", table.unused_columns);
    let progress =
        |record: &&domain::Record| value(projects, record, "progress_status").as_text() == Some("In corso");
    assert_eq!(projects.records.iter().filter(progress).count(), 1153);
    assert!(projects.records.iter().all(|record| value(projects, record, "funding_foi_cents").is_missing()));
    assert!(
        projects
            .records
            .iter()
            .all(|record| value(projects, record, "funding_state_cents") == &Value::Cents(Cents(0)))
    );
    let shares =
        projects.records.iter().flat_map(|record| &record.locations).filter_map(|it| it.share_percent);
    assert_eq!(shares.count(), 4122);
}

#[test]
fn other_provinces_give_no_record_but_their_count() {
    let Some(reading) = official("pnrr-italiadomani", &["pnrr/subset_UNLOCATED/release_2022-12"]) else {
        return;
    };
    assert!(reading.parts.iter().all(|part| part.records.is_empty() && part.tally.filtered > 0));
    assert_eq!(reading.issues, []);
    // The bodies of the projects of Monza: their own projects are known, and lie elsewhere.
    let Some(monza) = official("pnrr-italiadomani", &["pnrr/subset_MB_108/release_2022-12"]) else { return };
    let here = part(&monza, "pnrr-projects").tally.accepted;
    assert_eq!(
        part(&monza, "pnrr-subjects").tally,
        Tally { filtered: 3 * (85 - here), ..all_accepted(3 * here) }
    );
}

#[test]
fn swapped_columns_are_told_by_their_names() {
    let read = |columns: &str, row: &str| {
        let text = format!("{HEADER};Codice Indicatore;{columns}\nM1C1;x;G17H03000130001;L;T0039;{row}\n");
        let reading =
            italiadomani("PNRR_Indicatori_Target.csv", &text, &standing("G17H03000130001", "L", "M1C1"))
                .unwrap();
        let targets = part(&reading, "pnrr-targets");
        let record = targets.records.first().unwrap();
        (value(targets, record, "planned").clone(), value(targets, record, "achieved").clone())
    };
    let expect = (Value::Decimal(1200.0), Value::Decimal(0.9));
    assert_eq!(read("Valore Programmato;Valore Realizzato", "1.200,00;0,9"), expect);
    assert_eq!(read("Valore Realizzato;Valore Programmato", "0,9;1.200,00"), expect);
}

#[test]
fn payments_alone_need_projects_that_stand() {
    let text = format!(
        "{HEADER};Finanziamento PNRR;Pagamenti Totali\n\
         M1C1;x;G17H03000130001;l;2738869489,5;0,00\n\
         M1C1;x;G17H03000130001;other;1;1\n\
         M1C1;x;J41B22000100001;l;1;1\n"
    );
    let refused =
        italiadomani("PNRR_Pagamenti_di_Progetto.csv", &text, &Standing::new()).unwrap_err().to_string();
    assert!(refused.contains("import the files of pnrr-projects first"), "{refused}");
    let stands = standing("G17H03000130001", "L", "M1C1");
    let reading = italiadomani("PNRR_Pagamenti_di_Progetto.csv", &text, &stands).unwrap();
    let payments = part(&reading, "pnrr-payments");
    assert_eq!(payments.tally, Tally { filtered: 1, ..all_accepted(2) });
    assert_eq!(sum(payments, "funding_pnrr_cents"), "2738869490.50");
    let issues: Vec<_> = reading.issues.iter().map(|it| (it.line, it.kind, it.record.as_str())).collect();
    assert_eq!(issues, [(3, IssueKind::OrphanRecord, "G17H03000130001 · other · M1C1")]);
}

#[test]
fn a_placeholder_is_no_cup() {
    let text = "CUP;Codice Locale Progetto;Codice Univoco Submisura;Titolo Progetto;Finanziamento PNRR;Data di Estrazione\n\
                N/A;L1;M1C1;Transizione 4.0;1;31/03/2025\n\
                N/A2;L2;M1C1;Ecobonus;1;31/03/2025\n";
    let reading = italiadomani("PNRR_Progetti.csv", text, &Standing::new()).unwrap();
    assert_eq!(part(&reading, "pnrr-projects").tally, Tally { read: 2, quarantined: 2, ..Tally::default() });
    let found: Vec<_> = reading.issues.iter().map(|it| (it.kind, it.record.as_str())).collect();
    assert_eq!(
        found,
        [(IssueKind::MissingValue, " · L1 · M1C1"), (IssueKind::UnreadableValue, " · L2 · M1C1"),]
    );
}

#[test]
fn the_financial_framework_is_read_in_every_version() {
    for (version, count, blank, total) in [
        ("v02", 285, 0, "191499177890.00"),
        ("v03", 285, 1, "191499177890.20"),
        ("v04", 285, 1, "191499177890.20"),
    ] {
        let path =
            format!("pnrr/italiadomani_originals_2023/OpenData_PNRR_QuadroFin_Programmazione_{version}.csv");
        let Some(reading) = official("pnrr-framework", &[&path]) else { return };
        let measures = part(&reading, "pnrr-measures");
        assert_eq!(
            measures.tally,
            Tally { read: count + blank, quarantined: blank, ..all_accepted(count) },
            "{version}"
        );
        assert_eq!(sum(measures, "amount_cents"), total, "{version}");
        // A line of semicolons ends two of the versions.
        assert!(reading.issues.iter().all(|issue| issue.kind == IssueKind::RowShape), "{:?}", reading.issues);
        let levels: BTreeSet<_> =
            measures.records.iter().filter_map(|record| value(measures, record, "level").as_text()).collect();
        assert_eq!(levels, BTreeSet::from(["measure", "submeasure"]), "{version}");
    }
}

#[test]
fn one_amount_with_thousands_among_others_is_read() {
    let text = "Codice Univoco Submisura;Descrizione Submisura;Importo Totale;Importo Progetti nuovi\n\
                M1C1I1.01.00;A;900000000,00;0\nM1C1I1.02.00;B; 600.000.000,00 ; -   \n";
    let (_folder, path) = file("OpenData_PNRR_QuadroFin_Programmazione.csv", text);
    let reading = read("pnrr-framework", &[path]).unwrap();
    // " -   " is no spelling of "not stated" that the source declares: it is set aside, and never zero.
    assert_eq!(sum(part(&reading, "pnrr-measures"), "amount_cents"), "900000000.00");
    let issue = reading.issues.first().unwrap();
    assert_eq!(
        (issue.kind, issue.field.as_str(), issue.record.as_str()),
        (IssueKind::UnreadableValue, "new_projects_cents", "M1C1I1.02.00")
    );
}

fn goals_of<'a>(part: &'a Part, code: &str) -> BTreeSet<&'a str> {
    let of =
        part.records.iter().filter(|record| value(part, record, "submeasure_code").as_text() == Some(code));
    of.filter_map(|record| value(part, record, "goal").as_text()).collect()
}

#[test]
fn measures_have_goals_and_tags() {
    let folder = "pnrr/italiadomani_originals_2023";
    let paths = ["Mappatura_PNRR_SNSvS_Agenda2030_v2.csv", "TAG_sostegno_clima_digitale.csv"];
    let paths = paths.map(|name| format!("{folder}/{name}"));
    let Some(reading) = official("pnrr-framework", &paths.each_ref().map(String::as_str)) else { return };
    let goals = part(&reading, "pnrr-measure-goals");
    assert_eq!(goals.tally, all_accepted(467));
    assert_eq!(goals_of(goals, "M5C2I2.01.00"), BTreeSet::from(["11"]));
    assert_eq!(goals_of(goals, "M5C2I2.02.03"), BTreeSet::from(["11", "16"]));
    let uncoded = |record: &&domain::Record| value(goals, record, "target").is_missing();
    assert_eq!(goals.records.iter().filter(uncoded).count(), 135);
    let tags = part(&reading, "pnrr-measure-tags");
    assert_eq!(tags.tally, all_accepted(281));
    assert!(tags.records.iter().any(|record| !value(tags, record, "starts_on").is_missing()));
    let name = format!("{folder}/TAG_sostegno_clima_digitale_v05.csv");
    let Some(later) = official("pnrr-framework", &[&name]) else { return };
    let later = part(&later, "pnrr-measure-tags");
    assert_eq!(later.tally, all_accepted(281));
    let first = |part: &Part| value(part, &part.records[0], "digital_amount_cents").clone();
    assert_eq!(
        (first(tags), first(later)),
        (Value::Cents(Cents(90_000_000_000)), Value::Cents(Cents(90_000_000_000)))
    );
}

#[test]
fn what_lies_in_other_provinces_is_passed_over_with_its_faults() {
    let projects = "CUP;Codice Locale Progetto;Codice Univoco Submisura;Titolo Progetto;Missione;Finanziamento PNRR;Data di Estrazione\n\
                    G17H03000130001;A;M1C1;Qui;M1;1;31/03/2025\n\
                    J41B22000100001;B;M1C1;AltrovÃ¨;M9;1;31/03/2025\n";
    let locations = "CUP;Codice Locale Progetto;Codice Univoco Submisura;Provincia;Comune\n\
                     G17H03000130001;A;M1C1;215;146\n\
                     J41B22000100001;B;M1C1;108;033\n\
                     H41B22000100001;C;M1C1;108;033\n\
                     H41B22000100001;C;M1C1;015;146\n\
                     G17H03000130001;A;M1C1;015;999\n";
    let (_projects, projects) = file("PNRR_Progetti.csv", projects);
    let (_locations, locations) = file("PNRR_Localizzazione.csv", locations);
    let reading = read("pnrr-italiadomani", &[projects, locations]).unwrap();
    let part = part(&reading, "pnrr-projects");
    assert_eq!(part.tally, Tally { filtered: 1, ..all_accepted(1) });
    assert_eq!(part.locations, Tally { read: 3, accepted: 1, quarantined: 2, filtered: 2 });
    let issues: Vec<_> = reading.issues.iter().map(|it| (it.line, it.kind, it.record.as_str())).collect();
    assert_eq!(
        issues,
        [
            (5, IssueKind::OrphanLocation, "H41B22000100001 · C · M1C1"),
            (6, IssueKind::UnknownMunicipality, "G17H03000130001 · A · M1C1"),
        ]
    );
}
