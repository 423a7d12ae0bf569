//! Anchors: the municipalities as places of what is known by its municipality alone.

use crate::municipalities::Municipalities;
use crate::rows::Rows;
use domain::{LocationPrecision, MunicipalityCode};
use geometry::{Crs, Xy};
use std::collections::BTreeMap;

/// A municipality with the features that lie in it.
#[derive(Debug)]
pub struct Anchor {
    /// Its ISTAT code.
    pub municipality: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// A point well inside it, in world units (web mercator, 0 to 1, y downwards).
    pub world: Xy,
    /// The features with a location in it, in the order of the layer.
    pub members: Vec<Member>,
}

/// A feature in a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its place in the layer.
    pub feature: u32,
    /// Whether one of its places in this municipality has a shape of its own.
    pub is_placed: bool,
}

/// The anchors of features, by municipality code.
pub fn anchors(rows: &Rows, municipalities: &Municipalities) -> Vec<Anchor> {
    let mut members: BTreeMap<MunicipalityCode, Vec<Member>> = BTreeMap::new();
    for (feature, at) in (0..).zip(0..rows.ids.len()) {
        for location in rows.places.locations(at) {
            let Some(code) = location.municipality else { continue };
            let is_placed = location.precision == LocationPrecision::Geometry;
            let members = members.entry(code).or_default();
            match members.last_mut().filter(|last| last.feature == feature) {
                Some(last) => last.is_placed |= is_placed,
                None => members.push(Member { feature, is_placed }),
            }
        }
    }
    let anchor = |(code, mut members): (MunicipalityCode, Vec<Member>)| {
        members.shrink_to_fit();
        let municipality = municipalities.get(code)?;
        let world = Crs::Geographic.to(Crs::World, municipality.point());
        Some(Anchor { municipality: code, name: municipality.name.clone(), world, members })
    };
    members.into_iter().filter_map(anchor).collect()
}
