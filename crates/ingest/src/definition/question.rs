//! `[[questions]]` of `data/strategies/<id>.toml`.

use super::selection::{self, SelectionEntry};
use super::{DefinitionError, Words, one_of};
use domain::question::{Aggregate, Grouping, Measure, Sliver};
use domain::{Question, QuestionId};
use serde::Deserialize;

/// Metres beyond which "near" means nothing in a metropolitan city.
const FARTHEST: f64 = 100_000.0;
/// Nearest objects that are told of each subject, at most.
const MOST_NEAREST: u8 = 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionEntry {
    id: String,
    title: Words,
    subject: SelectionEntry,
    object: SelectionEntry,
    measure: String,
    distance_m: Option<f64>,
    nearest: Option<u8>,
    group_by: Option<String>,
    poles: Option<SelectionEntry>,
    #[serde(default)]
    aggregates: Vec<String>,
    sliver: Option<SliverEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SliverEntry {
    area_m2: f64,
    share: f64,
}

/// The question that an entry means.
///
/// # Errors
/// [`DefinitionError::Question`] names it and what is wrong in it.
pub fn question(entry: QuestionEntry) -> Result<Question, DefinitionError> {
    let name = entry.id.clone();
    read(entry).map_err(|source| DefinitionError::Question { question: name, source: Box::new(source) })
}

fn read(entry: QuestionEntry) -> Result<Question, DefinitionError> {
    let rule = "it is lower-case letters, digits and hyphens";
    let id = QuestionId::parse(&entry.id).ok_or_else(|| DefinitionError::value("id", &entry.id, rule))?;
    for title in [&entry.title.it, &entry.title.en] {
        if !title.ends_with('?') {
            return Err(DefinitionError::value(
                "title",
                title,
                "it is a question: it ends with a question mark",
            ));
        }
    }
    let measure = measure(&entry)?;
    let aggregates = entry.aggregates.iter();
    let aggregates = aggregates.map(|word| one_of("aggregates", word, &Aggregate::ALL, Aggregate::as_str));
    Ok(Question {
        id,
        aggregates: aggregates.collect::<Result<_, _>>()?,
        sliver: entry.sliver.map_or(Ok(Sliver::default()), sliver)?,
        grouping: grouping(entry.group_by.as_deref(), entry.poles)?,
        title: entry.title.into(),
        subject: selection::read(entry.subject)?,
        object: selection::read(entry.object)?,
        measure,
    })
}

/// The measure; each takes the numbers that it needs, and no other.
fn measure(entry: &QuestionEntry) -> Result<Measure, DefinitionError> {
    let word = one_of("measure", &entry.measure, &Measure::NAMES, |name| name)?;
    let distance = distance(entry.distance_m)?;
    let needs = |what, rule: &str| DefinitionError::value(what, "", format!("{word} needs it: {rule}"));
    let nearest = entry.nearest.filter(|count| (1..=MOST_NEAREST).contains(count));
    let measure = match word {
        "intersects" => Measure::Intersects,
        "within" => Measure::Within,
        "overlap_area" => Measure::OverlapArea,
        "length_inside" => Measure::LengthInside,
        "count" => Measure::Count,
        "rate" => Measure::Rate,
        "coverage_gap" => Measure::CoverageGap(distance.unwrap_or(0.0)),
        "within_distance" => Measure::WithinDistance(
            distance.filter(|it| *it > 0.0).ok_or_else(|| needs("distance_m", "metres, more than 0"))?,
        ),
        _ => Measure::Nearest(nearest.ok_or_else(|| needs("nearest", "how many, from 1 to 10"))?),
    };
    let takes_distance = matches!(measure, Measure::CoverageGap(_) | Measure::WithinDistance(_));
    if let Some(distance) = distance.filter(|_| !takes_distance) {
        let rule = format!("{word} has no distance: leave it out");
        return Err(DefinitionError::value("distance_m", &distance.to_string(), rule));
    }
    if let Some(count) = entry.nearest.filter(|_| !matches!(measure, Measure::Nearest(_))) {
        let rule = format!("{word} does not choose the nearest: leave it out");
        return Err(DefinitionError::value("nearest", &count.to_string(), rule));
    }
    Ok(measure)
}

fn distance(stated: Option<f64>) -> Result<Option<f64>, DefinitionError> {
    match stated.filter(|distance| !(0.0..=FARTHEST).contains(distance)) {
        Some(wrong) => {
            let rule = format!("it is metres, from 0 to {FARTHEST}");
            Err(DefinitionError::value("distance_m", &wrong.to_string(), rule))
        }
        None => Ok(stated),
    }
}

fn grouping(word: Option<&str>, poles: Option<SelectionEntry>) -> Result<Option<Grouping>, DefinitionError> {
    if poles.is_some() && word != Some("pole") {
        return Err(DefinitionError::value(
            "poles",
            "",
            "only group_by = \"pole\" asks which areas are poles",
        ));
    }
    let Some(word) = word else { return Ok(None) };
    let field = |prefix: &str| word.strip_prefix(prefix).filter(|field| !field.is_empty()).map(str::to_owned);
    Ok(Some(match (word, poles) {
        ("municipality", _) => Grouping::Municipality,
        ("zone", _) => Grouping::Zone,
        ("area", _) => Grouping::Area,
        ("pole", Some(poles)) => Grouping::Pole(selection::read(poles)?),
        ("pole", None) => {
            return Err(DefinitionError::value(
                "poles",
                "",
                "group_by = \"pole\" needs it: the areas that are poles",
            ));
        }
        _ => match (field("subject."), field("object.")) {
            (Some(field), _) => Grouping::Subject(field),
            (_, Some(field)) => Grouping::Object(field),
            _ => {
                let rule = "it is municipality, zone, pole, area, subject.<field> or object.<field>";
                return Err(DefinitionError::value("group_by", word, rule));
            }
        },
    }))
}

fn sliver(SliverEntry { area_m2, share }: SliverEntry) -> Result<Sliver, DefinitionError> {
    if !(0.0..1e6).contains(&area_m2) {
        return Err(DefinitionError::value(
            "sliver.area_m2",
            &area_m2.to_string(),
            "it is m², below a million",
        ));
    }
    if !(0.0..0.5).contains(&share) {
        return Err(DefinitionError::value("sliver.share", &share.to_string(), "it is a share, below 0.5"));
    }
    Ok(Sliver { area_m2, share })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
        id = "stations"
        title = { it = "Quali proposte?", en = "Which proposals?" }
        subject = { collection = "pnrr-projects" }
        object = { collection = "services", filter.service_class = ["railway_station"] }
        measure = "within_distance"
        distance_m = 800
        group_by = "zone"
        aggregates = ["count", "funding"]
    "#;

    fn parse(text: &str) -> Result<Question, DefinitionError> {
        question(toml::from_str(text)?)
    }

    #[test]
    fn a_question_says_what_is_set_against_what_and_how() {
        let question = parse(WHOLE).unwrap();
        assert_eq!(question.measure, Measure::WithinDistance(800.0));
        assert_eq!(question.grouping, Some(Grouping::Zone));
        assert_eq!(question.aggregates, [Aggregate::Count, Aggregate::Funding]);
        assert_eq!(
            question.object.filter,
            [("service_class".to_owned(), vec!["railway_station".to_owned()])]
        );
        assert_eq!(question.sliver, Sliver::default());
        for (group_by, grouping) in [
            ("municipality", Grouping::Municipality),
            ("area", Grouping::Area),
            ("subject.cup_status", Grouping::Subject("cup_status".to_owned())),
            ("object.class", Grouping::Object("class".to_owned())),
        ] {
            let question = parse(&WHOLE.replace("\"zone\"", &format!("\"{group_by}\""))).unwrap();
            assert_eq!(question.grouping, Some(grouping));
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_the_question_and_what_to_do() {
        for (text, instead, said) in [
            ("\"stations\"", "\"Stations\"", "question Stations: id cannot be"),
            ("Which proposals?", "Proposals", "ends with a question mark"),
            ("\"within_distance\"", "\"near\"", "it is one of intersects, within"),
            ("distance_m = 800", "", "within_distance needs it: metres"),
            ("distance_m = 800", "distance_m = 0", "within_distance needs it: metres"),
            ("distance_m = 800", "distance_m = -1", "from 0 to 100000"),
            ("distance_m = 800", "distance_m = nan", "from 0 to 100000"),
            ("distance_m = 800", "distance_m = 800\nnearest = 3", "leave it out"),
            ("\"within_distance\"", "\"intersects\"", "intersects has no distance: leave it out"),
            ("\"within_distance\"\n        distance_m = 800", "\"nearest\"", "from 1 to 10"),
            ("\"zone\"", "\"place\"", "group_by cannot be \"place\": it is municipality"),
            ("\"zone\"", "\"subject.\"", "it is municipality, zone"),
            ("\"zone\"", "\"pole\"", "the areas that are poles"),
            ("\"zone\"", "\"zone\"\npoles = { collection = \"areas\" }", "only group_by"),
            ("\"funding\"", "\"money\"", "it is one of count, area, funding"),
            ("[\"railway_station\"]", "[]", "one value or more"),
            ("\"zone\"", "\"zone\"\nsliver = { area_m2 = -1, share = 0.1 }", "below a million"),
            ("\"zone\"", "\"zone\"\nsliver = { area_m2 = 1, share = 0.9 }", "below 0.5"),
            ("\"zone\"", "\"zone\"\ncolour = 3", "colour"),
        ] {
            assert!(WHOLE.contains(text), "{text}");
            let error = parse(&WHOLE.replace(text, instead)).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
