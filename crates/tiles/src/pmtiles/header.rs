//! The header of the file: where its parts are, and what they are.

use geometry::Bbox;

/// Bytes of the header.
pub const HEADER_BYTES: usize = 127;

/// The number of gzip among compressions, and of vector tiles among types.
const GZIP: u8 = 2;
const MVT: u8 = 1;

/// Lengths of the parts, which follow each other in this order, and what the file has.
pub struct Header {
    pub root: u64,
    pub metadata: u64,
    pub leaves: u64,
    pub data: u64,
    /// Tiles, entries that they take in directories, and different contents.
    pub tiles: u64,
    pub entries: u64,
    pub contents: u64,
    pub zooms: [u8; 2],
    /// In degrees.
    pub bounds: Bbox,
}

impl Header {
    /// Where the file ends.
    pub const fn end(&self) -> u64 {
        HEADER_BYTES as u64 + self.root + self.metadata + self.leaves + self.data
    }

    /// The header as it stands in the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = b"PMTiles\x03".to_vec();
        let mut start = HEADER_BYTES as u64;
        for length in [self.root, self.metadata, self.leaves, self.data] {
            out.extend(start.to_le_bytes());
            out.extend(length.to_le_bytes());
            start += length;
        }
        for count in [self.tiles, self.entries, self.contents] {
            out.extend(count.to_le_bytes());
        }
        // Tiles lie in the order of their numbers.
        out.extend([1, GZIP, GZIP, MVT]);
        out.extend(self.zooms);
        for position in [self.bounds.min, self.bounds.max] {
            out.extend(position.map(tenmillionths).into_iter().flat_map(i32::to_le_bytes));
        }
        out.push(self.zooms[0].midpoint(self.zooms[1]));
        out.extend(self.bounds.center().map(tenmillionths).into_iter().flat_map(i32::to_le_bytes));
        out
    }
}

#[expect(clippy::cast_possible_truncation, reason = "180° are 1.8 billion of them")]
fn tenmillionths(degrees: f64) -> i32 {
    (degrees * 1e7).round() as i32
}
