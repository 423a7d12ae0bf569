//! An answer as JSON.

use atlas::Edition;
use domain::question::{Aggregate, Grouping, Measure, PER_INHABITANTS};
use domain::{Bilingual, Question, Selection};
use overlay::{Absent, Answer, Counts, Finding, Group, GroupKey, Pair, Standing, Sum, label};
use serde_json::{Map, Value, json};

use super::Sided;
use crate::ask::Ask;
use crate::pages::Language;

/// Addresses begin with the origin of the portal where there is one.
#[derive(Clone, Copy)]
pub struct Words<'a>(Option<&'a Ask>);

impl<'a> Words<'a> {
    /// Those of an answer to a request.
    pub const fn of(ask: &'a Ask) -> Self {
        Self(Some(ask))
    }

    /// Those of what is printed: there is no address of a portal.
    pub const fn printed() -> Self {
        Self(None)
    }

    pub fn href(self, path: &str) -> Option<String> {
        self.0.map(|ask| format!("{}{path}", ask.origin))
    }
}

/// All of an answer but its subjects.
pub fn document(edition: &Edition, answer: &Answer, words: Words<'_>) -> Map<String, Value> {
    let mut document = summary(edition, answer);
    document.insert("asks".to_owned(), asks(edition, answer));
    let releases = answer.releases.iter().map(|basis| {
        json!({
            "collection": basis.collection.as_str(),
            "source": basis.source.as_str(),
            "release": basis.release.0,
            "extraction_date": basis.extracted_on.map(|day| day.to_string()),
            "demo": basis.demo,
            "href": words.href(&format!("/releases/{}", basis.release)),
        })
    });
    document.insert("releases".to_owned(), releases.collect());
    if let Some(found) = &answer.found {
        document
            .insert("groups".to_owned(), found.groups.iter().map(|it| group(edition, answer, it)).collect());
        document.insert("subjects_in_several_groups".to_owned(), found.in_several.into());
        let add_up = found.in_several == 0 || is_divided(&answer.question);
        document.insert("funding_of_groups_adds_up".to_owned(), add_up.into());
    }
    document
}

/// What an answer comes to, in short.
pub fn summary(edition: &Edition, answer: &Answer) -> Map<String, Value> {
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
    put("strategy", answer.strategy.as_str().into());
    put("id", answer.question.id.as_str().into());
    put("title", both(&answer.question.title));
    put("state", if answer.found.is_some() { "answered" } else { "not_loaded" }.into());
    put("demo", answer.releases.iter().any(|basis| basis.demo).into());
    put("absent", answer.absent.iter().map(|it| lacking(edition, it)).collect());
    if let Some(found) = &answer.found {
        put("counts", counts(&found.counts));
        let objects = found.objects;
        put(
            "objects",
            json!({ "all": objects.all, "known_by_municipality": objects.in_municipality, "unlocated": objects.unlocated }),
        );
        put("total", sum(&answer.question, &found.total).into());
    }
    document
}

/// The subjects that are told, each with its objects.
pub fn subjects(edition: &Edition, answer: &Answer, findings: &[&Finding], words: Words<'_>) -> Vec<Value> {
    let (subjects, objects) = (Sided::subjects(edition, answer), Sided::objects(edition, answer));
    let told = |finding: &&Finding| {
        json!({
            "id": finding.subject.number(),
            "title": subjects.title(finding.subject),
            "standing": finding.standing.as_str(),
            "answers": overlay::answers(answer.question.measure, finding),
            "href": words.href(&subjects.address(finding.subject)),
            "pairs": pairs(finding, objects, words),
        })
    };
    findings.iter().map(told).collect()
}

/// What a subject has in common with each of its objects.
pub fn pairs(finding: &Finding, objects: Sided<'_>, words: Words<'_>) -> Vec<Value> {
    finding.pairs.iter().map(|it| pair(it, objects, words)).collect()
}

fn pair(pair: &Pair, objects: Sided<'_>, words: Words<'_>) -> Value {
    json!({
        "object": pair.object.number(),
        "title": objects.title(pair.object),
        "relation": pair.relation.as_str(),
        "area_m2": pair.area_m2,
        "share_of_subject": pair.share_of_subject,
        "share_of_object": pair.share_of_object,
        "length_m": pair.length_m,
        "distance_m": pair.distance_m,
        "href": words.href(&objects.address(pair.object)),
    })
}

