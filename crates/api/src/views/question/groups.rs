//! The sums by group, with bars that compare them.

use domain::question::{Aggregate, Grouping, Measure};
use domain::{FeatureId, Selection};
use overlay::{Answer, Found, Group, GroupKey, Sum};

use super::{decimals, metres, surface};
use crate::answering::{self, Asked, is_divided, rate};
use crate::pages::question::{GroupRow, Groups};
use crate::pages::{Language, format};
use crate::views::words;

/// The groups of an answer, the greatest first; those in which there is nothing are told by their number alone.
pub fn of(asked: &Asked, found: &Found, language: Language) -> Option<Groups> {
    let answer = &asked.found.answer;
    if found.groups.is_empty() {
        return None;
    }
    let (columns, main) = columns(answer, found);
    let something = |group: &&Group| {
        group.sum.count > 0 || group.sum.funding.is_some() || answer.question.measure == Measure::Rate
    };
    let mut groups: Vec<&Group> = found.groups.iter().filter(something).collect();
    groups.sort_by(|a, b| {
        let rest = |group: &Group| !matches!(group.key, GroupKey::Of(_));
        let value = |group: &Group| main.of(&group.sum).unwrap_or(-1.0);
        rest(a).cmp(&rest(b)).then(value(b).total_cmp(&value(a)))
    });
    let greatest = groups.iter().filter_map(|group| main.of(&group.sum)).fold(0.0, f64::max);
    let row = |group: &&Group| GroupRow {
        label: answering::group_name(&asked.found.edition, answer, &group.key, language),
        url: address(answer, &group.key),
        bar: main.of(&group.sum).and_then(|value| bar(value, greatest)),
        cells: columns.iter().map(|column| column.cell(group, language)).collect(),
    };
    Some(Groups {
        heading: heading(asked, language),
        bars: language.word(main.label()).to_owned(),
        columns: columns.iter().map(|column| language.word(column.label()).to_owned()).collect(),
        rows: groups.iter().map(row).collect(),
        notes: notes(answer, found, groups.len(), language),
    })
}

/// A number that is told of each group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Count,
    OfAsked,
    Area,
    Length,
    Funding,
    Inhabitants,
    Rate,
}

impl Column {
    const fn label(self) -> &'static str {
        match self {
            Self::Count => "answer.count",
            Self::OfAsked => "answer.of_asked_heading",
            Self::Area => "answer.area",
            Self::Length => "answer.length",
            Self::Funding => "answer.funding",
            Self::Inhabitants => "answer.inhabitants",
            Self::Rate => "answer.rate",
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "bars need no more")]
    fn of(self, sum: &Sum) -> Option<f64> {
        match self {
            Self::Count | Self::OfAsked => Some(sum.count as f64),
            Self::Area => sum.area_m2,
            Self::Length => sum.length_m,
            Self::Funding => sum.funding.map(|cents| cents.0 as f64),
            Self::Inhabitants => sum.inhabitants.map(|people| people as f64),
            Self::Rate => rate(sum),
        }
    }

    /// The number as it is written; a dash where nothing was measured, and a word where it is not known.
    fn cell(self, group: &Group, language: Language) -> String {
        let count = format::integer(group.sum.count, language);
        let unknown = || language.word("answer.unknown").to_owned();
        let dash = || "–".to_owned();
        match self {
            Self::Count => count,
            Self::OfAsked => match group.asked {
                Some(asked) => {
                    let asked = format::integer(asked, language);
                    language.phrase("answer.of_asked", &[("count", &count), ("asked", &asked)])
                }
                None => count,
            },
            Self::Area => group.sum.area_m2.map_or_else(dash, |area| surface(area, language)),
            Self::Length => group.sum.length_m.map_or_else(dash, |length| metres(length, language)),
            Self::Funding => group.sum.funding.map_or_else(dash, |cents| format::money(cents.0, language)),
            Self::Inhabitants => {
                group.sum.inhabitants.map_or_else(unknown, |people| format::signed(people, language))
            }
            Self::Rate => rate(&group.sum).map_or_else(unknown, |rate| decimals(rate, 2, language)),
        }
    }
}

