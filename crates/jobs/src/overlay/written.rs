//! Answers as the store writes them down.

use atlas::Edition;
use overlay::{Absent, Answer, Answered, Found, Group, GroupKey, Sum, label};
use store::answers::{NewAnswer, NewFound, NewGroup, NewPair, NewSum};

/// All of them.
pub fn rows(answered: &Answered) -> Vec<NewAnswer> {
    answered.answers.iter().map(|answer| row(&answered.edition, answer)).collect()
}

fn row(edition: &Edition, answer: &Answer) -> NewAnswer {
    let question = &answer.question;
    let mut releases: Vec<_> = answer.releases.iter().map(|basis| basis.release).collect();
    releases.sort_unstable();
    releases.dedup();
    NewAnswer {
        strategy: answer.strategy.clone(),
        question: question.id.clone(),
        tag: answer.tag.clone(),
        measure: question.measure.as_str(),
        subject_collection: question.subject.collection.to_string(),
        object_collection: question.object.collection.to_string(),
        releases,
        absent: answer.absent.iter().map(absent).collect(),
        sliver: (question.sliver.area_m2, question.sliver.share),
        found: answer.found.as_ref().map(|it| found(edition, answer, it)),
    }
}

/// `areas.kind=natura_2000`, or `areas` where nothing of it is there.
fn absent(absent: &Absent) -> String {
    match &absent.value {
        None => absent.collection.to_string(),
        Some((field, value)) if value.is_empty() => format!("{}.{field}", absent.collection),
        Some((field, value)) => format!("{}.{field}={value}", absent.collection),
    }
}

fn found(edition: &Edition, answer: &Answer, found: &Found) -> NewFound {
    let pairs = found.findings.iter().flat_map(|finding| {
        finding.pairs.iter().map(|pair| NewPair {
            subject: finding.subject,
            object: pair.object,
            relation: pair.relation.as_str(),
            area_m2: pair.area_m2,
            share_of_subject: pair.share_of_subject,
            share_of_object: pair.share_of_object,
            length_m: pair.length_m,
            distance_m: pair.distance_m,
        })
    });
    NewFound {
        standing: found.counts.standing,
        slivers: found.counts.slivers,
        total: sum(&found.total),
        subjects: found.findings.iter().map(|it| (it.subject, it.standing.as_str())).collect(),
        pairs: pairs.collect(),
        groups: found.groups.iter().map(|it| group(edition, answer, it)).collect(),
    }
}

fn group(edition: &Edition, answer: &Answer, group: &Group) -> NewGroup {
    let (kind, key) = match &group.key {
        GroupKey::Of(key) => ("group", Some(key)),
        GroupKey::Several => ("several", None),
        GroupKey::Missing => ("missing", None),
    };
    let words = key.map(|key| label(edition, &answer.question, key));
    NewGroup {
        kind,
        key: key.cloned(),
        label: words.map(|words| (words.it, words.en)),
        subjects: group.asked,
        sum: sum(&group.sum),
    }
}

const fn sum(sum: &Sum) -> NewSum {
    NewSum {
        count: sum.count,
        area_m2: sum.area_m2,
        length_m: sum.length_m,
        funding: sum.funding,
        inhabitants: sum.inhabitants,
    }
}
