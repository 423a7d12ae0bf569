//! `/collections` and `/collections/{id}`.

use atlas::{Edition, Layer, Reference};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::GeometryKind;
use serde_json::{Value, json};

use crate::ask::{Ask, Face};
use crate::content::{Content, GEOJSON, HTML, JSON, MVT, SCHEMA, XSD};
use crate::links::{self, link};
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::views;

/// Relations that the OGC has named.
const OGC_REL: &str = "http://www.opengis.net/def/rel/ogc/1.0/";

/// All collections.
pub async fn list(State(portal): State<Portal>, ask: Ask) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    ask.answer(&tag_of_day(&portal, &edition.tag, ask.face), || match ask.face {
        Face::Html => Ok(Content::html(views::collections::list(&portal, &edition, &ask)?)),
        Face::Json | Face::Csv => {
            let collections: Vec<_> =
                edition.layers.iter().map(|layer| describe(&ask, &edition, layer)).collect();
            let links = links::of_itself(&ask, JSON);
            Ok(Content::json(&json!({ "links": links, "collections": collections })))
        }
    })
    .await
}

/// One collection.
pub async fn show(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let edition = portal.edition();
    let layer = portal::layer(&edition, &id)?;
    let tag = if ask.face == Face::Html { &edition.tag } else { &layer.tag };
    ask.answer(&tag_of_day(&portal, tag, ask.face), || match ask.face {
        Face::Html => Ok(Content::html(views::collections::one(&portal, &edition, layer, &ask)?)),
        Face::Json | Face::Csv => Ok(Content::json(&describe(&ask, &edition, layer))),
    })
    .await
}

/// The pages say how old the data are, and how many issues there are.
fn tag_of_day(portal: &Portal, tag: &str, face: Face) -> String {
    if face != Face::Html {
        return tag.to_owned();
    }
    let told = portal.chronicle().map_or(0, |it| it.last());
    format!("{tag}.{}.{told}", views::collections::today())
}

fn describe(ask: &Ask, edition: &Edition, layer: &Layer) -> Value {
    let collection = &layer.collection;
    let id = collection.id.as_str();
    let bbox = layer.bbox.map_or(edition.territory.extent, |bbox| {
        // With the decimals that features are written with; outwards, so that none lies outside.
        let [west, south] = bbox.min.map(|number| (number * 1e7).floor() / 1e7);
        let [east, north] = bbox.max.map(|number| (number * 1e7).ceil() / 1e7);
        [west, south, east, north]
    });
    let licences = layer.origins.iter().filter_map(|origin| {
        let url = origin.licence_url.as_deref()?;
        Some(json!({ "rel": "license", "href": url, "title": origin.licence }))
    });
    let mut links = vec![
        link(ask, "self", JSON, &format!("/collections/{id}"), "This document"),
        link(ask, "alternate", HTML, &format!("/collections/{id}?f=html"), "This document as a page"),
        link(ask, "items", GEOJSON, &format!("/collections/{id}/items"), "Its features"),
        link(ask, "items", HTML, &format!("/collections/{id}/items?f=html"), "Its features, as a page"),
    ];
    let schema = format!("/collections/{id}/schema.xsd");
    links.push(link(ask, "describedBy", XSD, &schema, "The types of its properties (XML schema)"));
    for (name, about) in [("queryables", "What can be asked of it"), ("schema", "What its features are")] {
        let (rel, path) = (format!("{OGC_REL}{name}"), format!("/collections/{id}/{name}"));
        links.push(link(ask, &rel, SCHEMA, &path, about));
        links.push(link(ask, &rel, HTML, &format!("{path}?f=html"), about));
    }
    if collection.geometry != GeometryKind::None {
        links.extend([
            link(ask, "describedby", JSON, &format!("/tiles/{id}.json"), "Its vector tiles (TileJSON)"),
            link(ask, "item", MVT, &format!("/tiles/{id}/{{z}}/{{x}}/{{y}}"), "Its vector tiles (XYZ)"),
            link(ask, links::TILESETS, JSON, &format!("/collections/{id}/tiles"), "Its tilesets"),
        ]);
    }
    links.extend(links::downloads(ask, collection));
    links.extend(layer.origins.iter().map(|origin| {
        let path = format!("/releases?source={}", origin.source);
        link(ask, "version-history", JSON, &path, "The releases of its source")
    }));
    links.extend(licences);
    json!({
        "id": id,
        "title": collection.title.it,
        "description": collection.description.it,
        "itemType": "feature",
        "extent": { "spatial": { "bbox": [bbox], "crs": Reference::Crs84.uri() } },
        "crs": Reference::ALL.map(Reference::uri),
        "storageCrs": Reference::Crs84.uri(),
        "numberOfItems": layer.len(),
        "links": links,
    })
}
