//! Ranges of bytes, as clients ask for them (RFC 9110, 14.1 and 13.1.5).

use axum::http::HeaderMap;
use axum::http::header::{IF_RANGE, RANGE};
use std::ops::Range;

/// What of a file is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All of it.
    Whole,
    /// A part.
    Part(Range<u64>),
    /// A part that begins beyond its end.
    Beyond,
}

/// What of a file of `length` bytes with the entity tag `etag` is asked for. All of it where the client knows another version of the
/// file, asks for several parts at once, or in a way that is no range of bytes: that is never wrong.
pub fn asked(headers: &HeaderMap, etag: &str, length: u64) -> Asked {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if headers.contains_key(IF_RANGE) && text(IF_RANGE) != Some(etag) {
        return Asked::Whole;
    }
    text(RANGE).and_then(|range| part(range, length)).unwrap_or(Asked::Whole)
}

fn part(range: &str, length: u64) -> Option<Asked> {
    let (first, last) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let (first, last) = (first.trim(), last.trim());
    let (start, end) = match (number(first), number(last)) {
        (Some(start), Some(last)) if start <= last => (start, last.saturating_add(1).min(length)),
        (Some(start), None) if last.is_empty() => (start, length),
        (None, Some(count)) if first.is_empty() => {
            (if count == 0 { length } else { length.saturating_sub(count) }, length)
        }
        _ => return None,
    };
    Some(if start < end { Asked::Part(start..end) } else { Asked::Beyond })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let check = |range: &str, if_range: Option<&str>, expect: Asked| {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, range.parse().unwrap());
            if let Some(tag) = if_range {
                headers.insert(IF_RANGE, tag.parse().unwrap());
            }
            assert_eq!(asked(&headers, "\"a\"", 1000), expect, "{range} {if_range:?}");
        };
        check("bytes=0-126", None, Asked::Part(0..127));
        check("bytes=0-126", Some("\"a\""), Asked::Part(0..127));
        check("bytes=0-126", Some("\"b\""), Asked::Whole);
        check("bytes=0-126", Some("W/\"a\""), Asked::Whole);
        check("bytes=990-", None, Asked::Part(990..1000));
        check("bytes=990-99999999999999999999999", None, Asked::Part(990..1000));
        check("bytes=-10", None, Asked::Part(990..1000));
        check("bytes=-5000", None, Asked::Part(0..1000));
        check("bytes=1000-", None, Asked::Beyond);
        check("bytes=1000-2000", None, Asked::Beyond);
        check("bytes=-0", None, Asked::Beyond);
        for no_range in
            ["bytes=5-4", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,5-6", "items=0-1", "bytes=+1-2"]
        {
            check(no_range, None, Asked::Whole);
        }
        assert_eq!(asked(&HeaderMap::new(), "\"a\"", 1000), Asked::Whole);
    }
}
