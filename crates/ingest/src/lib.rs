//! From bytes to records and issues: what a source says, read as its definition declares, with nothing lost and nothing guessed.
//!
//! [`reading::Opened::read`] is the whole way on one page; each phase is a file under `phase/`.

pub mod definition;
pub mod encoding;
pub mod error;
pub mod format;
pub mod gazetteer;
mod phase;
pub mod reading;
pub mod upload;

pub use definition::Definitions;
pub use error::IngestError;
pub use phase::open::matches_pattern;
pub use reading::{Reading, Standing, open};
pub use upload::Upload;
