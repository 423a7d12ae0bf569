//! What journeys and benchmarks share: the program under test, and small files in the official formats.
#![expect(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests may fail, and say aloud what they skip"
)]

pub mod program;
pub mod publisher;
pub mod synthetic;
