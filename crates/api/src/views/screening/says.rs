//! What the questions of a strategy say of a place, as sentences.

use atlas::{Edition, Layer};
use domain::GeometryKind;
use domain::question::Measure;
use overlay::Standing;
use overlay::screening::{Counterpart, OfStrategy, Part, Said, Says};

use crate::answering::{absent, selection_name};
use crate::pages::Language;
use crate::pages::layout::Link;
use crate::pages::screening::{QuestionSays, StrategySays};
use crate::screening::Screened;
use crate::views::sheet::amounts;
use crate::views::words;

/// Records that are named in an answer.
const NAMED: usize = 8;

/// What a strategy's questions say.
pub fn of(
    edition: &Edition,
    of: &OfStrategy<'_>,
    screened: Screened<'_>,
    language: Language,
) -> StrategySays {
    let url = format!("/strategies/{}", of.strategy.id);
    let link = |said: &Said<'_>| Link {
        label: words(language, &said.question.title).to_owned(),
        url: format!("{url}/questions/{}", said.question.id),
    };
    let mut told = StrategySays {
        code: of.strategy.code.clone(),
        title: words(language, &of.strategy.title).to_owned(),
        url: url.clone(),
        questions: Vec::new(),
        otherwise: Vec::new(),
        noes: Vec::new(),
        not_loaded: Vec::new(),
    };
    for said in &of.questions {
        match &said.says {
            None => {
                let missing = said.absent.iter().map(|it| words(language, &absent(edition, it)).to_owned());
                let missing: Vec<String> = missing.collect();
                told.not_loaded.push((link(said), missing.join("; ")));
            }
            Some(says) if is_no(said, says) => told.noes.push(link(said)),
            Some(says) => {
                let list = if is_itself(edition, said, screened) {
                    &mut told.questions
                } else {
                    &mut told.otherwise
                };
                list.push(answer(edition, said, says, link(said), screened, language));
            }
        }
    }
    told
}

/// Whether the place is taken for what it is: a record for itself, a drawing for a proposal.
fn is_itself(edition: &Edition, said: &Said<'_>, screened: Screened<'_>) -> bool {
    let own = match said.part {
        Part::Subject => &said.question.subject,
        Part::Object => &said.question.object,
    };
    let layer = edition.layer(&own.collection);
    screened.given.record().is_some()
        || layer.is_some_and(|layer| layer.collection.geometry == GeometryKind::Locations)
}

/// Whether the answer is no, and that is all.
fn is_no(said: &Said<'_>, says: &Says) -> bool {
    let is_gap = matches!(said.question.measure, Measure::CoverageGap(_)) && said.part == Part::Subject;
    says.standing == Standing::Outside && !is_gap
}

fn answer(
    edition: &Edition,
    said: &Said<'_>,
    says: &Says,
    question: Link,
    screened: Screened<'_>,
    language: Language,
) -> QuestionSays {
    let (own, other) = match said.part {
        Part::Subject => (&said.question.subject, &said.question.object),
        Part::Object => (&said.question.object, &said.question.subject),
    };
    let layer = edition.layer(&other.collection);
    let name = |selection: &domain::Selection| {
        words(language, &selection_name(edition.layer(&selection.collection), selection)).to_owned()
    };
    let key = if screened.given.record().is_some() { "screening.taken_as" } else { "screening.taken_for" };
    let named = says.met.iter().take(NAMED).filter_map(|it| record(layer?, it, language));
    let left = says.met.len().saturating_sub(NAMED) as u64;
    QuestionSays {
        question,
        taken_for: language.phrase(key, &[("name", &name(own))]),
        sentence: sentence(said, says, &name(other), language),
        records: named.collect(),
        more: (left > 0).then(|| language.counted("screening.more", left)),
    }
}

fn sentence(said: &Said<'_>, says: &Says, other: &str, language: Language) -> String {
    let measure = said.question.measure;
    let is_gap = matches!(measure, Measure::CoverageGap(_));
    let reach = measure.distance_m().map(|it| amounts::length(it, language)).unwrap_or_default();
    let gaps = says.met.iter().filter(|it| it.is_gap == Some(true)).count() as u64;
    let count = says.met.len().to_string();
    let gaps_written = gaps.to_string();
    let values = [
        ("name", other),
        ("distance", reach.as_str()),
        ("count", count.as_str()),
        ("gaps", gaps_written.as_str()),
    ];
    let key = match (says.standing, said.part, measure) {
        (Standing::Somewhere, ..) => "screening.perhaps",
        (Standing::Unlocated, ..) => "screening.nobody_knows",
        (Standing::Outside, ..) => "screening.gap",
        (_, Part::Subject, Measure::CoverageGap(_)) => "screening.no_gap",
        (_, Part::Object, Measure::CoverageGap(_)) if gaps > 0 => "screening.fills",
        (_, _, Measure::Nearest(_)) => "screening.nearest",
        (_, _, Measure::WithinDistance(_)) => "screening.near",
        (_, Part::Object, _) if is_gap => "screening.near",
        (Standing::PartlyInside, Part::Subject, _) => "screening.partly",
        (_, Part::Subject, _) => "screening.inside",
        (_, Part::Object, _) => "screening.met",
    };
    language.phrase(key, &values)
}

/// A record and what is measured of it.
fn record(layer: &Layer, of: &Counterpart, language: Language) -> Option<(Link, String)> {
    let at = layer.position(of.id)?;
    let pair = of.pair;
    let mut measured = Vec::new();
    if let Some(area) = pair.area_m2.filter(|area| *area > 0.0) {
        measured.push(amounts::area(area, language));
    }
    if let Some(length) = pair.length_m.filter(|length| *length > 0.0) {
        measured.push(amounts::length(length, language));
    }
    if let Some(distance) = pair.distance_m {
        measured.push(language.phrase("screening.at", &[("distance", &amounts::length(distance, language))]));
    }
    if of.is_gap == Some(true) {
        measured.push(language.word("screening.today_without").to_owned());
    }
    let link = Link {
        label: layer.title(at).into_owned(),
        url: format!("/collections/{}/items/{}", layer.collection.id, of.id),
    };
    Some((link, measured.join(", ")))
}
