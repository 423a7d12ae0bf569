//! The report of issues: what was wrong with a release, whom it concerns, how to mend it. On a page of the portal, and as a file.

use askama::Template;
use domain::{Issue, IssueKind, Severity};

use super::layout::Link;
use super::releases::{Part, labelled};
use super::{Language, Layout, format};

/// The styles of the report, which a file has to carry with it.
pub const STYLES: &str = include_str!("../../../../web/styles/report.css");

/// A report that a municipal officer can act upon.
#[derive(Clone, Debug)]
pub struct IssueReport {
    /// The language it is written in.
    pub language: Language,
    /// The source's title.
    pub source: String,
    /// Who publishes the source.
    pub publisher: String,
    /// The release; `None` in a dry run.
    pub release: Option<i64>,
    /// Whether the source is invented data.
    pub demo: bool,
    /// When the files were read, in words.
    pub read_at: Option<String>,
    /// The latest day that the source names: ISO date.
    pub extracted_on: Option<String>,
    /// What became of the rows of each collection.
    pub parts: Vec<Part>,
    /// How many issues there are of each kind and severity.
    pub summary: Vec<Summary>,
    /// The issues shown.
    pub rows: Vec<Row>,
    /// The number of the first of them, from 1.
    pub first: u64,
    /// How many match.
    pub matched: u64,
}

/// Issues of one kind and severity.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The language of its words.
    pub language: Language,
    /// The kind.
    pub kind: IssueKind,
    /// The severity.
    pub severity: Severity,
    /// How many.
    pub count: u64,
    /// These alone; `None` in a file.
    pub url: Option<String>,
}

/// An issue with what words it needs.
#[derive(Clone, Debug)]
pub struct Row {
    /// The language of its words.
    pub language: Language,
    /// The issue.
    pub issue: Issue,
    /// The field's label; empty for a fault of the whole row.
    pub label: String,
    /// The record's page, if it stands.
    pub url: Option<String>,
}

impl Row {
    /// What is wrong: the kind's sentence with label and value filled in; in English, the sentence of the import itself.
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.language == Language::English {
            return self.issue.message.clone();
        }
        let empty = self.language.word("issues.empty_value");
        let value = if self.issue.value.is_empty() { empty } else { &self.issue.value };
        let field = if self.label.is_empty() { empty } else { &self.label };
        let key = format!("issue_row.{}", self.issue.kind.as_str());
        self.language.phrase(&key, &[("field", field), ("value", value)])
    }

    /// The severity in words.
    #[must_use]
    pub fn severity(&self) -> String {
        severity(self.issue.severity, self.language)
    }
}

impl Summary {
    fn words(&self, section: &str) -> String {
        self.language.word(&format!("{section}.{}", self.kind.as_str())).to_owned()
    }

    fn severity(&self) -> String {
        severity(self.severity, self.language)
    }

    fn responsibility(&self) -> String {
        self.language
            .word(&format!("issues.responsibility_{}", self.kind.responsibility().as_str()))
            .to_owned()
    }

    fn dimension(&self) -> String {
        self.language.word(&format!("issues.dimension_{}", self.kind.dimension().as_str())).to_owned()
    }
}

/// The severity in words.
#[must_use]
pub fn severity(severity: Severity, language: Language) -> String {
    language.word(&format!("issues.severity_{}", severity.as_str())).to_owned()
}

impl IssueReport {
    /// The heading.
    #[must_use]
    pub fn title(&self) -> String {
        match self.release {
            Some(release) => self.language.phrase("issues.title", &[("number", &release.to_string())]),
            None => self.language.word("issues.title_dry_run").to_owned(),
        }
    }

    fn word<'a>(&self, key: &'a str) -> &'a str {
        self.language.word(key)
    }

    fn extracted(&self) -> Option<String> {
        self.extracted_on.as_deref().map(|day| format::date(day, self.language))
    }

    fn integer(&self, number: u64) -> String {
        format::integer(number, self.language)
    }

    /// How many there are in all, whatever the filters.
    fn total(&self) -> u64 {
        self.summary.iter().map(|it| it.count).sum()
    }

    fn headline(&self) -> Vec<(String, String)> {
        let with = |severity| -> u64 {
            self.summary.iter().filter(|it| it.severity == severity).map(|it| it.count).sum()
        };
        [("error", with(Severity::Error)), ("warning", with(Severity::Warning))]
            .map(|(key, count)| labelled(key, count, self.language))
            .into()
    }

    /// The kinds that occur, each once.
    fn kinds(&self) -> Vec<&Summary> {
        let mut kinds: Vec<&Summary> = Vec::new();
        for summary in &self.summary {
            if kinds.iter().all(|it| it.kind != summary.kind) {
                kinds.push(summary);
            }
        }
        kinds
    }

    fn caption(&self) -> String {
        let last = self.first + (self.rows.len() as u64).saturating_sub(1);
        let [first, last, total] = [self.first, last, self.matched].map(|number| self.integer(number));
        self.language.phrase("issues.caption", &[("first", &first), ("last", &last), ("total", &total)])
    }
}

/// The report on a page of the portal.
#[derive(Debug, Template)]
#[template(path = "issues.html")]
pub struct IssuesPage {
    /// What stands round the page.
    pub layout: Layout,
    /// The report.
    pub report: IssueReport,
    /// The release's page.
    pub release_url: String,
    /// The list without filters; `None` if it has none.
    pub all_url: Option<String>,
    /// Everything on one page, to print; `None` if that is what is shown.
    pub whole_url: Option<String>,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// The same in other formats.
    pub formats: Vec<Link>,
}

impl IssuesPage {
    fn release_name(&self) -> String {
        let number = self.report.release.unwrap_or_default().to_string();
        self.layout.language.phrase("release.name", &[("number", &number)])
    }
}

/// The report as a file that stands alone.
#[derive(Debug, Template)]
#[template(path = "report.html")]
pub struct ReportFile {
    /// The report.
    pub report: IssueReport,
    /// The styles that it carries with it: [`STYLES`].
    pub styles: &'static str,
}
