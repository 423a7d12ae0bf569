//! `/health/live` and `/health/ready`: for those who watch over the service.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::portal::Portal;

/// The process answers.
pub async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

/// An edition is served. It is served from memory, so a database that is away makes the portal no less ready; it is said, though.
pub async fn ready(State(portal): State<Portal>) -> Json<Value> {
    let edition = portal.edition();
    let database = portal.store.is_reachable().await;
    Json(
        json!({ "status": "ready", "edition": edition.tag, "database": database, "demo": edition.is_demo() }),
    )
}
