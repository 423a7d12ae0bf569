//! `/assets/{file}`: scripts, styles and fonts of the pages, built from `web/` and part of the program.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::address::VERSION as VERSION_PARAMETER;
use crate::ask::Ask;
use crate::built::{Built, VERSION};
use crate::content::Content;
use crate::portal::Portal;
use crate::problem::Problem;

/// A built file.
pub async fn show(State(_): State<Portal>, Path(file): Path<String>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[VERSION_PARAMETER])?;
    let found =
        Built::get(&file).ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "There is no such file."))?;
    let content = || Ok(Content::new(media_type(&file), found.data.to_vec()));
    ask.reply(&VERSION).same_for_all().make(content).await
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
