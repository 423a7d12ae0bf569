//! Entity tags, as clients state them in `If-None-Match` (RFC 9110, 13.1.2).

use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, LINK};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What describes the body of an answer, and is not said where it is not sent.
pub const OF_THE_BODY: [HeaderName; 4] = [CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LINK];

/// Whether one of the tags in these fields is `etag`, compared weakly; `*` is every tag. What is no list of tags matches nothing
/// from its fault on: then the answer is sent, which is never wrong.
pub fn matches<'a>(fields: impl IntoIterator<Item = &'a HeaderValue>, etag: &str) -> bool {
    fields.into_iter().filter_map(|field| field.to_str().ok()).any(|field| field_matches(field, etag))
}

fn field_matches(field: &str, etag: &str) -> bool {
    if field.trim() == "*" {
        return true;
    }
    let mut rest = field;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let tag = rest.strip_prefix("W/").unwrap_or(rest);
        // A comma may stand in a tag: it ends with its quotation mark.
        let Some(end) = tag.strip_prefix('"').and_then(|inner| inner.find('"')) else { return false };
        let (tag, after) = tag.split_at(end + 2);
        if tag == etag {
            return true;
        }
        rest = after;
    }
}

/// One tag of what depends on several contents: that of the one, or one that differs whenever one of theirs does.
pub fn joined<'a>(tags: impl IntoIterator<Item = &'a str>) -> String {
    let mut tags = tags.into_iter();
    let first = tags.next().unwrap_or_default().to_owned();
    tags.fold(first, |joined, tag| {
        // Its keys are always the same: so is the tag after a new start of the program.
        let mut hasher = DefaultHasher::new();
        (joined, tag).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_a_list_and_compared_weakly() {
        for (field, expect) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("*", true),
            ("\"b\", W/\"c\" ,\"a\"", true),
            ("\"b,\\\"\", \"a\"", false),
            ("\"x,y\",\"a\"", true),
            ("\"x,\"a\"", false),
            ("a", false),
            ("\"a", false),
            ("\"b\"", false),
            ("\"A\"", false),
            ("", false),
            (",,,", false),
            ("\"b\", *", false),
        ] {
            let fields = [HeaderValue::from_static("\"z\""), HeaderValue::from_str(field).unwrap()];
            assert_eq!(matches(&fields, "\"a\""), expect, "{field}");
        }
        assert!(!matches([], "\"a\""));
        assert!(!matches(&[HeaderValue::from_bytes(b"\"\xff\"").unwrap()], "\"a\""));
    }
}
