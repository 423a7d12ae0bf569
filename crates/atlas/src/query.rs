//! Which features of a layer are asked for.

use crate::area::Area;
use crate::filter::Filter;
use crate::layer::Layer;
use domain::{LocationPrecision, MunicipalityCode, Value};
use geometry::{Shape, Xy};

/// Conditions that all have to hold.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The shown shape has to meet one of them. Two where the asker's box crosses the antimeridian.
    pub areas: Vec<Area>,
    /// Conditions on single properties.
    pub conditions: Vec<Condition>,
    /// What has to hold beside.
    pub filters: Vec<Filter>,
}

impl Query {
    /// Whether it asks for all features.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.areas.is_empty() && self.conditions.is_empty() && self.filters.is_empty()
    }

    /// The same text for queries that ask the same of a collection, in whatever order: a key for what is kept of their answers.
    #[must_use]
    pub fn canonical(&self) -> String {
        let areas = self.areas.iter().map(|area| format!("{area:?}"));
        let conditions = self.conditions.iter().map(|condition| format!("{condition:?}"));
        let filters = self.filters.iter().map(|filter| filter.canonical().to_owned());
        let mut parts: Vec<String> = areas.chain(conditions).chain(filters).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.join("&")
    }
}

/// A condition on one property.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The field at this place has this value; a list has at least these texts.
    Equals(usize, Value),
    /// The best precision is one of these.
    Precision(Vec<LocationPrecision>),
    /// One of the locations lies in this municipality.
    Municipality(MunicipalityCode),
}

impl Layer {
    /// The places, ascending, of the features that a query asks for.
    #[must_use]
    pub fn select(&self, query: &Query) -> Vec<u32> {
        let tests: Vec<Test> = query.conditions.iter().map(|condition| condition.test(self)).collect();
        let fits = |place: &u32| {
            let at = *place as usize;
            tests.iter().all(|test| test(at)) && self.in_one_place(at, query)
        };
        let all = 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
        let rows: Vec<u32> = match query.areas.as_slice() {
            [] => all.filter(fits).collect(),
            areas => {
                let mut near: Vec<u32> = areas.iter().flat_map(|area| self.near(area.around())).collect();
                near.sort_unstable();
                near.dedup();
                near.retain(|place| areas.iter().any(|area| self.meets(*place, area)) && fits(place));
                near
            }
        };
        query.filters.iter().fold(rows, |rows, filter| filter.keep(self, &rows))
    }

    /// Whether one and the same location lies in the municipality and in the box that are asked for, where both are: a project
    /// with one place in the box and another in the municipality is in neither's part of the other.
    fn in_one_place(&self, at: usize, query: &Query) -> bool {
        let code = query.conditions.iter().find_map(|condition| match condition {
            Condition::Municipality(code) => Some(*code),
            _ => None,
        });
        let Some(code) = code.filter(|_| !query.areas.is_empty()) else { return true };
        let in_an_area = |shape: &Shape| query.areas.iter().any(|area| area.meets(shape));
        let mut there = self.locations(at).filter(|location| location.municipality == Some(code));
        there.any(|location| match location.shape {
            Some(shape) => in_an_area(shape),
            None => self.anchor_point(code).is_some_and(|at| query.areas.iter().any(|area| area.holds(at))),
        })
    }

    /// The point at which what is known by this municipality alone is shown, in degrees.
    fn anchor_point(&self, code: MunicipalityCode) -> Option<Xy> {
        Some(self.municipalities.get(code)?.point())
    }

    fn meets(&self, place: u32, area: &Area) -> bool {
        self.shown(place as usize).iter().any(|shape| area.meets(shape))
    }
}

/// Whether a condition holds for the feature at a place.
type Test<'a> = Box<dyn Fn(usize) -> bool + 'a>;

impl Condition {
    /// The condition made ready for one layer: what can be decided for all features at once is decided here.
    fn test<'a>(&'a self, layer: &'a Layer) -> Test<'a> {
        match self {
            Self::Equals(field, Value::List(asked)) => {
                let column = layer.column(*field);
                let holds = |stated: &Value| match stated {
                    Value::List(stated) => asked.iter().all(|text| stated.contains(text)),
                    _ => false,
                };
                let holds: Vec<bool> = column.values().iter().map(holds).collect();
                Box::new(move |at| holds[column.code(at) as usize])
            }
            Self::Equals(field, asked) => {
                let column = layer.column(*field);
                let code = column.code_of(asked);
                Box::new(move |at| Some(column.code(at)) == code)
            }
            Self::Precision(precisions) => Box::new(|at| precisions.contains(&layer.precision(at))),
            Self::Municipality(code) => Box::new(|at| layer.municipalities(at).contains(code)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{
        collection, draft, edition, field, id, location, municipalities, origin, required, text,
    };
    use domain::{FieldType, GeometryKind};
    use geometry::Reference;

    #[test]
    fn a_filter_by_place_matches_within_one_location() {
        // A project with a drawn place in the west and no more than the name of the municipality to the east.
        let (west, east) = ("015001", "015002");
        let drawn = Shape::points([[0.1, 0.1]]).unwrap();
        let fields = vec![required(field("code", FieldType::Text))];
        let projects = collection("projects", GeometryKind::Locations, &[0], fields);
        let places = vec![location(west, Some(&drawn)), location(east, None)];
        let projects = draft(projects, vec![origin("s", None)], vec![(0, vec![text("p")], places)]);
        let edition = edition(vec![municipalities(), projects]);
        let projects = edition.layer(&id("projects")).unwrap();
        let check = |municipality: &str, bbox: Option<[f64; 4]>, expect: usize| {
            let query = Query {
                areas: bbox
                    .and_then(|[w, s, e, n]| Area::between(Reference::Crs84, [[w, s], [e, n]]))
                    .unwrap_or_default(),
                conditions: vec![Condition::Municipality(MunicipalityCode::parse(municipality).unwrap())],
                filters: Vec::new(),
            };
            assert_eq!(projects.select(&query).len(), expect, "{municipality} {bbox:?}");
        };
        let (west, east) = ([0.0, 0.0, 0.2, 0.2], [1.0, 0.0, 2.0, 1.0]);
        check("015001", None, 1);
        check("015002", None, 1);
        check("015001", Some(west), 1);
        check("015002", Some(west), 0);
        check("015001", Some(east), 0);
    }
}
