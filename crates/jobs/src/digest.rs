//! SHA-256 in hexadecimal: what contents and editions are called by.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The digest of all that a hasher was given, in lower-case hexadecimal.
pub fn hex(hash: Sha256) -> String {
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
