//! The HTML face: one struct per page, plain data in, a document out.
//!
//! A page knows nothing of HTTP nor of where its data come from: a route fills the struct and calls
//! [`askama::Template::render`]. Numbers come in raw (cents, counts, ISO dates) and are written here as the page's
//! language writes them. The words are in `web/words`, the documents in `web/templates`.

pub mod about;
pub mod changes;
pub mod collections;
pub mod diff;
pub mod fields;
pub mod figures;
pub mod format;
pub mod gone;
pub mod history;
pub mod home;
pub mod issues;
pub mod item;
pub mod items;
pub mod language;
pub mod layout;
pub mod map;
pub mod map_config;
pub mod places;
pub mod problem;
pub mod question;
pub mod related;
pub mod releases;
pub mod screening;
pub mod script;
pub mod search;
pub mod sheet;
pub mod sketch;
pub mod sources;
pub mod strategies;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use changes::ChangesPage;
pub use collections::{CollectionPage, CollectionsPage};
pub use diff::DiffPage;
pub use gone::GonePage;
pub use home::HomePage;
pub use issues::IssuesPage;
pub use item::ItemPage;
pub use items::ItemsPage;
pub use language::Language;
pub use layout::Layout;
pub use map::MapPage;
pub use places::PlacesPage;
pub use problem::ProblemPage;
pub use question::QuestionPage;
pub use releases::{ReleasePage, ReleasesPage};
pub use screening::ScreeningPage;
pub use search::SearchPage;
pub use sheet::SheetPage;
pub use sources::{SourcePage, SourcesPage};
pub use strategies::{StrategiesPage, StrategyPage};
