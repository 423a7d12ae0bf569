//! `/collections/{id}/items`: the features of a collection, a page at a time.

use atlas::Layer;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::Value;

use crate::ask::{Ask, Content, Face};
use crate::filters;
use crate::links::{self, GEOJSON, link};
use crate::paging::Page;
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::views;

/// The features that the parameters ask for.
pub async fn list(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    let edition = portal.edition();
    let layer = portal::layer(&edition, &id)?;
    let known: Vec<&str> = filters::names(&layer.collection).into_iter().chain(["limit", "after"]).collect();
    let parameters = ask.parameters(&known)?;
    ask.answer(&edition.tag, || {
        let page = Page::of(layer, parameters, ask.face)?;
        match ask.face {
            Face::Html => Ok(Content::html(views::items::page(&edition, layer, &page, &ask)?)),
            Face::Json => Ok(Content { media_type: GEOJSON, body: collection(layer, &page, &ask) }),
        }
    })
}

/// The `FeatureCollection`: bodies that were written when the edition was built, copied one after the other.
fn collection(layer: &Layer, page: &Page, ask: &Ask) -> Vec<u8> {
    let mut links = links::of_itself(ask, GEOJSON);
    let others = [("next", page.next(layer, ask)), ("prev", page.previous(layer, ask))];
    links.extend(
        others
            .into_iter()
            .filter_map(|(rel, address)| Some(link(ask, rel, GEOJSON, &address?, "Another page"))),
    );
    links.push(links::to_collection(ask, &layer.collection.id));
    let places = page.places();
    let size: usize = places.iter().map(|place| layer.geojson(*place as usize).len() + 1).sum();
    let mut out = Vec::with_capacity(size + 2048);
    let head = format!(
        r#"{{"type":"FeatureCollection","numberMatched":{},"numberReturned":{},"links":{},"features":["#,
        page.matched.len(),
        places.len(),
        Value::from(links)
    );
    out.extend_from_slice(head.as_bytes());
    for (rank, place) in places.iter().enumerate() {
        if rank > 0 {
            out.push(b',');
        }
        out.extend_from_slice(layer.geojson(*place as usize));
    }
    out.extend_from_slice(b"]}");
    out
}
