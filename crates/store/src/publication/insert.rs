//! The rows of a release beside its records.

use super::copy::Rows;
use super::{Head, Part, Purpose, Reason, Tail};
use crate::StoreError;
use domain::{Diff, Issue, ReleaseId};
use serde_json::json;
use sqlx::PgConnection;
use time::Date;

/// The number of the next record.
pub(crate) async fn next_record(connection: &mut PgConnection) -> Result<i64, StoreError> {
    let next = sqlx::query_file_scalar!("sql/record_next.sql").fetch_one(connection).await?;
    Ok(next.unwrap_or(1))
}

/// Takes the numbers before `next`.
pub(crate) async fn take_numbers(connection: &mut PgConnection, next: i64) -> Result<(), StoreError> {
    sqlx::query_file!("sql/record_take.sql", next).fetch_one(connection).await?;
    Ok(())
}

/// The release; what is only known once its records have been read is filled in by [`finish`].
pub(super) async fn release(
    connection: &mut PgConnection,
    head: &Head,
    purpose: &Purpose,
) -> Result<ReleaseId, StoreError> {
    let state = if matches!(purpose, Purpose::Stage { .. }) { "staged" } else { "published" };
    let insert = sqlx::query_file_scalar!(
        "sql/release_insert.sql",
        head.source.as_str(),
        head.demo,
        &head.content_hash[..],
        &head.definition_hash[..],
        head.generation,
        head.files,
        json!(head.columns),
        state
    );
    Ok(ReleaseId(insert.fetch_one(connection).await?))
}

/// What is known at the end.
pub(super) async fn finish(
    connection: &mut PgConnection,
    release: ReleaseId,
    extracted_on: Option<Date>,
    reasons: &[Reason],
) -> Result<(), StoreError> {
    let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    sqlx::query_file!("sql/release_finish.sql", release.0, extracted_on, &reasons)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn parts(
    connection: &mut PgConnection,
    release: ReleaseId,
    tail: &Tail<'_>,
    diffs: &[Diff],
) -> Result<(), StoreError> {
    for (Part { collection, tally, locations }, diff) in tail.parts.iter().zip(diffs) {
        let insert = sqlx::query_file!(
            "sql/release_part_insert.sql",
            release.0,
            collection.id.as_str(),
            tally.read.cast_signed(),
            tally.accepted.cast_signed(),
            tally.quarantined.cast_signed(),
            tally.filtered.cast_signed(),
            locations.read.cast_signed(),
            locations.accepted.cast_signed(),
            locations.quarantined.cast_signed(),
            locations.filtered.cast_signed(),
            diff.added.cast_signed(),
            diff.changed.cast_signed(),
            diff.removed.cast_signed(),
            diff.unchanged.cast_signed()
        );
        insert.execute(&mut *connection).await?;
    }
    Ok(())
}

pub(super) async fn issues(
    connection: &mut PgConnection,
    release: ReleaseId,
    issues: &[Issue],
) -> Result<(), StoreError> {
    let statement = "copy issue (release_id, ordinal, file, line, entry, record, field, value, kind, severity, message) \
                     from stdin (format binary)";
    let mut rows = Rows::new(statement, 11);
    for (ordinal, issue) in (0..).zip(issues) {
        let mut row = rows.row();
        row.bigint(Some(release.0));
        row.integer(ordinal);
        row.text(Some(&issue.file));
        row.bigint(Some(issue.line.cast_signed()));
        row.bigint(Some(issue.entry.cast_signed()));
        row.text(Some(&issue.record));
        row.text(Some(&issue.field));
        row.text(Some(&issue.value));
        row.text(Some(issue.kind.as_str()));
        row.text(Some(issue.severity.as_str()));
        row.text(Some(&issue.message));
    }
    rows.copy(connection).await
}
