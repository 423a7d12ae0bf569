//! The database `remix` in the private cluster, and the ways to it.

use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

use super::error::ClusterError;

const NAME: &str = "remix";
/// How long a server that is ready may still turn connections away.
const PATIENCE: Duration = Duration::from_secs(30);
const STEP: Duration = Duration::from_millis(50);
/// SQLSTATE of "the database does not exist" and "the server is starting up or shutting down".
const INVALID_CATALOG_NAME: &str = "3D000";
const CANNOT_CONNECT_NOW: &str = "57P03";

/// How to connect to the database, as its owner.
pub fn options(socket: &Path) -> PgConnectOptions {
    // Every setting that sqlx would otherwise take from PGHOST, PGPORT, PGUSER, PGDATABASE is given.
    PgConnectOptions::new_without_pgpass().socket(socket).port(5432).username(NAME).database(NAME)
}

/// The same as an address for libpq's programs and sqlx's.
pub fn url(socket: &Path) -> String {
    let host = socket.as_os_str().as_bytes().iter().fold(String::new(), |mut host, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._".contains(byte) {
            host.push(char::from(*byte));
        } else {
            // Writing into a string cannot fail.
            write!(host, "%{byte:02X}").unwrap_or_default();
        }
        host
    });
    format!("postgresql:///{NAME}?host={host}&port=5432&user={NAME}")
}

/// Makes the database and its PostGIS if they are missing; only for the holder of the turn. It is also the proof that
/// the server does what it is for.
pub async fn ensure(options: &PgConnectOptions) -> Result<(), ClusterError> {
    let failed = |doing| move |source| ClusterError::Database { doing, source };
    let mut connection = match connect(options).await {
        Err(error) if code(&error).as_deref() == Some(INVALID_CATALOG_NAME) => {
            tracing::info!("creating the database {NAME}");
            create(options).await.map_err(failed("create its database"))?;
            connect(options).await
        }
        connected => connected,
    }
    .map_err(failed("connect to it"))?;
    let extended = extend(&mut connection).await.map_err(failed("add PostGIS to its database"));
    if let Err(error) = connection.close().await {
        tracing::debug!(%error, "the connection that made the database did not close");
    }
    extended
}

async fn create(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection = connect(&options.clone().database("postgres")).await?;
    sqlx::raw_sql("create database remix").execute(&mut connection).await?;
    connection.close().await
}

/// A program killed between the two statements leaves a database without PostGIS, hence the look each time.
async fn extend(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let find = "select exists (select from pg_extension where extname = 'postgis')";
    if !sqlx::query_scalar::<_, bool>(find).fetch_one(&mut *connection).await? {
        sqlx::raw_sql("create extension postgis").execute(connection).await?;
    }
    Ok(())
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    let asked = Instant::now();
    loop {
        match options.connect().await {
            Err(error)
                if code(&error).as_deref() == Some(CANNOT_CONNECT_NOW) && asked.elapsed() < PATIENCE =>
            {
                tokio::time::sleep(STEP).await;
            }
            connected => return connected,
        }
    }
}

fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(Into::into)
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    #[test]
    fn an_address_survives_every_character_a_folder_can_have() {
        let socket = Path::new("/città/a b&c=d?#%/socket");
        let parsed = PgConnectOptions::from_str(&url(socket)).unwrap();
        assert_eq!(parsed.get_socket().map(AsRef::as_ref), Some(socket));
        assert_eq!((parsed.get_username(), parsed.get_database()), ("remix", Some("remix")));
        assert_eq!(parsed.get_port(), 5432);
    }
}
