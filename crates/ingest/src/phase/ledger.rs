//! The ledger of a reading: every fault, with what it needs to be found and mended.

use domain::{Issue, IssueKind, Severity};

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
    /// Writes a row's faults down. Whether the row has to be set aside.
    pub fn record(&mut self, file: &str, line: u64, entry: u64, faults: Vec<Fault>) -> bool {
        let set_aside = faults.iter().any(|fault| fault.severity == Severity::Error);
        self.issues.extend(faults.into_iter().map(|fault| Issue {
            file: file.to_owned(),
            line,
            entry,
            record: String::new(),
            field: fault.field,
            value: fault.value,
            kind: fault.kind,
            severity: fault.severity,
            message: fault.message,
        }));
        set_aside
    }

    /// The issues.
    pub fn into_issues(self) -> Vec<Issue> {
        self.issues
    }
}
