//! The page of one record.

use atlas::{Bbox, Edition, Layer};
use domain::{FieldType, GeometryKind, MunicipalityCode, Role};

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
    let (collection, origin) = (&layer.collection, layer.origin(place));
    let language = ask.language.0;
    let has_locations = collection.may_lack_shapes();
    let is_proposal = collection.geometry == GeometryKind::Locations;
    let title = collection.with_role(Role::Title);
    let fields = collection.fields.iter().zip(layer.values(place)).enumerate();
    let cup = collection.fields.iter().position(|field| field.field_type == FieldType::Cup);
    let cup = cup.and_then(|field| layer.value(place, field).as_text()).filter(|_| !origin.demo);
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
        fields: fields
            .filter(|(field, _)| Some(*field) != title)
            .map(|(_, (field, value))| field::of(field, value, language))
            .collect(),
        place: place_map(edition, layer, place),
        related: related::of(edition, layer, place, language),
        source: layout::source(origin, language),
        json_url: as_of.carried(&format!("/collections/{}/items/{}?f=json", collection.id, layer.id(place))),
        opencup_url: cup.map(|cup| format!("https://opencup.gov.it/portale/progetto/-/cup/{cup}")),
    })
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

/// The name of a municipality of the territory and the address of its page.
fn municipality(edition: &Edition, code: MunicipalityCode) -> Option<(String, String)> {
    let (layer, place) = (edition.municipalities()?, edition.places.get(code)?);
    let id = layer.id(place.position);
    Some((place.name.clone(), format!("/collections/{}/items/{id}", layer.collection.id)))
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
    Some(PlaceMap {
        extent: [around.min[0], around.min[1], around.max[0], around.max[1]],
        style_url: "/styles/base".to_owned(),
        geometry: if has_shape { shape() } else { None },
        municipalities: if has_shape { Vec::new() } else { codes() },
    })
}
