//! The plain shapes of a file, as WKB in a file without a name, each found by the mark that stands in its place.

use gdal::vector::{Geometry, OGRwkbGeometryType};
use std::cell::RefCell;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// Bytes of a point: its byte order, its type, two numbers.
const POINT_BYTES: f64 = 21.0;

/// Takes shapes.
pub struct Writer {
    file: BufWriter<File>,
    end: u64,
    sign: u32,
}

/// Shapes that can be read, quickest in the order in which they were written.
pub struct Shapes {
    file: RefCell<BufReader<File>>,
    /// Tells marks from geometries that happen to look like them: no file knows it.
    sign: u32,
}

impl Writer {
    /// Without shapes yet.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn new() -> io::Result<Self> {
        let [_, _, _, _, sign @ ..] = RandomState::new().hash_one(0).to_be_bytes();
        let file = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
        Ok(Self { file, end: 0, sign: u32::from_be_bytes(sign) })
    }

    /// Takes a shape; gives the mark for it: a geometry of its kind, since of the kinds that a file has GDAL takes its type and its CRS.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn write(&mut self, wkb: &[u8]) -> io::Result<String> {
        let Self { end, sign, .. } = *self;
        self.file.write_all(wkb)?;
        self.end += wkb.len() as u64;
        let (place, length) = (format!("[{end},{sign}]"), format!("[{},{sign}]", wkb.len()));
        let (kind, coordinates) = match wkb.get(1) {
            Some(1) => ("Point", place),
            Some(4) => ("MultiPoint", format!("[{place},{length}]")),
            Some(2) => ("LineString", format!("[{place},{length}]")),
            Some(5) => ("MultiLineString", format!("[[{place},{length}]]")),
            Some(3) => ("Polygon", format!("[[{place},{length},{length},{place}]]")),
            _ => ("MultiPolygon", format!("[[[{place},{length},{length},{place}]]]")),
        };
        Ok(format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#))
    }

    /// Ends it.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn finish(self) -> io::Result<Shapes> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Shapes { file: RefCell::new(BufReader::with_capacity(1 << 18, file)), sign: self.sign })
    }
}

impl Shapes {
    /// The shape that `mark` is a mark for, as WKB; `None` if it is none.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn marked(&self, mark: &Geometry) -> io::Result<Option<Vec<u8>>> {
        let Some([at, length]) = positions(mark) else { return Ok(None) };
        let sign = f64::from(self.sign).to_bits();
        if at.1.to_bits() != sign || length.1.to_bits() != sign {
            return Ok(None);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a file, as it was written"
        )]
        let (at, length) = (at.0 as u64, length.0 as usize);
        let mut file = self.file.borrow_mut();
        let here = file.stream_position()?;
        match i64::try_from(at).ok().zip(i64::try_from(here).ok()) {
            Some((at, here)) => file.seek_relative(at - here)?,
            None => {
                file.seek(SeekFrom::Start(at))?;
            }
        }
        let mut wkb = vec![0; length];
        file.read_exact(&mut wkb)?;
        Ok(Some(wkb))
    }
}

/// The two positions that a mark has: where its shape is, and how long. All points are of one length.
fn positions(mark: &Geometry) -> Option<[(f64, f64); 2]> {
    let positions = |line: &Geometry, count: usize| {
        let [at, length] = [0, 1].map(|place| line.get_point(place)).map(|(x, y, _)| (x, y));
        (line.point_count() == count).then_some([at, length])
    };
    let only = |of: &Geometry| (of.geometry_count() == 1).then_some(());
    match mark.geometry_type() {
        OGRwkbGeometryType::wkbPoint => {
            let (x, y, _) = mark.get_point(0);
            Some([(x, y), (POINT_BYTES, y)])
        }
        OGRwkbGeometryType::wkbMultiPoint if mark.geometry_count() == 2 => {
            let [at, length] = [0, 1].map(|place| mark.get_geometry(place).get_point(0));
            Some([(at.0, at.1), (length.0, length.1)])
        }
        OGRwkbGeometryType::wkbLineString => positions(mark, 2),
        OGRwkbGeometryType::wkbMultiLineString => {
            only(mark).and_then(|()| positions(&mark.get_geometry(0), 2))
        }
        OGRwkbGeometryType::wkbPolygon => only(mark).and_then(|()| positions(&mark.get_geometry(0), 4)),
        OGRwkbGeometryType::wkbMultiPolygon => {
            let polygon = only(mark).map(|()| mark.get_geometry(0))?;
            only(&polygon).and_then(|()| positions(&polygon.get_geometry(0), 4))
        }
        _ => None,
    }
}