/// How the question is asked, as its definition has it.
fn asks(edition: &Edition, answer: &Answer) -> Value {
    let Question { subject, object, measure, grouping, aggregates, sliver, .. } = &answer.question;
    let selection = |selection: &Selection, sided: Sided<'_>| {
        let filter: Map<String, Value> =
            selection.filter.iter().map(|(field, values)| (field.clone(), values.clone().into())).collect();
        json!({ "collection": selection.collection.as_str(), "filter": filter, "name": both(&sided.name()) })
    };
    let (distance, nearest) = match measure {
        Measure::WithinDistance(distance) | Measure::CoverageGap(distance) => (Some(*distance), None),
        Measure::Nearest(count) => (None, Some(*count)),
        _ => (None, None),
    };
    json!({
        "subject": selection(subject, Sided::subjects(edition, answer)),
        "object": selection(object, Sided::objects(edition, answer)),
        "measure": measure.as_str(),
        "distance_m": distance,
        "nearest": nearest,
        "group_by": grouping.as_ref().map(Grouping::name),
        "aggregates": aggregates.iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        "sliver": { "area_m2": sliver.area_m2, "share": sliver.share },
    })
}

/// How many subjects stand how.
pub fn counts(all: &Counts) -> Value {
    let mut counts = Map::new();
    counts.insert("subjects".to_owned(), all.subjects().into());
    for standing in Standing::ALL {
        counts.insert(standing.as_str().to_owned(), all.of(standing).into());
    }
    counts.insert("slivers".to_owned(), all.slivers.into());
    counts.into()
}

fn group(edition: &Edition, answer: &Answer, group: &Group) -> Value {
    let (kind, key) = match &group.key {
        GroupKey::Of(key) => ("group", Some(key)),
        GroupKey::Several => ("several", None),
        GroupKey::Missing => ("missing", None),
    };
    let words = key.map_or_else(
        || {
            let word = format!("answer.{kind}");
            let [it, en] = Language::ALL.map(|language| language.word(&word).to_owned());
            Bilingual { it, en }
        },
        |key| label(edition, &answer.question, key),
    );
    let mut document = Map::new();
    document.insert("kind".to_owned(), kind.into());
    document.insert("key".to_owned(), key.cloned().into());
    document.insert("label".to_owned(), both(&words));
    document.insert("subjects".to_owned(), group.asked.into());
    document.extend(sum(&answer.question, &group.sum));
    document.into()
}

/// The sums that the question asks for.
fn sum(question: &Question, sum: &Sum) -> Map<String, Value> {
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| document.insert(name.to_owned(), value);
    let asks = |aggregate| question.aggregates.contains(&aggregate);
    if asks(Aggregate::Count) {
        put("count", sum.count.into());
    }
    if asks(Aggregate::Area) {
        put("area_m2", sum.area_m2.into());
        put("length_m", sum.length_m.into());
    }
    if asks(Aggregate::Funding) {
        put("funding_cents", sum.funding.map(|cents| cents.0).into());
    }
    if question.measure == Measure::Rate {
        put("inhabitants", sum.inhabitants.into());
        put("rate", rate(sum).into());
        put("rate_of_inhabitants", PER_INHABITANTS.into());
    }
    document
}

/// How many for a thousand inhabitants.
#[expect(clippy::cast_precision_loss, reason = "neither is near 2⁵³")]
pub fn rate(sum: &Sum) -> Option<f64> {
    let people = sum.inhabitants.filter(|people| *people > 0)?;
    Some(sum.count as f64 * PER_INHABITANTS as f64 / people as f64)
}

/// Whether the money of a group is its share of what lies in several.
pub fn is_divided(question: &Question) -> bool {
    let by_place =
        matches!(question.grouping, Some(Grouping::Municipality | Grouping::Zone | Grouping::Pole(_)));
    by_place || question.measure.counts_objects()
}

fn lacking(edition: &Edition, it: &Absent) -> Value {
    json!({
        "collection": it.collection.as_str(),
        "field": it.value.as_ref().map(|(field, _)| field),
        "value": it.value.as_ref().map(|(_, value)| value).filter(|value| !value.is_empty()),
        "needed": it.is_needed,
        "name": both(&absent(edition, it)),
    })
}

/// What is absent, in words: the layer, or what of it.
pub fn absent(edition: &Edition, absent: &Absent) -> Bilingual {
    let layer = edition.layer(&absent.collection);
    let id = absent.collection.as_str();
    let whole = layer
        .map_or_else(|| Bilingual { it: id.to_owned(), en: id.to_owned() }, |it| it.collection.title.clone());
    let Some((field, value)) = &absent.value else { return whole };
    let field = layer.and_then(|layer| layer.collection.fields.iter().find(|it| &it.id == field));
    let Some(field) = field else { return whole };
    let part = match field.codes.iter().find(|code| &code.code == value) {
        Some(code) => code.label.clone(),
        None if value.is_empty() => field.label.clone(),
        None => Bilingual { it: value.clone(), en: value.clone() },
    };
    Bilingual { it: format!("{}: {}", whole.it, part.it), en: format!("{}: {}", whole.en, part.en) }
}

/// Words in both languages.
pub fn both(words: &Bilingual) -> Value {
    json!({ "it": words.it, "en": words.en })
}
