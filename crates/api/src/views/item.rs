//! The page of one record.

use atlas::{Bbox, Edition, Feature, Layer};
use domain::{FieldType, GeometryKind, MunicipalityCode, Role, Value};

use super::{field, layout, related, render, words};
use crate::as_of::AsOf;
use crate::ask::Ask;
use crate::pages::item::{ItemPage, Location, PlaceMap};
use crate::pages::layout::Section;
use crate::pages::{Language, format};
use crate::problem::Problem;

/// Room round a place on its map, in degrees: about a kilometre.
const MARGIN: f64 = 0.01;

/// The page of the feature at `place`.
pub fn page(as_of: &AsOf, layer: &Layer, place: usize, ask: &Ask) -> Result<String, Problem> {
    let edition = &as_of.edition;
    let (collection, feature, origin) = (&layer.collection, &layer.features[place], layer.origin(place));
    let language = ask.language.0;
    let text = |role| collection.value_of(role, &feature.record).and_then(Value::as_text).map(str::to_owned);
    let has_locations = collection.may_lack_shapes();
    let is_proposal = collection.geometry == GeometryKind::Locations;
    let title = collection.with_role(Role::Title);
    let fields = collection.fields.iter().zip(&feature.record.values).enumerate();
    let cup = collection.fields.iter().position(|field| field.field_type == FieldType::Cup);
    let cup = cup.and_then(|place| feature.record.values[place].as_text()).filter(|_| !origin.demo);
    render(&ItemPage {
        layout: layout::of(edition, ask, Section::Data),
        past: layout::past(as_of, ask),
        carried: as_of.carried(""),
        collection: collection.id.to_string(),
        collection_title: words(language, &collection.title).to_owned(),
        title: text(Role::Title).unwrap_or_else(|| feature.record.key.to_string()),
        subject: text(Role::Measure),
        mission: collection.with_role(Role::Category).filter(|_| is_proposal).and_then(|place| {
            let code = feature.record.values[place].as_text()?;
            let known = collection.fields[place].codes.iter().find(|known| known.code == code)?;
            Some((code.to_owned(), words(language, &known.label).to_owned()))
        }),
        precision: has_locations.then_some(feature.precision),
        locations: if has_locations { locations(edition, feature, language) } else { Vec::new() },
        fields: fields
            .filter(|(place, _)| Some(*place) != title)
            .map(|(_, (field, value))| field::of(field, value, language))
            .collect(),
        place: place_map(edition, feature, layer, place),
        related: related::of(edition, layer, place, language),
        source: layout::source(origin, language),
        json_url: as_of.carried(&format!("/collections/{}/items/{}?f=json", collection.id, feature.id)),
        opencup_url: cup.map(|cup| format!("https://opencup.gov.it/portale/progetto/-/cup/{cup}")),
    })
}

/// Its places, those of the territory by the name that the territory gives them, with the way to their page.
fn locations(edition: &Edition, feature: &Feature, language: Language) -> Vec<Location> {
    let location = |location: &domain::Location| {
        let municipality = location.municipality.and_then(|code| municipality(edition, code));
        let province = || Some(language.phrase("item.province", &[("code", location.province?.as_str())]));
        let (name, url) = municipality.unzip();
        Some(Location {
            name: name.or_else(|| location.municipality_name.clone()).or_else(province)?,
            url,
            address: location.address.clone(),
            share: location.share_percent.map(|share| format!("{}\u{a0}%", format::decimal(share, language))),
        })
    };
    feature.record.locations.iter().filter_map(location).collect()
}

/// The name of a municipality of the territory and the address of its page.
fn municipality(edition: &Edition, code: MunicipalityCode) -> Option<(String, String)> {
    let (layer, place) = (edition.municipalities()?, edition.places.get(code)?);
    let id = layer.features[place.position].id;
    Some((place.name.clone(), format!("/collections/{}/items/{id}", layer.collection.id)))
}

/// The map of its place: its own shape; or else, and for municipalities themselves, the municipalities to highlight.
fn place_map(edition: &Edition, feature: &Feature, layer: &Layer, place: usize) -> Option<PlaceMap> {
    let municipalities = edition.municipalities();
    let is_municipality = municipalities.is_some_and(|it| it.collection.id == layer.collection.id);
    let has_shape = !feature.shapes.is_empty() && !is_municipality;
    let shape = || {
        let body: serde_json::Value = serde_json::from_slice(layer.geojson(place)).ok()?;
        body.get("geometry").cloned()
    };
    let around_them = || {
        let places = feature.municipalities.iter().filter_map(|code| edition.places.get(*code));
        places.filter_map(|place| municipalities?.features[place.position].bbox()).reduce(Bbox::union)
    };
    let codes = || feature.municipalities.iter().map(ToString::to_string).collect();
    let around = if has_shape { feature.bbox() } else { around_them() }?.grown(MARGIN);
    Some(PlaceMap {
        extent: [around.min[0], around.min[1], around.max[0], around.max[1]],
        style_url: "/styles/base".to_owned(),
        geometry: if has_shape { shape() } else { None },
        municipalities: if has_shape { Vec::new() } else { codes() },
    })
}
