//! A question with its answer, as a page.

mod groups;

use domain::question::{Aggregate, Measure};
use overlay::{Answer, Counts, Difference, Finding, Found, Pair, Standing, Sum};

use super::{layout, render, words};
use crate::answering::{self, Asked, COMPARE, STANDING, Sided, Which, rate};
use crate::ask::Ask;
use crate::pages::layout::{Link, Section};
use crate::pages::question::{AnswerPart, ChangeRow, Changes, Count, SubjectRow};
use crate::pages::{Language, QuestionPage, format};
use crate::problem::Problem;

/// Objects that are named of each subject: the others are in the table to download.
const OBJECTS: usize = 5;

/// The page.
pub fn page(asked: &Asked, ask: &Ask) -> Result<String, Problem> {
    let language = ask.language.0;
    let (edition, answer) = (&asked.found.edition, &asked.found.answer);
    let names = |needed: bool| {
        let absent = answer.absent.iter().filter(|it| it.is_needed == needed);
        absent.map(|it| words(language, &answering::absent(edition, it)).to_owned()).collect()
    };
    let told = match &asked.earlier {
        Some(_) => asked.changed().unwrap_or_default().len(),
        None => asked.matched().len(),
    };
    let object = answer.question.object.collection.as_str();
    let all = asked.all_parameters();
    render(&QuestionPage {
        layout: layout::of(edition, ask, Section::Strategies),
        past: asked.found.as_of.as_deref().and_then(|as_of| layout::past(as_of, ask)),
        strategy: Link {
            label: asked.strategy.code.clone(),
            url: format!("/strategies/{}", asked.strategy.id),
        },
        title: words(language, &answer.question.title).to_owned(),
        is_before: !asked.found.is_current,
        not_loaded: names(true),
        partly_loaded: names(false),
        answer: answer.found.as_ref().map(|found| part(asked, found, ask)),
        method: method(asked, language),
        bases: bases(asked, language),
        map_url: map_of([object]),
        compare_url: ask.uri.path().to_owned(),
        previous: asked.told.listing.previous(ask, &all),
        next: asked.told.listing.next(ask, &all, told),
        formats: formats(asked, ask),
    })
}

/// The address of the map with these collections.
pub fn map_of<'a>(collections: impl IntoIterator<Item = &'a str>) -> String {
    format!("/map#layers={}", collections.into_iter().collect::<Vec<_>>().join(","))
}

/// The number that answers a question, and what it counts.
pub fn figure(measure: Measure, counts: &Counts, total: &Sum, language: Language) -> (String, String) {
    let subjects = format::integer(counts.subjects(), language);
    let distance = distance(measure, language);
    let rate = rate(total).map(|rate| decimals(rate, 2, language));
    let key = match (measure, &rate) {
        (Measure::CoverageGap(distance), _) if distance > 0.0 => "answer_lead.coverage_gap_within".to_owned(),
        (Measure::Rate, None) => "answer_lead.rate_unknown".to_owned(),
        _ => format!("answer_lead.{}", measure.as_str()),
    };
    let values = [
        ("subjects", subjects.as_str()),
        ("distance", &distance),
        ("rate", rate.as_deref().unwrap_or_default()),
    ];
    (format::integer(total.count, language), language.phrase(&key, &values))
}

/// What may be missing from an answer: subjects that may answer too, objects of which only the municipality is known, or nothing.
pub fn perhaps(answer: &Answer, found: &Found, language: Language) -> Vec<String> {
    let (number, objects) = (|count| format::integer(count, language), found.objects);
    let mut sentences: Vec<String> = somewhere(answer, &found.counts, language).into_iter().collect();
    // Those known by their municipality are counted in it for certain.
    let counted = answer.question.measure.counts_objects();
    let unplaced = if counted { objects.unlocated } else { objects.in_municipality + objects.unlocated };
    if unplaced > 0 {
        let values = [objects.all, objects.in_municipality, objects.unlocated].map(number);
        let names = ["all", "municipality", "unlocated"];
        let values: Vec<(&str, &str)> = names.into_iter().zip(values.iter().map(String::as_str)).collect();
        sentences.push(language.phrase("answer.objects_unplaced", &values));
    }
    sentences
}

/// How many subjects may answer too.
pub fn somewhere(answer: &Answer, counts: &Counts, language: Language) -> Option<String> {
    let count = counts.of(Standing::Somewhere);
    let label = standing(answer, Standing::Somewhere, language);
    (count > 0).then(|| format!("{} {label}.", format::integer(count, language)))
}

/// How a subject stands, in words that fit what is asked.
pub fn standing(answer: &Answer, standing: Standing, language: Language) -> String {
    let family = match answer.question.measure {
        Measure::WithinDistance(_) => "near",
        Measure::CoverageGap(_) => "gap",
        Measure::Count | Measure::Rate | Measure::Nearest(_) => "count",
        _ => "area",
    };
    language.word(&format!("standing_{family}.{}", standing.as_str())).to_owned()
}

