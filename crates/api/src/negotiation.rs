//! What headers and the query say of the answer a client would rather have: face, language, address of the portal.

use axum::http::header::{self, HeaderMap};
use axum::http::uri::{Authority, Uri};
use export::Format;

use crate::pages::Language;

/// The face of a resource: a page for people, data for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// HTML.
    Html,
    /// JSON or GeoJSON, whichever the resource is.
    Json,
    /// A table for spreadsheets; only for `f=csv`, and only where it is offered.
    Csv,
}

impl Face {
    /// The face that `f=` names.
    pub fn named(format: &str) -> Option<Self> {
        match format {
            "html" => Some(Self::Html),
            "json" | "geojson" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The letter that tells entity tags of different faces apart.
    pub const fn letter(self) -> char {
        match self {
            Self::Html => 'h',
            Self::Json => 'j',
            Self::Csv => 'c',
        }
    }
}

/// The face that is asked for: `f=` decides; else a page for those who would rather have HTML than anything.
pub fn face(format: Option<&str>, headers: &HeaderMap) -> Face {
    if let Some(format) = format {
        return Face::named(format).unwrap_or(Face::Json);
    }
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let quality = |wanted: fn(&str) -> bool| {
        let ranges = accept.split(',').filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().filter(|name| wanted(name))?;
            let quality =
                parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
            quality.filter(|_| !name.is_empty())
        });
        ranges.fold(0.0_f64, f64::max)
    };
    let html = quality(|name| name == "text/html" || name == "application/xhtml+xml");
    let data = quality(|name| name.ends_with("json"));
    if html > data { Face::Html } else { Face::Json }
}

/// The name of feeds in `f=`.
pub const ATOM: &str = "atom";

/// Whether a feed is asked for: by `f=`, or by its media type before all others.
pub fn feed(format: Option<&str>, headers: &HeaderMap) -> bool {
    format.map_or(first(headers) == "application/atom+xml", |format| format == ATOM)
}

/// Whether features are asked for, of a resource that is more than features: by `f=`, or by their media type before all others.
pub fn features(format: Option<&str>, headers: &HeaderMap) -> bool {
    format.map_or(first(headers) == "application/geo+json", |format| format == "geojson")
}

/// The media type that the client names first.
fn first(headers: &HeaderMap) -> &str {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split([',', ';']).next().unwrap_or_default().trim()
}

/// The format of a download that is asked for: `f=` decides; else it is the one whose media type the client would rather have than
/// anything. GeoJSON by its media type alone is a page of features, as clients of OGC API – Features expect.
pub fn download(format: Option<&str>, headers: &HeaderMap) -> Option<Format> {
    if let Some(format) = format {
        return Format::parse(format);
    }
    let accept = headers.get(header::ACCEPT)?.to_str().ok()?;
    let range = |range: &'_ str| {
        let (name, rest) = range.split_once(';').unwrap_or((range, ""));
        let quality = rest.split(';').find_map(|part| part.trim().strip_prefix("q=")?.parse().ok());
        (name.trim().to_lowercase(), quality.unwrap_or(1.0_f64))
    };
    // The first of several that are liked as much.
    let best = accept.split(',').map(range).reduce(|best, next| if next.1 > best.1 { next } else { best });
    let (name, _) = best?;
    let is_called = |format: &Format| format.media_type().split(';').next() == Some(name.as_str());
    Format::ALL.into_iter().filter(|format| *format != Format::GeoJson).find(is_called)
}

/// The language that the client reads: `lang=` decides, else what it would rather have; `None` if it says neither.
pub fn language(chosen: Option<&str>, headers: &HeaderMap) -> Option<Language> {
    if let Some(language) = chosen.and_then(Language::with_tag) {
        return Some(language);
    }
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut tags = accept.split(',').filter_map(|tag| tag.trim().get(..2));
    tags.find_map(|tag| Language::with_tag(&tag.to_lowercase()))
}

/// Scheme and host by which the client reached the portal, without a slash at the end.
pub fn origin(public_url: Option<&str>, uri: &Uri, headers: &HeaderMap) -> String {
    if let Some(url) = public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
    // The address is written into documents: nothing but the characters of a host and port may come in.
    let is_host = |host: &&str| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
    };
    // HTTP/2 names the host in the address.
    let own = || text("host").or_else(|| uri.authority().map(Authority::as_str));
    let host = text("x-forwarded-host").or_else(own).filter(is_host).unwrap_or("localhost");
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn browsers_get_pages_and_programs_get_data() {
        let check = |format: Option<&str>, accept: &str, expect: Face| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_str(accept).unwrap());
            assert_eq!(face(format, &headers), expect, "{format:?} {accept}");
        };
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        check(None, browser, Face::Html);
        check(None, "*/*", Face::Json);
        check(None, "application/geo+json", Face::Json);
        check(None, "application/json, text/html;q=0.5", Face::Json);
        check(Some("json"), browser, Face::Json);
        check(Some("html"), "*/*", Face::Html);
        check(Some("csv"), browser, Face::Csv);
    }

    #[test]
    fn a_download_is_asked_for_by_name_or_by_its_media_type() {
        let check = |format: Option<&str>, accept: &str, expect: Option<Format>| {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_str(accept).unwrap())]);
            assert_eq!(download(format, &headers), expect, "{format:?} {accept}");
        };
        check(Some("xlsx"), "*/*", Some(Format::Xlsx));
        check(Some("geojson"), "*/*", Some(Format::GeoJson));
        check(Some("json"), "text/csv", None);
        check(None, "text/csv", Some(Format::Csv));
        check(None, "application/geopackage+sqlite3, */*;q=0.1", Some(Format::GeoPackage));
        check(None, "application/geo+json", None);
        check(None, "text/html, text/csv;q=0.9", None);
        check(None, "text/html;q=0.5, application/geo+json-seq", Some(Format::GeoJsonSequence));
        check(None, "*/*", None);
    }

    #[test]
    fn an_origin_takes_nothing_but_a_host() {
        let check = |host: &'static str, expect: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static(host));
            let with_host = format!("http://{host}/").parse::<Uri>();
            assert_eq!(origin(None, &Uri::from_static("/"), &headers), expect);
            if let Ok(uri) = with_host {
                assert_eq!(origin(None, &uri, &HeaderMap::new()), expect);
            }
        };
        check("127.0.0.1:8080", "http://127.0.0.1:8080");
        check("a\"><script>", "http://localhost");
    }
}
