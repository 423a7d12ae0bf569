//! Answers to the questions of strategies, in typed tables: an analyst joins them in SQL or QGIS. They are written whole, or not at all.

use crate::publication::copy::Rows;
use crate::{Store, StoreError};
use domain::{Cents, FeatureId, QuestionId, ReleaseId, StrategyId};
use sqlx::PgConnection;
use std::collections::BTreeSet;

/// Answers to one question that are kept, the present one among them.
const VERSIONS: i64 = 8;

/// An answer to be written down.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    /// The strategy.
    pub strategy: StrategyId,
    /// The question.
    pub question: QuestionId,
    /// What tells it from other answers to the same question.
    pub tag: String,
    /// What is measured.
    pub measure: &'static str,
    /// The collection that is asked about.
    pub subject_collection: String,
    /// The collection that it is set against.
    pub object_collection: String,
    /// The releases it rests on.
    pub releases: Vec<ReleaseId>,
    /// What it would need and there is not.
    pub absent: Vec<String>,
    /// Which overlaps are slivers: m², and share of the smaller of the two.
    pub sliver: (f64, f64),
    /// What was found; `None` if something that it needs is not loaded.
    pub found: Option<NewFound>,
}

/// What was found, row by row.
#[derive(Clone, Debug)]
pub struct NewFound {
    /// How many subjects are inside, partly inside, somewhere in a municipality, unlocated, outside.
    pub standing: [u64; 5],
    /// Overlaps passed over.
    pub slivers: u64,
    /// All that answers.
    pub total: NewSum,
    /// How each subject stands.
    pub subjects: Vec<(FeatureId, &'static str)>,
    /// The pairs.
    pub pairs: Vec<NewPair>,
    /// The groups, in their order.
    pub groups: Vec<NewGroup>,
}

/// Sums.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewSum {
    /// How many.
    pub count: u64,
    /// Surface, m².
    pub area_m2: Option<f64>,
    /// Length, m.
    pub length_m: Option<f64>,
    /// Money.
    pub funding: Option<Cents>,
    /// Inhabitants.
    pub inhabitants: Option<i64>,
}

/// A subject and an object.
#[derive(Clone, Debug)]
pub struct NewPair {
    /// The subject.
    pub subject: FeatureId,
    /// The object.
    pub object: FeatureId,
    /// How they lie.
    pub relation: &'static str,
    /// Surface that they share, m².
    pub area_m2: Option<f64>,
    /// Its share of the subject.
    pub share_of_subject: Option<f64>,
    /// Its share of the object.
    pub share_of_object: Option<f64>,
    /// Length of the subject in the object, m.
    pub length_m: Option<f64>,
    /// How far apart they are, m.
    pub distance_m: Option<f64>,
}

/// A group.
#[derive(Clone, Debug)]
pub struct NewGroup {
    /// `group`, `several` or `missing`.
    pub kind: &'static str,
    /// Its key; only of a `group`.
    pub key: Option<String>,
    /// What it is called in Italian and English; only of a `group`.
    pub label: Option<(String, String)>,
    /// How many subjects there are in it.
    pub subjects: Option<u64>,
    /// The sums.
    pub sum: NewSum,
}

/// Writes down those of the answers that are not the present ones already, in one transaction: readers see all of the new ones or none.
/// Answers to questions that are no longer asked are no longer present. How many were written.
///
/// # Errors
/// [`StoreError`]; then nothing was written.
pub async fn write(store: &Store, answers: &[NewAnswer]) -> Result<usize, StoreError> {
    let mut transaction = store.pool.begin().await?;
    // One program at a time: whoever comes second finds what the first has written.
    sqlx::query!("select pg_advisory_xact_lock(hashtext('remix answers'))")
        .execute(&mut *transaction)
        .await?;
    let rows = sqlx::query!("select strategy, question, tag from answer where is_current")
        .fetch_all(&mut *transaction)
        .await?;
    let current: BTreeSet<[String; 3]> =
        rows.into_iter().map(|row| [row.strategy, row.question, row.tag]).collect();
    let name = |it: &NewAnswer| [it.strategy.to_string(), it.question.to_string(), it.tag.clone()];
    let stays: BTreeSet<[String; 3]> = answers.iter().map(name).collect();
    for [strategy, question, _] in current.difference(&stays) {
        sqlx::query!(
            "update answer set is_current = false where strategy = $1 and question = $2 and is_current",
            strategy,
            question
        )
        .execute(&mut *transaction)
        .await?;
    }
    let new: Vec<&NewAnswer> = answers.iter().filter(|answer| !current.contains(&name(answer))).collect();
    for answer in &new {
        insert(&mut transaction, answer).await?;
    }
    transaction.commit().await?;
    Ok(new.len())
}

