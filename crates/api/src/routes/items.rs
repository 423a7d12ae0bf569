//! `/collections/{id}/items`: the features of a collection, a page at a time.

use atlas::Layer;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::Value;

use crate::as_of::{self, AsOf};
use crate::ask::{Ask, Content, Face};
use crate::filters;
use crate::links::{self, GEOJSON, link};
use crate::paging::Page;
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::routes::download;
use crate::views;

/// The features that the parameters ask for.
pub async fn list(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    if let Some(format) = ask.download {
        return download::answer(&portal, &id, &ask, format).await;
    }
    // Definitions are the same at all times; what they say of parameters can be asked of any edition.
    let present = portal.edition();
    let known = filters::names(&portal::layer(&present, &id)?.collection);
    let known: Vec<&str> = known.into_iter().chain(["limit", "after"]).chain(as_of::PARAMETERS).collect();
    let (time, parameters) = as_of::split(ask.parameters(&known)?);
    let as_of = as_of::edition(&portal, &time).await?;
    let layer = portal::layer(&as_of.edition, &id)?;
    // A page names all sources and collections, a document nothing but its own.
    let tag = if ask.face == Face::Html { as_of.tag() } else { as_of.tag_of([&**layer]) };
    ask.answer(&tag, || {
        let page = Page::of(layer, &parameters, &as_of, ask.face)?;
        match ask.face {
            Face::Html => Ok(Content::html(views::items::page(&as_of, layer, &page, &ask)?)),
            Face::Json | Face::Csv => Ok(collection(layer, &page, &as_of, &ask)),
        }
    })
    .await
}

/// The `FeatureCollection`.
fn collection(layer: &Layer, page: &Page, as_of: &AsOf, ask: &Ask) -> Content {
    let mut links = links::of_itself_at(ask, GEOJSON, as_of);
    let others = [("next", page.next(layer, ask)), ("prev", page.previous(layer, ask))];
    links.extend(
        others
            .into_iter()
            .filter_map(|(rel, address)| Some(link(ask, rel, GEOJSON, &address?, "Another page"))),
    );
    links.push(links::to_collection(ask, &layer.collection.id));
    let places = page.places();
    let (mut out, form) = (Vec::new(), layer.usual_form());
    let head = format!(
        r#"{{"type":"FeatureCollection","numberMatched":{},"numberReturned":{},"links":{},"features":["#,
        page.matched.len(),
        places.len(),
        Value::from(links.as_slice())
    );
    out.extend_from_slice(head.as_bytes());
    for (rank, place) in places.iter().enumerate() {
        if rank > 0 {
            out.push(b',');
        }
        layer.write_geojson(&mut out, *place as usize, &form);
    }
    out.extend_from_slice(b"]}");
    Content::new(GEOJSON, out).linked(&links)
}
