//! What became of an answer since an earlier release, subject by subject.

use atlas::Edition;
use overlay::{Answer, Difference, Finding};
use serde_json::{Value, json};

use super::Sided;
use super::document::Words;
use super::table::number;
use crate::csv::Table;

/// The subjects of which something else is found.
pub fn changed(
    (edition, answer): (&Edition, &Answer),
    earlier: &Edition,
    differences: &[Difference<'_>],
    words: Words<'_>,
) -> Vec<Value> {
    let told = |difference: &Difference<'_>| {
        json!({
            "id": difference.subject.number(),
            "title": title(edition, earlier, answer, difference),
            "href": difference.after.and(words.href(&Sided::subjects(edition, answer).address(difference.subject))),
            "before": difference.before.map(state),
            "after": difference.after.map(state),
        })
    };
    differences.iter().map(told).collect()
}

/// The same as a table.
pub fn changed_table(
    (edition, answer): (&Edition, &Answer),
    earlier: &Edition,
    differences: &[Difference<'_>],
) -> Table {
    let mut table = Table::new([
        "subject_id",
        "subject",
        "standing_before",
        "standing_after",
        "pairs_before",
        "pairs_after",
        "area_m2_before",
        "area_m2_after",
        "length_m_before",
        "length_m_after",
    ]);
    for difference in differences {
        let both = [difference.before, difference.after];
        let of_both =
            |cell: fn(&Finding) -> String| both.map(|finding| finding.map(cell).unwrap_or_default());
        let own = [difference.subject.to_string(), title(edition, earlier, answer, difference)];
        let cells = [
            of_both(|it| it.standing.as_str().to_owned()),
            of_both(|it| it.pairs.len().to_string()),
            of_both(|it| number(area(it))),
            of_both(|it| number(length(it))),
        ];
        table.row(own.into_iter().chain(cells.into_iter().flatten()));
    }
    table
}

/// What it is called now, or was called then.
fn title(edition: &Edition, earlier: &Edition, answer: &Answer, difference: &Difference<'_>) -> String {
    let edition = if difference.after.is_some() { edition } else { earlier };
    Sided::subjects(edition, answer).title(difference.subject).into_owned()
}

fn state(finding: &Finding) -> Value {
    json!({
        "standing": finding.standing.as_str(),
        "objects": finding.pairs.iter().map(|pair| pair.object.number()).collect::<Vec<_>>(),
        "area_m2": area(finding),
        "length_m": length(finding),
    })
}

/// The surface that a subject shares with its objects, m².
pub fn area(finding: &Finding) -> Option<f64> {
    finding.pairs.iter().filter_map(|pair| pair.area_m2).reduce(|all, more| all + more)
}

/// The length of a subject in its objects, m.
fn length(finding: &Finding) -> Option<f64> {
    finding.pairs.iter().filter_map(|pair| pair.length_m).reduce(|all, more| all + more)
}
