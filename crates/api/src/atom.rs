//! Atom feeds (RFC 4287).

use std::fmt::Write;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Their media type.
pub const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// A feed.
#[derive(Debug)]
pub struct Feed {
    /// The language of its texts.
    pub language: &'static str,
    /// Its address without what does not change what it is of: the name by which readers know it.
    pub id: String,
    /// Its own address.
    pub own_url: String,
    /// The page that says the same.
    pub page_url: String,
    /// What it is called.
    pub title: String,
    /// Who makes it.
    pub author: String,
    /// Its entries, the latest first.
    pub entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Debug)]
pub struct Entry {
    /// What tells it from the others of the feed, and stays.
    pub number: i64,
    /// What happened, in a line.
    pub title: String,
    /// When.
    pub at: OffsetDateTime,
    /// The page about it.
    pub page_url: String,
    /// All about it, as HTML.
    pub content: String,
}

impl Feed {
    /// The feed as a document.
    #[must_use]
    pub fn document(&self) -> String {
        let Self { language, id, own_url, page_url, title, author, entries } = self;
        let updated = entries.first().map_or(OffsetDateTime::UNIX_EPOCH, |entry| entry.at);
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n\
             <id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            escaped(id),
            escaped(title),
            instant(updated),
            escaped(author),
            escaped(own_url),
            escaped(page_url),
        );
        for Entry { number, title, at, page_url, content } in entries {
            let _ = write!(
                out,
                "<entry>\n<id>{}#{number}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
                 <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<content type=\"html\">{}</content>\n</entry>\n",
                escaped(id),
                escaped(title),
                instant(*at),
                escaped(page_url),
                escaped(content),
            );
        }
        out + "</feed>\n"
    }
}

/// A text as it stands in XML and HTML; characters that neither can have are left out.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            other if other < ' ' && !matches!(other, '\t' | '\n' | '\r') => {}
            other => out.push(other),
        }
    }
    out
}

fn instant(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_feed_has_what_readers_need_and_no_text_gets_out_of_its_element() {
        let entry = Entry {
            number: 7,
            title: "1 < 2 & \u{1}3".to_owned(),
            at: datetime!(2026-11-25 09:00 UTC),
            page_url: "http://x/releases/7/diff?a=1&b=2".to_owned(),
            content: "<p>Scuola</p>".to_owned(),
        };
        let feed = Feed {
            language: "it",
            id: "http://x/changes?municipality=015182".to_owned(),
            own_url: "http://x/changes?municipality=015182&f=atom".to_owned(),
            page_url: "http://x/changes?municipality=015182".to_owned(),
            title: "Rho".to_owned(),
            author: "Città".to_owned(),
            entries: vec![entry],
        };
        let document = feed.document();
        for part in [
            "<id>http://x/changes?municipality=015182#7</id>",
            "<title>1 &lt; 2 &amp; 3</title>",
            "<updated>2026-11-25T09:00:00Z</updated>",
            "href=\"http://x/releases/7/diff?a=1&amp;b=2\"",
            "<content type=\"html\">&lt;p&gt;Scuola&lt;/p&gt;</content>",
        ] {
            assert!(document.contains(part), "{part} is not in {document}");
        }
        let empty = Feed { entries: Vec::new(), ..feed }.document();
        assert!(empty.contains("<updated>1970-01-01T00:00:00Z</updated>"));
    }
}