fn part(asked: &Asked, found: &Found, ask: &Ask) -> AnswerPart {
    let (language, answer) = (ask.language.0, &asked.found.answer);
    let (figure, figure_label) = figure(answer.question.measure, &found.counts, &found.total, language);
    let matched = asked.matched();
    let shown = asked.told.listing.of_all(&matched);
    let number = |count: usize| format::integer(count as u64, language);
    let first = number(asked.told.listing.offset + 1);
    let (last, total) = (number(asked.told.listing.offset + shown.len()), number(matched.len()));
    AnswerPart {
        figure,
        figure_label,
        counts: Standing::ALL.iter().map(|it| count(asked, found, *it, ask)).collect(),
        totals: totals(answer, &found.total, language),
        warnings: perhaps(answer, found, language),
        groups: groups::of(asked, found, language),
        subjects: shown.iter().map(|it| subject(asked, it, language)).collect(),
        caption: language.phrase("answer.caption", &[("first", &first), ("last", &last), ("total", &total)]),
        changes: asked.earlier.is_some().then(|| changes(asked, ask)),
    }
}

fn count(asked: &Asked, found: &Found, stands: Standing, ask: &Ask) -> Count {
    let (language, count) = (ask.language.0, found.counts.of(stands));
    let time = asked.time.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let pairs: Vec<(&str, &str)> = time.chain([(STANDING, stands.as_str())]).collect();
    Count {
        number: format::integer(count, language),
        label: standing(&asked.found.answer, stands, language),
        url: (count > 0).then(|| ask.with_query(&pairs)),
        is_current: asked.told.which == Which::Standing(stands),
    }
}

/// The sums that are asked for, in words.
fn totals(answer: &Answer, sum: &Sum, language: Language) -> Vec<(String, String)> {
    let asks = |aggregate| answer.question.aggregates.contains(&aggregate);
    let label = |key: &str| language.word(key).to_owned();
    let mut totals = Vec::new();
    if asks(Aggregate::Area) {
        totals.extend(sum.area_m2.map(|area| (label("answer.area"), surface(area, language))));
        totals.extend(sum.length_m.map(|length| (label("answer.length"), metres(length, language))));
    }
    if asks(Aggregate::Funding) {
        totals.extend(sum.funding.map(|cents| (label("answer.funding"), format::money(cents.0, language))));
    }
    totals.extend(
        sum.inhabitants.map(|people| (label("answer.inhabitants"), format::signed(people, language))),
    );
    totals
}

fn subject(asked: &Asked, finding: &Finding, language: Language) -> SubjectRow {
    let (edition, answer) = (&asked.found.edition, &asked.found.answer);
    let (subjects, objects) = (Sided::subjects(edition, answer), Sided::objects(edition, answer));
    let object = |pair: &Pair| {
        (objects.title(pair.object).into_owned(), objects.address(pair.object), facts(pair, language))
    };
    let more = finding.pairs.len().saturating_sub(OBJECTS) as u64;
    SubjectRow {
        title: subjects.title(finding.subject).into_owned(),
        url: subjects.address(finding.subject),
        standing: standing(answer, finding.standing, language),
        objects: finding.pairs.iter().take(OBJECTS).map(object).collect(),
        more: (more > 0).then(|| language.counted("answer.more", more)),
    }
}

/// What is measured of a pair: `1.234 m² (12,3 %)`.
pub fn facts(pair: &Pair, language: Language) -> String {
    let share =
        pair.share_of_subject.map(|share| format!(" ({})", percent(share, language))).unwrap_or_default();
    let measured = match (pair.area_m2, pair.length_m, pair.distance_m) {
        (Some(area), ..) => surface(area, language),
        (_, Some(length), _) => metres(length, language),
        (.., Some(distance)) => metres(distance, language),
        _ => return String::new(),
    };
    format!("{measured}{share}")
}

fn changes(asked: &Asked, ask: &Ask) -> Changes {
    let language = ask.language.0;
    let release = crate::listing::value(&asked.parameters, COMPARE).unwrap_or_default();
    let (after, before) = (&asked.found.answer, asked.earlier.as_ref().map(|it| &it.answer));
    let number =
        |answer: &Answer| answer.found.as_ref().map(|found| format::integer(found.total.count, language));
    let numbers = before.and_then(|before| number(before).zip(number(after)));
    let changed = asked.changed().unwrap_or_default();
    let lead = match numbers {
        None => language.phrase("answer.changes_unanswered", &[("release", release)]),
        Some(_) if changed.is_empty() => language.phrase("answer.changes_none", &[("release", release)]),
        Some((before, after)) => {
            let told = language.counted("answer.changes_lead", changed.len() as u64);
            let values = [("{release}", release), ("{before}", &before), ("{after}", &after)];
            values.iter().fold(told, |told, (name, value)| told.replace(name, value))
        }
    };
    Changes {
        lead,
        rows: asked.told.listing.of_all(&changed).iter().map(|it| change(asked, it, language)).collect(),
        back_url: ask.with_query(&[]),
    }
}

