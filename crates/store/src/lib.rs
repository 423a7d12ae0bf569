//! PostGIS: the private cluster, the releases and everything written down. Only this crate knows sqlx.

pub mod cluster;
mod database;
mod encoding;
mod error;
pub mod migrations;
pub mod publication;
pub mod standing;

pub use database::{Listener, Store};
pub use error::StoreError;
pub use sqlx::postgres::PgConnectOptions as ConnectOptions;
