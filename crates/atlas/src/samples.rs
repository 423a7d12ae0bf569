//! Small drafts for tests.

use crate::{Edition, Layer, LayerDraft, Origin};
use domain::collection::{Code, Dissolve, Inherited, Parent};
use domain::{
    Bilingual, Collection, CollectionId, FeatureId, Field, FieldType, GeometryKind, Key, Location,
    MunicipalityCode, Record, ReleaseId, Role, SourceId, Territory, Value,
};
use geometry::{Shape, wkb};
use std::sync::Arc;

pub fn id(text: &str) -> CollectionId {
    CollectionId::parse(text).unwrap()
}

pub fn text(text: &str) -> Value {
    if text.is_empty() { Value::Missing } else { Value::Text(text.to_owned()) }
}

/// A field; the first letter tells nothing, the type everything.
pub fn field(id: &str, field_type: FieldType) -> Field {
    Field::new(id, field_type)
}

pub fn required(field: Field) -> Field {
    Field { required: true, ..field }
}

pub fn with_role(field: Field, role: Role) -> Field {
    Field { role: Some(role), ..field }
}

pub fn coded(field: Field, codes: &[(&str, &str)]) -> Field {
    let label = |it: &str| Bilingual { it: it.to_owned(), en: String::new() };
    let codes = codes.iter().map(|(code, it)| Code { code: (*code).to_owned(), label: label(it) });
    Field { codes: codes.collect(), ..field }
}

pub fn inherited(field: Field, from: &str, by: &str, of: &str) -> Field {
    let inherited = Inherited { collection: id(from), by: by.to_owned(), field: of.to_owned() };
    Field { inherited: Some(inherited), ..field }
}

pub fn collection(name: &str, geometry: GeometryKind, key: &[usize], fields: Vec<Field>) -> Collection {
    Collection {
        id: id(name),
        family: "x".to_owned(),
        title: Bilingual::default(),
        description: Bilingual::default(),
        key: key.to_vec(),
        geometry,
        parent: None,
        dissolved_from: None,
        fields,
    }
}

pub fn child_of(collection: Collection, parent: &str, fields: &[&str]) -> Collection {
    let fields = fields.iter().map(ToString::to_string).collect();
    Collection { parent: Some(Parent { collection: id(parent), fields }), ..collection }
}

pub fn dissolved(collection: Collection, from: &str, by: &str) -> Collection {
    Collection { dissolved_from: Some(Dissolve { collection: id(from), by: by.to_owned() }), ..collection }
}

pub fn origin(source: &str, complements: Option<&str>) -> Origin {
    Origin {
        source: SourceId::parse(source).unwrap(),
        licence: String::new(),
        publisher: String::new(),
        title: Bilingual::default(),
        licence_url: None,
        homepage: None,
        complements: complements.and_then(SourceId::parse),
        demo: false,
        release: ReleaseId(1),
        extracted_on: None,
    }
}

/// A record of the source at a place among the origins.
pub type Stated = (usize, Vec<Value>, Vec<Location>);

pub fn draft(collection: Collection, origins: Vec<Origin>, records: Vec<Stated>) -> LayerDraft {
    let mut draft = LayerDraft::new(Arc::new(collection), origins, String::new());
    for (origin, values, locations) in records {
        let key = draft.collection.key_of(&values).unwrap();
        let id = FeatureId::of(&draft.collection.id, &key);
        draft.push(id, origin, Record { key, values, locations });
    }
    draft
}

pub fn location(code: &str, shape: Option<&Shape>) -> Location {
    let municipality = MunicipalityCode::parse(code).ok();
    Location {
        province: municipality.map(MunicipalityCode::province),
        municipality,
        municipality_name: None,
        address: None,
        postal_code: None,
        share_percent: None,
        geometry: shape.map(wkb::write),
    }
}

pub fn square(x: f64, y: f64) -> Shape {
    let corners = [[x, y], [x + 1.0, y], [x + 1.0, y + 1.0], [x, y + 1.0], [x, y]];
    Shape::polygons([[corners]]).unwrap()
}

pub fn edition(drafts: Vec<LayerDraft>) -> Edition {
    let territory = Territory {
        id: "t".to_owned(),
        title: Bilingual::default(),
        short_title: Bilingual::default(),
        provinces: Vec::new(),
        extent: [0.0, 0.0, 9.0, 9.0],
        unit_codes: Vec::new(),
        municipalities: Vec::new(),
        metric_crs: domain::MetricCrs::Utm32,
    };
    Edition::build(Arc::new(territory), drafts, "tag".to_owned())
}

/// The GeoJSON of the feature at a place.
pub fn body(layer: &Layer, at: usize) -> String {
    let mut body = Vec::new();
    layer.write_geojson(&mut body, at, &layer.usual_form());
    String::from_utf8(body).unwrap()
}

/// Four municipalities in two zones, one of them with an exclave, and one municipality in none.
pub fn municipalities() -> LayerDraft {
    let zone = coded(field("zone", FieldType::Text), &[("west", "Zona Ovest")]);
    let fields = vec![
        with_role(required(field("istat_code", FieldType::MunicipalityCode)), Role::Municipality),
        with_role(field("name", FieldType::Text), Role::Title),
        zone,
        field("population", FieldType::Integer),
        field("official_area_km2", FieldType::Decimal),
    ];
    let definition = collection("municipalities", GeometryKind::Polygon, &[0], fields);
    let row = |code: &str, zone: &str, people: Option<i64>, area: Option<f64>, x: f64, y: f64| {
        let people = people.map_or(Value::Missing, Value::Integer);
        let area = area.map_or(Value::Missing, Value::Decimal);
        let values = vec![text(code), text(&format!("Comune {code}")), text(zone), people, area];
        (0, values, vec![location(code, Some(&square(x, y)))])
    };
    let rows = vec![
        row("015001", "west", Some(100), Some(33.05), 0.0, 0.0),
        row("015002", "west", None, Some(9.52), 1.0, 0.0),
        row("015003", "west", Some(7), Some(0.1), 5.0, 5.0),
        row("015004", "east", None, Some(1.0), 2.0, 0.0),
        row("015005", "", Some(1), None, 3.0, 0.0),
    ];
    draft(definition, vec![origin("istat", None)], rows)
}

/// The key of a record, as tests name it.
pub fn key(parts: &[&str]) -> Key {
    Key::new(parts.iter().map(ToString::to_string).collect())
}
