//! An answer as a table: a row for each subject and object that have to do with each other, and one for each subject without.

use atlas::Edition;
use overlay::{Answer, Finding, Pair};

use super::Sided;
use crate::csv::Table;

/// The headings, by which programs know the columns.
const HEADINGS: [&str; 12] = [
    "subject_id",
    "subject",
    "standing",
    "answers",
    "object_id",
    "object",
    "relation",
    "area_m2",
    "share_of_subject",
    "share_of_object",
    "length_m",
    "distance_m",
];

/// The table of the findings that are told.
pub fn table(edition: &Edition, answer: &Answer, findings: &[&Finding]) -> Table {
    let (subjects, objects) = (Sided::subjects(edition, answer), Sided::objects(edition, answer));
    let mut table = Table::new(HEADINGS);
    for finding in findings {
        let own = [
            finding.subject.to_string(),
            subjects.title(finding.subject).into_owned(),
            finding.standing.as_str().to_owned(),
            overlay::answers(answer.question.measure, finding).to_string(),
        ];
        if finding.pairs.is_empty() {
            table.row(
                own.iter().cloned().chain(std::iter::repeat_n(String::new(), HEADINGS.len() - own.len())),
            );
        }
        for pair in &finding.pairs {
            table.row(own.iter().cloned().chain(cells(pair, objects)));
        }
    }
    table
}

fn cells(pair: &Pair, objects: Sided<'_>) -> [String; 8] {
    [
        pair.object.to_string(),
        objects.title(pair.object).into_owned(),
        pair.relation.as_str().to_owned(),
        number(pair.area_m2),
        number(pair.share_of_subject),
        number(pair.share_of_object),
        number(pair.length_m),
        number(pair.distance_m),
    ]
}

/// All of a number's digits, with the comma of Italian spreadsheets.
pub fn number(value: Option<f64>) -> String {
    value.map(|it| it.to_string().replace('.', ",")).unwrap_or_default()
}
