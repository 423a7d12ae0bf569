//! The page of one record.

mod asked;
mod fields;
pub mod history;
mod linked_data;

use atlas::{Bbox, Edition, Layer};
use domain::{GeometryKind, MunicipalityCode, Role};
use overlay::Answered;
use overlay::sheet::Place;
use std::sync::Arc;
use store::versions::Step;

use super::{layout, related, render, sketch, words};
use crate::as_of::AsOf;
use crate::ask::Ask;
use crate::links;
use crate::pages::item::{ItemPage, Location, PlaceMap};
use crate::pages::layout::{Link, Section};
use crate::pages::{Language, format, script};
use crate::portal::Portal;
use crate::problem::Problem;

/// Room round a place on its map, in degrees: about a kilometre.
const MARGIN: f64 = 0.01;

/// What the page tells beside what the edition says of the record.
pub struct Beside {
    /// Its history; `None` while the archive does not answer.
    pub steps: Option<Vec<Step>>,
    /// The answers to the questions of the strategies; `None` if there are none of that time.
    pub answered: Option<Arc<Answered>>,
}

/// The page of the feature at `place`.
pub fn page(
    portal: &Portal,
    as_of: &AsOf,
    (layer, place): (&Layer, usize),
    beside: &Beside,
    ask: &Ask,
) -> Result<String, Problem> {
    let edition = &as_of.edition;
    let (collection, origin) = (&layer.collection, layer.origin(place));
    let language = ask.language.0;
    let answers = beside.answered.as_ref();
    let (asked, others) = answers
        .map(|answered| asked::of(answered, portal.strategies(), layer, layer.id(place), language))
        .unwrap_or_default();
    let has_locations = collection.may_lack_shapes();
    let is_proposal = collection.geometry == GeometryKind::Locations;
    render(&ItemPage {
        layout: layout::of(edition, ask, Section::Data),
        past: layout::past(as_of, ask),
        carried: as_of.carried(""),
        collection: collection.id.to_string(),
        collection_title: words(language, &collection.title).to_owned(),
        title: layer.title(place).into_owned(),
        subject: layer.text(place, Role::Measure).map(str::to_owned),
        mission: collection.with_role(Role::Category).filter(|_| is_proposal).and_then(|field| {
            let code = layer.value(place, field).as_text()?;
            let known = collection.fields[field].codes.iter().find(|known| known.code == code)?;
            Some((code.to_owned(), words(language, &known.label).to_owned()))
        }),
        precision: has_locations.then(|| layer.precision(place)),
        locations: if has_locations { locations(edition, layer, place, language) } else { Vec::new() },
        fields: fields::of(edition, layer, place, language),
        place: place_map(edition, layer, place),
        related: related::of(edition, layer, place, language),
        feature: format!("{}/{}", collection.id, layer.id(place)),
        asked,
        asked_rest: (others > 0).then(|| language.counted("item.asked_rest", others)),
        asked_before: answers.is_some_and(|it| it.edition.tag != edition.tag),
        history: history::of(portal, edition, layer, beside.steps.as_deref(), language),
        source: layout::source(origin, language),
        linked_data: script::json(&linked_data::of(as_of, layer, place, ask)),
        sheet_url: sheet(edition, layer, place),
        elsewhere: elsewhere(portal, layer, place, language),
        json_url: as_of.carried(&format!("/collections/{}/items/{}?f=json", collection.id, layer.id(place))),
    })
}

/// The sheet of the municipality or the zone that the record is.
fn sheet(edition: &Edition, layer: &Layer, place: usize) -> Option<String> {
    let key = layer.key(place);
    let [code] = key.parts() else { return None };
    let code = code.as_str();
    let municipality = || Place::municipality(edition, MunicipalityCode::parse(code).ok()?);
    let zone = || Place::zone(edition, code);
    let found = [municipality(), zone()].into_iter().flatten();
    let mut found = found.filter(|it| it.layer.collection.id == layer.collection.id);
    found.next().map(|it| links::to_sheet(&it))
}

