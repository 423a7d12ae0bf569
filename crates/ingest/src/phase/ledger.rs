//! The ledger of a reading: every fault, with what it needs to be found and mended.

use domain::{Issue, IssueKind, Severity};
use std::collections::HashMap;

/// A fault, before it is known in which file and line it stands.
pub struct Fault {
    /// The field; empty for the whole row.
    pub field: String,
    /// The value as written.
    pub value: String,
    /// What kind.
    pub kind: IssueKind,
    /// What becomes of the row.
    pub severity: Severity,
    /// The sentence.
    pub message: String,
}

impl Fault {
    /// A fault for which the row is set aside.
    pub fn error(kind: IssueKind, field: &str, value: &str, message: impl Into<String>) -> Self {
        Self::new(kind, Severity::Error, field, value, message.into())
    }

    /// A fault with which the row is accepted.
    pub fn warning(kind: IssueKind, field: &str, value: &str, message: impl Into<String>) -> Self {
        Self::new(kind, Severity::Warning, field, value, message.into())
    }

    fn new(kind: IssueKind, severity: Severity, field: &str, value: &str, message: String) -> Self {
        let value = if value.chars().count() > 300 {
            value.chars().take(299).chain(['…']).collect()
        } else {
            value.to_owned()
        };
        Self { field: field.to_owned(), value, kind, severity, message }
    }
}

/// All faults of a reading, in the order of files and lines.
#[derive(Default)]
pub struct Ledger {
    issues: Vec<Issue>,
}

impl Ledger {
    /// Writes a row's faults down; `record` is the key of its record, as far as it can be read. Whether the row has to be
    /// set aside.
    pub fn record(&mut self, file: &str, line: u64, entry: u64, record: &str, faults: Vec<Fault>) -> bool {
        let set_aside = faults.iter().any(|fault| fault.severity == Severity::Error);
        self.issues.extend(faults.into_iter().map(|fault| Issue {
            file: file.to_owned(),
            line,
            entry,
            record: record.to_owned(),
            field: fault.field,
            value: fault.value,
            kind: fault.kind,
            severity: fault.severity,
            message: fault.message,
        }));
        set_aside
    }

    /// The issues. What is found in a value wherever it stands is said once, with the number of its rows.
    pub fn into_issues(self) -> Vec<Issue> {
        let mut issues: Vec<Issue> = Vec::with_capacity(self.issues.len());
        let mut said: HashMap<(String, String, String, IssueKind), (usize, u64)> = HashMap::new();
        for issue in self.issues {
            if !matches!(issue.kind, IssueKind::UnknownCode | IssueKind::DamagedText) {
                issues.push(issue);
                continue;
            }
            let key = (issue.file.clone(), issue.field.clone(), issue.value.clone(), issue.kind);
            let (_, rows) = said.entry(key).or_insert_with(|| {
                issues.push(issue);
                (issues.len() - 1, 0)
            });
            *rows += 1;
        }
        for (place, rows) in said.into_values().filter(|(_, rows)| *rows > 1) {
            let message = &mut issues[place].message;
            *message = format!("in {rows} rows, here the first: {message}");
        }
        issues
    }
}
