//! From bytes to text: which encoding a file is in, and what tells so.
//!
//! The strongest evidence decides. Text: a byte order mark, then the encodings that the source declares, then UTF-8 if all
//! of it is, then letter statistics. Attribute tables of shapefiles: see [`crate::format::shapefile`].

use crate::format::text;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding as Charset, UTF_8, UTF_16BE, UTF_16LE};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// As much of a text as statistics look at.
const SAMPLE: usize = 1 << 20;
/// As much as shows UTF-16.
const HEAD: u64 = 4096;

/// The encoding of a file, and what told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Its WHATWG name, or `CP437` and `CP850`, which WHATWG does not know.
    pub name: &'static str,
    /// What told it.
    pub found_by: FoundBy,
}

/// What told an encoding, the strongest evidence first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// The definition of the source.
    Declared,
    /// A byte order mark.
    ByteOrderMark,
    /// The `.cpg` file of a shapefile.
    Cpg,
    /// The language driver byte in the header of a DBF table.
    Ldid,
    /// The bytes themselves: valid UTF-8, or what their letters make likely.
    Statistics,
}

impl FoundBy {
    /// The word for it in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::ByteOrderMark => "bom",
            Self::Cpg => "cpg",
            Self::Ldid => "ldid",
            Self::Statistics => "statistics",
        }
    }
}

/// How a text file is to be decoded.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Its charset.
    pub charset: &'static Charset,
    /// The bytes of its byte order mark.
    pub mark: usize,
    /// What is said of it.
    pub encoding: Encoding,
}

/// Finds out how a text file is to be decoded.
///
/// `declared` are WHATWG labels in the order in which they are tried: the first that reads the whole text without a fault
/// is taken. A single-byte encoding such as windows-1252 reads nearly anything, so it belongs last. `None` if the text is
/// faulty in what its byte order mark says, or in all that is declared.
///
/// # Errors
/// What the operating system says.
pub fn detect(path: &Path, declared: &[String]) -> io::Result<Option<Found>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let fitting = |charset: &'static Charset, mark, found_by| -> io::Result<Option<Found>> {
        let encoding = Encoding { name: charset.name(), found_by };
        Ok(text::fits(path, charset, mark)?.then_some(Found { charset, mark, encoding }))
    };
    if let Some((charset, mark)) = Charset::for_bom(&head) {
        return fitting(charset, mark, FoundBy::ByteOrderMark);
    }
    if !declared.is_empty() {
        for charset in charsets(declared) {
            if let Some(found) = fitting(charset, 0, FoundBy::Declared)? {
                return Ok(Some(found));
            }
        }
        return Ok(None);
    }
    if let Some(charset) = wide(&head, path.metadata()?.len()) {
        return fitting(charset, 0, FoundBy::Statistics);
    }
    match fitting(UTF_8, 0, FoundBy::Statistics)? {
        Some(found) => Ok(Some(found)),
        None => fitting(likely(&sample(path)?), 0, FoundBy::Statistics),
    }
}

/// As much of a file as statistics look at, from shortly before its first byte that is not ASCII.
fn sample(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = BufReader::new(File::open(path)?);
    let mut start = 0_u64;
    loop {
        let piece = file.fill_buf()?;
        let ascii = piece.iter().position(|byte| !byte.is_ascii());
        let length = ascii.unwrap_or(piece.len());
        start += length as u64;
        if ascii.is_some() || length == 0 {
            break;
        }
        file.consume(length);
    }
    let mut sample = Vec::new();
    file.seek(SeekFrom::Start(start.saturating_sub(SAMPLE as u64 / 64)))?;
    file.take(SAMPLE as u64).read_to_end(&mut sample)?;
    Ok(sample)
}

/// The encodings that labels stand for; labels that are not known are passed over.
pub(crate) fn charsets(labels: &[String]) -> impl Iterator<Item = &'static Charset> {
    labels.iter().filter_map(|label| Charset::for_label(label.as_bytes()))
}

/// What the letters make likely, read as Italian where that leaves a choice.
pub(crate) fn likely(bytes: &[u8]) -> &'static Charset {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let sample = bytes.get(start.saturating_sub(SAMPLE / 64)..).unwrap_or_default();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample.get(..SAMPLE).unwrap_or(sample), true);
    detector.guess(Some(b"it"), Utf8Detection::Allow)
}

