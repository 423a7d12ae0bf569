//! What can be done with releases.

use super::Format;
use clap::Subcommand;

/// What to do with releases.
#[derive(Debug, Subcommand)]
pub enum Releases {
    /// List them, the latest first.
    List {
        /// Only those of this source.
        source: Option<String>,
        /// How many at most.
        #[arg(long, default_value_t = 50, value_name = "NUMBER")]
        limit: u32,
        /// Only what stood at the end of a day (2026-11-22), at an instant (2026-11-22T12:00:00Z), or when a release was published
        /// (its number).
        #[arg(long, value_name = "WHEN")]
        as_of: Option<String>,
        /// How to report.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Show one, with its files, its counts and its issues.
    Show {
        /// Its number.
        release: i64,
        /// How to report.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Show what one changed, field by field, or would change if it waits; or how the source differs between two of them.
    Diff {
        /// Its number.
        release: i64,
        /// The number of an earlier one of the same source to compare with.
        #[arg(long, value_name = "RELEASE")]
        from: Option<i64>,
        /// How to report.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Publish one that waits.
    Publish {
        /// Its number.
        release: i64,
        /// Why; it is written down.
        #[arg(long)]
        reason: String,
    },
    /// Discard one that waits.
    Discard {
        /// Its number.
        release: i64,
    },
    /// Withdraw the latest one of a source: what stood before it stands again, exactly.
    Withdraw {
        /// Its number.
        release: i64,
        /// Why; it is written down.
        #[arg(long)]
        reason: String,
    },
}
