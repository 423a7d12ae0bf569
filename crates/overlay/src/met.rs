//! What a place that is drawn has in common with the records of a layer, and what of them is nearest to it.

use atlas::Layer;
use domain::Role;
use domain::question::Sliver;
use geometry::Bbox;
use std::cmp::Ordering;

use crate::measure::{Drawn, Meeting};

/// The family of the municipalities and of what is made of them.
pub const TERRITORY: &str = "territory";
/// The family of which the nearest is looked for.
pub const SERVICES: &str = "services";

/// A record that a place has to do with.
#[derive(Clone, Copy, Debug)]
pub struct Met {
    /// Where it stands in its layer.
    pub position: usize,
    /// What both have in common, the place being the subject; `None` if it is here by the municipality that it states, and has no
    /// shape.
    pub meeting: Option<Meeting>,
}

/// The nearest service of a category.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// The category.
    pub category: String,
    /// Where the service stands in its layer.
    pub position: usize,
    /// How far it is from the border of the place, m.
    pub distance_m: f64,
}

/// The records of a layer that meet a place, by their place in the layer, and how many share no more than a sliver with it.
pub fn met(ground: Drawn<'_>, layer: &Layer) -> (Vec<Met>, usize) {
    let Some(bbox) = ground.survey.bbox(ground.at) else { return (Vec::new(), 0) };
    let (mut found, mut slivers) = (Vec::new(), 0);
    for at in layer.survey().near(bbox) {
        let position = at as usize;
        let common = ground.common(Drawn::new(layer, position));
        slivers += usize::from(common.is_sliver(Sliver::default()));
        if let Some(meeting) = common.meeting(Sliver::default()) {
            found.push(Met { position, meeting: Some(meeting) });
        }
    }
    (found, slivers)
}

/// Sorts by category in the order of the definition; there, what has most in common comes first.
pub fn sort(layer: &Layer, found: &mut [Met]) {
    found.sort_by(|one, other| order(layer, one, other));
}

/// The place of a category in the order of the definition; those that it does not know come last, and then what has none.
#[must_use]
pub fn rank(layer: &Layer, category: Option<&str>) -> usize {
    let Some(category) = category else { return usize::MAX };
    let field = layer.collection.with_role(Role::Category).map(|field| &layer.collection.fields[field]);
    let known = field.and_then(|field| field.codes.iter().position(|known| known.code == category));
    known.unwrap_or(usize::MAX - 1)
}

/// For each category of which none is among those found: the nearest to the place, or that there is none.
pub fn nearest(ground: Drawn<'_>, layer: &Layer, found: &[Met]) -> (Vec<Nearest>, Vec<String>) {
    let Some(field) = layer.collection.with_role(Role::Category) else { return Default::default() };
    let survey = layer.survey();
    let is_here =
        |category: &str| found.iter().any(|it| layer.value(it.position, field).as_text() == Some(category));
    let Some(bbox) = ground.survey.bbox(ground.at) else { return Default::default() };
    // Rectangles are never farther apart than what is in them: who is farther by them needs no measuring.
    let mut candidates: Vec<(f64, usize)> =
        (0..layer.len()).filter_map(|at| Some((apart(bbox, survey.bbox(at)?), at))).collect();
    candidates.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let (mut nearest, mut nowhere) = (Vec::new(), Vec::new());
    let stated = layer.column(field).values().iter().filter_map(|value| value.as_text());
    let known = layer.collection.fields[field].codes.iter().map(|code| code.code.as_str());
    let mut categories: Vec<&str> = known.collect();
    categories.extend(stated.filter(|it| !categories.contains(it)).collect::<Vec<_>>());
    for category in categories.into_iter().filter(|it| !is_here(it)) {
        let of_it = candidates.iter().filter(|(_, at)| layer.value(*at, field).as_text() == Some(category));
        let mut best: Option<Nearest> = None;
        for (least, at) in of_it {
            if best.as_ref().is_some_and(|best| best.distance_m <= *least) {
                break;
            }
            let distance_m = ground.survey.distance(ground.at, survey, *at);
            if best.as_ref().is_none_or(|best| distance_m < best.distance_m) {
                best = Some(Nearest { category: category.to_owned(), position: *at, distance_m });
            }
        }
        match best {
            Some(best) => nearest.push(best),
            None => nowhere.push(category.to_owned()),
        }
    }
    (nearest, nowhere)
}

fn order(layer: &Layer, one: &Met, other: &Met) -> Ordering {
    let rank = |found: &Met| rank(layer, layer.text(found.position, Role::Category));
    let extent = |found: &Met| found.meeting.map_or(0.0, |it| it.area_m2.max(it.length_of_object_m));
    let by_extent = extent(other).total_cmp(&extent(one));
    let title = |found: &Met| layer.title(found.position);
    rank(one)
        .cmp(&rank(other))
        .then(by_extent)
        .then_with(|| title(one).cmp(&title(other)))
        .then(one.position.cmp(&other.position))
}

/// How far apart two rectangles are; 0 where they meet.
fn apart(one: Bbox, other: Bbox) -> f64 {
    let gap = |axis: usize| (other.min[axis] - one.max[axis]).max(one.min[axis] - other.max[axis]).max(0.0);
    gap(0).hypot(gap(1))
}
