//! What the questions of a strategy say of a place, as sentences.

use atlas::Edition;
use domain::GeometryKind;
use domain::question::Measure;
use overlay::Standing;
use overlay::screening::{OfStrategy, Part, Said, Says};

use crate::answering::{absent, selection_name};
use crate::pages::Language;
use crate::pages::layout::Link;
use crate::pages::screening::{QuestionSays, StrategySays};
use crate::screening::Screened;
use crate::views::told::{NAMED, Told, record};
use crate::views::words;

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
    let named =
        says.met.iter().take(NAMED).filter_map(|it| record(layer?, it.id, &it.pair, it.is_gap, language));
    let left = says.met.len().saturating_sub(NAMED) as u64;
    QuestionSays {
        question,
        taken_for: language.phrase(key, &[("name", &name(own))]),
        sentence: Told {
            measure: said.question.measure,
            part: said.part,
            standing: says.standing,
            count: says.met.len(),
            gaps: says.met.iter().filter(|it| it.is_gap == Some(true)).count(),
        }
        .sentence(&name(other), language),
        records: named.collect(),
        more: (left > 0).then(|| language.counted("screening.more", left)),
    }
}
