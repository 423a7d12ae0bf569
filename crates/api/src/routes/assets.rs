//! `/assets/{file}`: scripts, styles and fonts of the pages, built from `web/` and part of the program.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::Response;

use crate::ask::{Ask, Content};
use crate::built::{Built, VERSION};
use crate::portal::Portal;
use crate::problem::Problem;

/// A built file.
pub async fn show(State(_): State<Portal>, Path(file): Path<String>, ask: Ask) -> Result<Response, Problem> {
    let parameters = ask.parameters(&["v"])?;
    let found =
        Built::get(&file).ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "There is no such file."))?;
    let is_versioned = parameters.first().is_some_and(|(_, version)| *version == *VERSION);
    let mut response =
        ask.answer(&VERSION, || Ok(Content { media_type: media_type(&file), body: found.data.to_vec() }))?;
    if is_versioned {
        let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, for_ever);
    }
    Ok(response)
}

fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("woff") => "font/woff",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
