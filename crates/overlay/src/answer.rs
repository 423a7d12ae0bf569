//! Answers: what was found to a question, and on what it rests.

use domain::{Cents, CollectionId, FeatureId, Question, ReleaseId, SourceId, StrategyId};
use time::Date;

/// The answer to a question on one edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The strategy.
    pub strategy: StrategyId,
    /// What was asked.
    pub question: Question,
    /// What tells it from any other answer: the question, and the content of the layers it rests on.
    pub tag: String,
    /// The releases it rests on.
    pub releases: Vec<Basis>,
    /// What it would need and there is not.
    pub absent: Vec<Absent>,
    /// What was found; `None` if a layer that it needs is not loaded.
    pub found: Option<Found>,
}

/// A release that an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The collection.
    pub collection: CollectionId,
    /// The source.
    pub source: SourceId,
    /// The release.
    pub release: ReleaseId,
    /// The latest day on which the source says that it touched its data.
    pub extracted_on: Option<Date>,
    /// Whether it is invented data.
    pub demo: bool,
}

/// Something that an answer would need and there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// The collection.
    pub collection: CollectionId,
    /// A field and a value that no record of it has; `None` if there is no record at all, or none with all values asked for.
    pub value: Option<(String, String)>,
    /// Whether nothing can be answered without it.
    pub is_needed: bool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// One for each subject, by ascending number.
    pub findings: Vec<Finding>,
    /// How many subjects stand how.
    pub counts: Counts,
    /// How well the objects are placed.
    pub objects: Objects,
    /// All that answers the question, taken together, each subject once.
    pub total: Sum,
    /// The same by group, in the order of their keys; empty if nothing is grouped.
    pub groups: Vec<Group>,
    /// Subjects that stand in several groups, with all of their money in each: as long as there are some, groups do not add up
    /// to the total.
    pub in_several: u64,
}

/// What was found of one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The subject.
    pub subject: FeatureId,
    /// How it stands to the objects.
    pub standing: Standing,
    /// The objects it has to do with for certain, by ascending number; the nearest first where those are asked for.
    pub pairs: Vec<Pair>,
    /// Overlaps that were passed over as slivers.
    pub slivers: u32,
}

/// How a subject stands to the objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is wholly inside one; or near one, or has one, where that is asked.
    Inside,
    /// It is partly inside one.
    PartlyInside,
    /// One of the two is known by its municipality alone: they may meet.
    Somewhere,
    /// Nobody knows where it is.
    Unlocated,
    /// It has nothing to do with any.
    Outside,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Inside, Self::PartlyInside, Self::Somewhere, Self::Unlocated, Self::Outside];

    /// The word for it in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::PartlyInside => "partly_inside",
            Self::Somewhere => "somewhere_in_municipality",
            Self::Unlocated => "unlocated",
            Self::Outside => "outside",
        }
    }

    /// The standing that a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == word)
    }
}

/// How many subjects stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// For each of [`Standing::ALL`].
    pub standing: [u64; 5],
    /// Overlaps that were passed over as slivers.
    pub slivers: u64,
}

impl Counts {
    /// Those of these findings.
    pub(crate) fn of_findings<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            counts.standing[finding.standing as usize] += 1;
            counts.slivers += u64::from(finding.slivers);
        }
        counts
    }

    /// How many stand so.
    #[must_use]
    pub const fn of(&self, standing: Standing) -> u64 {
        self.standing[standing as usize]
    }

    /// How many subjects there are.
    #[must_use]
    pub fn subjects(&self) -> u64 {
        self.standing.iter().sum()
    }
}

/// How well the objects are placed: what may be missing from an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Objects {
    /// How many there are.
    pub all: u64,
    /// Of these, known by their municipality alone.
    pub in_municipality: u64,
    /// Of these, not even so.
    pub unlocated: u64,
}

/// How a subject and an object that have to do with each other lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The subject lies within the object.
    Inside,
    /// Part of the subject lies within the object.
    PartlyInside,
    /// The object lies within the subject.
    Contains,
    /// They are as near as was asked, or the nearest.
    Near,
}

impl Relation {
    /// The word for it in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::PartlyInside => "partly_inside",
            Self::Contains => "contains",
            Self::Near => "near",
        }
    }
}

/// A subject's object, and how they lie. What is not measured is `None`: a municipality that is known without a shape has no area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The object.
    pub object: FeatureId,
    /// How they lie.
    pub relation: Relation,
    /// The surface that they share, m².
    pub area_m2: Option<f64>,
    /// The share of the subject's surface (or length, where it is lines) that lies in the object, from 0 to 1.
    pub share_of_subject: Option<f64>,
    /// The share of the object's surface that lies in the subject, from 0 to 1.
    pub share_of_object: Option<f64>,
    /// The length of the subject's lines in the object, m.
    pub length_m: Option<f64>,
    /// How far apart they are, m; only where distances are asked for.
    pub distance_m: Option<f64>,
}

impl Pair {
    /// A pair of which no surface or length is measured.
    #[must_use]
    pub(crate) const fn known(object: FeatureId, relation: Relation, distance_m: Option<f64>) -> Self {
        Self {
            object,
            relation,
            area_m2: None,
            share_of_subject: None,
            share_of_object: None,
            length_m: None,
            distance_m,
        }
    }
}

/// Sums over what answers a question.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// How many: subjects, or objects where those are counted.
    pub count: u64,
    /// The surface that is shared, m²: of each pair, so that objects which overlap one another count each; `None` if none was
    /// measured.
    pub area_m2: Option<f64>,
    /// The length inside, m, likewise.
    pub length_m: Option<f64>,
    /// The money; `None` if nobody states any.
    pub funding: Option<Cents>,
    /// How many inhabitants; only for rates, and `None` where one of those that are taken together does not say.
    pub inhabitants: Option<i64>,
}

/// What is summed up together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What it is.
    pub key: GroupKey,
    /// How many subjects there are in it, whether they answer the question or not; `None` where that means nothing.
    pub asked: Option<u64>,
    /// The sums.
    pub sum: Sum,
}

/// What a group is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKey {
    /// The municipality, zone, pole, object or value with this key; for features, their public number.
    Of(String),
    /// What belongs to several and cannot be divided: no shares are declared.
    Several,
    /// What belongs to none, or does not say.
    Missing,
}
