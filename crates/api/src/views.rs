//! From the edition to the pages: each file fills the struct of one page.

pub mod about;
pub mod changes;
pub mod collections;
pub mod diff;
mod field;
pub mod fields;
pub mod figures;
pub mod gone;
pub mod home;
pub mod issues;
pub mod item;
pub mod items;
pub mod layout;
pub mod map;
pub mod places;
pub mod problem;
pub mod question;
mod related;
pub mod releases;
pub mod screening;
pub mod search;
pub mod sheet;
mod sketch;
pub mod sources;
pub mod strategies;
mod told;

use askama::Template;
use domain::Bilingual;

use crate::pages::Language;
use crate::problem::Problem;

/// The words in a language.
pub fn words(language: Language, text: &Bilingual) -> &str {
    match language {
        Language::Italian => &text.it,
        Language::English => &text.en,
    }
}

/// The page as a document.
///
/// # Errors
/// 500 if the template cannot be rendered.
pub fn render(page: &impl Template) -> Result<String, Problem> {
    page.render().map_err(|error| Problem::internal(&error))
}
