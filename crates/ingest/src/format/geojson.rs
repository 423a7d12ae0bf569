//! `GeoJSON` before GDAL reads it. GDAL makes each feature a tree in memory, many times its size, and does so twice over: so what
//! is too large is refused, as is a `crs` member that is a link and would be followed; and plain shapes, which are most of a file,
//! are read here. GDAL gets the rest, with a mark in their place.

mod plain;
mod scan;
mod shapes;

pub use shapes::Shapes;

use crate::IngestError;
use plain::Plain;
use scan::Scan;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The most values that one feature may have: four hundred thousand vertices in the plane.
const MOST_VALUES: u64 = 1_200_000;
/// The most bytes that one feature may have.
const MOST_BYTES: u64 = 128 << 20;
/// The most bytes of a shape that is read here.
const LONGEST_SHAPE: usize = 16 << 20;
/// Bytes read at a time.
const PIECE: usize = 1 << 18;

/// A file without its plain shapes.
pub struct Light {
    /// Its shapes.
    pub shapes: Shapes,
    /// The rest of it, which is `GeoJSON` too.
    at: PathBuf,
    _folder: TempDir,
}

impl Light {
    /// Where it lies.
    #[must_use]
    pub fn at(&self) -> &Path {
        &self.at
    }
}

/// Reads the plain shapes of a file. Refuses one with a feature that would take too much memory, or whose CRS is an address; a
/// file of one feature, or of a geometry alone, is held to the same.
///
/// # Errors
/// [`IngestError::LargeFeature`], [`IngestError::LinkedCrs`], or [`IngestError::Unreadable`].
pub fn lighten(path: &Path, at: &Path) -> Result<Light, IngestError> {
    let unreadable =
        |error: io::Error| IngestError::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let folder = tempfile::tempdir().map_err(unreadable)?;
    let light = folder.path().join("light.geojson");
    let mut scan = Scan::default();
    let shapes = divided(at, &light, &mut scan).map_err(unreadable)?;
    if scan.links {
        return Err(IngestError::LinkedCrs { path: path.to_owned() });
    }
    let shapes = shapes.ok_or_else(|| IngestError::LargeFeature { path: path.to_owned() })?;
    Ok(Light { shapes, at: light, _folder: folder })
}

/// Divides a file into its plain shapes and the rest, which is written to `light`. `None` if that may not be.
fn divided(at: &Path, light: &Path, scan: &mut Scan) -> io::Result<Option<Shapes>> {
    let mut text = Ahead { file: File::open(at)?, bytes: Vec::new(), start: 0, endless: 0 };
    let mut light = BufWriter::with_capacity(PIECE, File::create_new(light)?);
    let (mut shapes, mut plain, mut wkb) = (shapes::Writer::new()?, Plain::default(), Vec::new());
    loop {
        let rest = text.rest();
        let begins = rest.iter().position(|byte| {
            let begins = *byte == b'{' && scan.is_at_shape();
            if !begins {
                scan.take(*byte);
            }
            begins
        });
        let before = begins.unwrap_or(rest.len());
        light.write_all(&rest[..before])?;
        text.start += before;
        if scan.links || scan.most > MOST_VALUES || scan.bytes > MOST_BYTES {
            return Ok(None);
        }
        if begins.is_none() && !text.grow()? {
            light.flush()?;
            return shapes.finish().map(Some);
        }
        if begins.is_none() {
            continue;
        }
        wkb.clear();
        let shape = text.object()?;
        if let Some(shape) = shape.filter(|shape| plain.read(shape, &mut wkb).is_some()) {
            scan.pass(shape);
            light.write_all(shapes.write(&wkb)?.as_bytes())?;
            text.start += shape.len();
        } else {
            scan.take(b'{');
            light.write_all(b"{")?;
            text.start += 1;
        }
    }
}

/// A file read piece by piece, of which an object can be looked at before it is taken.
struct Ahead {
    file: File,
    bytes: Vec<u8>,
    /// Where that begins which has not been taken.
    start: usize,
    /// As far as it is known that no object ends from there, so that nothing is searched twice.
    endless: usize,
}

impl Ahead {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Reads on; whether there was more.
    fn grow(&mut self) -> io::Result<bool> {
        self.bytes.drain(..self.start);
        self.endless = self.endless.saturating_sub(self.start);
        self.start = 0;
        let read = Read::by_ref(&mut self.file).take(PIECE as u64).read_to_end(&mut self.bytes)?;
        Ok(read > 0)
    }

