//! The page with the map.

pub mod figures;

use atlas::{Edition, Layer, Origin};
use domain::{GeometryKind, LocationPrecision, Role, Strategy};
use std::collections::BTreeMap;

use super::{figures as of_all, layout, render, words};
use crate::ask::Ask;
use crate::facets;
use crate::filters;
use crate::pages::layout::{Layout, Section, SourceNote};
use crate::pages::map::{Answer, Choice, Family, MapLayer};
use crate::pages::map_config::{MapStrategy, Mission, Municipality};
use crate::pages::{Language, MapPage};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::style::{Subject, legend};

/// The families of information beside that of the proposals, in the order of the legend; the territory is the ground.
const FAMILIES: [&str; 3] = ["services", "programmes", "areas"];

/// The map page; `embedded`: the map and its legend alone.
pub fn page(portal: &Portal, edition: &Edition, embedded: bool, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let proposals = of_all::proposals(edition);
    let table = of_all::table(proposals);
    let style = Subject::Portal.style(edition, "");
    let legend = legend::of(&style, edition);
    let layout = layout::of(edition, ask, if embedded { Section::Embedded } else { Section::Map });
    render(&MapPage {
        compared: compared(edition, language),
        credit: credit(&layout),
        layout,
        off_map: proposals.map(of_all::of).unwrap_or_default().province_or_none,
        missions: proposals.map(|layer| missions(layer, language)).unwrap_or_default(),
        choices: proposals.map(|layer| choices(edition, layer, language)).unwrap_or_default(),
        families: families(&legend, language),
        strategies: portal.strategies().iter().map(|it| strategy(edition, it, ask)).collect(),
        municipalities: municipalities(edition),
        extent: extent(edition),
        style_url: "/styles/base".to_owned(),
        off_map_url: of_all::off_map(&table),
        table_url: table,
        municipality_parameter: filters::MUNICIPALITY.to_owned(),
    })
}

/// What can be switched on, by family.
fn families(legend: &[legend::Entry], language: Language) -> Vec<Family> {
    let of_family = |id: &&str| {
        let entries = legend.iter().filter(|it| it.layer.collection.family == *id && !it.layer.is_empty());
        let layers = entries.filter_map(|entry| map_layer(entry, language)).collect();
        Family { id: (*id).to_owned(), layers }
    };
    FAMILIES.iter().map(of_family).filter(|family| !family.layers.is_empty()).collect()
}

/// What a strategy shows on the map, and what it would if it were published.
fn strategy(edition: &Edition, strategy: &Strategy, ask: &Ask) -> MapStrategy {
    let language = ask.language.0;
    let is_loaded =
        |it: &&domain::Selection| edition.layer(&it.collection).is_some_and(|layer| !layer.is_empty());
    let (loaded, absent): (Vec<_>, Vec<_>) = strategy.shown.iter().partition(is_loaded);
    let title = |it: &domain::Selection| {
        let title = edition.layer(&it.collection).map(|layer| words(language, &layer.collection.title));
        title.unwrap_or(it.collection.as_str()).to_owned()
    };
    let selection = |it: &domain::Selection| (it.collection.to_string(), it.filter.iter().cloned().collect());
    MapStrategy {
        id: strategy.id.to_string(),
        code: strategy.code.clone(),
        title: words(language, &strategy.title).to_owned(),
        url: format!("/strategies/{}", strategy.id),
        shown: loaded.into_iter().map(selection).collect(),
        absent: absent.into_iter().map(title).collect(),
    }
}

/// The collections with places, each with its sources: the proposals first.
fn compared(edition: &Edition, language: Language) -> Vec<Choice> {
    let proposals = of_all::proposals(edition).map(|layer| &layer.collection.id);
    let has_releases =
        |layer: &&Layer| layer.collection.geometry != GeometryKind::None && !layer.origins.is_empty();
    let source = |it: &Origin| Answer {
        value: it.source.to_string(),
        label: words(language, &it.title).to_owned(),
        count: None,
    };
    let mut layers: Vec<&Layer> = edition.layers.iter().map(|layer| &**layer).filter(has_releases).collect();
    layers.sort_by_key(|layer| Some(&layer.collection.id) != proposals);
    let choice = |layer: &Layer| Choice {
        id: layer.collection.id.to_string(),
        label: words(language, &layer.collection.title).to_owned(),
        options: layer.origins.iter().map(source).collect(),
    };
    layers.into_iter().map(choice).collect()
}

