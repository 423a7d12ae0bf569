//! What changed in the place of a sheet, in words.

use atlas::{Edition, Layer};
use overlay::sheet::{Change, Place};

use crate::as_of::Moment;
use crate::pages::diff::{FieldChange, Record};
use crate::pages::sheet::ChangesPart;
use crate::pages::{Language, format};
use crate::portal::Portal;
use crate::routes::sheets::since::{Before, Earlier};
use crate::views::{field, words};

/// Changes that are told one by one.
const SHOWN: usize = 30;

/// The changes since an earlier edition.
pub fn part(
    portal: &Portal,
    edition: &Edition,
    place: &Place<'_>,
    (earlier, changes): (&Earlier, &[Change<'_>]),
    language: Language,
) -> ChangesPart {
    let (day, release_url) = match earlier {
        Earlier::Stood { before: Before::Moment(Moment::Day(day)), .. } => (Some(day.to_string()), None),
        Earlier::Stood { before: Before::Release(release), .. } => {
            (None, Some(format!("/releases/{release}/diff")))
        }
        _ => (None, None),
    };
    let left = changes.len().saturating_sub(SHOWN) as u64;
    ChangesPart {
        lead: lead(portal, edition, earlier, changes.is_empty(), language),
        counts: counts(changes, language),
        records: changes.iter().filter_map(|it| record(it, language)).take(SHOWN).collect(),
        more: (left > 0).then(|| language.counted("sheet.changes_more", left)),
        day,
        release_url,
        follow_url: (!place.is_zone()).then(|| format!("/changes?municipality={}", place.code())),
    }
}

fn lead(portal: &Portal, edition: &Edition, earlier: &Earlier, is_none: bool, language: Language) -> String {
    let since = match earlier {
        Earlier::First => return language.word("sheet.changes_first").to_owned(),
        Earlier::Unavailable => return language.word("sheet.changes_unavailable").to_owned(),
        Earlier::Stood { before: Before::Release(release), .. } => {
            let origins = edition.layers.iter().flat_map(|layer| &layer.origins);
            let origin = origins.into_iter().find(|origin| origin.release == *release);
            let source = origin.and_then(|origin| portal.source(origin.source.as_str()));
            let title = source.map_or("", |source| words(language, &source.title));
            language.phrase("sheet.since_release", &[("release", &release.to_string()), ("source", title)])
        }
        Earlier::Stood { before: Before::Moment(Moment::Instant(at)), .. } => {
            language.phrase("sheet.since_moment", &[("moment", &format::instant(*at, language))])
        }
        Earlier::Stood { before: Before::Moment(Moment::Day(day)), .. } => {
            language.phrase("sheet.since_moment", &[("moment", &format::date(&day.to_string(), language))])
        }
        Earlier::Stood { before: Before::Moment(Moment::Release(_)), .. } => String::new(),
    };
    if is_none { format!("{since} {}", language.word("sheet.changes_none")) } else { since }
}

fn kind(of: &Change<'_>) -> &'static str {
    match (of.before, of.after) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    }
}

fn counts(changes: &[Change<'_>], language: Language) -> Vec<String> {
    let count = |wanted: &&str| {
        let count = changes.iter().filter(|it| kind(it) == *wanted).count() as u64;
        let form = if count == 1 { "one" } else { "many" };
        let word = language.word(&format!("release.{wanted}_{form}")).to_owned();
        (count > 0).then(|| format!("{} {word}", format::integer(count, language)))
    };
    ["changed", "added", "removed"].iter().filter_map(count).collect()
}

fn record(of: &Change<'_>, language: Language) -> Option<Record> {
    let (layer, at) = of.told_by()?;
    let field = |place: &usize| {
        let field = &layer.collection.fields[*place];
        let stated = |side: Option<(&Layer, usize)>| {
            let (layer, at) = side?;
            field::of(field, layer.value(at, layer.collection.position(&field.id)?), language)
                .written(language)
        };
        FieldChange {
            label: words(language, &field.label).to_owned(),
            before: stated(of.before),
            after: stated(of.after),
        }
    };
    let places = of.is_moved.then(|| FieldChange {
        label: language.word("diff.places").to_owned(),
        before: of.before.map(|it| places(it, language)),
        after: of.after.map(|it| places(it, language)),
    });
    Some(Record {
        title: layer.title(at).into_owned(),
        url: of
            .after
            .map(|(layer, at)| format!("/collections/{}/items/{}", layer.collection.id, layer.id(at))),
        collection: words(language, &layer.collection.title).to_owned(),
        kind: kind(of),
        fields: of.fields.iter().map(field).chain(places).collect(),
    })
}

/// The places of a record: how well each is known, and the municipality.
fn places((layer, at): (&Layer, usize), language: Language) -> String {
    let place = |location: atlas::Location<'_>| {
        let key = format!("item.precision_{}", location.precision.as_str());
        let name = location.municipality_name.map(|name| format!(": {name}"));
        let code = location.municipality.map(|code| format!(": {code}"));
        format!("{}{}", language.word(&key), name.or(code).unwrap_or_default())
    };
    layer.locations(at).map(place).collect::<Vec<_>>().join("; ")
}
