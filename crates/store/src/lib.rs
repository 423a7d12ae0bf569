//! PostGIS: the private cluster, the releases and everything written down. Only this crate knows sqlx.

pub mod answers;
pub mod attempts;
pub mod check;
pub mod cluster;
mod database;
mod encoding;
mod error;
pub mod events;
pub mod history;
pub mod migrations;
pub mod publication;
pub mod staging;
pub mod standing;
pub mod versions;
pub mod views;
pub mod withdrawal;

pub use database::{Listener, Store};
pub use error::StoreError;
pub use sqlx::postgres::PgConnectOptions as ConnectOptions;
