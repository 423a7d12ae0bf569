//! The page with the map.

use atlas::{Edition, Layer};
use domain::{GeometryKind, LocationPrecision, Role, Value};
use std::collections::BTreeMap;

use super::{layout, render, words};
use crate::ask::Ask;
use crate::filters;
use crate::pages::layout::Section;
use crate::pages::map::{Figures, MapLayer};
use crate::pages::map_config::{Mission, Municipality};
use crate::pages::{Language, MapPage};
use crate::problem::Problem;
use crate::style::{Subject, legend};

/// The map page.
pub fn page(edition: &Edition, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let proposals = edition.layers.iter().map(AsRef::as_ref).find(|layer: &&Layer| {
        layer.collection.family == "proposals" && layer.collection.geometry == GeometryKind::Locations
    });
    let table =
        proposals.map_or("/collections".to_owned(), |it| format!("/collections/{}/items", it.collection.id));
    let style = Subject::Portal.style(edition, "");
    let legend = legend::of(&style, edition);
    render(&MapPage {
        layout: layout::of(edition, ask, Section::Map),
        figures: proposals.map(figures).unwrap_or_default(),
        missions: proposals.map(|layer| missions(layer, language)).unwrap_or_default(),
        layers: legend
            .iter()
            .filter(|entry| {
                !entry.layer.is_empty()
                    && Some(&entry.layer.collection.id) != proposals.map(|it| &it.collection.id)
            })
            .filter_map(|entry| map_layer(entry, language))
            .collect(),
        municipalities: municipalities(edition),
        extent: extent(edition),
        style_url: "/styles/base".to_owned(),
        off_map_url: Some(format!("{table}?{}=province,none", filters::PRECISION)),
        table_url: table,
        municipality_parameter: filters::MUNICIPALITY.to_owned(),
    })
}

/// The numbers of the territory: each proposal counts once, whatever the number of its places.
fn figures(layer: &Layer) -> Figures {
    let with = |precisions: &[LocationPrecision]| {
        (0..layer.len()).filter(|at| precisions.contains(&layer.precision(*at))).count() as u64
    };
    let amounts: Vec<i64> = (0..layer.len()).filter_map(|at| amount(layer, at)).collect();
    Figures {
        proposals: layer.len() as u64,
        located: with(&[LocationPrecision::Geometry, LocationPrecision::Address]),
        municipality_only: with(&[LocationPrecision::Municipality]),
        province_or_none: with(&[LocationPrecision::Province, LocationPrecision::None]),
        funding_pnrr_cents: (!amounts.is_empty()).then(|| amounts.iter().sum()),
        as_of: layer.origins.iter().filter_map(|origin| origin.extracted_on).max().map(|day| day.to_string()),
    }
}

fn amount(layer: &Layer, at: usize) -> Option<i64> {
    match layer.value_of(at, Role::Amount)? {
        Value::Cents(cents) => Some(cents.0),
        _ => None,
    }
}

/// The categories of the proposals, in the order of the definition, with how many there are of each.
fn missions(layer: &Layer, language: Language) -> Vec<Mission> {
    let Some(place) = layer.collection.with_role(Role::Category) else { return Vec::new() };
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for category in (0..layer.len()).filter_map(|at| layer.value(at, place).as_text()) {
        *counts.entry(category).or_default() += 1;
    }
    let codes = layer.collection.fields[place].codes.iter();
    let mission = |code: &domain::collection::Code| Mission {
        code: code.code.clone(),
        label: words(language, &code.label).to_owned(),
        count: counts.get(code.code.as_str()).copied().unwrap_or_default(),
    };
    codes.map(mission).collect()
}

/// A layer that can be switched on, with the sign that the legend has for it.
fn map_layer(entry: &legend::Entry, language: Language) -> Option<MapLayer> {
    Some(MapLayer {
        id: entry.layer.collection.id.to_string(),
        title: words(language, &entry.layer.collection.title).to_owned(),
        count: entry.layer.len() as u64,
        sign: entry.classes.first()?.sign.clone(),
    })
}

/// The municipalities by name, each with a point in it.
fn municipalities(edition: &Edition) -> Vec<Municipality> {
    let all = edition.places.iter().map(|(code, place)| Municipality {
        code: code.to_string(),
        name: place.name.clone(),
        at: place.point,
    });
    let mut all: Vec<_> = all.collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// What the map shows at first: the municipalities, or where they would be.
fn extent(edition: &Edition) -> [f64; 4] {
    let bbox = edition.municipalities().and_then(|layer| layer.bbox);
    bbox.map_or(edition.territory.extent, |bbox| [bbox.min[0], bbox.min[1], bbox.max[0], bbox.max[1]])
}
