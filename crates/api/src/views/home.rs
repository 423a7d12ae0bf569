//! The front page.

use atlas::{Edition, Layer, Origin};
use domain::GeometryKind;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{figures, layout, map, render, words};
use crate::ask::Ask;
use crate::links;
use crate::pages::home::{Family, Published};
use crate::pages::layout::Section;
use crate::pages::{HomePage, Language};
use crate::problem::Problem;

/// The front page.
pub fn page(edition: &Edition, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let proposals = figures::proposals(edition);
    let table = figures::table(proposals);
    render(&HomePage {
        layout: layout::of(edition, ask, Section::Home),
        figures: proposals.map(figures::of).unwrap_or_default(),
        families: families(edition, language),
        published: published(edition, language),
        municipalities: map::municipalities(edition),
        off_map_url: figures::off_map(&table),
        municipality_parameter: links::ISTAT.to_owned(),
        address: format!("{}/", ask.origin),
    })
}

/// The collections that are places and belong to no other, in the order of the edition; the territory itself is no news.
fn families(edition: &Edition, language: Language) -> Vec<Family> {
    let is_family = |layer: &&Layer| {
        layer.collection.geometry != GeometryKind::None && layer.collection.family != "territory"
    };
    let family = |layer: &Layer| Family {
        title: words(language, &layer.collection.title).to_owned(),
        description: words(language, &layer.collection.description).to_owned(),
        count: (!layer.origins.is_empty()).then_some(layer.len() as u64),
        url: format!("/collections/{}", layer.collection.id),
    };
    edition.layers.iter().map(AsRef::as_ref).filter(is_family).map(family).collect()
}

/// The sources of which something stands, the latest release first.
fn published(edition: &Edition, language: Language) -> Vec<Published> {
    let origins = edition.layers.iter().flat_map(|layer| &layer.origins);
    let by_source: BTreeMap<&str, &Origin> = origins.map(|origin| (origin.source.as_str(), origin)).collect();
    let mut latest: Vec<&Origin> = by_source.into_values().collect();
    latest.sort_by_key(|origin| Reverse(origin.release));
    let published = |origin: &Origin| Published {
        title: words(language, &origin.title).to_owned(),
        release: origin.release.to_string(),
        extracted_on: origin.extracted_on.map(|day| day.to_string()),
    };
    latest.into_iter().map(published).collect()
}
