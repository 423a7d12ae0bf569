//! The page that says what went wrong.

use axum::http::{HeaderMap, StatusCode, Uri};

use super::{layout, render};
use crate::ask;
use crate::pages::ProblemPage;
use crate::pages::layout::Section;
use crate::portal::Portal;

/// The page for a problem; its bare sentence if even that cannot be rendered.
pub fn page(portal: &Portal, uri: &Uri, headers: &HeaderMap, status: StatusCode, detail: &str) -> String {
    let page = ProblemPage {
        layout: layout::at(&portal.edition(), uri, ask::language(uri, headers), Section::None),
        status: status.as_u16(),
        detail: status.is_client_error().then(|| detail.to_owned()),
        instance: uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
    };
    render(&page).unwrap_or_else(|_| detail.to_owned())
}
