//! The page that says what went wrong.

use axum::http::StatusCode;

use super::{layout, render};
use crate::ask::Ask;
use crate::pages::ProblemPage;
use crate::pages::layout::Section;
use crate::portal::Portal;

/// The page for a problem; its bare sentence if even that cannot be rendered.
pub fn page(portal: &Portal, ask: &Ask, status: StatusCode, detail: &str) -> String {
    let page = ProblemPage {
        layout: layout::of(&portal.edition(), ask, Section::None),
        status: status.as_u16(),
        detail: status.is_client_error().then(|| detail.to_owned()),
        instance: ask.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
    };
    render(&page).unwrap_or_else(|_| detail.to_owned())
}
