//! Links, as OGC API documents have them.

use crate::as_of::AsOf;
use crate::ask::{Ask, escape};
use crate::reply::VERSION;
use atlas::Layer;
use axum::http::HeaderValue;
use domain::{Collection, CollectionId};
use export::Format;
use overlay::sheet::Place;
use serde_json::{Value, json};

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

/// How tilesets are linked to their tile matrix set, and others to tilesets and tile matrix sets (OGC 20-057).
pub const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
/// All tile matrix sets.
pub const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
/// Vector tilesets.
pub const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";

/// A link to an address of the portal.
pub fn link(ask: &Ask, rel: &str, media_type: &str, path: &str, title: &str) -> Value {
    json!({ "rel": rel, "type": media_type, "title": title, "href": format!("{}{path}", ask.origin) })
}

/// Those of a document's links that stand in its header too (RFC 8288): the ones that clients follow without reading it.
pub fn header(links: &[Value]) -> Option<HeaderValue> {
    let stated = links.iter().filter_map(|link| {
        let text = |name: &str| link[name].as_str().filter(|text| !text.contains(['<', '>', '"']));
        let rel = text("rel").filter(|rel| IN_HEADER.contains(rel))?;
        let media_type = text("type").map(|it| format!("; type=\"{it}\"")).unwrap_or_default();
        Some(format!("<{}>; rel=\"{rel}\"{media_type}", text("href")?))
    });
    HeaderValue::from_str(&stated.collect::<Vec<_>>().join(", ")).ok().filter(|value| !value.is_empty())
}

/// The link of features to their collection.
pub fn to_collection(ask: &Ask, id: &CollectionId) -> Value {
    link(ask, "collection", JSON, &format!("/collections/{id}"), "The collection")
}

/// The address of the records of `child` at `places`, which belong to the one of `layer` at `place`: all that have the same
/// values in those of the fields by which they belong that each of them states.
pub fn to_children(layer: &Layer, place: usize, child: &Layer, places: &[u32]) -> String {
    let fields = child.collection.parent.iter().flat_map(|parent| &parent.fields);
    let stated_by_all = |field: &&String| {
        let own = child.collection.position(field);
        let is_stated = |at: &u32| own.is_some_and(|own| !child.value(*at as usize, own).is_missing());
        places.iter().all(is_stated)
    };
    let pair = |field: &String| {
        let text = layer.value(place, layer.collection.position(field)?).as_text()?;
        Some(format!("{}={}", escape(field), escape(text)))
    };
    let pairs: Vec<String> = fields.filter(stated_by_all).filter_map(pair).collect();
    format!("/collections/{}/items?{}", child.collection.id, pairs.join("&"))
}

/// The address of the sheet of a municipality or a zone.
pub fn to_sheet(place: &Place<'_>) -> String {
    let folder = if place.is_zone() { "zones" } else { "municipalities" };
    format!("/{folder}/{}", escape(&place.code()))
}

/// The template of the addresses of tiles of these collections, as their tag has them, sifted by these parameters.
pub fn tiles(origin: &str, ids: &str, tag: &str, parameters: &[(String, String)]) -> String {
    let template = format!("{origin}/tiles/{ids}/{{z}}/{{x}}/{{y}}?{VERSION}={tag}");
    parameters
        .iter()
        .fold(template, |so_far, (name, value)| format!("{so_far}&{}={}", escape(name), escape(value)))
}

/// The links of a collection to its downloads.
pub fn downloads(ask: &Ask, collection: &Collection) -> Vec<Value> {
    let download = |format: Format| {
        let path = format!("/collections/{}/items?f={}", collection.id, format.as_str());
        link(ask, "enclosure", format.media_type(), &path, &format!("All of it as {}", format.title()))
    };
    Format::of(collection).map(download).collect()
}

/// The links of a document to itself and to its page.
pub fn of_itself(ask: &Ask, media_type: &str) -> Vec<Value> {
    with_page(ask, media_type, &ask.with_query(&[("f", "html")]))
}

/// The same for documents of a time that the address names: the page is of that time too.
pub fn of_itself_at(ask: &Ask, media_type: &str, as_of: &AsOf) -> Vec<Value> {
    with_page(ask, media_type, &as_of.carried(&ask.with_query(&[("f", "html")])))
}

fn with_page(ask: &Ask, media_type: &str, page: &str) -> Vec<Value> {
    let itself = ask.uri.path_and_query().map_or("/", |address| address.as_str());
    vec![
        link(ask, "self", media_type, itself, "This document"),
        link(ask, "alternate", HTML, page, "This document as a page"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

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
