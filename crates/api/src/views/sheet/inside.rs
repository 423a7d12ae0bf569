//! What is drawn in the place of a sheet.

use atlas::Layer;
use domain::Role;
use domain::question::Sliver;
use overlay::sheet::{Found, Inside};

use super::{amounts, proposals};
use crate::pages::Language;
use crate::pages::layout::Link;
use crate::pages::sheet::{InsideGroup, InsidePart, InsideRow};
use crate::views::words;

/// Records of a category that are told one by one.
const SHOWN: usize = 25;

/// The records of one collection.
pub fn part(of: &Inside<'_>, language: Language) -> InsidePart {
    let layer = of.layer;
    let category = |code: &str| proposals::code(layer, Role::Category, code, language);
    let nearest = of.nearest.iter().map(|it| {
        (category(&it.category), item(layer, it.position), amounts::length(it.distance_m, language))
    });
    InsidePart {
        id: layer.collection.id.to_string(),
        title: words(language, &layer.collection.title).to_owned(),
        count: language.counted("sheet.inside", of.found.len() as u64),
        measured: of.found.iter().any(|it| it.meeting.is_some_and(|it| it.area_m2 > 0.0))
            && layer.collection.family != "services",
        groups: groups(layer, &of.found, language),
        slivers: (of.slivers > 0).then(|| language.counted("sheet.slivers", of.slivers as u64)),
        nearest: nearest.collect(),
        nowhere: of.nowhere.iter().map(|code| category(code)).collect(),
    }
}

/// What a sliver is, in words.
pub fn sliver(language: Language) -> String {
    let area = amounts::area(Sliver::default().area_m2, language);
    let share = amounts::share(Sliver::default().share, language);
    language.phrase("sheet.sliver", &[("area", &area), ("share", &share)])
}

/// The records by category; they come in that order.
fn groups(layer: &Layer, found: &[Found], language: Language) -> Vec<InsideGroup> {
    let category = |found: &Found| layer.text(found.position, Role::Category);
    let groups = found.chunk_by(|one, other| category(one) == category(other));
    let group = |of: &[Found]| {
        let label = of.first().and_then(category);
        let left = of.len().saturating_sub(SHOWN) as u64;
        InsideGroup {
            label: label.map_or_else(
                || language.word("sheet.no_category").to_owned(),
                |code| proposals::code(layer, Role::Category, code, language),
            ),
            rows: of.iter().take(SHOWN).map(|it| row(layer, it, language)).collect(),
            more: (left > 0).then(|| language.counted("sheet.inside_more", left)),
        }
    };
    groups.map(group).collect()
}

fn row(layer: &Layer, of: &Found, language: Language) -> InsideRow {
    let meeting = of.meeting.unwrap_or_default();
    let area = (meeting.area_m2 > 0.0).then(|| amounts::area(meeting.area_m2, language));
    let length =
        (meeting.length_of_object_m > 0.0).then(|| amounts::length(meeting.length_of_object_m, language));
    let is_surface = meeting.area_m2 > 0.0;
    InsideRow {
        item: item(layer, of.position),
        extent: area.or(length),
        share_of_place: is_surface.then(|| {
            (
                amounts::share(meeting.share_of_subject, language),
                amounts::bar_of_share(meeting.share_of_subject),
            )
        }),
        share_of_record: is_surface.then(|| amounts::share(meeting.share_of_object, language)),
    }
}

fn item(layer: &Layer, at: usize) -> Link {
    Link {
        label: layer.title(at).into_owned(),
        url: format!("/collections/{}/items/{}", layer.collection.id, layer.id(at)),
    }
}
