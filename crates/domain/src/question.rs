//! Questions: what a strategy asks of the territory, as `data/strategies/<id>.toml` defines them. A question sets records of one
//! collection, its subjects, against those of another, its objects.

use crate::name::name;
use crate::selection::Selection;
use crate::text::Bilingual;

name! {
    /// The name of a question, the same in files and addresses: `protected-areas`.
    QuestionId
}

/// The definition of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its name, which no other question of the strategy has.
    pub id: QuestionId,
    /// The question, as a sentence.
    pub title: Bilingual,
    /// What it asks about.
    pub subject: Selection,
    /// What its subjects are set against.
    pub object: Selection,
    /// What is asked of a subject and an object.
    pub measure: Measure,
    /// How the answer is summed up.
    pub grouping: Option<Grouping>,
    /// What is summed up.
    pub aggregates: Vec<Aggregate>,
    /// Which overlaps are taken for inaccuracies of drawing.
    pub sliver: Sliver,
}

/// What is asked of a subject and an object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// Whether they meet.
    Intersects,
    /// Whether the subject lies within the object, but for a sliver.
    Within,
    /// How much surface they share.
    OverlapArea,
    /// How much of the subject's lines lies in the object.
    LengthInside,
    /// Whether they are no farther apart than so many metres.
    WithinDistance(f64),
    /// The so many objects that are nearest to the subject.
    Nearest(u8),
    /// How many objects each subject has.
    Count,
    /// Which subjects have no object within so many metres.
    CoverageGap(f64),
    /// How many objects each subject has for [`PER_INHABITANTS`] of its inhabitants.
    Rate,
}

/// Rates are of so many inhabitants.
pub const PER_INHABITANTS: i64 = 1_000;

/// The field that says how many inhabitants a subject has.
pub const POPULATION: &str = "population";

impl Measure {
    /// The words for them in definitions and answers.
    pub const NAMES: [&'static str; 9] = [
        "intersects",
        "within",
        "overlap_area",
        "length_inside",
        "within_distance",
        "nearest",
        "count",
        "coverage_gap",
        "rate",
    ];

    /// The word for it in definitions and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        Self::NAMES[match self {
            Self::Intersects => 0,
            Self::Within => 1,
            Self::OverlapArea => 2,
            Self::LengthInside => 3,
            Self::WithinDistance(_) => 4,
            Self::Nearest(_) => 5,
            Self::Count => 6,
            Self::CoverageGap(_) => 7,
            Self::Rate => 8,
        }]
    }

    /// How far apart subject and object may be, in metres; `None` where they have to meet.
    #[must_use]
    pub const fn distance_m(self) -> Option<f64> {
        match self {
            Self::WithinDistance(distance) => Some(distance),
            Self::CoverageGap(distance) if distance > 0.0 => Some(distance),
            _ => None,
        }
    }

    /// Whether subjects are places in which objects are counted: what is summed up is the objects'.
    #[must_use]
    pub const fn counts_objects(self) -> bool {
        matches!(self, Self::Count | Self::Rate)
    }
}

/// How an answer is summed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// By the municipalities in which the subjects lie.
    Municipality,
    /// By their zones.
    Zone,
    /// By the poles that their municipalities are; these areas say which are.
    Pole(Selection),
    /// By object.
    Area,
    /// By the value of a field of the subject: its measure, its status.
    Subject(String),
    /// By the value of a field of the object: the class of a hazard.
    Object(String),
}

impl Grouping {
    /// The word for it in definitions and answers.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Municipality => "municipality".to_owned(),
            Self::Zone => "zone".to_owned(),
            Self::Pole(_) => "pole".to_owned(),
            Self::Area => "area".to_owned(),
            Self::Subject(field) => format!("subject.{field}"),
            Self::Object(field) => format!("object.{field}"),
        }
    }
}

/// What is summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// How many.
    Count,
    /// The surface that is shared, or the length of what lies inside.
    Area,
    /// The money.
    Funding,
}

impl Aggregate {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Count, Self::Area, Self::Funding];

    /// The word for it in definitions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Area => "area",
            Self::Funding => "funding",
        }
    }
}

/// An overlap is a sliver if it is smaller than both: than so many square metres, and than so great a share of the smaller of the
/// two. So nothing large is passed over, and nothing that is much of a small place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sliver {
    /// The surface.
    pub area_m2: f64,
    /// The share, from 0 to 1.
    pub share: f64,
}

impl Default for Sliver {
    fn default() -> Self {
        Self { area_m2: 100.0, share: 0.001 }
    }
}

impl Sliver {
    /// Metres: lines that share less run along each other's border, or are drawn a little too long.
    pub const LENGTH_M: f64 = 0.01;

    /// Whether an overlap of `area` m² of two places, the smaller of which has `smaller` m², is a sliver.
    #[must_use]
    pub fn is(self, area: f64, smaller: f64) -> bool {
        area <= 0.0 || area < self.area_m2 && area < self.share * smaller
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sliver_is_small_beside_both_its_measures() {
        let sliver = Sliver { area_m2: 100.0, share: 0.001 };
        let check =
            |area, smaller, expect| assert_eq!(sliver.is(area, smaller), expect, "{area} of {smaller}");
        check(0.0, 5.0, true);
        check(99.0, 1e6, true);
        check(101.0, 1e9, false);
        check(20.0, 20.0, false);
        check(20.0, 20_001.0, true);
    }
}
