//! Directories: which tiles there are and where. What does not fit into the first piece of the file is in leaves.

use super::compressed;
use crate::mvt::varint;
use std::io;

/// Header and root directory are read in one piece of so many bytes.
const FIRST_PIECE: usize = 16_384;
/// Entries of a leaf at first; where the root is too large still, leaves grow.
const LEAF: usize = 4096;

/// A run of tiles with one content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the first tile.
    pub tile: u64,
    /// How many tiles follow each other in it; of a leaf, 0.
    pub run: u32,
    /// Where its bytes are, from the start of all of their kind.
    pub offset: u64,
    /// How many bytes.
    pub length: u32,
}

/// The directories of a file.
pub struct Directories {
    pub root: Vec<u8>,
    pub leaves: Vec<u8>,
}

/// Packs entries, which ascend by tile; `before` bytes stand in front of the root.
///
/// # Errors
/// Those of compressing.
pub fn pack(entries: &[Entry], before: usize) -> io::Result<Directories> {
    let root = directory(entries)?;
    if root.len() + before <= FIRST_PIECE {
        return Ok(Directories { root, leaves: Vec::new() });
    }
    let mut size = LEAF;
    loop {
        let (mut leaves, mut roots) = (Vec::new(), Vec::new());
        for part in entries.chunks(size) {
            let leaf = directory(part)?;
            let length = u32::try_from(leaf.len()).unwrap_or(u32::MAX);
            roots.push(Entry { tile: part[0].tile, run: 0, offset: leaves.len() as u64, length });
            leaves.extend(leaf);
        }
        let root = directory(&roots)?;
        if root.len() + before <= FIRST_PIECE {
            return Ok(Directories { root, leaves });
        }
        size *= 2;
    }
}

/// One directory: column by column, in small numbers, compressed.
fn directory(entries: &[Entry]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    varint(&mut out, entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        varint(&mut out, entry.tile - last);
        last = entry.tile;
    }
    for entry in entries {
        varint(&mut out, entry.run.into());
    }
    for entry in entries {
        varint(&mut out, entry.length.into());
    }
    let mut end = None;
    for entry in entries {
        // Zero: where the one before ends.
        varint(&mut out, if end == Some(entry.offset) { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + u64::from(entry.length));
    }
    compressed(&out)
}