fn change(asked: &Asked, difference: &Difference<'_>, language: Language) -> ChangeRow {
    let (edition, answer) = (&asked.found.edition, &asked.found.answer);
    let earlier = asked.earlier.as_ref().map_or(edition, |it| &it.edition);
    let state = |finding: Option<&Finding>, absent: &str| {
        let Some(finding) = finding else { return language.word(absent).to_owned() };
        let area = answering::area(finding).map(|area| format!(", {}", surface(area, language)));
        format!("{}{}", standing(answer, finding.standing, language), area.unwrap_or_default())
    };
    let titled = if difference.after.is_some() { edition } else { earlier };
    let subjects = Sided::subjects(titled, answer);
    ChangeRow {
        title: subjects.title(difference.subject).into_owned(),
        url: difference.after.map(|_| subjects.address(difference.subject)),
        before: state(difference.before, "answer.gone"),
        after: state(difference.after, "answer.gone_now"),
    }
}

/// How the question is asked, in words.
fn method(asked: &Asked, language: Language) -> Vec<(String, String)> {
    let (edition, answer) = (&asked.found.edition, &asked.found.answer);
    let question = &answer.question;
    let name = |sided: Sided<'_>| words(language, &sided.name()).to_owned();
    let key = match question.measure {
        Measure::CoverageGap(distance) if distance > 0.0 => "answer_measure.coverage_gap_within".to_owned(),
        measure => format!("answer_measure.{}", measure.as_str()),
    };
    let nearest =
        if let Measure::Nearest(count) = question.measure { count.to_string() } else { String::new() };
    let distance = distance(question.measure, language);
    let measure = language.phrase(&key, &[("distance", &distance), ("count", &nearest)]);
    let mut method = vec![
        ("answer.asked_about", name(Sided::subjects(edition, answer))),
        ("answer.set_against", name(Sided::objects(edition, answer))),
        ("answer.measure", measure),
        ("answer.precision", language.word("answer.precision_text").to_owned()),
    ];
    if let Some(found) = answer.found.as_ref().filter(|_| question.measure.distance_m().is_none()) {
        let (area, share) =
            (format::decimal(question.sliver.area_m2, language), percent(question.sliver.share, language));
        let count = format::integer(found.counts.slivers, language);
        let values = [("area", area.as_str()), ("share", &share), ("count", &count)];
        method.push(("answer.slivers", language.phrase("answer.slivers_text", &values)));
    }
    method.into_iter().map(|(key, text)| (language.word(key).to_owned(), text)).collect()
}

fn bases(asked: &Asked, language: Language) -> Vec<(String, String, Link)> {
    let edition = &asked.found.edition;
    let base = |basis: &overlay::Basis| {
        let layer = edition.layer(&basis.collection)?;
        let origin = layer.origins.iter().find(|origin| origin.source == basis.source)?;
        let release = basis.release.to_string();
        let day = basis.extracted_on.map(|day| format::date(&day.to_string(), language));
        let label = match day {
            Some(date) => language.phrase("answer.based_on_date", &[("release", &release), ("date", &date)]),
            None => language.phrase("answer.based_on", &[("release", &release)]),
        };
        Some((
            words(language, &layer.collection.title).to_owned(),
            words(language, &origin.title).to_owned(),
            Link { label, url: format!("/releases/{release}") },
        ))
    };
    asked.found.answer.releases.iter().filter_map(base).collect()
}

fn formats(asked: &Asked, ask: &Ask) -> Vec<Link> {
    let language = ask.language.0;
    let kept: Vec<(&str, &str)> = asked
        .parameters
        .iter()
        .chain(&asked.time)
        .filter(|(name, _)| {
            name == STANDING || name == COMPARE || !crate::listing::PARAMETERS.contains(&name.as_str())
        })
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let with = |more: &[(&str, &str)]| ask.with_query(&[kept.as_slice(), more].concat());
    let mut formats = Vec::new();
    if asked.found.answer.found.is_some() {
        formats.push(Link { label: language.word("answer.csv").to_owned(), url: with(&[("f", "csv")]) });
        if asked.earlier.is_none() {
            formats.push(Link {
                label: language.word("answer.geojson").to_owned(),
                url: with(&[("f", "geojson")]),
            });
            let clipped = with(&[("geometry", "clipped"), ("f", "geojson")]);
            formats.push(Link { label: language.word("answer.clipped").to_owned(), url: clipped });
        }
    }
    formats.push(Link { label: "JSON".to_owned(), url: with(&[("f", "json")]) });
    formats
}

fn distance(measure: Measure, language: Language) -> String {
    measure.distance_m().map(|metres| format::decimal(metres, language)).unwrap_or_default()
}

/// A surface in whole square metres; below one, as it is.
fn surface(area: f64, language: Language) -> String {
    format!("{}\u{a0}m²", decimals(area, if area < 1.0 { 2 } else { 0 }, language))
}

fn metres(length: f64, language: Language) -> String {
    format!("{}\u{a0}m", decimals(length, 0, language))
}

fn percent(share: f64, language: Language) -> String {
    format!("{}\u{a0}%", decimals(share * 100.0, 1, language))
}

/// A number with so many decimals at most.
fn decimals(value: f64, places: i32, language: Language) -> String {
    let scale = 10_f64.powi(places);
    format::decimal((value * scale).round() / scale, language)
}
