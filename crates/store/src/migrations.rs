//! The migrations of the workspace's `migrations/` folder, compiled in: what the database *is*.

use sqlx::migrate::{MigrateError, Migrator};

/// Every migration this program knows, in order.
pub static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

/// Applies the migrations the database does not have yet, one program at a time (sqlx holds an advisory lock).
///
/// # Errors
/// When a migration fails, or when the database has one that this program does not know or knows otherwise.
pub async fn run(pool: &sqlx::PgPool) -> Result<(), MigrateError> {
    MIGRATOR.run(pool).await
}
