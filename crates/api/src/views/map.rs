//! The page with the map.

use atlas::{Edition, Layer};
use domain::Role;
use std::collections::BTreeMap;

use super::{figures, layout, render, words};
use crate::ask::Ask;
use crate::filters;
use crate::pages::layout::Section;
use crate::pages::map::MapLayer;
use crate::pages::map_config::{Mission, Municipality};
use crate::pages::{Language, MapPage};
use crate::problem::Problem;
use crate::style::{Subject, legend};

/// The map page.
pub fn page(edition: &Edition, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let proposals = figures::proposals(edition);
    let table = figures::table(proposals);
    let style = Subject::Portal.style(edition, "");
    let legend = legend::of(&style, edition);
    render(&MapPage {
        layout: layout::of(edition, ask, Section::Map),
        off_map: proposals.map(figures::of).unwrap_or_default().province_or_none,
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
        off_map_url: figures::off_map(&table),
        table_url: table,
        municipality_parameter: filters::MUNICIPALITY.to_owned(),
    })
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
pub fn municipalities(edition: &Edition) -> Vec<Municipality> {
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
