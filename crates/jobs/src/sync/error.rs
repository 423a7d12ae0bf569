//! Why a file could not be fetched, in sentences that follow its address.

use std::io;
use std::path::PathBuf;

/// Why there is no new file. The one before it stays.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// What source.toml names is no address of the web.
    #[error("this is no address that can be asked ({0}): correct it in source.toml")]
    NoAddress(String),
    /// A name that leads nowhere.
    #[error("there is no server {0}: check the address in source.toml, and the network of this machine")]
    NoHost(String),
    /// No connection.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// The server.
        host: String,
        /// What the operating system or the library says.
        reason: String,
    },
    /// A server on a private network.
    #[error(
        "{0}, and only servers of the public internet are asked: --allow-private-addresses lets source.toml name one that is \
         not"
    )]
    Private(String),
    /// A publisher that sends on to a private network.
    #[error("the publisher sends on to {to}, but {reason}: refused")]
    PrivateRedirect {
        /// Where to.
        to: String,
        /// What is private about it.
        reason: String,
    },
    /// A publisher that sends on to what cannot be followed.
    #[error("the publisher sends on to {to}, which is not followed: {reason}")]
    Redirect {
        /// Where to.
        to: String,
        /// Why not.
        reason: &'static str,
    },
    /// A publisher that sends on and on.
    #[error(
        "the publisher sends on more than {0} times: put the address of the file itself into source.toml"
    )]
    RedirectLoop(usize),
    /// Any answer but the file.
    #[error("the publisher answers {status}: {advice}")]
    Status {
        /// The status and its usual words.
        status: String,
        /// What to do.
        advice: &'static str,
    },
    /// The whole took too long.
    #[error("the file was not complete after {0} seconds, the limit that source.toml sets (timeout_seconds)")]
    TooLong(u64),
    /// Nothing came for a while.
    #[error("the publisher sent nothing for {0} seconds")]
    Idle(u64),
    /// Larger than it may be.
    #[error("the file is larger than {0} bytes, the limit that source.toml sets (max_megabytes)")]
    TooLarge(u64),
    /// Little that unpacks to much.
    #[error("the answer unpacks to more than {0} times its size: no data does, so it was refused")]
    Bomb(u64),
    /// Packed in a way that was not asked for.
    #[error("the answer is packed as {0}, which was not asked for and is not read")]
    Packed(String),
    /// It broke off.
    #[error("the answer breaks off after {received} bytes{}", expected.map_or_else(String::new, |all| format!(" of {all}")))]
    Truncated {
        /// What came, in this attempt.
        received: u64,
        /// What was announced.
        expected: Option<u64>,
    },
    /// The answer does not follow the protocol.
    #[error("the answer cannot be read: {0}")]
    Garbled(String),
    /// A page instead of data.
    #[error(
        "the publisher answers with a web page instead of data: open the address in a browser to see what it says"
    )]
    WebPage,
    /// Nothing.
    #[error("the publisher answers with an empty file")]
    Empty,
    /// The file cannot be written.
    #[error("cannot write {}: {reason}", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        reason: io::Error,
    },
    /// The program ends.
    #[error("the program was told to stop")]
    Stopped,
}

impl FetchError {
    /// What an answer without a file means.
    pub(super) fn status(status: ureq::http::StatusCode) -> Self {
        let advice = match status.as_u16() {
            401 | 403 => {
                "it lets no program in; as_browser in source.toml may help where browsers see the file"
            }
            404 | 410 => "the file has moved or is gone; look for its new address on the publisher's page",
            429 | 500..=599 => "try again later",
            _ => "that is no file",
        };
        Self::Status { status: status.to_string(), advice }
    }

    /// Whether what has come so far is still worth something.
    pub(super) const fn can_be_resumed(&self) -> bool {
        matches!(
            self,
            Self::TooLong(_)
                | Self::Idle(_)
                | Self::Truncated { .. }
                | Self::Unreachable { .. }
                | Self::Stopped
        )
    }
}
