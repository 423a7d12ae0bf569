//! What is drawn in a place: services, programmes, areas, lines, each with what it has in common with the place.

use super::place::Place;
use crate::meeting::{Meeting, Met, meet};
use atlas::Layer;
use domain::{GeometryKind, Role};
use geometry::Bbox;

/// The records of one layer in a place.
#[derive(Clone, Debug)]
pub struct Inside<'e> {
    /// The layer.
    pub layer: &'e Layer,
    /// Those in the place, by category in the order of the definition; there, what has most in common first.
    pub found: Vec<Found>,
    /// How many share no more than a sliver with it.
    pub slivers: usize,
    /// For services, the nearest one of each category of which none is in the place.
    pub nearest: Vec<Nearest>,
    /// For services, the categories of which there is none in the whole territory.
    pub nowhere: Vec<String>,
}

/// A record in a place.
#[derive(Clone, Copy, Debug)]
pub struct Found {
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

impl<'e> Inside<'e> {
    /// What of a layer lies in a place; `None` if it is no layer of drawn records, or is the territory itself.
    #[must_use]
    pub fn of(layer: &'e Layer, place: &Place<'_>) -> Option<Self> {
        let collection = &layer.collection;
        let is_drawn = !matches!(collection.geometry, GeometryKind::Locations | GeometryKind::None);
        let is_territory = collection.id == place.layer.collection.id || collection.family == TERRITORY;
        if !is_drawn || is_territory {
            return None;
        }
        let (mut found, slivers) = drawn(layer, place);
        found.extend(named(layer, place));
        found.sort_by(|one, other| order(layer, one, other));
        let is_service = collection.family == SERVICES;
        let (nearest, nowhere) = if is_service { nearest(layer, place, &found) } else { Default::default() };
        Some(Self { layer, found, slivers, nearest, nowhere })
    }
}

/// The family of the municipalities and of what is made of them.
const TERRITORY: &str = "territory";
/// The family of which the nearest is looked for.
const SERVICES: &str = "services";

/// The records that meet the place, and how many share no more than a sliver.
fn drawn(layer: &Layer, place: &Place<'_>) -> (Vec<Found>, usize) {
    let (ground, survey) = (place.layer.survey(), layer.survey());
    let Some(bbox) = ground.bbox(place.position) else { return (Vec::new(), 0) };
    let (mut found, mut slivers) = (Vec::new(), 0);
    for at in survey.near(bbox) {
        let position = at as usize;
        match meet((ground, place.position), (survey, position)) {
            Met::Shares(meeting) => found.push(Found { position, meeting: Some(meeting) }),
            Met::Sliver => slivers += 1,
            Met::Crosses | Met::Nothing => {}
        }
    }
    (found, slivers)
}

/// The records without a shape that state one of the place's municipalities.
fn named(layer: &Layer, place: &Place<'_>) -> impl Iterator<Item = Found> {
    let there = super::proposals::in_municipalities(layer, &place.members).into_iter();
    there.filter(|at| layer.shapes(*at).is_empty()).map(|position| Found { position, meeting: None })
}

fn order(layer: &Layer, one: &Found, other: &Found) -> std::cmp::Ordering {
    let rank = |found: &Found| rank(layer, layer.text(found.position, Role::Category));
    let extent = |found: &Found| found.meeting.map_or(0.0, |it| it.area_m2.max(it.length_of_object_m));
    let by_extent = extent(other).total_cmp(&extent(one));
    let title = |found: &Found| layer.title(found.position);
    rank(one)
        .cmp(&rank(other))
        .then(by_extent)
        .then_with(|| title(one).cmp(&title(other)))
        .then(one.position.cmp(&other.position))
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
fn nearest(layer: &Layer, place: &Place<'_>, found: &[Found]) -> (Vec<Nearest>, Vec<String>) {
    let Some(field) = layer.collection.with_role(Role::Category) else { return Default::default() };
    let (ground, survey) = (place.layer.survey(), layer.survey());
    let is_here =
        |category: &str| found.iter().any(|it| layer.value(it.position, field).as_text() == Some(category));
    let Some(bbox) = ground.bbox(place.position) else { return Default::default() };
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
            let distance_m = ground.distance(place.position, survey, *at);
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

/// How far apart two rectangles are; 0 where they meet.
fn apart(one: Bbox, other: Bbox) -> f64 {
    let gap = |axis: usize| (other.min[axis] - one.max[axis]).max(one.min[axis] - other.max[axis]).max(0.0);
    gap(0).hypot(gap(1))
}
