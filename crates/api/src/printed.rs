//! Answers as `remix overlay` prints them: the same documents and tables that the portal gives.

use atlas::Edition;
use overlay::{Answer, Finding, Found, Standing};
use serde_json::{Map, Value};
use std::fmt::Write;

use crate::answering::{self, Words};
use crate::pages::Language;

/// Answers as JSON, each with its groups and the subjects that answer.
#[must_use]
pub fn json(edition: &Edition, answers: &[&Answer]) -> Value {
    let printed = |answer: &&Answer| {
        let mut document: Map<String, Value> = answering::document(edition, answer, Words::printed());
        let told = answer.found.as_ref().map(|found| told(answer, found)).unwrap_or_default();
        document.insert(
            "subjects".to_owned(),
            answering::subjects(edition, answer, &told, Words::printed()).into(),
        );
        Value::from(document)
    };
    answers.iter().map(printed).collect()
}

/// The subjects that answer, with their objects, as a table for spreadsheets; `None` if nothing is answered.
#[must_use]
pub fn csv(edition: &Edition, answer: &Answer) -> Option<Vec<u8>> {
    let found = answer.found.as_ref()?;
    Some(answering::table(edition, answer, &told(answer, found)).into_bytes())
}

/// An answer in a line or two; with `groups`, its sums by group below.
#[must_use]
pub fn text(edition: &Edition, answer: &Answer, groups: bool) -> String {
    let mut out = format!("{} {}: {}\n", answer.strategy, answer.question.id, answer.question.title.en);
    let absent: Vec<String> = answer.absent.iter().map(|it| answering::absent(edition, it).en).collect();
    // Writing to a text cannot fail.
    let _ = match &answer.found {
        None => writeln!(out, "  not loaded: {}", absent.join("; ")),
        Some(found) => {
            let counts =
                Standing::ALL.map(|it| format!("{} {}", found.counts.of(it), it.as_str().replace('_', " ")));
            writeln!(
                out,
                "  {} of {} subjects: {}",
                found.total.count,
                found.counts.subjects(),
                counts.join(", ")
            )
        }
    };
    if let Some(found) = answer.found.as_ref().filter(|_| groups) {
        for group in &found.groups {
            let name = answering::group_name(edition, answer, &group.key, Language::English);
            let sum = &group.sum;
            let area = sum.area_m2.map(|area| format!(" {area:.0} m²")).unwrap_or_default();
            let length = sum.length_m.map(|length| format!(" {length:.0} m")).unwrap_or_default();
            let money = sum.funding.map(|cents| format!(" {cents} €")).unwrap_or_default();
            let rate =
                answering::rate(sum).map(|rate| format!(" {rate:.2} per thousand")).unwrap_or_default();
            let _ = writeln!(out, "    {name}: {}{area}{length}{money}{rate}", sum.count);
        }
    }
    out
}

fn told<'f>(answer: &Answer, found: &'f Found) -> Vec<&'f Finding> {
    found.findings.iter().filter(|finding| overlay::answers(answer.question.measure, finding)).collect()
}
