//! Tiles on their way into the file: drawn in any order, kept in files without names, put in order by their numbers.

use super::directory::Entry;
use std::collections::HashMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// What tells contents apart: two hashes with different keys, and the length.
type Fingerprint = (u64, u64, u32);

/// A tile in a spool.
struct Tile {
    number: u64,
    offset: u64,
    fingerprint: Fingerprint,
}

/// Tiles of one thread.
pub struct Spool {
    file: BufWriter<File>,
    bytes: u64,
    tiles: Vec<Tile>,
}

impl Spool {
    /// A spool without tiles.
    ///
    /// # Errors
    /// If no file can be made.
    pub fn new() -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(tempfile::tempfile()?), bytes: 0, tiles: Vec::new() })
    }

    /// Adds a tile with its content, compressed.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn push(&mut self, number: u64, content: &[u8]) -> io::Result<()> {
        let length = u32::try_from(content.len()).map_err(io::Error::other)?;
        let hash = |key: u8| {
            let mut hasher = DefaultHasher::new();
            (key, content).hash(&mut hasher);
            hasher.finish()
        };
        self.tiles.push(Tile { number, offset: self.bytes, fingerprint: (hash(1), hash(2), length) });
        self.file.write_all(content)?;
        self.bytes += u64::from(length);
        Ok(())
    }
}

/// All tiles in order.
pub struct Spooled {
    /// As directories have them.
    pub entries: Vec<Entry>,
    /// How many tiles, how many different contents, and the bytes of these.
    pub tiles: u64,
    pub contents: u64,
    pub bytes: u64,
    /// For each content, in order, its file, its place there, and its length.
    sources: Vec<(usize, u64, u32)>,
    files: Vec<File>,
}

impl Spooled {
    /// Puts the tiles of some spools in order; of equal contents the first is kept.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn of(spools: Vec<Spool>) -> io::Result<Self> {
        let mut tiles: Vec<(usize, Tile)> = Vec::new();
        let mut files = Vec::new();
        for (file, spool) in spools.into_iter().enumerate() {
            files.push(spool.file.into_inner().map_err(io::IntoInnerError::into_error)?);
            tiles.extend(spool.tiles.into_iter().map(|tile| (file, tile)));
        }
        tiles.sort_unstable_by_key(|(_, tile)| tile.number);
        let mut spooled = Self {
            entries: Vec::new(),
            tiles: tiles.len() as u64,
            contents: 0,
            bytes: 0,
            sources: Vec::new(),
            files,
        };
        let mut known: HashMap<Fingerprint, u64> = HashMap::new();
        for (file, Tile { number, offset, fingerprint }) in tiles {
            let length = fingerprint.2;
            let place = *known.entry(fingerprint).or_insert_with(|| {
                spooled.sources.push((file, offset, length));
                spooled.bytes += u64::from(length);
                spooled.bytes - u64::from(length)
            });
            match spooled.entries.last_mut() {
                Some(last) if last.offset == place && last.tile + u64::from(last.run) == number => {
                    last.run += 1;
                }
                _ => spooled.entries.push(Entry { tile: number, run: 1, offset: place, length }),
            }
        }
        spooled.contents = spooled.sources.len() as u64;
        Ok(spooled)
    }

    /// Copies the contents in order.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn copy_to(&self, out: &mut impl Write) -> io::Result<()> {
        let mut content = Vec::new();
        for (file, offset, length) in &self.sources {
            let mut file = &self.files[*file];
            content.resize(*length as usize, 0);
            file.seek(SeekFrom::Start(*offset))?;
            file.read_exact(&mut content)?;
            out.write_all(&content)?;
        }
        Ok(())
    }
}
