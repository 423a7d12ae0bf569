//! The issues of a release: counted by kind, then one by one, as a report and as a table.

use domain::source::PlacePart;
use domain::{Collection, CollectionId, FeatureId, Issue, IssueKind, Key, Severity};
use std::collections::BTreeMap;

use super::words;
use crate::csv::Table;
use crate::pages::Language;
use crate::pages::issues::{Row, Summary, severity};

/// How many issues there are of each kind and severity: errors first, then the most frequent.
pub fn summary(
    issues: &[Issue],
    language: Language,
    url: impl Fn(IssueKind, Severity) -> Option<String>,
) -> Vec<Summary> {
    let mut counts: BTreeMap<(Severity, IssueKind), u64> = BTreeMap::new();
    for issue in issues {
        *counts.entry((issue.severity, issue.kind)).or_default() += 1;
    }
    let summary =
        |((severity, kind), count)| Summary { language, kind, severity, count, url: url(kind, severity) };
    let mut all: Vec<_> = counts.into_iter().map(summary).collect();
    all.sort_by_key(|it| std::cmp::Reverse((it.severity, it.count)));
    all
}

/// An issue with the words it needs; `stands` says whether a record stands.
pub fn row(
    issue: &Issue,
    collections: &[&Collection],
    stands: impl Fn(&CollectionId, FeatureId) -> bool,
    language: Language,
) -> Row {
    Row {
        language,
        label: label(&issue.field, collections, language),
        url: collections.iter().find_map(|collection| {
            let parts: Vec<_> = issue.record.split(" · ").map(str::to_owned).collect();
            let id = (parts.len() == collection.key.len())
                .then(|| FeatureId::of(&collection.id, &Key::new(parts)))?;
            stands(&collection.id, id).then(|| format!("/collections/{}/items/{id}", collection.id))
        }),
        issue: issue.clone(),
    }
}

/// The label of a field, of a part of a place, or of the geometry; else the name of the column, as it is.
fn label(name: &str, collections: &[&Collection], language: Language) -> String {
    let field = collections.iter().find_map(|collection| {
        let place = collection.position(name)?;
        Some(words(language, &collection.fields[place].label).to_owned())
    });
    let is_place = name == "geometry" || PlacePart::ALL.iter().any(|part| part.as_str() == name);
    let place = || is_place.then(|| language.word(&format!("issues.field_{name}")).to_owned());
    field.or_else(place).unwrap_or_else(|| name.to_owned())
}

/// The issues as a table, in the page's language; the words of data beside them, for programs.
pub fn table(rows: &[Row], language: Language) -> Table {
    let headings = [
        "file",
        "line",
        "entry",
        "record",
        "field",
        "label",
        "value",
        "severity",
        "kind",
        "explanation",
        "mend",
        "responsibility",
        "dimension",
        "message",
    ];
    let mut table = Table::new(headings.map(|key| language.word(&format!("issues_csv.{key}")).to_owned()));
    for row in rows {
        let issue = &row.issue;
        let kind = issue.kind.as_str();
        table.row([
            issue.file.as_str(),
            &issue.line.to_string(),
            &issue.entry.to_string(),
            &issue.record,
            &issue.field,
            &row.label,
            &issue.value,
            &severity(issue.severity, language),
            kind,
            &row.sentence(),
            language.word(&format!("issue_mend.{kind}")),
            language.word(&format!("issues.responsibility_{}", issue.kind.responsibility().as_str())),
            language.word(&format!("issues.dimension_{}", issue.kind.dimension().as_str())),
            &issue.message,
        ]);
    }
    table
}
