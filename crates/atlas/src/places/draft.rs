//! Places in the making: locations in the order of their records.

use super::{Placed, Places};
use crate::location::Known;
use domain::{LentLocation, LocationPrecision, MunicipalityCode};
use foldhash::fast::RandomState;
use geometry::{Kind, Shape, Xy, wkb};
use indexmap::IndexSet;

/// Locations, each with the number of its record, ascending.
#[derive(Debug, Default)]
pub struct PlacesDraft {
    known: IndexSet<Known, RandomState>,
    locations: Vec<Drafted>,
    /// Locations that were given to another record than their own.
    given: Vec<(u32, usize)>,
}

#[derive(Debug)]
struct Drafted {
    record: u32,
    known: u32,
    shape: Option<Shape>,
}

impl PlacesDraft {
    /// Adds a location to the last record, or begins the next. What cannot be read as a shape is none.
    pub fn push(&mut self, record: usize, location: &LentLocation<'_>) {
        let shape = location.geometry.and_then(|bytes| wkb::read(bytes).ok());
        // Locations that follow one another often say the same.
        let last = self.locations.last().map(|last| last.known);
        let known = match last.filter(|last| self.known[*last as usize].says(location)) {
            Some(known) => known,
            None => number(self.known.insert_full(location.into()).0),
        };
        self.locations.push(Drafted { record: number(record), known, shape });
    }

    /// The same, of parts.
    pub fn add(&mut self, record: usize, known: Known, shape: Option<Shape>) {
        let (known, _) = self.known.insert_full(known);
        self.locations.push(Drafted { record: number(record), known: number(known), shape });
    }

    /// The same locations, those alone and in the order that is given: the record of each, ascending, and the location.
    pub fn in_this_order(mut self, order: impl ExactSizeIterator<Item = (u32, u32)> + Clone) -> Self {
        if order.len() == self.locations.len() && order.clone().zip(0..).all(|((_, at), rank)| at == rank) {
            order.zip(&mut self.locations).for_each(|((record, _), location)| location.record = record);
            return self;
        }
        let mut locations = Vec::with_capacity(order.len());
        for (record, at) in order {
            let Drafted { known, shape, .. } = &mut self.locations[at as usize];
            locations.push(Drafted { record, known: *known, shape: shape.take() });
        }
        Self { locations, ..self }
    }

    /// Which locations are those of a record: its own, then those given to it.
    pub fn of(&self, record: usize) -> Vec<usize> {
        let record = number(record);
        let start = self.locations.partition_point(|location| location.record < record);
        let end = self.locations.partition_point(|location| location.record <= record);
        let given = self.given.iter().filter(|(to, _)| *to == record).map(|(_, at)| *at);
        (start..end).chain(given).collect()
    }

    /// How well a location is known.
    pub fn precision(&self, location: usize) -> LocationPrecision {
        let Drafted { known, shape, .. } = &self.locations[location];
        self.known[*known as usize].precision(shape.is_some())
    }

    /// The municipality of a location.
    pub fn municipality(&self, location: usize) -> Option<MunicipalityCode> {
        self.known[self.locations[location].known as usize].municipality
    }

    /// Gives a location of a record that will be dropped to another; one without a municipality lies in the one that is named.
    pub fn give(&mut self, location: usize, record: usize, municipality: Option<MunicipalityCode>) {
        let Drafted { known, .. } = &mut self.locations[location];
        let mut lies = self.known[*known as usize].clone();
        lies.municipality = lies.municipality.or(municipality);
        lies.province = lies.province.or(lies.municipality.map(MunicipalityCode::province));
        *known = number(self.known.insert_full(lies).0);
        self.given.push((number(record), location));
    }

    /// The places of the records with these numbers, in this order. Of others nothing is kept.
    pub fn finish(mut self, order: &[u32]) -> Places {
        let locations = self.in_order(order);
        let mut places = Places::default();
        places.shapes.reserve_exact(locations.len());
        places.locations.reserve_exact(locations.len());
        let mut new_numbers = vec![None; self.known.len()];
        let mut known: Vec<Option<Known>> = self.known.into_iter().map(Some).collect();
        let mut locations = locations.into_iter().peekable();
        for rank in 0..number(order.len()) {
            let first = places.shapes.len();
            while let Some((.., at)) = locations.next_if(|(of, ..)| *of == rank) {
                let Drafted { known: old, shape, .. } = &mut self.locations[at];
                let new = *new_numbers[*old as usize].get_or_insert_with(|| {
                    places.known.extend(known[*old as usize].take());
                    number(places.known.len() - 1)
                });
                places.locations.push(Placed { known: new, is_drawn: shape.is_some() });
                places.shapes.extend(shape.take());
            }
            places.ends.push(number(places.locations.len()));
            places.shape_ends.push(number(places.shapes.len()));
            if places.shapes.len() > first + 1 {
                places.together.insert(rank as usize, together(&places.shapes[first..]));
            }
        }
        places.shrink();
        places
    }

    /// Which locations belong to the records with these numbers, in this order: the rank of the record, whether it was given the
    /// location, and the location.
    fn in_order(&self, order: &[u32]) -> Vec<(u32, bool, usize)> {
        let records = order.iter().max().map_or(0, |last| *last as usize + 1);
        let mut ranks = vec![None; records];
        order.iter().zip(0..).for_each(|(record, rank)| ranks[*record as usize] = Some(rank));
        let own = self.locations.iter().zip(0..).map(|(location, at)| (location.record, false, at));
        let given = self.given.iter().map(|(to, at)| (*to, true, *at));
        let ranked = own.chain(given).filter_map(|(record, given, at)| {
            let rank = ranks.get(record as usize).copied().flatten()?;
            Some((rank, given, at))
        });
        let mut locations: Vec<_> = ranked.collect();
        locations.sort_unstable();
        locations
    }
}

impl Places {
    fn shrink(&mut self) {
        self.known.shrink_to_fit();
        self.locations.shrink_to_fit();
        self.shapes.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.shape_ends.shrink_to_fit();
    }
}

/// The shapes with those of the same kind put together.
fn together(shapes: &[Shape]) -> Vec<Shape> {
    let of = |kind: Kind| shapes.iter().filter(move |shape| shape.kind() == kind).flat_map(Shape::parts);
    let points = Shape::points(of(Kind::Points).flat_map(|part| part.shell().iter().copied()));
    let lines = Shape::lines(of(Kind::Lines).map(|part| part.shell().to_vec()));
    let polygons =
        Shape::polygons(of(Kind::Polygons).map(|part| part.rings().map(<[Xy]>::to_vec).collect::<Vec<_>>()));
    // A kind of which there is no shape is no shape.
    [points, lines, polygons].into_iter().flatten().collect()
}

/// A count as it is kept: no collection has four thousand million of anything.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
