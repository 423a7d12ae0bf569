//! What a file is, by its content: its first bytes and the root of its XML; never by its name.

use super::archive;
use super::kind::{Kind, Vector};
use crate::IngestError;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// As far as the root element of an XML file may be from its start.
const PROLOG: u64 = 1 << 20;

/// Tells what the file at `at` is; `path` is the name by which the user knows it.
///
/// # Errors
/// [`IngestError`] with a sentence that names the cause, for what is no data: missing, empty, a saved web page, a format
/// that is not read, XML with a document type declaration.
pub fn kind(path: &Path, at: &Path) -> Result<Kind, IngestError> {
    let unreadable =
        |error: std::io::Error| IngestError::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let mut start = Vec::new();
    let is_file = at.metadata().map_err(unreadable)?.is_file();
    if !is_file {
        return Err(IngestError::Unreadable {
            path: path.to_owned(),
            reason: "it is no plain file".to_owned(),
        });
    }
    File::open(at).and_then(|file| file.take(4096).read_to_end(&mut start)).map_err(unreadable)?;
    if start.is_empty() {
        return Err(IngestError::Empty { path: path.to_owned() });
    }
    if let Some(kind) = signed(&start) {
        return match kind {
            Kind::Archive => archive::kind(path, at),
            other => Ok(other),
        };
    }
    let unsupported = |found| IngestError::Unsupported { path: path.to_owned(), found };
    if let Some(found) = foreign(&start) {
        return Err(unsupported(found));
    }
    let text = decoded(&start);
    match text.trim_start_matches('\u{feff}').trim_start().chars().next() {
        Some('<') => {
            let mut prolog = Vec::new();
            File::open(at).and_then(|file| file.take(PROLOG).read_to_end(&mut prolog)).map_err(unreadable)?;
            xml(path, &decoded(&prolog)).map(Kind::Vector)
        }
        Some('{' | '\u{1e}') => Ok(Kind::Vector(Vector::GeoJson)),
        _ if is_binary(&start) => Err(unsupported("a binary file of no known kind")),
        _ => Ok(Kind::Text),
    }
}

/// The kinds that begin with a sign of their own.
fn signed(start: &[u8]) -> Option<Kind> {
    let signs: [(&[u8], Kind); 5] = [
        (b"PK\x03\x04", Kind::Archive),
        (b"PK\x05\x06", Kind::Archive),
        (b"SQLite format 3\0", Kind::Vector(Vector::GeoPackage)),
        (b"fgb\x03fgb", Kind::Vector(Vector::FlatGeobuf)),
        (b"\0\0\x27\x0a", Kind::Vector(Vector::Shapefile)),
    ];
    signs.into_iter().find(|(sign, _)| start.starts_with(sign)).map(|(_, kind)| kind)
}

/// What a file that begins like this is, if it is nothing that is read here.
fn foreign(start: &[u8]) -> Option<&'static str> {
    let signs: [(&[u8], &str); 7] = [
        (b"\xD0\xCF\x11\xE0", "an old spreadsheet (XLS)"),
        (b"\x1F\x8B", "a compressed file (GZIP)"),
        (b"BZh", "a compressed file (BZIP2)"),
        (b"7z\xBC\xAF\x27\x1C", "an archive (7z)"),
        (b"Rar!", "an archive (RAR)"),
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture (PNG)"),
    ];
    signs.into_iter().find(|(sign, _)| start.starts_with(sign)).map(|(_, name)| name)
}

/// The start of a text, for looking at; the encoding of XML shows in its first character.
fn decoded(start: &[u8]) -> String {
    let charset = match start {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => {
            return Encoding::for_bom(start)
                .map_or(encoding_rs::WINDOWS_1252, |(it, _)| it)
                .decode(start)
                .0
                .into_owned();
        }
    };
    charset.decode(start).0.into_owned()
}

