//! `/collections/{id}/items`: the features of a collection, a page at a time.

use atlas::Layer;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::FeatureId;
use serde_json::Value;

use crate::ask::{Ask, Content, Face};
use crate::filters;
use crate::links::{self, GEOJSON, link};
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::views;

/// Features on a page of data where the client does not say how many.
pub const DEFAULT_LIMIT: usize = 1000;
/// Features on a page at most; who asks for more gets as many.
pub const MAX_LIMIT: usize = 10_000;
/// Rows on a page for people, which a person reads through.
const HTML_LIMIT: usize = 50;

/// A page of features.
pub struct Page {
    /// All that match, as places in the layer.
    pub matched: Vec<u32>,
    /// Where among them the page begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many were asked for.
    pub limit: usize,
    /// The parameters that chose them, without those of paging.
    pub filters: Vec<(String, String)>,
}

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
        let page = page(layer, parameters, ask.face)?;
        match ask.face {
            Face::Html => Ok(Content::html(views::items::page(&edition, layer, &page, &ask)?)),
            Face::Json => Ok(Content { media_type: GEOJSON, body: collection(layer, &page, &ask) }),
        }
    })
}

/// Pages follow the features' numbers: `after` is the last number of the page before, so that a page stays what it is while
/// releases come and go.
fn page(layer: &Layer, parameters: &[(String, String)], face: Face) -> Result<Page, Problem> {
    let value =
        |wanted: &str| parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let usual = if face == Face::Html { HTML_LIMIT } else { DEFAULT_LIMIT };
    let limit = value("limit").map_or(Ok(usual), |limit| {
        limit.parse().ok().filter(|limit| *limit > 0).ok_or_else(|| {
            Problem::bad_request(format!(
                "The value “{limit}” of “limit” is no number of features, 1 or more."
            ))
        })
    })?;
    let limit = limit.min(MAX_LIMIT);
    let after = value("after").map(|after| {
        FeatureId::parse(after).ok_or_else(|| {
            Problem::bad_request(format!(
                "The value “{after}” of “after” is no feature's number: follow the links."
            ))
        })
    });
    let after = after.transpose()?;
    let mut filters = parameters.to_vec();
    filters.retain(|(name, _)| name != "limit" && name != "after");
    let matched = layer.select(&filters::query(&layer.collection, &filters)?);
    let start =
        after.map_or(0, |after| matched.partition_point(|place| layer.features[*place as usize].id <= after));
    let end = matched.len().min(start + limit);
    Ok(Page { matched, start, end, limit, filters })
}

impl Page {
    /// The places of the page's features in the layer.
    pub fn places(&self) -> &[u32] {
        &self.matched[self.start..self.end]
    }

    /// The address of the page after this one.
    pub fn next(&self, layer: &Layer, ask: &Ask) -> Option<String> {
        let last = self.places().last().filter(|_| self.end < self.matched.len())?;
        Some(self.address(ask, Some(layer.features[*last as usize].id)))
    }

    /// The address of the page before this one.
    pub fn previous(&self, layer: &Layer, ask: &Ask) -> Option<String> {
        let start = self.start.checked_sub(1)?;
        let before =
            start.checked_sub(self.limit).map(|place| layer.features[self.matched[place] as usize].id);
        Some(self.address(ask, before))
    }

    fn address(&self, ask: &Ask, after: Option<FeatureId>) -> String {
        let (limit, after) = (self.limit.to_string(), after.map(|after| after.to_string()));
        let filters = self.filters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let paging =
            [("limit", limit.as_str())].into_iter().chain(after.as_deref().map(|after| ("after", after)));
        ask.with_query(&filters.chain(paging).collect::<Vec<_>>())
    }
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
    links.push(link(
        ask,
        "collection",
        links::JSON,
        &format!("/collections/{}", layer.collection.id),
        "The collection",
    ));
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