/// Whether letters of the text were damaged before it came here: replacement characters, UTF-8 that was once read as
/// windows-1252 or Latin-1 (`CantÃ¹`), or an apostrophe turned upside down (`dell¿abitare`).
#[must_use]
pub fn looks_damaged(text: &str) -> bool {
    // Few texts have a letter with which damage begins: U+FFFD, ¿, Â, Ã and â, as UTF-8 writes them.
    let may_begin = |at: usize| match text.as_bytes()[at..] {
        [0xC2, second, ..] => second == 0xBF,
        [0xC3, second, ..] => matches!(second, 0x82 | 0x83 | 0xA2),
        _ => true,
    };
    if !memchr::memchr3_iter(0xC2, 0xC3, 0xEF, text.as_bytes()).any(may_begin) {
        return false;
    }
    // The second byte of a two-byte letter, as windows-1252 shows it.
    let continuation =
        |c: char| matches!(c, '\u{80}'..='\u{bf}') || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(c);
    let mut before: Option<char> = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let between =
            |before: char| before.is_alphabetic() && letters.peek().is_some_and(|c| c.is_alphabetic());
        if c == '¿' && before.is_some_and(between) {
            return true;
        }
        // `Ã` and `Â` begin no Italian word that goes on with such a sign.
        if c == '\u{fffd}' || (matches!(before, Some('Ã' | 'Â')) && continuation(c)) {
            return true;
        }
        // â€ is how the dashes and quotation marks of UTF-8 begin, â‚¬ the euro sign.
        if before == Some('â') && matches!(c, '€' | '‚' | '\u{80}' | '\u{82}') {
            return true;
        }
        before = Some(c);
    }
    false
}

/// UTF-16 without a byte order mark: nearly every second byte of European text is zero then.
fn wide(sample: &[u8], length: u64) -> Option<&'static Charset> {
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), sample.len() / 4);
    match length % 2 {
        0 if odd > most && odd > 4 * even => Some(UTF_16LE),
        0 if even > most && even > 4 * odd => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Cantù;Forlì;Sovranità – 10 €";

    fn check(bytes: &[u8], declared: &[&str], expect: Option<(&'static str, FoundBy)>) {
        let declared: Vec<String> = declared.iter().map(|&label| label.to_owned()).collect();
        let expect = expect.map(|(name, found_by)| (TEXT.to_owned(), Encoding { name, found_by }));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, bytes).unwrap();
        let read = detect(&path, &declared).unwrap().map(|found| {
            let mut window = text::Window::open(&path, found.charset, found.mark).unwrap();
            window.grow().unwrap();
            (window.rest().to_owned(), found.encoding)
        });
        assert_eq!(read, expect, "{declared:?}");
    }

    fn sixteen(order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        TEXT.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let declared = ["utf-8", "windows-1252"];
        let latin = encoding_rs::WINDOWS_1252.encode(TEXT).0;
        check(TEXT.as_bytes(), &declared, Some(("UTF-8", FoundBy::Declared)));
        check(&latin, &declared, Some(("windows-1252", FoundBy::Declared)));
        let bom = FoundBy::ByteOrderMark;
        check(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), &declared, Some(("UTF-8", bom)));
        check(&[b"\xFF\xFE".to_vec(), sixteen(u16::to_le_bytes)].concat(), &[], Some(("UTF-16LE", bom)));
        check(&[b"\xFE\xFF".to_vec(), sixteen(u16::to_be_bytes)].concat(), &[], Some(("UTF-16BE", bom)));
    }

    #[test]
    fn where_nothing_is_declared_the_bytes_tell() {
        let found = FoundBy::Statistics;
        check(TEXT.as_bytes(), &[], Some(("UTF-8", found)));
        check(&encoding_rs::WINDOWS_1252.encode(TEXT).0, &[], Some(("windows-1252", found)));
        check(&sixteen(u16::to_le_bytes), &[], Some(("UTF-16LE", found)));
        check(&sixteen(u16::to_be_bytes), &[], Some(("UTF-16BE", found)));
    }

    #[test]
    fn what_fits_no_declared_encoding_is_refused() {
        check(b"Cant\xF9", &["utf-8"], None);
        check(b"\xEF\xBB\xBFCant\xF9", &["windows-1252"], None);
    }

    #[test]
    fn letters_damaged_before_they_came_here_are_seen() {
        for damaged in
            ["CantÃ¹", "Forl\u{fffd}", "perchÃ©", "CittÃ\u{a0} metropolitana", "Lâ€™Aquila", "10 â‚¬", "Â°C"]
        {
            assert!(looks_damaged(damaged), "{damaged}");
        }
        for sound in ["Cantù", "Forlì", "Città", "São Paulo", "Âge", "château", "€ 10", "L’Aquila – «sì»", ""]
        {
            assert!(!looks_damaged(sound), "{sound}");
        }
    }

    #[test]
    fn damaged_letters_are_seen_and_good_ones_are_left_in_peace() {
        for text in ["CantÃ¹", "MuggiÃ²", "dell¿abitare", "qualit\u{FFFD}", "lâ€™acqua"] {
            assert!(looks_damaged(text), "{text}");
        }
        for text in ["Cantù", "È\u{a0}vero", "CAFFÈ «BAR»", "¿Qué?", "10 €", "São Paulo", "plain"] {
            assert!(!looks_damaged(text), "{text}");
        }
    }
}