async fn insert(connection: &mut PgConnection, answer: &NewAnswer) -> Result<(), StoreError> {
    let releases: Vec<i64> = answer.releases.iter().map(|release| release.0).collect();
    let state = if answer.found.is_some() { "answered" } else { "not_loaded" };
    let found = answer.found.as_ref();
    let standing = found.map(|found| found.standing.map(u64::cast_signed)).unwrap_or_default();
    let total = found.map(|found| found.total).unwrap_or_default();
    let insert = sqlx::query_file_scalar!(
        "sql/answer_insert.sql",
        answer.strategy.as_str(),
        answer.question.as_str(),
        answer.tag,
        answer.measure,
        answer.subject_collection,
        answer.object_collection,
        &releases,
        state,
        &answer.absent,
        answer.sliver.0,
        answer.sliver.1,
        standing[0],
        standing[1],
        standing[2],
        standing[3],
        standing[4],
        found.map_or(0, |found| found.slivers.cast_signed()),
        total.count.cast_signed(),
        total.area_m2,
        total.length_m,
        total.funding.map(|cents| cents.0)
    );
    let id = insert.fetch_one(&mut *connection).await?;
    if let Some(found) = found {
        subjects(id, found).copy(connection).await?;
        pairs(id, found).copy(connection).await?;
        groups(id, found).copy(connection).await?;
    }
    let (strategy, question) = (answer.strategy.as_str(), answer.question.as_str());
    sqlx::query_file!("sql/answer_forget.sql", strategy, question, VERSIONS).execute(connection).await?;
    Ok(())
}

fn subjects(id: i64, found: &NewFound) -> Rows {
    let mut rows =
        Rows::new("copy answer_subject (answer_id, subject_id, standing) from stdin (format binary)", 3);
    for (subject, standing) in &found.subjects {
        let mut row = rows.row();
        row.bigint(Some(id));
        row.bigint(Some(subject.number().cast_signed()));
        row.text(Some(standing));
    }
    rows
}

fn pairs(id: i64, found: &NewFound) -> Rows {
    let statement = "copy answer_pair (answer_id, subject_id, object_id, relation, area_m2, share_of_subject, share_of_object, \
                     length_m, distance_m) from stdin (format binary)";
    let mut rows = Rows::new(statement, 9);
    for pair in &found.pairs {
        let mut row = rows.row();
        row.bigint(Some(id));
        row.bigint(Some(pair.subject.number().cast_signed()));
        row.bigint(Some(pair.object.number().cast_signed()));
        row.text(Some(pair.relation));
        for number in
            [pair.area_m2, pair.share_of_subject, pair.share_of_object, pair.length_m, pair.distance_m]
        {
            row.double(number);
        }
    }
    rows
}

fn groups(id: i64, found: &NewFound) -> Rows {
    let statement = "copy answer_group (answer_id, ordinal, kind, key, label_it, label_en, subjects, count, area_m2, length_m, \
                     funding_cents, inhabitants) from stdin (format binary)";
    let mut rows = Rows::new(statement, 12);
    for (ordinal, group) in (0..).zip(&found.groups) {
        let mut row = rows.row();
        row.bigint(Some(id));
        row.integer(ordinal);
        row.text(Some(group.kind));
        row.text(group.key.as_deref());
        row.text(group.label.as_ref().map(|(it, _)| it.as_str()));
        row.text(group.label.as_ref().map(|(_, en)| en.as_str()));
        row.bigint(group.subjects.map(u64::cast_signed));
        row.bigint(Some(group.sum.count.cast_signed()));
        row.double(group.sum.area_m2);
        row.double(group.sum.length_m);
        row.bigint(group.sum.funding.map(|cents| cents.0));
        row.bigint(group.sum.inhabitants);
    }
    rows
}
