//! `/collections/{id}/items`: the features of a collection, a page at a time.

use atlas::{Form, Layer};
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::Value;

use crate::as_of::{self, AsOf};
use crate::ask::{Ask, Face};
use crate::content::{Content, GEOJSON};
use crate::cursor::{self, Cursor};
use crate::filters;
use crate::form;
use crate::links::{self, link};
use crate::listing::value;
use crate::paging::{self, Page};
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::routes::download;
use crate::views;
use crate::work::Wanted;

/// Bytes of features on a page: what would be longer ends early, with a link to the next.
const PAGE_BYTES: usize = 16 * 1024 * 1024;

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
    let mut known = filters::names(portal::layer(&present, &id)?);
    known.extend(paging::PARAMETERS.into_iter().chain(form::PARAMETERS).chain(as_of::PARAMETERS));
    let (time, parameters) = as_of::split(ask.parameters(&known)?);
    let as_of = continued(&portal, as_of::edition(&portal, &time).await?, &id, &parameters)?;
    let layer = portal::layer(&as_of.edition, &id)?;
    let reference = form::reference(&parameters, form::CRS)?;
    // A page names all sources and collections, a document nothing but its own.
    let tag = if ask.face == Face::Html { as_of.tag() } else { as_of.tag_of([&**layer]) };
    let is_heavy = paging::is_heavy(&parameters, &as_of.edition);
    let asked = ask.clone();
    // A cursor may be of an edition before, as long as that is kept; a day is past tomorrow.
    let is_present = as_of.parameter.is_none() && value(&parameters, cursor::PARAMETER).is_none();
    let edition = as_of.edition.clone();
    let reply = ask.reply(&tag).of_edition(is_present.then_some(&edition.tag));
    let make = move |wanted: &Wanted| content(&as_of, &id, &parameters, &asked, wanted);
    let response =
        if is_heavy { reply.make_apart(make).await } else { reply.make(|| make(&Wanted::default())).await };
    response.map(|response| form::stated(response, reference))
}

/// The edition that a page is of: where a release has landed since the page before, that of the page before, as long as it is kept.
/// After that the list goes on in the present one, by the features' numbers.
fn continued(
    portal: &Portal,
    as_of: AsOf,
    id: &str,
    parameters: &[(String, String)],
) -> Result<AsOf, Problem> {
    if as_of.past.is_some() {
        return Ok(as_of);
    }
    let layer = portal::layer(&as_of.edition, id)?;
    let before = value(parameters, cursor::PARAMETER).map(Cursor::parse).transpose()?;
    let changed = before.filter(|cursor| cursor.tag != layer.tag);
    let kept = changed.and_then(|cursor| portal.recent.find(&layer.collection.id, &cursor.tag));
    let edition = kept.unwrap_or_else(|| as_of.edition.clone());
    portal.recent.note(&edition);
    Ok(AsOf { edition, ..as_of })
}

fn content(
    as_of: &AsOf,
    id: &str,
    parameters: &[(String, String)],
    ask: &Ask,
    wanted: &Wanted,
) -> Result<Content, Problem> {
    let layer = portal::layer(&as_of.edition, id)?;
    let form = form::of(layer, parameters)?;
    let mut page = Page::of(layer, parameters, as_of, ask.face)?;
    match ask.face {
        Face::Html => Ok(Content::html(views::items::page(as_of, layer, &page, ask)?)),
        Face::Json | Face::Csv => {
            let body = features(layer, &mut page, &form, wanted)?;
            Ok(finished(body, layer, &page, as_of, ask))
        }
    }
}

/// The beginning of the `FeatureCollection`, with its features; the page ends where it is long enough.
fn features(layer: &Layer, page: &mut Page, form: &Form, wanted: &Wanted) -> Result<Vec<u8>, Problem> {
    let mut out = br#"{"type":"FeatureCollection","features":["#.to_vec();
    for (rank, place) in page.places().iter().enumerate() {
        if rank > 0 {
            out.push(b',');
        }
        layer.write_geojson(&mut out, *place as usize, form);
        if out.len() > PAGE_BYTES {
            page.end = page.start + rank + 1;
            break;
        }
        if rank % 256 == 255 {
            wanted.check()?;
        }
    }
    out.push(b']');
    Ok(out)
}

/// With the rest of it: counts and links, which are known when the features are written.
fn finished(mut body: Vec<u8>, layer: &Layer, page: &Page, as_of: &AsOf, ask: &Ask) -> Content {
    let mut links = links::of_itself_at(ask, GEOJSON, as_of);
    let others = [("next", page.next(layer, ask)), ("prev", page.previous(layer, ask))];
    links.extend(
        others
            .into_iter()
            .filter_map(|(rel, address)| Some(link(ask, rel, GEOJSON, &address?, "Another page"))),
    );
    links.push(links::to_collection(ask, &layer.collection.id));
    let (matched, returned) = (page.matched.len(), page.places().len());
    let listed = Value::from(links.as_slice());
    let rest = format!(r#","numberMatched":{matched},"numberReturned":{returned},"links":{listed}}}"#);
    body.extend_from_slice(rest.as_bytes());
    Content::new(GEOJSON, body).linked(&links)
}
