//! What a shapefile says outside its shapes: whether it is whole, and in which encoding its attribute table is.
//!
//! The encoding is that which the source declares, else that of the `.cpg` file, else that of the language driver byte
//! (LDID) of the table's header, else what the letters make likely. Each is believed only if the letters can be read in it.

use super::input::Input;
use crate::IngestError;
use crate::encoding::{Encoding, FoundBy, charsets, likely};
use encoding_rs::{Encoding as Charset, UTF_8, WINDOWS_1252};
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::Path;

/// As many bytes of letters as are looked at.
const SAMPLE: usize = 1 << 20;
/// The language driver that stands for "the machine's own ANSI code page".
const LDID_ANSI: u8 = 0x57;

/// Refuses a shapefile that lacks one of its parts, or whose `.shp` is shorter than its header says.
///
/// # Errors
/// [`IngestError::IncompleteShapefile`] or [`IngestError::Damaged`].
pub fn check_whole(input: &Input) -> Result<(), IngestError> {
    for (extension, part) in [("dbf", ".dbf"), ("shx", ".shx")] {
        if input.part(extension).is_none() {
            return Err(IngestError::IncompleteShapefile { path: input.path.clone(), part });
        }
    }
    let mut header = [0; 28];
    let read = File::open(input.at()).and_then(|mut file| file.read_exact(&mut header));
    // The length stands at byte 24, in words of 16 bits (ESRI Shapefile Technical Description, 1998, page 3).
    let words = header.last_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
    let found = fs::metadata(input.at()).map_or(0, |metadata| metadata.len());
    match read {
        Ok(()) if u64::from(words) * 2 <= found => Ok(()),
        _ => {
            let reason = format!("its .shp has {found} bytes where its header says {}", u64::from(words) * 2);
            Err(IngestError::Damaged { path: input.path.clone(), reason })
        }
    }
}

/// The encoding of the attribute table.
#[must_use]
pub fn encoding(input: &Input, declared: &[String]) -> Encoding {
    let letters = input.part("dbf").map(letters).unwrap_or_default();
    let reads = |charset: &&'static Charset| letters.cells.iter().all(|cell| is_read_by(cell, charset));
    let named = |charset: &'static Charset, found_by| Encoding { name: charset.name(), found_by };
    if let Some(charset) = charsets(declared).find(reads) {
        return named(charset, FoundBy::Declared);
    }
    let label = input.part("cpg").and_then(|at| fs::read(at).ok()).unwrap_or_default();
    if let Some(charset) = code_page(&label).filter(reads) {
        return named(charset, FoundBy::Cpg);
    }
    let is_utf_8 = !letters.cells.is_empty() && reads(&UTF_8);
    if let Some(encoding) = language_driver(letters.ldid) {
        // Many programs write "ANSI" whatever they write: against letters that are UTF-8 it says nothing.
        if !(letters.ldid == LDID_ANSI && is_utf_8) {
            return encoding;
        }
    }
    if letters.cells.is_empty() || is_utf_8 {
        return named(UTF_8, FoundBy::Statistics);
    }
    named(likely(&letters.cells.join(&b'\n')), FoundBy::Statistics)
}

/// The letters beyond ASCII of a table, cell by cell, and its language driver.
#[derive(Default)]
struct Letters {
    ldid: u8,
    cells: Vec<Vec<u8>>,
}

/// Reads the header and the text cells of a DBF table; what cannot be read is left to GDAL to complain about.
fn letters(at: &Path) -> Letters {
    let mut letters = Letters::default();
    let _ = File::open(at).and_then(|file| read_letters(&mut BufReader::new(file), &mut letters));
    letters
}

fn read_letters(file: &mut impl Read, letters: &mut Letters) -> std::io::Result<()> {
    let mut head = [0; 32];
    file.read_exact(&mut head)?;
    letters.ldid = head[29];
    let header = usize::from(u16::from_le_bytes([head[8], head[9]]));
    let width = usize::from(u16::from_le_bytes([head[10], head[11]]));
    let mut fields = vec![0; header.saturating_sub(32)];
    file.read_exact(&mut fields)?;
    let mut columns = Vec::new();
    let mut start = 1;
    for field in fields.chunks_exact(32).take_while(|field| field[0] != b'\r') {
        let name: Vec<u8> = field[..11].iter().copied().take_while(|byte| *byte != 0).collect();
        keep(letters, &name);
        let length = usize::from(field[16]);
        if field[11] == b'C' {
            columns.push(start..start + length);
        }
        start += length;
    }
    let mut row = vec![0; width];
    let mut seen = 0;
    while width > 0 && seen < SAMPLE && file.read_exact(&mut row).is_ok() {
        for cell in columns.iter().filter_map(|column| row.get(column.clone())) {
            seen += keep(letters, cell);
        }
    }
    Ok(())
}

/// Keeps what has letters beyond ASCII. Gives how many bytes were kept.
fn keep(letters: &mut Letters, cell: &[u8]) -> usize {
    if cell.is_ascii() {
        return 0;
    }
    letters.cells.push(cell.trim_ascii().to_vec());
    cell.len()
}

