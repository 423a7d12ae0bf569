//! From bytes to text: a byte order mark decides, else the first declared encoding that reads the whole file without a fault.

use encoding_rs::Encoding;

/// Decodes `bytes`; gives the text and the name of the encoding it was in.
///
/// `declared` are WHATWG labels in the order in which they are tried. A single-byte encoding such as windows-1252 reads
/// nearly anything, so it belongs last. `None` if none of them fits.
#[must_use]
pub fn decode(bytes: &[u8], declared: &[String]) -> Option<(String, &'static str)> {
    let whole = |encoding: &'static Encoding, bytes| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some((text.into_owned(), encoding.name()))
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return whole(encoding, &bytes[mark..]);
    }
    declared.iter().filter_map(|label| Encoding::for_label(label.as_bytes())).find_map(|e| whole(e, bytes))
}

/// Whether letters of a text were damaged before it came here: replaced by `\u{FFFD}`, or UTF-8 once read as windows-1252
/// (`CantÃ¹`), or an apostrophe turned upside down (`dell¿abitare`).
#[must_use]
pub fn looks_damaged(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let letters: Vec<char> = text.chars().collect();
    let is_tail = |letter: char| {
        let mut letters = [0; 4];
        let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(letter.encode_utf8(&mut letters));
        !lost && matches!(bytes.as_ref(), [0x80..=0xBF])
    };
    let pair = |pair: &[char]| match pair {
        ['Ã' | 'Â', tail] => is_tail(*tail),
        ['â', '€'] => true,
        _ => false,
    };
    letters.contains(&char::REPLACEMENT_CHARACTER)
        || letters.windows(2).any(pair)
        || letters
            .windows(3)
            .any(|three| matches!(three, [a, '¿', b] if a.is_alphabetic() && b.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Cantù;Forlì;Sovranità – 10 €";
        let declared = vec!["utf-8".to_owned(), "windows-1252".to_owned()];
        let check = |bytes: Vec<u8>, name: &str| {
            assert_eq!(decode(&bytes, &declared), Some((text.to_owned(), name)), "{name}");
        };
        check(text.as_bytes().to_vec(), "UTF-8");
        check([b"\xEF\xBB\xBF", text.as_bytes()].concat(), "UTF-8");
        check(encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), "windows-1252");
        let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<_>>();
        check([b"\xFF\xFE".as_slice(), &wide(u16::to_le_bytes)].concat(), "UTF-16LE");
        check([b"\xFE\xFF".as_slice(), &wide(u16::to_be_bytes)].concat(), "UTF-16BE");
    }

    #[test]
    fn what_fits_no_declared_encoding_is_refused() {
        assert_eq!(decode(b"Cant\xF9", &["utf-8".to_owned()]), None);
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