/// The numbers that are told, and the one that the bars show.
fn columns(answer: &Answer, found: &Found) -> (Vec<Column>, Column) {
    let asks = |aggregate| answer.question.aggregates.contains(&aggregate);
    let is_counted = answer.question.measure.counts_objects();
    let has = |column: Column| found.groups.iter().any(|group| column.of(&group.sum).is_some());
    let some_asked = !is_counted && found.groups.iter().any(|group| group.asked.is_some());
    let count = if some_asked { Column::OfAsked } else { Column::Count };
    let all = [
        (count, asks(Aggregate::Count)),
        (Column::Area, asks(Aggregate::Area) && has(Column::Area)),
        (Column::Length, asks(Aggregate::Area) && has(Column::Length)),
        (Column::Funding, asks(Aggregate::Funding) && has(Column::Funding)),
        (Column::Inhabitants, answer.question.measure == Measure::Rate),
        (Column::Rate, answer.question.measure == Measure::Rate),
    ];
    let columns: Vec<Column> = all.into_iter().filter_map(|(column, told)| told.then_some(column)).collect();
    let main = [Column::Rate, Column::Area, Column::Length].into_iter().find(|it| columns.contains(it));
    (columns, main.unwrap_or(count))
}

fn heading(asked: &Asked, language: Language) -> String {
    let question = &asked.found.answer.question;
    let field = |selection: &Selection, id: &str| {
        let layer = asked.found.edition.layer(&selection.collection)?;
        let field = layer.collection.fields.iter().find(|field| field.id == id)?;
        Some(words(language, &field.label).to_lowercase())
    };
    let (key, named) = match &question.grouping {
        None => ("answer_group.subject", None),
        Some(Grouping::Municipality) => ("answer_group.municipality", None),
        Some(Grouping::Zone) => ("answer_group.zone", None),
        Some(Grouping::Pole(_)) => ("answer_group.pole", None),
        Some(Grouping::Area) => ("answer_group.area", None),
        Some(Grouping::Subject(id)) => ("answer_group.field", field(&question.subject, id)),
        Some(Grouping::Object(id)) => ("answer_group.field", field(&question.object, id)),
    };
    language.phrase(key, &[("field", named.as_deref().unwrap_or_default())])
}

/// The page of a group that is a feature, or a municipality.
fn address(answer: &Answer, key: &GroupKey) -> Option<String> {
    let GroupKey::Of(key) = key else { return None };
    let item = |selection: &Selection| {
        let id = FeatureId::parse(key)?;
        Some(format!("/collections/{}/items/{id}", selection.collection))
    };
    match &answer.question.grouping {
        None => item(&answer.question.subject),
        Some(Grouping::Area) => item(&answer.question.object),
        Some(Grouping::Pole(poles)) => item(poles),
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
fn bar(value: f64, greatest: f64) -> Option<u8> {
    // What is something is seen, however small it is.
    (value > 0.0 && greatest > 0.0).then(|| (value / greatest * 100.0).clamp(1.0, 100.0).round() as u8)
}

fn notes(answer: &Answer, found: &Found, shown: usize, language: Language) -> Vec<String> {
    let asks = |aggregate| answer.question.aggregates.contains(&aggregate);
    let mut notes = Vec::new();
    let hidden = (found.groups.len() - shown) as u64;
    if hidden > 0 {
        notes.push(language.counted("answer.groups_nothing", hidden));
    }
    if asks(Aggregate::Funding) && is_divided(&answer.question) {
        notes.push(language.word("answer.groups_divided").to_owned());
    } else if found.in_several > 0 && !is_divided(&answer.question) {
        notes.push(language.counted("answer.groups_overlap", found.in_several));
    }
    if asks(Aggregate::Area) && found.total.area_m2.is_some() {
        notes.push(language.word("answer.areas_overlap").to_owned());
    }
    notes
}
