//! A position in bytes that cannot run past their end.

use crate::{Error, Xy};

/// Reads numbers of either byte order, one after the other.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    big_endian: bool,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, big_endian: false }
    }

    /// Bytes read so far.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Bytes not yet read.
    pub(super) const fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// Reads the byte that tells how the numbers after it are written.
    pub(super) fn byte_order(&mut self) -> Result<(), Error> {
        let [found] = self.peek()?;
        if found > 1 {
            return Err(Error::ByteOrder { found });
        }
        self.big_endian = found == 0;
        self.at += 1;
        Ok(())
    }

    pub(super) fn u32(&mut self) -> Result<u32, Error> {
        let bytes = self.peek()?;
        self.at += bytes.len();
        Ok(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    /// Reads how many items follow. Each takes `size` bytes at least: a count that the rest of the input
    /// cannot hold is refused here, before anybody reserves memory for it.
    pub(super) fn count(&mut self, size: usize) -> Result<usize, Error> {
        let before = self.at;
        let count = self.u32()?;
        let (wanted, left) = (u64::from(count) * size as u64, self.left());
        if wanted > left as u64 {
            self.at = before;
            return Err(Error::Truncated { wanted, left });
        }
        Ok(count as usize)
    }

    /// Reads x and y and passes over the other numbers of a coordinate.
    pub(super) fn xy(&mut self, dimensions: usize) -> Result<Xy, Error> {
        match self.bytes[self.at..].as_chunks().0 {
            numbers @ [x, y, ..] if numbers.len() >= dimensions => {
                self.at += 8 * dimensions;
                Ok([x, y].map(|&number| self.f64(number)))
            }
            _ => Err(Error::Truncated { wanted: 8 * dimensions as u64, left: self.left() }),
        }
    }

    /// So many coordinates in the form in which they most often lie: little-endian, of two numbers. `None` in any other, or where
    /// there are not as many; then nothing has been read.
    pub(super) fn flat(
        &mut self,
        count: usize,
        dimensions: usize,
    ) -> Option<impl ExactSizeIterator<Item = Xy> + use<'a>> {
        let size = count.checked_mul(16).filter(|_| dimensions == 2 && !self.big_endian)?;
        let (coords, []) = self.bytes[self.at..].get(..size)?.as_chunks::<8>().0.as_chunks::<2>() else {
            return None;
        };
        self.at += size;
        Some(coords.iter().map(|xy| xy.map(f64::from_le_bytes)))
    }

    const fn f64(&self, bytes: [u8; 8]) -> f64 {
        if self.big_endian { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) }
    }

    fn peek<const N: usize>(&self) -> Result<[u8; N], Error> {
        self.bytes[self.at..]
            .first_chunk()
            .copied()
            .ok_or(Error::Truncated { wanted: N as u64, left: self.left() })
    }
}
