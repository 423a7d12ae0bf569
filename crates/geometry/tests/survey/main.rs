//! Surveys against other engines, exact arithmetic, test suites and laws.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a test may fail, says aloud what it skips, and counts little"
)]

mod exact;
mod fuzz;
mod geos;
mod land;
mod laws;
mod suites;