/// Whether the charset reads the cell without a fault. A cell that is too short for its text ends in half a letter.
fn is_read_by(cell: &[u8], charset: &'static Charset) -> bool {
    if charset == UTF_8 {
        return std::str::from_utf8(cell).err().is_none_or(|error| error.error_len().is_none());
    }
    charset.decode_without_bom_handling_and_without_replacement(cell).is_some()
}

/// The charset that a `.cpg` file names, in one of the many ways there are: `UTF-8`, `1252`, `ANSI 1252`, `88591`.
fn code_page(label: &[u8]) -> Option<&'static Charset> {
    let label = String::from_utf8_lossy(label.get(..64).unwrap_or(label)).trim().to_lowercase();
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    Charset::for_label(label.as_bytes()).or(match digits.as_str() {
        "65001" => Some(UTF_8),
        "88591" | "28591" => Some(WINDOWS_1252),
        "885915" | "28605" => Some(encoding_rs::ISO_8859_15),
        _ if label.len() < 16 => Charset::for_label(format!("windows-{digits}").as_bytes()),
        _ => None,
    })
}

/// The encoding that a language driver byte names (dBASE; only those that western and central European programs write).
fn language_driver(ldid: u8) -> Option<Encoding> {
    let name = match ldid {
        0x01 | 0x09 | 0x0b | 0x0d | 0x0f | 0x11 | 0x15 | 0x18 | 0x19 | 0x1b => "CP437",
        0x02 | 0x0a | 0x0e | 0x10 | 0x12 | 0x14 | 0x16 | 0x1a | 0x1d | 0x25 | 0x37 => "CP850",
        0x03 | LDID_ANSI | 0x58 | 0x59 => WINDOWS_1252.name(),
        0xc8 => encoding_rs::WINDOWS_1250.name(),
        0xc9 => encoding_rs::WINDOWS_1251.name(),
        0xca => encoding_rs::WINDOWS_1254.name(),
        0xcb => encoding_rs::WINDOWS_1253.name(),
        _ => return None,
    };
    Some(Encoding { name, found_by: FoundBy::Ldid })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shapefile's table with one cell, and how its encoding is found.
    fn found(cell: &[u8], ldid: u8, cpg: Option<&str>, declared: &[&str]) -> (&'static str, &'static str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.shp");
        let mut table = vec![0; 65];
        (table[8], table[10], table[29]) = (65, 11, ldid);
        (table[32], table[43], table[48], table[64]) = (b'A', b'C', 10, b'\r');
        table.extend([b" ", cell, &[b' '; 10][cell.len()..]].concat());
        fs::write(path.with_extension("dbf"), table).unwrap();
        if let Some(cpg) = cpg {
            fs::write(path.with_extension("cpg"), cpg).unwrap();
        }
        let declared: Vec<String> = declared.iter().map(|&label| label.to_owned()).collect();
        let encoding = encoding(&Input::plain(&path), &declared);
        (encoding.name, encoding.found_by.as_str())
    }

    #[test]
    fn the_strongest_evidence_decides() {
        let (latin, utf_8): (&[u8], &[u8]) = (b"Cant\xF9", "Cantù".as_bytes());
        assert_eq!(found(latin, 0x57, Some("UTF-8"), &["windows-1252"]), ("windows-1252", "declared"));
        assert_eq!(found(utf_8, 0x57, Some("UTF-8"), &[]), ("UTF-8", "cpg"));
        assert_eq!(found(latin, 0x03, None, &[]), ("windows-1252", "ldid"));
        assert_eq!(found(b"Cant\x97", 0x02, None, &[]), ("CP850", "ldid"));
        assert_eq!(found(latin, 0, None, &[]), ("windows-1252", "statistics"));
        assert_eq!(found(utf_8, 0, None, &[]), ("UTF-8", "statistics"));
        assert_eq!(found(b"Milano", 0, None, &[]), ("UTF-8", "statistics"));
    }

    #[test]
    fn evidence_that_the_letters_contradict_is_passed_over() {
        assert_eq!(found(b"Cant\xF9 X", 0, Some("UTF-8"), &[]).1, "statistics");
        assert_eq!(
            found(b"Cant\xF9 X", 0x57, Some("<html>404</html>"), &["utf-8"]),
            ("windows-1252", "ldid")
        );
        assert_eq!(found("Cantù".as_bytes(), 0x57, None, &[]), ("UTF-8", "statistics"));
        // A cell of ten bytes may end in half a letter.
        assert_eq!(found(b"Forlim \xC3\xB9\xC3", 0, Some("UTF-8"), &[]), ("UTF-8", "cpg"));
    }

    #[test]
    fn code_pages_are_named_in_many_ways() {
        for (label, expect) in [
            ("UTF-8\r\n", "UTF-8"),
            ("utf8", "UTF-8"),
            ("65001", "UTF-8"),
            ("1252", "windows-1252"),
            ("ANSI 1252", "windows-1252"),
            ("CP1250", "windows-1250"),
            ("ISO-8859-1", "windows-1252"),
            ("88591", "windows-1252"),
        ] {
            assert_eq!(code_page(label.as_bytes()).map(Charset::name), Some(expect), "{label}");
        }
        assert_eq!(code_page(b"system"), None);
    }
}