/// Pages of others about the same record, as its sources name them; an invented record has none.
fn elsewhere(portal: &Portal, layer: &Layer, place: usize, language: Language) -> Vec<Link> {
    let origin = layer.origin(place);
    let pages = portal.source(origin.source.as_str()).map(|it| it.record_pages.as_slice());
    let value = |field: &str| layer.value(place, layer.collection.position(field)?).as_text();
    let link = |page: &domain::source::RecordPage| {
        Some(Link { label: words(language, &page.title).to_owned(), url: page.address(value)? })
    };
    let home = origin.homepage.iter().map(|url| Link {
        label: language.phrase("item.at_source", &[("publisher", &origin.publisher)]),
        url: url.clone(),
    });
    pages.unwrap_or_default().iter().filter_map(link).chain(home).filter(|_| !origin.demo).collect()
}

/// Its places, those of the territory by the name that the territory gives them, with the way to their page.
fn locations(edition: &Edition, layer: &Layer, place: usize, language: Language) -> Vec<Location> {
    let location = |location: atlas::Location<'_>| {
        let municipality = location.municipality.and_then(|code| municipality(edition, code));
        let province = || Some(language.phrase("item.province", &[("code", location.province?.as_str())]));
        let (name, url) = municipality.unzip();
        Some(Location {
            name: name.or_else(|| location.municipality_name.map(str::to_owned)).or_else(province)?,
            url,
            address: location.address.map(str::to_owned),
            share: location.share_percent.map(|share| format!("{}\u{a0}%", format::decimal(share, language))),
        })
    };
    layer.locations(place).filter_map(location).collect()
}

/// The name of a municipality of the territory and the address of its sheet.
fn municipality(edition: &Edition, code: MunicipalityCode) -> Option<(String, String)> {
    let place = Place::municipality(edition, code)?;
    Some((place.name(), links::to_sheet(&place)))
}

/// The map of its place: its own shape; or else, and for municipalities themselves, the municipalities to highlight.
fn place_map(edition: &Edition, layer: &Layer, place: usize) -> Option<PlaceMap> {
    let municipalities = edition.municipalities();
    let is_municipality = municipalities.is_some_and(|it| it.collection.id == layer.collection.id);
    let has_shape = !layer.shapes(place).is_empty() && !is_municipality;
    let shape = || {
        let mut body = Vec::new();
        layer.write_geojson(&mut body, place, &layer.usual_form());
        let body: serde_json::Value = serde_json::from_slice(&body).ok()?;
        body.get("geometry").cloned()
    };
    let around_them = || {
        let places = layer.municipalities(place).iter().filter_map(|code| edition.places.get(*code));
        places.filter_map(|place| municipalities?.shown_bbox(place.position)).reduce(Bbox::union)
    };
    let codes = || layer.municipalities(place).iter().map(ToString::to_string).collect();
    let around = if has_shape { layer.shown_bbox(place) } else { around_them() }?.grown(MARGIN);
    let drawn = if has_shape { layer.shapes(place) } else { &[] };
    let named = if has_shape { &[] } else { layer.municipalities(place) };
    // A shape is small: it is seen where it lies by the borders round it.
    let bordered =
        layer.shown_bbox(place).filter(|_| has_shape).and_then(|it| municipalities_at(edition, it));
    Some(PlaceMap {
        extent: [around.min[0], around.min[1], around.max[0], around.max[1]],
        style_url: "/styles/base".to_owned(),
        geometry: if has_shape { shape() } else { None },
        municipalities: if has_shape { Vec::new() } else { codes() },
        sketch: sketch::draw(edition, bordered.unwrap_or(around), named, drawn),
    })
}

/// The box around the municipalities that a box lies in or touches.
fn municipalities_at(edition: &Edition, around: Bbox) -> Option<Bbox> {
    let municipalities = edition.municipalities()?;
    let boxes = edition.places.iter().filter_map(|(_, place)| municipalities.shown_bbox(place.position));
    boxes.filter(|bbox| bbox.intersects(around)).reduce(Bbox::union).map(|all| all.grown(MARGIN))
}
