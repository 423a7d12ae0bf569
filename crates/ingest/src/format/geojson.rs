//! What `GeoJSON` has to be held to before GDAL parses it: each feature is made a tree in memory, many times its size, and a
//! `crs` member that is a link would be followed.

use crate::IngestError;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The most values that one feature may have: four hundred thousand vertices in the plane.
const MOST_VALUES: u64 = 1_200_000;
/// The most bytes that one feature may have.
const MOST_BYTES: u64 = 128 << 20;
/// The most bytes that a `crs` member may have.
const LONGEST_CRS: usize = 4096;

/// Refuses a file with a feature that would take too much memory, or whose CRS is an address. A file of one feature, or of a
/// geometry alone, is held to the same.
///
/// # Errors
/// [`IngestError::LargeFeature`], [`IngestError::LinkedCrs`], or [`IngestError::Unreadable`].
pub fn check(path: &Path, at: &Path) -> Result<(), IngestError> {
    let unreadable =
        |error: std::io::Error| IngestError::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let mut file = BufReader::with_capacity(1 << 20, File::open(at).map_err(unreadable)?);
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
        if scan.links {
            return Err(IngestError::LinkedCrs { path: path.to_owned() });
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
    /// The last text at the top level of the file, as far as it may be a name that matters.
    key: Vec<u8>,
    /// The `crs` member that is being read.
    crs: Option<Vec<u8>>,
    /// Whether a `crs` member is a link.
    links: bool,
    /// Values and bytes since the feature began; and the most values that any had.
    values: u64,
    bytes: u64,
    most: u64,
}

impl Scan {
    fn take(&mut self, byte: u8) {
        self.bytes += 1;
        if let Some(crs) = &mut self.crs {
            crs.push(byte);
            self.links |= crs.len() > LONGEST_CRS;
        }
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => {
                    self.escaped = true;
                    if self.depth == 1 {
                        self.key.push(byte);
                    }
                }
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
                // GDAL takes the name in any case; one with escaped letters may be it too.
                let is_crs = self.key.eq_ignore_ascii_case(b"crs") || self.key.contains(&b'\\');
                if self.depth == 1 && is_crs {
                    self.crs = Some(Vec::new());
                }
                self.depth += 1;
                self.count();
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if let Some(crs) = self.crs.take_if(|_| self.depth <= 1) {
                    let text = String::from_utf8_lossy(&crs).to_lowercase();
                    self.links |= ["link", "url", "href", "\\u"].into_iter().any(|word| text.contains(word));
                }
            }
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
    fn a_crs_that_is_a_link_is_seen() {
        let check = |crs: &str, expect: bool| {
            let mut scan = Scan::default();
            format!(r#"{{"type": "FeatureCollection", {crs}, "features": [], "b": {{"url": 1}}}}"#)
                .bytes()
                .for_each(|byte| scan.take(byte));
            assert_eq!(scan.links, expect, "{crs}");
        };
        check(r#""crs": {"type": "link", "properties": {"href": "x"}}"#, true);
        check(r#""CRS": {"type": "URL", "properties": {}}"#, true);
        check(r#""\u0063rs": {"type": "url"}"#, true);
        check(r#""crs": {"type": "\u006cin\u006b"}"#, true);
        check(r#""crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}"#, false);
        check(r#""crs": null, "a": {"type": "url"}"#, false);
    }

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
