//! Reads a plain geometry of `GeoJSON` as WKB: a type and coordinates in the plane, as all but odd files have them.
//!
//! `None` is said of whatever else there may be (heights, empty shapes, open rings, further members, faults): those are left to GDAL.

/// The powers of ten that a number of 64 bits has exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];
/// Brackets around a coordinate of a multi-polygon, the deepest there are.
const DEEPEST: usize = 4;

/// What reads geometries one after the other; the room that they take is used again.
#[derive(Default)]
pub struct Plain {
    coords: Vec<[f64; 2]>,
    /// How many members the lists had that are one, two and three levels above a coordinate, in their order.
    counts: [Vec<usize>; DEEPEST - 1],
}

impl Plain {
    /// The geometry that is all of `text`, as little-endian WKB at the end of `wkb`.
    pub fn read(&mut self, text: &[u8], wkb: &mut Vec<u8>) -> Option<()> {
        let mut text = Text { bytes: text };
        let (mut kind, mut depth) = (None, None);
        text.sign(b'{')?;
        loop {
            match text.word()? {
                b"type" if kind.is_none() => {
                    text.sign(b':')?;
                    kind = Some(text.word()?);
                }
                b"coordinates" if depth.is_none() => {
                    text.sign(b':')?;
                    depth = Some(self.coordinates(&mut text)?);
                }
                _ => return None,
            }
            match text.next()? {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
        text.is_at_end().then_some(())?;
        self.write(kind?, depth?, wkb)
    }

    /// Reads coordinates, and how deep they lie in lists.
    fn coordinates(&mut self, text: &mut Text<'_>) -> Option<usize> {
        self.coords.clear();
        self.counts.iter_mut().for_each(Vec::clear);
        let signs = text.bytes.iter().filter(|byte| !is_blank(**byte));
        let depth = signs.take_while(|byte| **byte == b'[').take(DEEPEST + 1).count();
        (1..=DEEPEST).contains(&depth).then_some(())?;
        self.list(text, depth)?;
        Some(depth)
    }

    /// Reads a list; its members are lists, down to the coordinates.
    fn list(&mut self, text: &mut Text<'_>, depth: usize) -> Option<()> {
        text.sign(b'[')?;
        if depth == 1 {
            let x = text.number()?;
            text.sign(b',')?;
            let y = text.number()?;
            self.coords.push([x, y]);
            return text.sign(b']');
        }
        for count in 1.. {
            self.list(text, depth - 1)?;
            match text.next()? {
                b',' => {}
                b']' => {
                    self.counts[depth - 2].push(count);
                    return Some(());
                }
                _ => return None,
            }
        }
        None
    }

    fn write(&self, kind: &[u8], depth: usize, wkb: &mut Vec<u8>) -> Option<()> {
        let [lines, polygons, _] = &self.counts;
        let mut coords = self.coords.as_slice();
        match (kind, depth) {
            (b"Point", 1) => point(wkb, &mut coords),
            (b"MultiPoint", 2) => {
                head(wkb, 4, self.coords.len())?;
                (0..self.coords.len()).try_for_each(|_| point(wkb, &mut coords))
            }
            (b"LineString", 2) => line(wkb, self.coords.len(), &mut coords),
            (b"MultiLineString", 3) => {
                head(wkb, 5, lines.len())?;
                lines.iter().try_for_each(|length| line(wkb, *length, &mut coords))
            }
            (b"Polygon", 3) => polygon(wkb, lines, &mut coords),
            (b"MultiPolygon", 4) => {
                head(wkb, 6, polygons.len())?;
                let mut lines = lines.as_slice();
                polygons.iter().try_for_each(|rings| {
                    let (own, rest) = lines.split_at_checked(*rings)?;
                    lines = rest;
                    polygon(wkb, own, &mut coords)
                })
            }
            _ => None,
        }
    }
}

/// The byte order, the type and how many members follow.
fn head(wkb: &mut Vec<u8>, code: u32, members: usize) -> Option<()> {
    wkb.push(1);
    wkb.extend(code.to_le_bytes());
    wkb.extend(u32::try_from(members).ok()?.to_le_bytes());
    Some(())
}

fn point(wkb: &mut Vec<u8>, coords: &mut &[[f64; 2]]) -> Option<()> {
    wkb.push(1);
    wkb.extend(1_u32.to_le_bytes());
    vertices(wkb, 1, coords).map(|_| ())
}

fn line(wkb: &mut Vec<u8>, length: usize, coords: &mut &[[f64; 2]]) -> Option<()> {
    head(wkb, 2, length)?;
    vertices(wkb, length, coords).map(|_| ())
}

/// A polygon of rings that are closed, as they have to be.
fn polygon(wkb: &mut Vec<u8>, rings: &[usize], coords: &mut &[[f64; 2]]) -> Option<()> {
    head(wkb, 3, rings.len())?;
    for length in rings {
        wkb.extend(u32::try_from(*length).ok()?.to_le_bytes());
        let ring = vertices(wkb, *length, coords)?;
        (ring.len() > 3 && ring.first() == ring.last()).then_some(())?;
    }
    Some(())
}

fn vertices<'a>(wkb: &mut Vec<u8>, count: usize, coords: &mut &'a [[f64; 2]]) -> Option<&'a [[f64; 2]]> {
    let (these, rest) = coords.split_at_checked(count)?;
    *coords = rest;
    for [x, y] in these {
        wkb.extend_from_slice(&x.to_le_bytes());
        wkb.extend_from_slice(&y.to_le_bytes());
    }
    Some(these)
}

