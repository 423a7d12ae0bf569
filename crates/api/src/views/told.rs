//! What a question says of one place, as a sentence; and the records that it names.

use atlas::Layer;
use domain::FeatureId;
use domain::question::Measure;
use overlay::screening::Part;
use overlay::{Pair, Standing};

use super::sheet::amounts;
use crate::pages::Language;
use crate::pages::layout::Link;

/// Records that are named in an answer.
pub const NAMED: usize = 8;

/// What a question says of one place.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// What is asked.
    pub measure: Measure,
    /// The part of the place in it.
    pub part: Part,
    /// How it stands.
    pub standing: Standing,
    /// How many records it has to do with.
    pub count: usize,
    /// How many of these have nothing else.
    pub gaps: usize,
}

impl Told {
    /// The sentence; `name` is what the records on the other side are.
    pub fn sentence(self, name: &str, language: Language) -> String {
        let reach = self.measure.distance_m().map(|it| amounts::length(it, language)).unwrap_or_default();
        let (count, gaps) = (self.count.to_string(), self.gaps.to_string());
        let values = [
            ("name", name),
            ("distance", reach.as_str()),
            ("count", count.as_str()),
            ("gaps", gaps.as_str()),
        ];
        let is_gap = matches!(self.measure, Measure::CoverageGap(_));
        let key = match (self.standing, self.part, self.measure) {
            (Standing::Somewhere, ..) => "perhaps",
            (Standing::Unlocated, ..) => "nobody_knows",
            (Standing::Outside, ..) if is_gap => "gap",
            (Standing::Outside, ..) => "no",
            (_, Part::Subject, Measure::CoverageGap(_)) => "no_gap",
            (_, Part::Object, Measure::CoverageGap(_)) if self.gaps > 0 => "fills",
            (_, _, Measure::Nearest(_)) => "nearest",
            (_, _, Measure::WithinDistance(_)) => "near",
            (_, Part::Object, _) if is_gap => "near",
            (Standing::PartlyInside, Part::Subject, _) => "partly",
            (_, Part::Subject, _) => "inside",
            (_, Part::Object, _) => "met",
        };
        language.phrase(&format!("screening.{key}"), &values)
    }
}

/// A record of a layer, and what is measured of it.
pub fn record(
    layer: &Layer,
    id: FeatureId,
    pair: &Pair,
    is_gap: Option<bool>,
    language: Language,
) -> Option<(Link, String)> {
    let at = layer.position(id)?;
    let area = pair.area_m2.filter(|area| *area > 0.0).map(|area| amounts::area(area, language));
    let length = pair.length_m.filter(|length| *length > 0.0).map(|length| amounts::length(length, language));
    let distance = pair
        .distance_m
        .map(|metres| language.phrase("screening.at", &[("distance", &amounts::length(metres, language))]));
    let gap = (is_gap == Some(true)).then(|| language.word("screening.today_without").to_owned());
    let measured: Vec<String> = [area, length, distance, gap].into_iter().flatten().collect();
    Some((link(layer, at), measured.join(", ")))
}

/// A record and its page.
pub fn link(layer: &Layer, at: usize) -> Link {
    Link {
        label: layer.title(at).into_owned(),
        url: format!("/collections/{}/items/{}", layer.collection.id, layer.id(at)),
    }
}
