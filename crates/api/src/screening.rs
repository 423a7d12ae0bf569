//! The screening of a place: what is asked and given, what comes of it as data, and how the process is described.

mod asked;
pub mod description;
mod document;
mod features;
mod given;
mod refused;
mod screened;
mod table;

pub use asked::{Asked, FORMS, Form, INPUTS, SCREENING};
pub use document::document;
pub use features::features;
pub use given::Given;
pub use screened::Screened;
pub use table::table;