/// What is left of a text.
struct Text<'a> {
    bytes: &'a [u8],
}

impl<'a> Text<'a> {
    /// The next byte that is no blank.
    fn next(&mut self) -> Option<u8> {
        loop {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            if !is_blank(*byte) {
                return Some(*byte);
            }
        }
    }

    fn sign(&mut self, sign: u8) -> Option<()> {
        (self.next()? == sign).then_some(())
    }

    fn is_at_end(&mut self) -> bool {
        self.next().is_none()
    }

    /// A text without escaped letters.
    fn word(&mut self) -> Option<&'a [u8]> {
        self.sign(b'"')?;
        let end = memchr::memchr2(b'"', b'\\', self.bytes)?;
        let (word, rest) = self.bytes.split_at_checked(end)?;
        self.bytes = rest;
        self.sign(b'"')?;
        Some(word)
    }

    /// A number, with its digits written out.
    fn number(&mut self) -> Option<f64> {
        let blanks = self.bytes.iter().take_while(|byte| is_blank(**byte)).count();
        let bytes = self.bytes.get(blanks..)?;
        let length = bytes.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-')).count();
        let (number, rest) = bytes.split_at_checked(length)?;
        self.bytes = rest;
        value(number)
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// The value of a number as JSON writes it, rounded to the nearest.
fn value(number: &[u8]) -> Option<f64> {
    let positive = number.strip_prefix(b"-").unwrap_or(number);
    let (mut mantissa, mut digits, mut decimals) = (0_u64, 0, None);
    for byte in positive {
        match (byte, decimals) {
            // One of several digits does not begin with zero.
            (b'0'..=b'9', None) if digits == 1 && mantissa == 0 => return None,
            (b'0'..=b'9', _) => {
                mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                digits += 1;
            }
            (b'.', None) if digits > 0 => decimals = Some(digits),
            _ => return None,
        }
    }
    let decimals = digits - decimals.unwrap_or(digits);
    // GDAL takes what has no decimals for a whole number: -0 is then 0, and the largest are cut off.
    let is_odd = decimals == 0
        && (positive.contains(&b'.') || digits > 15 || positive.len() < number.len() && mantissa == 0);
    if is_odd || digits == 0 {
        return None;
    }
    // Whole numbers without a rounding of their own: the quotient is rounded once.
    #[expect(clippy::cast_precision_loss, reason = "it is looked whether there is one")]
    let exact = (digits <= 18 && mantissa < 1 << 53).then_some(mantissa as f64);
    match exact.zip(POWERS.get(decimals)) {
        Some((exact, power)) if positive.len() < number.len() => Some(-exact / power),
        Some((exact, power)) => Some(exact / power),
        None => std::str::from_utf8(number).ok()?.parse().ok().filter(|value: &f64| value.is_finite()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gdal::vector::Geometry;

    /// What is read is what GDAL makes of the same text.
    fn check(text: &str, is_plain: bool) {
        let mut wkb = Vec::new();
        let read = Plain::default().read(text.as_bytes(), &mut wkb);
        assert_eq!(read.is_some(), is_plain, "{text}");
        if is_plain {
            assert_eq!(wkb, Geometry::from_geojson(text).unwrap().wkb().unwrap(), "{text}");
        }
    }

    #[test]
    fn plain_geometries_are_what_gdal_makes_of_them() {
        let ring = "[[0,0],[4,0],[4,4],[0,0]]";
        let hole = "[[1,1],[2,1.5],[2,2],[1,1]]";
        check(r#"{"type":"Point","coordinates":[9.19,45.46]}"#, true);
        check("\n{ \"coordinates\" : [ -9.5 , 0.1 ]\r\n, \"type\"\t: \"Point\" } ", true);
        check(r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4],[5,6]]}"#, true);
        check(r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#, true);
        check(r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8],[9,10]]]}"#, true);
        check(&format!(r#"{{"type":"Polygon","coordinates":[{ring},{hole}]}}"#), true);
        check(
            &format!(r#"{{"type":"MultiPolygon","coordinates":[[{ring},{hole}],[{hole}],[{ring}]]}}"#),
            true,
        );
    }

    #[test]
    fn what_is_odd_is_left() {
        for odd in [
            r#"{"type":"Point","coordinates":[1,2,3]}"#,
            r#"{"type":"Point","coordinates":[1]}"#,
            r#"{"type":"Point","coordinates":[]}"#,
            r#"{"type":"Point","coordinates":[1,null]}"#,
            r#"{"type":"Point","coordinates":[1,2],"bbox":[1,2,1,2]}"#,
            r#"{"type":"Point","coordinates":[1,2],"type":"Point"}"#,
            r#"{"type":"Po\u0069nt","coordinates":[1,2]}"#,
            r#"{"type":"point","coordinates":[1,2]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,1]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[0,0]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[]]}"#,
            r#"{"type":"Polygon","coordinates":[[0,0],[4,0],[4,4],[0,0]]}"#,
            r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[5,6]]}"#,
            r#"{"type":"MultiPoint","coordinates":[[1,2],[[3,4]]]}"#,
            r#"{"type":"GeometryCollection","geometries":[]}"#,
            r#"{"type":"LineString","coordinates":[[1,2],[3,4],]}"#,
            r#"{"type":"LineString","coordinates":[[1,2] [3,4]]}"#,
            r#"{"type":"LineString","coordinates":[[1,2],[3,4]}"#,
            r#"{"type":"Point","coordinates":[1,2]} x"#,
            r#"{"type":"Point"}"#,
            r#"{"coordinates":[1,2]}"#,
            "{}",
            "",
        ] {
            check(odd, false);
        }
        check(&format!(r#"{{"type":"Point","coordinates":{}1,2{}}}"#, "[".repeat(99), "]".repeat(99)), false);
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest() {
        let number = |text: &str| value(text.as_bytes());
        for text in [
            "0",
            "7",
            "-7",
            "0.5",
            "-0.5",
            "0.1",
            "9.1234567890123456789",
            "123456789012345",
            "-0.0",
            "179.99999999999997",
            "0.00000000000000000000000001",
            "9007199254740993.5",
            "11.339650715",
            "4503599627370497.5",
        ] {
            let expect: f64 = text.parse().unwrap();
            assert_eq!(number(text).map(f64::to_bits), Some(expect.to_bits()), "{text}");
        }
        for odd in ["", "-", "-0", "01", "-01", "1.", ".5", "1.2.3", "--1", "1-", "1234567890123456", "nan"] {
            assert_eq!(number(odd), None, "{odd}");
        }
    }
}
