//! The body of an answer, written to a file within its limits: size, time, and how far it may unpack.

use super::ask::Ask;
use super::error::FetchError;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use ureq::BodyReader;

/// How many times its size an answer may unpack to. Tables of digits reach twenty, nothing but zeros a thousand.
const RATIO: u64 = 200;
/// The size from which that is looked at.
const RATIO_FROM: u64 = 1 << 20;

/// What is known of a body before it is read.
pub struct Body {
    /// Its bytes.
    pub reader: BodyReader<'static>,
    /// Whether they are packed by gzip.
    pub packed: bool,
    /// How many were announced, as they are sent.
    pub announced: Option<u64>,
    /// How much of the file there is already.
    pub offset: u64,
}

/// Writes a body behind what is in `file`; `received` counts what came, unpacked.
pub fn write(
    body: Body,
    file: &mut File,
    path: &Path,
    ask: &Ask,
    deadline: Instant,
    received: &mut u64,
) -> Result<(), FetchError> {
    let Body { reader, packed, announced, offset } = body;
    let limit = ask.max_bytes;
    if announced.is_some_and(|announced| offset.saturating_add(announced) > limit) {
        return Err(FetchError::TooLarge(limit));
    }
    let sent = AtomicU64::new(0);
    let counted = Counted { reader, sent: &sent };
    let mut reader: Box<dyn Read + '_> =
        if packed { Box::new(MultiGzDecoder::new(counted)) } else { Box::new(counted) };
    let mut buffer = vec![0; 64 << 10];
    loop {
        if ask.stop.load(Ordering::Relaxed) {
            return Err(FetchError::Stopped);
        }
        if Instant::now() >= deadline {
            return Err(FetchError::TooLong(ask.timeout.as_secs()));
        }
        let read = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if is_broken_off(&error) => {
                return Err(FetchError::Truncated { received: *received, expected: announced });
            }
            Err(error) => return Err(ask.fault(ureq::Error::from(error))),
        };
        *received += read as u64;
        if offset + *received > limit {
            return Err(FetchError::TooLarge(limit));
        }
        if packed && *received > RATIO_FROM && *received > sent.load(Ordering::Relaxed) * RATIO {
            return Err(FetchError::Bomb(RATIO));
        }
        let disk = |reason| FetchError::Disk { path: path.to_owned(), reason };
        file.write_all(&buffer[..read]).map_err(disk)?;
    }
    if announced.is_some_and(|announced| sent.load(Ordering::Relaxed) < announced && !packed) {
        return Err(FetchError::Truncated { received: *received, expected: announced });
    }
    Ok(())
}

fn is_broken_off(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof)
}

/// Counts what is sent, before it is unpacked.
struct Counted<'a> {
    reader: BodyReader<'static>,
    sent: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.sent.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
