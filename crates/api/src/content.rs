//! What is answered with: bytes of a media type, and the links that stand in the header too.

use axum::http::HeaderValue;
use serde_json::Value;

use crate::effort::Effort;

/// Media types of the documents that are linked.
pub const JSON: &str = "application/json";
/// GeoJSON.
pub const GEOJSON: &str = "application/geo+json";
/// Pages.
pub const HTML: &str = "text/html";
/// Vector tiles.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";
/// JSON Schema.
pub const SCHEMA: &str = "application/schema+json";
/// An XML schema.
pub const XSD: &str = "application/xml";
/// An `OpenAPI` document.
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// The relations of links that stand in headers.
const IN_HEADER: [&str; 10] = [
    "self",
    "alternate",
    "next",
    "prev",
    "collection",
    "items",
    "describedby",
    "license",
    "service-desc",
    "conformance",
];

/// The body of an answer.
pub struct Content {
    /// Its media type.
    pub media_type: &'static str,
    /// How hard it is made smaller.
    pub effort: &'static Effort,
    /// Its bytes.
    pub body: Vec<u8>,
    /// Those of its links that stand in its header too.
    pub link: Option<HeaderValue>,
}

impl Content {
    /// Bytes of a media type.
    pub fn new(media_type: &'static str, body: Vec<u8>) -> Self {
        Self { media_type, effort: Effort::for_a(media_type), body, link: None }
    }

    /// A page.
    pub fn html(page: String) -> Self {
        Self::new("text/html; charset=utf-8", page.into_bytes())
    }

    /// A JSON document; its links stand in its header too.
    pub fn json(document: &Value) -> Self {
        let links = document["links"].as_array().map(Vec::as_slice).unwrap_or_default();
        Self::new(JSON, document.to_string().into_bytes()).linked(links)
    }

    /// The same content, with these links in its header.
    pub fn linked(self, links: &[Value]) -> Self {
        Self { link: header(links), ..self }
    }
}

/// Those of a document's links that stand in its header too (RFC 8288): the ones that clients follow without reading it.
fn header(links: &[Value]) -> Option<HeaderValue> {
    let stated = links.iter().filter_map(|link| {
        let text = |name: &str| link[name].as_str().filter(|text| !text.contains(['<', '>', '"']));
        let rel = text("rel").filter(|rel| IN_HEADER.contains(rel))?;
        let media_type = text("type").map(|it| format!("; type=\"{it}\"")).unwrap_or_default();
        Some(format!("<{}>; rel=\"{rel}\"{media_type}", text("href")?))
    });
    HeaderValue::from_str(&stated.collect::<Vec<_>>().join(", ")).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn links_stand_in_a_header_as_in_the_document() {
        let check = |links: Value, expect: Option<&str>| {
            let header = header(links.as_array().unwrap());
            assert_eq!(header.as_ref().map(|value| value.to_str().unwrap()), expect);
        };
        check(
            json!([
                { "rel": "next", "type": GEOJSON, "title": "Un\u{2019}altra", "href": "http://x/a?after=1" },
                { "rel": "related", "type": JSON, "href": "http://x/b" },
                { "rel": "license", "href": "https://y/" },
                { "rel": "self", "href": "http://x/>; rel=\"evil" },
            ]),
            Some(
                "<http://x/a?after=1>; rel=\"next\"; type=\"application/geo+json\", <https://y/>; rel=\"license\"",
            ),
        );
        check(json!([]), None);
    }
}
