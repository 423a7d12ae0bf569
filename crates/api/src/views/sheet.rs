//! The sheet of a municipality or a zone.

pub mod amounts;
mod changes;
pub mod inside;
mod proposals;
mod remarks;
mod strategies;

use atlas::Edition;
use overlay::sheet::{Change, Figures, Sheet, Whose};

use super::{layout, places, render, sketch, words};
use crate::ask::Ask;
use crate::downloads;
use crate::pages::item::PlaceMap;
use crate::pages::layout::{Link, Section};
use crate::pages::sheet::ComparisonRow;
use crate::pages::{Language, SheetPage, format};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::routes::sheets::since::Earlier;

/// Room round a place on its map, in degrees: about a kilometre.
const MARGIN: f64 = 0.01;

/// The page of a sheet.
pub fn page(
    portal: &Portal,
    edition: &Edition,
    sheet: &Sheet<'_>,
    changes: (&Earlier, &[Change<'_>]),
    ask: &Ask,
) -> Result<String, Problem> {
    let (language, place) = (ask.language.0, &sheet.place);
    let list = if place.is_zone() { "zones" } else { "municipalities" };
    let members = if place.is_zone() { sheet.members(edition) } else { Vec::new() };
    render(&SheetPage {
        layout: layout::of(edition, ask, Section::Territory),
        name: place.name(),
        kind: language.phrase(&format!("sheet.kind_{list}"), &[("code", &place.code())]),
        list: Link {
            label: language.word(&format!("places.{list}_title")).to_owned(),
            url: format!("/{list}"),
        },
        zone: sheet.zone.as_ref().map(places::link),
        members: members.iter().map(places::link).collect(),
        facts: facts(sheet, language),
        as_of: as_of(sheet, language),
        paper: remarks::paper(edition, sheet, language),
        map: map(edition, sheet),
        figures: remarks::figures(sheet, changes, language),
        proposals: sheet.proposals.first().map(|it| proposals::part(it, sheet, language)),
        comparison: comparison(&sheet.figures, language),
        inside: sheet.inside.iter().map(|it| inside::part(&inside::Records::of(it), language)).collect(),
        sliver: inside::sliver(language),
        strategies: sheet.strategies.iter().map(|it| strategies::part(edition, it, language)).collect(),
        changes: changes::part(portal, edition, place, changes, language),
        missing: sheet.missing.iter().map(|it| remarks::missing(it, sheet, language)).collect(),
        downloads: files(sheet, language),
        json_url: ask.with_query(&[("f", "json")]),
    })
}

fn facts(sheet: &Sheet<'_>, language: Language) -> Vec<String> {
    let people = sheet
        .place
        .population()
        .map(|people| language.phrase("sheet.inhabitants", &[("count", &format::signed(people, language))]));
    let area = amounts::area(sheet.area_m2, language);
    people.into_iter().chain([language.phrase("sheet.area", &[("area", &area)])]).collect()
}

/// The latest day on which a source of the proposals says that it touched its data.
fn as_of(sheet: &Sheet<'_>, language: Language) -> Option<String> {
    let origins = sheet.proposals.iter().flat_map(|it| &it.layer.origins);
    let day = origins.filter_map(|origin| origin.extracted_on).max()?.to_string();
    Some(language.phrase("sheet.as_of", &[("date", &format::date(&day, language))]))
}

fn map(edition: &Edition, sheet: &Sheet<'_>) -> Option<PlaceMap> {
    let around = sheet.place.layer.shown_bbox(sheet.place.position)?.grown(MARGIN);
    edition.municipalities()?;
    Some(PlaceMap {
        extent: [around.min[0], around.min[1], around.max[0], around.max[1]],
        style_url: "/styles/base".to_owned(),
        geometry: None,
        municipalities: sheet.place.members.iter().map(ToString::to_string).collect(),
        sketch: sketch::draw(edition, around, &sheet.place.members.iter().copied().collect::<Vec<_>>(), &[]),
    })
}

fn comparison(all: &[Figures], language: Language) -> Vec<ComparisonRow> {
    let greatest = all.iter().filter_map(Figures::per_inhabitant).max();
    let row = |of: &Figures| ComparisonRow {
        name: match &of.whose {
            Whose::Place(name) => name.clone(),
            Whose::Zone(name) => language.phrase("sheet.zone_named", &[("name", name)]),
            Whose::Territory => language.word("sheet.territory").to_owned(),
        },
        cells: [
            of.population.map(|people| format::signed(people, language)),
            Some(amounts::count(of.proposals, language)),
            Some(amounts::part(of.located, of.proposals, language)),
            of.funding.map(|amount| format::money(amount.0, language)),
        ],
        per_inhabitant: of.per_inhabitant().map(|each| {
            (format::money(each.0, language), amounts::bar(each.0, greatest.map_or(0, |it| it.0)))
        }),
    };
    all.iter().map(row).collect()
}

/// The downloads, by collection; none of one of which there is too much.
fn files(sheet: &Sheet<'_>, language: Language) -> Vec<(String, Vec<Link>)> {
    let mut files: Vec<(String, Vec<Link>)> = Vec::new();
    for file in downloads::of_sheet(sheet) {
        let title = words(language, &file.layer.collection.title);
        let link = Link { label: file.format.title().to_owned(), url: file.url };
        match files.last_mut().filter(|(last, _)| last == title) {
            Some((_, links)) => links.push(link),
            None => files.push((title.to_owned(), vec![link])),
        }
    }
    let too_many =
        downloads::left_out(sheet).map(|layer| words(language, &layer.collection.title).to_owned());
    files.extend(too_many.map(|title| (title, Vec::new())));
    files
}
