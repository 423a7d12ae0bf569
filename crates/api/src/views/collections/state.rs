//! How complete and how fresh a collection is, and what was wrong with its rows.

use atlas::{Edition, Layer, Origin};
use overlay::sheet::Place;
use time::{Date, OffsetDateTime};

use crate::chronicle::Chronicle;
use crate::pages::collections::{Coverage, Issues, State};
use crate::pages::{Language, format};
use crate::views::places;

/// What is to be said of a layer on a day.
pub fn of(
    edition: &Edition,
    layer: &Layer,
    chronicle: Option<&Chronicle>,
    today: Date,
    language: Language,
) -> State {
    let latest = layer.origins.iter().filter_map(|origin| origin.extracted_on).max();
    let mut licences: Vec<String> = layer.origins.iter().map(|origin| origin.licence.clone()).collect();
    licences.sort_unstable();
    licences.dedup();
    State {
        coverage: coverage(edition, layer, language),
        freshness: latest.map(|day| {
            let date = format::date(&day.to_string(), language);
            language.phrase("collection.as_of", &[("date", &date), ("age", &age(day, today, language))])
        }),
        licences,
        issues: layer.origins.iter().map(|origin| issues(origin, chronicle, language)).collect(),
    }
}

/// The day in Italy.
pub fn today() -> Date {
    // An hour or two early at worst: ages are told in days, months, years.
    OffsetDateTime::now_utc().date()
}

/// Of the territory itself, and of an empty layer, nothing is to be said.
fn coverage(edition: &Edition, layer: &Layer, language: Language) -> Option<Coverage> {
    if layer.is_empty() || layer.collection.family == "territory" || edition.municipalities().is_none() {
        return None;
    }
    let covered = overlay::coverage(edition, layer)?;
    let missing = edition.places.iter().filter(|(code, _)| !covered.contains(code));
    let mut missing: Vec<_> =
        missing.filter_map(|(code, _)| Some(places::link(&Place::municipality(edition, code)?))).collect();
    missing.sort_by(|one, other| one.label.cmp(&other.label));
    let (count, all) = (covered.len() as u64, edition.places.iter().count() as u64);
    let values = [format::integer(count, language), format::integer(all, language)];
    let text = language.phrase("collection.covers", &[("count", &values[0]), ("all", &values[1])]);
    Some(Coverage { text, missing })
}

fn issues(origin: &Origin, chronicle: Option<&Chronicle>, language: Language) -> Issues {
    let entries = chronicle.into_iter().flat_map(|it| &it.entries);
    let count = entries.map(|entry| &entry.event).find(|event| event.release == origin.release);
    Issues {
        text: match count {
            Some(event) if event.issues == 0 => language.word("collection.no_issues").to_owned(),
            Some(event) => language.counted("release.issue", event.issues),
            None => language.word("issues.short").to_owned(),
        },
        release: language.phrase("release.name", &[("number", &origin.release.to_string())]),
        url: format!("/releases/{}/issues", origin.release),
    }
}

/// How long ago a day was: in days, then in months, then in years.
fn age(day: Date, today: Date, language: Language) -> String {
    let days = (today - day).whole_days().max(0).unsigned_abs();
    match days {
        0 => language.word("collection.age_today").to_owned(),
        1..=60 => language.counted("collection.age_days", days),
        61..=730 => language.counted("collection.age_months", days / 30),
        _ => language.counted("collection.age_years", days / 365),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn an_age_is_told_in_the_unit_that_suits_it() {
        for (day, expect) in [
            (date!(2026 - 11 - 25), "oggi"),
            (date!(2026 - 11 - 24), "1 giorno fa"),
            (date!(2026 - 09 - 26), "60 giorni fa"),
            (date!(2026 - 08 - 25), "3 mesi fa"),
            (date!(2023 - 02 - 21), "3 anni fa"),
            (date!(2027 - 01 - 01), "oggi"),
        ] {
            assert_eq!(age(day, date!(2026 - 11 - 25), Language::Italian), expect, "{day}");
        }
    }
}
