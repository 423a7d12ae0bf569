//! The page that says what went wrong.

use super::{layout, render};
use crate::ask::Ask;
use crate::pages::ProblemPage;
use crate::pages::layout::Section;
use crate::pages::problem::Told;
use crate::portal::Portal;
use crate::problem::Problem;

/// The page for a problem; its bare sentence if even that cannot be rendered.
pub fn page(portal: &Portal, ask: &Ask, problem: &Problem) -> String {
    let told = problem.detail.told(ask.language.0);
    let page = ProblemPage {
        layout: layout::of(&portal.edition(), ask, Section::None),
        status: problem.status.as_u16(),
        detail: if problem.status.is_client_error() { told.clone() } else { Told::default() },
        instance: ask.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
    };
    render(&page).unwrap_or_else(|_| told.to_string())
}
