//! From bytes to text: which encoding a file is in, and what tells so.
//!
//! The strongest evidence decides. Text: a byte order mark, then the encodings that the source declares, then UTF-8 if all
//! of it is, then letter statistics. Attribute tables of shapefiles: see [`crate::format::shapefile`].

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding as Charset, UTF_8, UTF_16BE, UTF_16LE};

/// As much of a text as statistics look at.
const SAMPLE: usize = 1 << 20;

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

/// Decodes a text; `bytes` become the text itself where they are UTF-8.
///
/// `declared` are WHATWG labels in the order in which they are tried: the first that reads the whole text without a fault
/// is taken. A single-byte encoding such as windows-1252 reads nearly anything, so it belongs last. `None` if the text is
/// faulty in what its byte order mark says, or in all that is declared.
#[must_use]
pub fn decode(bytes: Vec<u8>, declared: &[String]) -> Option<(String, Encoding)> {
    if let Some((charset, mark)) = Charset::for_bom(&bytes) {
        let mut text = whole(charset, bytes).ok()?;
        text.drain(..if charset == UTF_8 { mark } else { '\u{feff}'.len_utf8() });
        return Some((text, Encoding { name: charset.name(), found_by: FoundBy::ByteOrderMark }));
    }
    if !declared.is_empty() {
        return first_fitting(bytes, charsets(declared), FoundBy::Declared);
    }
    let guessed = wide(&bytes).or_else(|| std::str::from_utf8(&bytes).is_ok().then_some(UTF_8));
    let guessed = guessed.unwrap_or_else(|| likely(&bytes));
    first_fitting(bytes, std::iter::once(guessed), FoundBy::Statistics)
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
    if text.is_ascii() {
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

fn first_fitting(
    bytes: Vec<u8>,
    charsets: impl Iterator<Item = &'static Charset>,
    found_by: FoundBy,
) -> Option<(String, Encoding)> {
    let mut bytes = bytes;
    for charset in charsets {
        match whole(charset, bytes) {
            Ok(text) => return Some((text, Encoding { name: charset.name(), found_by })),
            Err(back) => bytes = back,
        }
    }
    None
}

/// The text, if the charset reads all of it without a fault; otherwise the bytes again.
fn whole(charset: &'static Charset, bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    if charset == UTF_8 {
        return String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes);
    }
    match charset.decode_without_bom_handling_and_without_replacement(&bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err(bytes),
    }
}

/// UTF-16 without a byte order mark: nearly every second byte of European text is zero then.
fn wide(bytes: &[u8]) -> Option<&'static Charset> {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), sample.len() / 4);
    match bytes.len() % 2 {
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
        assert_eq!(decode(bytes.to_vec(), &declared), expect, "{declared:?}");
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