/// Whether so many bytes stand for no letter that it cannot be text; UTF-16 has zeros in every second place.
fn is_binary(start: &[u8]) -> bool {
    let zeros = |parity: usize| start.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let is_wide = (zeros(0) == 0) != (zeros(1) == 0);
    let strange = start.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    !is_wide && strange * 10 > start.len()
}

/// The format that the root element tells. A document type declaration is refused before any parser sees it: through it
/// files are made to open others (XXE) or to grow without end (billion laughs), and no format here needs one.
fn xml(path: &Path, text: &str) -> Result<Vector, IngestError> {
    let mut rest = text.trim_start_matches('\u{feff}');
    loop {
        rest = rest.trim_start();
        let after = |end: &str| rest.find(end).and_then(|at| rest.get(at + end.len()..));
        let skipped = if rest.starts_with("<?") {
            after("?>")
        } else if rest.starts_with("<!--") {
            after("-->")
        } else {
            break;
        };
        rest = skipped.unwrap_or_default();
    }
    let lower: String = rest.chars().take(64).collect::<String>().to_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Err(IngestError::WebPage { path: path.to_owned() });
    }
    if lower.starts_with("<!") {
        return Err(IngestError::DocumentType { path: path.to_owned() });
    }
    let name = lower.strip_prefix('<').unwrap_or_default();
    let name = name.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    match name.rsplit(':').next().unwrap_or_default() {
        "" => Err(IngestError::Unsupported { path: path.to_owned(), found: "XML without a root element" }),
        "kml" => Ok(Vector::Kml),
        "gpx" => Ok(Vector::Gpx),
        _ => Ok(Vector::Gml),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expect: Result<Kind, &str>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.dat");
        std::fs::write(&path, bytes).unwrap();
        match (kind(&path, &path), expect) {
            (Ok(found), Ok(expect)) => assert_eq!(found, expect),
            (Err(error), Err(words)) => assert!(error.to_string().contains(words), "{error}"),
            (found, expect) => panic!("{found:?}, not {expect:?}"),
        }
    }

    #[test]
    fn the_content_tells_the_kind() {
        check(b"a;b\n1;2\n", Ok(Kind::Text));
        check(b"\xFF\xFEa\0;\0b\0", Ok(Kind::Text));
        check(b"\xEF\xBB\xBF {\"type\": 1}", Ok(Kind::Vector(Vector::GeoJson)));
        check(b"fgb\x03fgb\x00", Ok(Kind::Vector(Vector::FlatGeobuf)));
        check(b"<?xml version='1.0'?><!-- x --><k:kml xmlns:k='u'>", Ok(Kind::Vector(Vector::Kml)));
        check(b"<gpx/>", Ok(Kind::Vector(Vector::Gpx)));
        check(b"<wfs:FeatureCollection>", Ok(Kind::Vector(Vector::Gml)));
    }

    #[test]
    fn what_is_no_data_is_named() {
        check(b"", Err("is empty"));
        check(b"\n<!DOCTYPE html><html>404</html>", Err("is a web page"));
        check(b"%PDF-1.7", Err("a PDF document"));
        check(b"\xD0\xCF\x11\xE0", Err("an old spreadsheet"));
        check(&[1; 100], Err("no known kind"));
        check(b"<?xml version='1.0'?>", Err("without a root element"));
    }

    #[test]
    fn a_document_type_is_refused_in_every_encoding_and_behind_every_comment() {
        let text = "<?xml version='1.0'?><!-- <a> --> <!DOCTYPE kml [<!ENTITY a 'b'>]><kml>&a;</kml>";
        check(text.as_bytes(), Err("document type"));
        let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<_>>();
        check(&wide(u16::to_le_bytes), Err("document type"));
        check(&wide(u16::to_be_bytes), Err("document type"));
        check(format!("<!--{}-->{text}", " ".repeat(100_000)).as_bytes(), Err("document type"));
        check(format!("<!--{}-->{text}", " ".repeat(2_000_000)).as_bytes(), Err("without a root element"));
    }
}
