//! Reads and writes well-known binary, the form in which geometry crosses the SQL border.
//!
//! Layouts: OGC 06-103r4 §8 (ISO: +1000 Z, +2000 M, +3000 ZM on the type) and `PostGIS`'s EWKB (bits 31, 30
//! and 29 of the type: Z, M, and an SRID that follows). Both are read, in both byte orders; Z, M and SRID are
//! dropped.

use crate::{Builder, Error, Kind, Shape};

mod cursor;

use cursor::Cursor;

const Z: u32 = 1 << 31;
const M: u32 = 1 << 30;
const SRID: u32 = 1 << 29;
/// Collections may nest: a limit keeps hostile input from exhausting the stack.
const DEEPEST: u32 = 16;
const POINT: u32 = 1;
const LINE: u32 = 2;
const POLYGON: u32 = 3;
const COLLECTION: u32 = 7;
/// A multi-geometry has the type of its parts and three.
const MULTI: u32 = 3;

/// Reads one geometry. Collections are flattened if all they hold is of one kind; empty members are passed
/// over.
///
/// # Errors
/// [`Error::Empty`] if there is no coordinate in it: a sound geometry, only nothing of it can be drawn or
/// measured. Everything else is [`Error::Wkb`] with the byte position and, as its source, what was found
/// there.
pub fn read(bytes: &[u8]) -> Result<Shape, Error> {
    let mut reader = Reader { cursor: Cursor::new(bytes), shape: None };
    reader
        .geometry(0)
        .and_then(|()| match reader.cursor.left() {
            0 => Ok(()),
            left => Err(Error::Trailing { left }),
        })
        .map_err(|source| Error::Wkb { at: reader.cursor.at(), source: Box::new(source) })?;
    reader.shape.ok_or(Error::Empty)?.finish()
}

/// Writes a shape in little-endian ISO WKB without SRID: one part as Point, `LineString` or Polygon, several
/// as the Multi of it.
#[must_use]
pub fn write(shape: &Shape) -> Vec<u8> {
    let size = 16 * shape.coords().len() + 4 * shape.ring_count() + 9 * (shape.part_count() + 1);
    let mut out = Vec::with_capacity(size);
    let single = match shape.kind() {
        Kind::Points => POINT,
        Kind::Lines => LINE,
        Kind::Polygons => POLYGON,
    };
    if shape.part_count() > 1 {
        write_header(&mut out, single + MULTI);
        write_count(&mut out, shape.part_count());
    }
    for part in shape.parts() {
        write_header(&mut out, single);
        if shape.kind() == Kind::Polygons {
            write_count(&mut out, part.rings().len());
        }
        for ring in part.rings() {
            if shape.kind() != Kind::Points {
                write_count(&mut out, ring.len());
            }
            out.extend(ring.iter().flatten().flat_map(|number| number.to_le_bytes()));
        }
    }
    out
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    /// What was read so far; `None` until the first coordinate tells the kind.
    shape: Option<Builder>,
}

/// What the header of a geometry says.
#[derive(Clone, Copy)]
struct Header {
    /// 1 to 7, flags removed.
    code: u32,
    /// Numbers in a coordinate, 2 to 4.
    dimensions: usize,
}

impl Header {
    /// The parts of `LineString` and `MultiLineString` are lines, and so on; `None` for a collection.
    fn kind(self) -> Option<Kind> {
        match self.code {
            1 | 4 => Some(Kind::Points),
            2 | 5 => Some(Kind::Lines),
            3 | 6 => Some(Kind::Polygons),
            _ => None,
        }
    }
}

impl Reader<'_> {
    fn geometry(&mut self, depth: u32) -> Result<(), Error> {
        if depth > DEEPEST {
            return Err(Error::TooDeep { limit: DEEPEST });
        }
        let header = self.header()?;
        match header.code {
            POINT => self.point(header.dimensions),
            LINE => self.ring(Kind::Lines, header.dimensions),
            POLYGON => self.polygon(header.dimensions),
            _ => {
                // The shortest member is an empty line: byte order, type, count.
                for _ in 0..self.cursor.count(9)? {
                    self.member(header, depth)?;
                }
                Ok(())
            }
        }
    }

    /// Reads a member of a collection, which for a multi-geometry must be one of its single kind.
    fn member(&mut self, parent: Header, depth: u32) -> Result<(), Error> {
        if let Some(expected) = parent.kind() {
            let ahead = Self { cursor: self.cursor, shape: None }.header()?;
            match ahead.kind() {
                Some(found) if found != expected => return Err(Error::Mixed { expected, found }),
                _ if ahead.code + MULTI != parent.code => {
                    return Err(Error::UnknownType { code: ahead.code });
                }
                _ => {}
            }
        }
        self.geometry(depth + 1)
    }

    fn header(&mut self) -> Result<Header, Error> {
        self.cursor.byte_order()?;
        let typed = self.cursor;
        let code = self.cursor.u32()?;
        let plain = code & !(Z | M | SRID);
        let (iso, base) = (plain / 1000, plain % 1000);
        if iso > 3 || !(POINT..=COLLECTION).contains(&base) {
            self.cursor = typed;
            return Err(Error::UnknownType { code });
        }
        if code & SRID != 0 {
            self.cursor.u32()?;
        }
        let z = code & Z != 0 || iso & 1 != 0;
        let m = code & M != 0 || iso & 2 != 0;
        Ok(Header { code: base, dimensions: 2 + usize::from(z) + usize::from(m) })
    }

    fn point(&mut self, dimensions: usize) -> Result<(), Error> {
        let xy = self.cursor.xy(dimensions)?;
        // `POINT EMPTY` has no other form in WKB than two NaN.
        if xy.iter().all(|number| number.is_nan()) {
            return Ok(());
        }
        started(&mut self.shape, Kind::Points)?.push(xy)
    }

    fn polygon(&mut self, dimensions: usize) -> Result<(), Error> {
        let rings = self.cursor.count(4)?;
        for _ in 0..rings {
            self.ring(Kind::Polygons, dimensions)?;
        }
        if rings > 0 {
            started(&mut self.shape, Kind::Polygons)?.end_part();
        }
        Ok(())
    }

    fn ring(&mut self, kind: Kind, dimensions: usize) -> Result<(), Error> {
        let count = self.cursor.count(8 * dimensions)?;
        if count == 0 && kind == Kind::Lines {
            return Ok(());
        }
        let Self { cursor, shape } = self;
        let builder = started(shape, kind)?;
        if let Some(coords) = cursor.flat(count, dimensions) {
            builder.extend(coords)?;
        } else {
            builder.reserve(count);
            for _ in 0..count {
                builder.push(cursor.xy(dimensions)?)?;
            }
        }
        builder.end_ring()
    }
}

/// The shape in the making, which must be of this kind.
fn started(shape: &mut Option<Builder>, kind: Kind) -> Result<&mut Builder, Error> {
    let builder = shape.get_or_insert_with(|| Builder::new(kind));
    match builder.kind() {
        same if same == kind => Ok(builder),
        expected => Err(Error::Mixed { expected, found: kind }),
    }
}

fn write_header(out: &mut Vec<u8>, code: u32) {
    out.push(1);
    out.extend(code.to_le_bytes());
}

fn write_count(out: &mut Vec<u8>, count: usize) {
    // A shape counts its coordinates in 32 bits.
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

#[cfg(test)]
mod tests;
