//! What `GeoJSON` has to be held to before GDAL parses it: each feature is made a tree in memory, a hundred times its size.

use crate::IngestError;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// A file up to this size can do no harm, whatever is in it.
const HARMLESS: u64 = 4 << 20;
/// The most values that one feature may have: four hundred thousand vertices in the plane.
const MOST_VALUES: u64 = 1_200_000;
/// The most bytes that one feature may have.
const MOST_BYTES: u64 = 128 << 20;

/// Refuses a file with a feature that would take too much memory. A file of one feature, or of a geometry alone, is held to
/// the same.
///
/// # Errors
/// [`IngestError::LargeFeature`], or [`IngestError::Unreadable`].
pub fn check_features(path: &Path, at: &Path) -> Result<(), IngestError> {
    let unreadable =
        |error: std::io::Error| IngestError::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let file = File::open(at).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() <= HARMLESS {
        return Ok(());
    }
    let mut file = BufReader::with_capacity(1 << 20, file);
    let mut scan = Scan::default();
    loop {
        let bytes = file.fill_buf().map_err(unreadable)?;
        if bytes.is_empty() {
            return Ok(());
        }
        for byte in bytes {
            scan.take(*byte);
        }
        if scan.most > MOST_VALUES || scan.bytes > MOST_BYTES {
            return Err(IngestError::LargeFeature { path: path.to_owned() });
        }
        let read = bytes.len();
        file.consume(read);
    }
}

/// How far a text of JSON has been looked at.
#[derive(Default)]
struct Scan {
    depth: u32,
    in_text: bool,
    escaped: bool,
    /// The last text at the top level of the file, as far as it may be `features`.
    key: Vec<u8>,
    /// Values and bytes since the feature began; and the most values that any had.
    values: u64,
    bytes: u64,
    most: u64,
}

impl Scan {
    fn take(&mut self, byte: u8) {
        self.bytes += 1;
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ if self.depth == 1 && self.key.len() < 16 => self.key.push(byte),
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_text = true;
                if self.depth == 1 {
                    self.key.clear();
                }
            }
            b'{' | b'[' => {
                // A feature begins: in a collection, or as one line of a sequence.
                let is_in_collection = self.depth == 2 && self.key == b"features";
                if byte == b'{' && (self.depth == 0 || is_in_collection) {
                    (self.values, self.bytes) = (0, 0);
                }
                self.depth += 1;
                self.count();
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b',' => self.count(),
            _ => {}
        }
    }

    fn count(&mut self) {
        self.values += 1;
        self.most = self.most.max(self.values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_for_each_feature() {
        let check = |text: &str, expect: u64| {
            let mut scan = Scan::default();
            text.bytes().for_each(|byte| scan.take(byte));
            assert_eq!(scan.most, expect, "{text}");
        };
        let feature = r#"{"a": "x,[{\",", "b": [1,2]}"#;
        check(feature, 4);
        check(&format!("{feature}\n{feature}\n\u{1e}{feature}"), 4);
        check(&format!(r#"{{"type": "x", "features": [{feature}, {feature}]}}"#), 5);
        check(&format!(r#"{{"geometries": [{feature}, {feature}]}}"#), 11);
    }
}
