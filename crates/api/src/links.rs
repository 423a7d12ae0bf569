//! Links, as OGC API documents have them.

use crate::address::escape;
use crate::as_of::AsOf;
use crate::ask::Ask;
use crate::content::{HTML, JSON};
use atlas::Layer;
use domain::{Collection, CollectionId};
use export::Format;
use overlay::sheet::Place;
use serde_json::{Value, json};

/// How tilesets are linked to their tile matrix set, and others to tilesets and tile matrix sets (OGC 20-057).
pub const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
/// All tile matrix sets.
pub const TILING_SCHEMES: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes";
/// Vector tilesets.
pub const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";

/// The list of processes (OGC 18-062r2), and the execution of one.
pub const PROCESSES: &str = "http://www.opengis.net/def/rel/ogc/1.0/processes";
/// Where a process is executed.
pub const EXECUTE: &str = "http://www.opengis.net/def/rel/ogc/1.0/execute";

/// A link to an address of the portal.
pub fn link(ask: &Ask, rel: &str, media_type: &str, path: &str, title: &str) -> Value {
    json!({ "rel": rel, "type": media_type, "title": title, "href": format!("{}{path}", ask.origin) })
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

/// The parameter of the list of municipalities by which a form leads to the sheet of one.
pub const ISTAT: &str = "istat";

/// The address of the sheet of a municipality or a zone.
pub fn to_sheet(place: &Place<'_>) -> String {
    let folder = if place.is_zone() { "zones" } else { "municipalities" };
    format!("/{folder}/{}", escape(&place.code()))
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
