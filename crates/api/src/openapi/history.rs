//! What the `OpenAPI` document says of releases, sources, and the past.

use domain::{IssueKind, Severity};
use serde_json::{Value, json};

use super::{path, query};
use crate::comparison::ChangeKind;
use crate::listing::MAX_LIMIT;

const JSON: &[&str] = &["application/json"];
const FEED: &[&str] = &["application/json", "application/atom+xml"];
const TABLE: &[&str] = &["application/json", "text/csv"];
const DIFF: &[&str] = &["application/json", "application/geo+json", "text/csv"];

/// Adds the paths of releases and sources.
pub fn paths(add: &mut impl FnMut(&str, &str, &str, Vec<Value>, &[&str])) {
    let text = json!({ "type": "string" });
    let source = || query("source", "Only the releases of this source", &text);
    add("/sources", "sources", "The sources", Vec::new(), JSON);
    add("/sources/{id}", "source", "One source", vec![path("id", "The source's name", &text)], JSON);
    add("/releases", "releases", "The releases, the latest first", vec![source(), limit(50)], JSON);
    add("/releases/{number}", "release", "One release", vec![number()], JSON);
    let narrowed = |name: &str, about: &str| query(name, about, &text);
    add(
        "/changes",
        "changes",
        "What the latest releases changed",
        vec![
            narrowed("municipality", "Only in this municipality, by its ISTAT code"),
            narrowed("strategy", "Only what this strategy is about"),
            narrowed("collection", "Only records of this collection"),
        ],
        FEED,
    );
    add(
        "/releases/{number}/diff",
        "release.diff",
        "What a release changed, by field",
        diff_parameters(),
        DIFF,
    );
    add(
        "/releases/{number}/issues",
        "release.issues",
        "What was wrong with the rows of a release",
        issue_parameters(),
        TABLE,
    );
}

/// The parameters that name another time than now.
pub fn time_parameters() -> [Value; 2] {
    [
        query(
            "datetime",
            "The state at an instant (RFC 3339), at the end of a day by Italian clocks, or at the end of an interval",
            &json!({ "type": "string" }),
        ),
        query("release", "The state when this release had just been published", &release_number()),
    ]
}

fn diff_parameters() -> Vec<Value> {
    let text = json!({ "type": "string" });
    let kinds = ChangeKind::ALL.map(ChangeKind::as_str);
    vec![
        number(),
        query("from", "Compare with this earlier release of the same source", &release_number()),
        query("change", "Only these", &words(&kinds)),
        query("collection", "Only records of this collection", &text),
        query("field", "Only records in which this field differs", &text),
        format(&["json", "geojson", "csv"]),
        limit(1000),
        offset(),
    ]
}

fn issue_parameters() -> Vec<Value> {
    let kinds = IssueKind::ALL.map(IssueKind::as_str);
    let severities = [Severity::Error, Severity::Warning].map(Severity::as_str);
    vec![
        number(),
        query("severity", "error: the row was set aside; warning: it was accepted", &words(&severities)),
        query("kind", "The kind of fault", &words(&kinds)),
        query("responsibility", "Who can mend it", &words(&["source", "portal"])),
        format(&["json", "csv"]),
        limit(1000),
        offset(),
    ]
}

fn number() -> Value {
    path("number", "The release's number", &release_number())
}

fn release_number() -> Value {
    json!({ "type": "integer", "format": "int64", "minimum": 1 })
}

fn format(known: &[&str]) -> Value {
    query("f", "csv: semicolons and a byte order mark, as Italian Excel opens it", &words(known))
}

/// How many entries a page has.
pub fn limit(usual: usize) -> Value {
    let schema = json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": usual });
    query("limit", "Entries on a page", &schema)
}

/// Where a page begins.
pub fn offset() -> Value {
    query("offset", "Entries before the page", &json!({ "type": "integer", "minimum": 0, "default": 0 }))
}

/// One of these words.
pub fn words(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}
