//! `/api`: the definition of the API.

use axum::extract::State;
use axum::response::Response;

use crate::ask::Ask;
use crate::content::{Content, OPENAPI};
use crate::openapi;
use crate::portal::Portal;
use crate::problem::Problem;

/// The `OpenAPI` document.
pub async fn show(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    ask.answer(&edition.tag, || {
        let document = openapi::document(&edition, &ask.origin);
        Ok(Content::new(OPENAPI, document.to_string().into_bytes()))
    })
    .await
}
