//! Which features of a layer are asked for.

use crate::layer::Layer;
use domain::{LocationPrecision, MunicipalityCode, Value};
use geometry::{Bbox, Crs, Shape, Xy, intersects};

/// Conditions that all have to hold.
#[derive(Debug, Default)]
pub struct Query {
    /// Boxes in degrees: the shown shape has to meet one of them. Two where the asker's box crosses the antimeridian.
    pub boxes: Vec<Bbox>,
    /// Conditions on single properties.
    pub conditions: Vec<Condition>,
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
        let fits = |place: &u32| {
            let at = *place as usize;
            query.conditions.iter().all(|condition| condition.holds(self, at)) && self.in_one_place(at, query)
        };
        let all = 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
        match query.boxes.as_slice() {
            [] => all.filter(fits).collect(),
            [one] => {
                self.near(*one).into_iter().filter(|place| self.meets(*place, *one) && fits(place)).collect()
            }
            several => all
                .filter(|place| several.iter().any(|bbox| self.meets(*place, *bbox)) && fits(place))
                .collect(),
        }
    }

    /// Whether one and the same location lies in the municipality and in the box that are asked for, where both are: a project
    /// with one place in the box and another in the municipality is in neither's part of the other.
    fn in_one_place(&self, at: usize, query: &Query) -> bool {
        let code = query.conditions.iter().find_map(|condition| match condition {
            Condition::Municipality(code) => Some(*code),
            _ => None,
        });
        let Some(code) = code.filter(|_| !query.boxes.is_empty()) else { return true };
        let in_a_box = |shape: &Shape| query.boxes.iter().any(|bbox| intersects::bbox(shape, *bbox));
        let mut there = self.locations(at).filter(|location| location.municipality == Some(code));
        there.any(|location| match location.shape {
            Some(shape) => in_a_box(shape),
            None => self
                .anchor_point(code)
                .is_some_and(|at| query.boxes.iter().any(|bbox| bbox.contains_point(at))),
        })
    }

    /// The point at which what is known by this municipality alone is shown, in degrees.
    fn anchor_point(&self, code: MunicipalityCode) -> Option<Xy> {
        let anchor = self.anchors.iter().find(|anchor| anchor.municipality == code)?;
        Some(Crs::World.to(Crs::Geographic, anchor.world))
    }

    fn meets(&self, place: u32, bbox: Bbox) -> bool {
        self.shown(place as usize).iter().any(|shape| intersects::bbox(shape, bbox))
    }
}

impl Condition {
    fn holds(&self, layer: &Layer, at: usize) -> bool {
        match self {
            Self::Equals(field, value) => match (layer.value(at, *field), value) {
                (Value::List(stated), Value::List(asked)) => asked.iter().all(|text| stated.contains(text)),
                (stated, asked) => stated == asked,
            },
            Self::Precision(precisions) => precisions.contains(&layer.precision(at)),
            Self::Municipality(code) => layer.municipalities(at).contains(code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Edition, LayerDraft};
    use domain::{
        Bilingual, Collection, CollectionId, FeatureId, Field, FieldType, GeometryKind, Key, Location,
        Record, Role, Territory,
    };
    use geometry::wkb;
    use std::sync::Arc;

    fn collection(id: &str, geometry: GeometryKind) -> Arc<Collection> {
        let field = |id: &str, field_type, role| Field {
            id: id.to_owned(),
            field_type,
            role: Some(role),
            required: true,
            label: Bilingual::default(),
            description: None,
            unit: None,
            codes: Vec::new(),
            inherited: None,
        };
        let is_place = geometry == GeometryKind::Polygon;
        let code = field(
            "code",
            FieldType::MunicipalityCode,
            if is_place { Role::Municipality } else { Role::Status },
        );
        Arc::new(Collection {
            id: CollectionId::parse(id).unwrap(),
            family: "territory".to_owned(),
            title: Bilingual::default(),
            description: Bilingual::default(),
            key: vec![0],
            geometry,
            parent: None,
            dissolved_from: None,
            fields: vec![code, field("name", FieldType::Text, Role::Title)],
        })
    }

    fn location(code: &str, shape: Option<&Shape>) -> Location {
        let municipality = MunicipalityCode::parse(code).unwrap();
        Location {
            province: Some(municipality.province()),
            municipality: Some(municipality),
            municipality_name: None,
            address: None,
            postal_code: None,
            share_percent: None,
            geometry: shape.map(wkb::write),
        }
    }

    fn record(key: &str, locations: Vec<Location>) -> (FeatureId, usize, Record) {
        let key = Key::new(vec![key.to_owned()]);
        let values = vec![Value::Text(key.parts()[0].clone()), Value::Text("x".to_owned())];
        let id = FeatureId::of(&CollectionId::parse("x").unwrap(), &key);
        (id, 0, Record { key, values, locations })
    }

    fn square(west: f64) -> Shape {
        let corners = [[west, 0.0], [west + 1.0, 0.0], [west + 1.0, 1.0], [west, 1.0], [west, 0.0]];
        Shape::polygons([[corners]]).unwrap()
    }

    /// Two municipalities side by side, and one project with a drawn place in the west and no more than the name of the east.
    fn edition() -> Edition {
        let origin = crate::Origin {
            source: domain::SourceId::parse("s").unwrap(),
            licence: String::new(),
            publisher: String::new(),
            title: Bilingual::default(),
            licence_url: None,
            homepage: None,
            complements: None,
            demo: false,
            release: domain::ReleaseId(1),
            extracted_on: None,
        };
        let (west, east) = ("015001", "015002");
        let places = vec![
            record(west, vec![location(west, Some(&square(0.0)))]),
            record(east, vec![location(east, Some(&square(1.0)))]),
        ];
        let drawn = Shape::points([[0.1, 0.1]]).unwrap();
        let project = vec![record("p", vec![location(west, Some(&drawn)), location(east, None)])];
        let draft = |collection, records| LayerDraft {
            collection,
            records,
            origins: vec![origin.clone()],
            tag: String::new(),
        };
        let drafts = vec![
            draft(collection("places", GeometryKind::Polygon), places),
            draft(collection("projects", GeometryKind::Locations), project),
        ];
        let territory = Territory {
            id: "t".to_owned(),
            title: Bilingual::default(),
            short_title: Bilingual::default(),
            provinces: Vec::new(),
            extent: [0.0, 0.0, 2.0, 1.0],
            unit_codes: Vec::new(),
            municipalities: Vec::new(),
            metric_crs: String::new(),
        };
        Edition::build(Arc::new(territory), drafts, "tag".to_owned())
    }

    #[test]
    fn a_filter_by_place_matches_within_one_location() {
        let edition = edition();
        let projects = edition.layer(&CollectionId::parse("projects").unwrap()).unwrap();
        let check = |municipality: &str, bbox: Option<[f64; 4]>, expect: usize| {
            let query = Query {
                boxes: bbox.map(|[w, s, e, n]| Bbox::new([w, s], [e, n])).into_iter().collect(),
                conditions: vec![Condition::Municipality(MunicipalityCode::parse(municipality).unwrap())],
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
