//! `/events`: what is published while one listens (server-sent events).

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::KeepAlive;
use axum::response::{IntoResponse, Response, Sse};
use std::time::Duration;

use crate::ask::Ask;
use crate::live::Listener;
use crate::portal::Portal;
use crate::problem::Problem;

/// A comment is sent this often, so that nobody between takes the silence for an end.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Proxies that gather answers before they send them on are asked not to.
const NOT_GATHERED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));

/// First how things stand, as an event `edition`, unless `Last-Event-ID` says that the client knows; then `release` whenever
/// something is published or withdrawn.
pub async fn listen(State(portal): State<Portal>, headers: HeaderMap, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let knows = headers.get("last-event-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let listener = Listener { origin: ask.origin.clone(), knows, drawn: portal.following() };
    let events = portal.live.listen(listener).ok_or_else(|| {
        let detail =
            "Too many listen already: ask /collections from time to time instead, or try again later.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    })?;
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().extend([NOT_GATHERED]);
    Ok(response)
}
