//! A release is withdrawn: what stood just before it was published stands again, exactly.

use crate::publication::{begin, event};
use crate::{Store, StoreError};
use domain::ReleaseId;
use sqlx::PgConnection;

/// Withdraws the latest standing release of a source. Its records end, and what they had ended begins anew; nothing is deleted,
/// so that what stood meanwhile can still be asked for. Invented data that the release had ended returns only if no other
/// official data stands.
///
/// # Errors
/// [`StoreError::UnknownRelease`], [`StoreError::WrongState`], [`StoreError::Superseded`], or [`StoreError::KeyTaken`] if another
/// source has published a record that would return.
pub async fn withdraw(store: &Store, release: ReleaseId, reason: &str) -> Result<(), StoreError> {
    let mut transaction = begin(store).await?;
    let Published { source, demo, since } = published(&mut transaction, release).await?;
    sqlx::query!("update release set state = 'withdrawn' where id = $1", release.0)
        .execute(&mut *transaction)
        .await?;
    let event = event(&mut transaction, "withdrawn", release, reason).await?;
    restore(&mut transaction, &[source], since, event).await?;
    if !demo && !official_data_stands(&mut transaction).await? {
        let invented = sqlx::query_scalar!("select distinct source from release where demo");
        let invented = invented.fetch_all(&mut *transaction).await?;
        let ended = sqlx::query_scalar!("select max(event_to) from record where source = any($1)", &invented);
        if let Some(ended) = ended.fetch_one(&mut *transaction).await? {
            restore(&mut transaction, &invented, ended, event).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// Makes what sources stated just before the event `since` stand again, from `event` on.
async fn restore(
    connection: &mut PgConnection,
    sources: &[String],
    since: i64,
    event: i64,
) -> Result<(), StoreError> {
    sqlx::query_file!("sql/withdrawal_end.sql", sources, since, event).execute(&mut *connection).await?;
    sqlx::query_file!("sql/withdrawal_begin.sql", sources, since, event).execute(&mut *connection).await?;
    Ok(())
}

/// A release that stands, and the event that published it.
struct Published {
    source: String,
    demo: bool,
    since: i64,
}

async fn published(connection: &mut PgConnection, release: ReleaseId) -> Result<Published, StoreError> {
    let found = sqlx::query!("select source, demo, state from release where id = $1", release.0);
    let found = found.fetch_optional(&mut *connection).await?.ok_or(StoreError::UnknownRelease(release))?;
    if found.state != "published" {
        let rule = "only a published release can be withdrawn";
        return Err(StoreError::WrongState { release, state: found.state, rule });
    }
    let latest = sqlx::query_file!("sql/release_latest.sql", found.source);
    let latest = latest.fetch_one(connection).await?;
    if latest.id != release.0 {
        return Err(StoreError::Superseded { release, later: ReleaseId(latest.id) });
    }
    Ok(Published { source: found.source, demo: found.demo, since: latest.event })
}

async fn official_data_stands(connection: &mut PgConnection) -> Result<bool, StoreError> {
    let stands =
        sqlx::query_scalar!("select exists (select from release where not demo and state = 'published')");
    Ok(stands.fetch_one(connection).await? == Some(true))
}
