//! Journeys through the whole house, with the program that users start: real files, a real PostGIS, real HTTP.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may fail, and says aloud what it skips"
)]

mod answers;
mod bad_input;
mod crashes;
mod downloads;
mod features;
mod filtered_tiles;
mod first_start;
mod full_disk;
mod http;
mod live;
mod new_dataset;
mod official_data;
mod overlap;
mod past;
mod proposals;
mod records;
mod releases;
mod screening;
mod sheets;
mod sync;
mod waiting;
