//! Answers to questions, by the laws that they keep.
#![expect(clippy::unwrap_used, reason = "a helper of tests may fail")]

mod incremental;
mod laws;
mod measures;
mod sample;
mod screening;
mod sheets;