    /// The object that begins here, up to the first sign that ends one: a plain shape has none within.
    fn object(&mut self) -> io::Result<Option<&[u8]>> {
        loop {
            let from = self.endless.max(self.start);
            let end = memchr::memchr(b'}', &self.bytes[from..]);
            self.endless = end.map_or(self.bytes.len(), |end| from + end);
            if end.is_some() {
                return Ok(Some(&self.bytes[self.start..=self.endless]));
            }
            if self.rest().len() >= LONGEST_SHAPE || !self.grow()? {
                return Ok(None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gdal::vector::{Geometry, LayerAccess};

    fn lightened(text: &str) -> Result<(String, Shapes), IngestError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        std::fs::write(&path, text).unwrap();
        let light = lighten(&path, &path)?;
        Ok((std::fs::read_to_string(light.at()).unwrap(), light.shapes))
    }

    #[test]
    fn a_plain_shape_is_found_by_the_mark_in_its_place() {
        let points: Vec<_> =
            (0..3).map(|x| format!(r#"{{"type":"Point","coordinates":[{x}.5,2]}}"#)).collect();
        let odd = r#"{"type":"Point","coordinates":[1,2,3]}"#;
        // A line that looks like the mark of the first shape but for its sign.
        let alike = r#"{"type":"LineString","coordinates":[[0,1],[21,1]],"x":0}"#;
        let given = [&points[0], odd, &points[1], "null", alike, &points[2]];
        let (light, shapes) =
            lightened(&given.map(|shape| format!(r#"{{"geometry":{shape}}}"#)).join("\n")).unwrap();
        let left: Vec<_> = light.lines().map(|line| &line[r#"{"geometry":"#.len()..line.len() - 1]).collect();
        let marked = |place: usize| shapes.marked(&Geometry::from_geojson(left[place]).unwrap()).unwrap();
        for (place, point) in [(5, &points[2]), (0, &points[0]), (2, &points[1]), (0, &points[0])] {
            assert_eq!(marked(place), Some(Geometry::from_geojson(point).unwrap().wkb().unwrap()));
        }
        assert_eq!([left[1], left[3], left[4]], [odd, "null", alike]);
        assert_eq!((marked(1), marked(4)), (None, None));
    }

    #[test]
    fn gdal_takes_the_rest_for_what_it_takes_the_whole_for() {
        // The same shape of each kind in the plane and with heights.
        let shapes = |end: &str| {
            let line = format!("[[0,0{end}],[1,1{end}]]");
            let rings = format!("[[[0,0{end}],[4,0{end}],[4,4{end}],[0,0{end}]]]");
            [
                ("Point", format!("[1,2{end}]")),
                ("MultiPoint", line.clone()),
                ("LineString", line.clone()),
                ("MultiLineString", format!("[{line}]")),
                ("Polygon", rings.clone()),
                ("MultiPolygon", format!("[{rings}]")),
            ]
            .map(|(kind, coordinates)| format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#))
        };
        let folder = tempfile::tempdir().unwrap();
        let taken = |path: &Path| {
            let dataset = gdal::Dataset::open(path).unwrap();
            let layer = dataset.layer(0).unwrap();
            let kind = layer.defn().geom_fields().next().unwrap().field_type();
            (kind, layer.spatial_ref().unwrap().auth_code().unwrap())
        };
        for (flat, high) in shapes("").iter().zip(&shapes(",7")) {
            for given in [[flat, high], [high, flat], [flat, flat], [high, high]] {
                let features =
                    given.map(|it| format!(r#"{{"type":"Feature","properties":{{}},"geometry":{it}}}"#));
                let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
                let path = folder.path().join("a.geojson");
                std::fs::write(&path, &text).unwrap();
                let light = lighten(&path, &path).unwrap();
                assert_eq!(taken(light.at()), taken(&path), "{text}");
            }
        }
    }

    #[test]
    fn what_has_no_end_is_left_as_it_is() {
        for text in
            [r#"{"geometry":{"type":"Point","coordinates":[1,2"#, r#"{"geometry":{"#, "{", "", "]]}}{"]
        {
            assert_eq!(lightened(text).unwrap().0, text);
        }
    }

    #[test]
    fn shapes_without_end_are_not_searched_again_and_again() {
        let text = r#"{"geometry":"#.to_owned() + &r#"{],"geometry":"#.repeat(200_000);
        for text in [text.clone(), text + "{}"] {
            assert_eq!(lightened(&text).unwrap().0, text);
        }
    }

    #[test]
    fn a_shape_longer_than_a_piece_is_read_whole() {
        let line = vec!["[1.5,2.5]"; PIECE / 4].join(",");
        let (light, _) =
            lightened(&format!(r#"{{"geometry":{{"type":"LineString","coordinates":[{line}]}}}}"#)).unwrap();
        assert!(light.len() < 200, "{light}");
    }
}
