//! What is asked of a publisher, and within which limits.

use super::error::FetchError;
use super::partial::Validators;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use ureq::{Proxy, Timeout};

/// What to ask for, and how.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The address.
    pub url: String,
    /// The file that it becomes.
    pub file: PathBuf,
    /// The state that the file is in, if it is there.
    pub known: Option<Validators>,
    /// The greatest size of the file.
    pub max_bytes: u64,
    /// The longest time for the whole.
    pub timeout: Duration,
    /// The longest time until there is a connection.
    pub connect: Duration,
    /// The longest time without a byte.
    pub idle: Duration,
    /// What the program says of itself; `None` where it passes for a browser.
    pub user_agent: Option<String>,
    /// Whether the address may be one of a private network.
    pub allow_private: bool,
    /// The proxy to go through.
    pub proxy: Option<Proxy>,
    /// Set when the program ends.
    pub stop: Arc<AtomicBool>,
}

impl Ask {
    /// What a fault of the connection means.
    pub(super) fn fault(&self, error: ureq::Error) -> FetchError {
        match error {
            ureq::Error::Timeout(Timeout::PerRead | Timeout::PerWrite) => {
                FetchError::Idle(self.idle.as_secs())
            }
            ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
                FetchError::Garbled(format!("no answer within {} seconds", self.connect.as_secs()))
            }
            ureq::Error::Timeout(_) => FetchError::TooLong(self.timeout.as_secs()),
            ureq::Error::Io(error) => FetchError::Garbled(error.to_string()),
            other => FetchError::Garbled(other.to_string()),
        }
    }
}
