//! `/metrics`: for those who watch over the service.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::ask::Ask;
use crate::metrics::MEDIA_TYPE;
use crate::portal::Portal;
use crate::problem::Problem;

/// The counters as they are now.
pub async fn show(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let headers = [(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, "no-store")];
    let text = portal.metrics.text(&portal.edition(), &portal.answers.figures(), portal.live.listeners());
    Ok((headers, text).into_response())
}