/// Whose data the map shows, of which release and day.
fn credit(layout: &Layout) -> String {
    let source = |source: &SourceNote| {
        let parts = [
            Some(source.title.clone()),
            Some(source.publisher.clone()),
            Some(layout.release(source)),
            layout.as_of(source),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    layout.sources.iter().map(source).collect::<Vec<_>>().join("; ")
}

/// The categories of the proposals, in the order of the definition, with how many there are of each.
fn missions(layer: &Layer, language: Language) -> Vec<Mission> {
    let Some(place) = layer.collection.with_role(Role::Category) else { return Vec::new() };
    let counts = counted((0..layer.len()).filter_map(|at| layer.value(at, place).as_text()));
    let codes = layer.collection.fields[place].codes.iter();
    let mission = |code: &domain::collection::Code| Mission {
        code: code.code.clone(),
        label: words(language, &code.label).to_owned(),
        count: counts.get(code.code.as_str()).copied().unwrap_or_default(),
    };
    codes.map(mission).collect()
}

/// What the proposals can be narrowed by, beside their missions: some of their fields, how well their place is known, where it is.
fn choices(edition: &Edition, layer: &Layer, language: Language) -> Vec<Choice> {
    let collection = &layer.collection;
    let fields = facets::NARROWING.iter().filter_map(|id| collection.position(id));
    let fields = fields.chain(collection.with_role(Role::Status));
    let of_fields = fields.map(|place| {
        let answer = |(value, count): (&str, u64)| Answer {
            value: value.to_owned(),
            label: value.to_owned(),
            count: Some(count),
        };
        Choice {
            id: collection.fields[place].id.clone(),
            label: words(language, &collection.fields[place].label).to_owned(),
            options: counted((0..layer.len()).filter_map(|at| layer.value(at, place).as_text()))
                .into_iter()
                .map(answer)
                .collect(),
        }
    });
    let mut choices: Vec<Choice> = of_fields.filter(|choice| !choice.options.is_empty()).collect();
    choices.extend(precisions(layer, language).into_iter().chain(zones(edition, language)));
    choices
}

fn precisions(layer: &Layer, language: Language) -> Option<Choice> {
    let counts = counted((0..layer.len()).map(|at| layer.precision(at).as_str()));
    let answer = |precision: LocationPrecision| Answer {
        value: precision.as_str().to_owned(),
        label: language.word(&format!("item.precision_{}", precision.as_str())).to_owned(),
        count: counts.get(precision.as_str()).copied(),
    };
    let options: Vec<Answer> = LocationPrecision::ALL.map(answer).into();
    let label = language.word("item.precision").to_owned();
    Some(Choice { id: filters::PRECISION.to_owned(), label, options })
        .filter(|choice| choice.options.iter().any(|answer| answer.count.is_some()))
}

/// The zones and the municipalities, whose proposals are those of their municipalities.
fn zones(edition: &Edition, language: Language) -> Vec<Choice> {
    let Some(layer) = edition.municipalities().filter(|layer| !layer.is_empty()) else { return Vec::new() };
    let zone = layer.collection.with_role(Role::Zone).map(|place| &layer.collection.fields[place]);
    let of_zone = zone.map(|field| Choice {
        id: facets::ZONE.to_owned(),
        label: words(language, &field.label).to_owned(),
        options: field
            .codes
            .iter()
            .map(|code| Answer {
                value: code.code.clone(),
                label: words(language, &code.label).to_owned(),
                count: None,
            })
            .collect(),
    });
    let municipality = |it: Municipality| Answer { value: it.code, label: it.name, count: None };
    let of_municipality = Choice {
        id: filters::MUNICIPALITY.to_owned(),
        label: language.word("items.filter_municipality").to_owned(),
        options: municipalities(edition).into_iter().map(municipality).collect(),
    };
    of_zone.into_iter().chain([of_municipality]).collect()
}

/// How often each value comes.
fn counted<'a>(values: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u64> {
    let mut counts = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts
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

/// The municipalities by name, each with its zone and a point in it.
pub fn municipalities(edition: &Edition) -> Vec<Municipality> {
    let zone = |position: usize| edition.municipalities()?.text(position, Role::Zone).map(str::to_owned);
    let all = edition.places.iter().map(|(code, place)| Municipality {
        code: code.to_string(),
        name: place.name.clone(),
        zone: zone(place.position),
        at: place.point(),
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
