//! `/styles/{id}`: how maps draw what is published.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::ask::{Ask, Content};
use crate::pages::style;
use crate::portal::Portal;
use crate::problem::Problem;

/// A MapLibre style. There is one, `base`.
pub async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    if id != "base" {
        return Err(Problem::new(StatusCode::NOT_FOUND, format!("There is no style “{id}”: there is base.")));
    }
    ask.answer(&portal.edition().tag, || {
        Ok(Content { media_type: "application/json", body: style::base(&ask.origin).into_bytes() })
    })
    .await
}
