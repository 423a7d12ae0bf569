//! What is drawn in the place of a sheet.

use atlas::Layer;
use domain::Role;
use domain::question::Sliver;
use overlay::sheet::{Found, Inside, Nearest};

use super::{amounts, proposals};
use crate::pages::Language;
use crate::pages::sheet::{InsideGroup, InsidePart, InsideRow};
use crate::views::told::link;
use crate::views::words;

/// Fields that say on whose word an area binds.
pub const AUTHORITY: [&str; 2] = ["competent_body", "legal_basis"];
/// Records of a category that are told one by one.
const SHOWN: usize = 25;

/// The records of one collection that a place has to do with.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    /// The collection.
    pub layer: &'a Layer,
    /// They, by category.
    pub found: &'a [Found],
    /// How many share no more than a sliver.
    pub slivers: usize,
    /// The nearest of each category of which none is met.
    pub nearest: &'a [Nearest],
    /// The categories of which there is none at all.
    pub nowhere: &'a [String],
    /// The length of the place's own lines, m.
    pub whole_length_m: f64,
}

impl<'a> Records<'a> {
    /// Those in the place of a sheet.
    pub fn of(inside: &'a Inside<'_>) -> Self {
        Self {
            layer: inside.layer,
            found: &inside.found,
            slivers: inside.slivers,
            nearest: &inside.nearest,
            nowhere: &inside.nowhere,
            whole_length_m: 0.0,
        }
    }
}

/// The same without what is measured: of a place that is not known well enough.
pub fn unmeasured(part: InsidePart) -> InsidePart {
    let plain =
        |row: InsideRow| InsideRow { extent: None, share_of_place: None, share_of_record: None, ..row };
    let groups = part.groups.into_iter();
    let groups =
        groups.map(|group| InsideGroup { rows: group.rows.into_iter().map(plain).collect(), ..group });
    InsidePart { groups: groups.collect(), measured: false, ..part }
}

/// The records of one collection.
pub fn part(of: &Records<'_>, language: Language) -> InsidePart {
    let layer = of.layer;
    let category = |code: &str| proposals::code(layer, Role::Category, code, language);
    let nearest = of.nearest.iter().map(|it| {
        (category(&it.category), link(layer, it.position), amounts::length(it.distance_m, language))
    });
    InsidePart {
        id: layer.collection.id.to_string(),
        title: words(language, &layer.collection.title).to_owned(),
        count: language.counted("sheet.inside", of.found.len() as u64),
        measured: of
            .found
            .iter()
            .any(|it| it.meeting.is_some_and(|it| it.area_m2 > 0.0 || it.length_of_subject_m > 0.0))
            && layer.collection.family != "services",
        groups: groups(of, language),
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
fn groups(records: &Records<'_>, language: Language) -> Vec<InsideGroup> {
    let Records { layer, found, .. } = *records;
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
            rows: of.iter().take(SHOWN).map(|it| row(records, it, language)).collect(),
            more: (left > 0).then(|| language.counted("sheet.inside_more", left)),
        }
    };
    groups.map(group).collect()
}

fn row(records: &Records<'_>, of: &Found, language: Language) -> InsideRow {
    let layer = records.layer;
    let mut row = InsideRow {
        item: link(layer, of.position),
        remark: authority(layer, of.position),
        extent: None,
        share_of_place: None,
        share_of_record: None,
    };
    let Some(meeting) = of.meeting else { return row };
    let own_length = meeting.length_of_subject_m;
    let share = |share| (amounts::share(share, language), amounts::bar_of_share(share));
    if meeting.area_m2 > 0.0 {
        row.extent = Some(amounts::area(meeting.area_m2, language));
        row.share_of_place = Some(share(meeting.share_of_subject));
        row.share_of_record = Some(amounts::share(meeting.share_of_object, language));
    } else if own_length > 0.0 {
        row.extent = Some(amounts::length(own_length, language));
        row.share_of_place =
            (records.whole_length_m > 0.0).then(|| share(own_length / records.whole_length_m));
    } else if meeting.length_of_object_m > 0.0 {
        row.extent = Some(amounts::length(meeting.length_of_object_m, language));
    }
    row
}

/// On whose word an area binds.
fn authority(layer: &Layer, at: usize) -> Option<String> {
    let text = |name| layer.value(at, layer.collection.position(name)?).as_text();
    let stated: Vec<&str> = AUTHORITY.into_iter().filter_map(text).collect();
    (!stated.is_empty()).then(|| stated.join(" · "))
}
