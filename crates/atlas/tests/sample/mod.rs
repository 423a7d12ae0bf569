//! A small country: a hundred municipalities, projects that inherit their goals, and areas of fifty vertices.

use atlas::{LayerDraft, Origin};
use domain::collection::Inherited;
use domain::{
    Bilingual, Collection, CollectionId, FeatureId, Field, FieldType, GeometryKind, Location,
    MunicipalityCode, Record, ReleaseId, Role, SourceId, Territory, Value,
};
use geometry::{Shape, Xy, wkb};
use std::sync::Arc;

/// The collections, in their order.
pub fn collections() -> Vec<Arc<Collection>> {
    let goal = Inherited { collection: id("goals"), by: "measure".to_owned(), field: "goal".to_owned() };
    let definitions = [
        (
            "municipalities",
            GeometryKind::Polygon,
            vec![
                field("code", FieldType::MunicipalityCode, Some(Role::Municipality), None),
                field("name", FieldType::Text, Some(Role::Title), None),
            ],
        ),
        (
            "goals",
            GeometryKind::None,
            vec![field("measure", FieldType::Text, None, None), field("goal", FieldType::Text, None, None)],
        ),
        (
            "projects",
            GeometryKind::Locations,
            vec![
                field("code", FieldType::Text, None, None),
                field("measure", FieldType::Text, None, None),
                field("status", FieldType::Text, None, None),
                field("cost", FieldType::Integer, None, None),
                field("goal", FieldType::Text, None, Some(goal)),
            ],
        ),
        (
            "areas",
            GeometryKind::Polygon,
            vec![
                field("code", FieldType::Text, None, None),
                field("kind", FieldType::Text, Some(Role::Category), None),
            ],
        ),
    ];
    definitions
        .into_iter()
        .map(|(name, geometry, fields)| Arc::new(collection(name, geometry, fields)))
        .collect()
}

fn collection(name: &str, geometry: GeometryKind, fields: Vec<Field>) -> Collection {
    Collection {
        id: id(name),
        family: "x".to_owned(),
        title: Bilingual::default(),
        description: Bilingual::default(),
        key: vec![0],
        geometry,
        parent: None,
        dissolved_from: None,
        fields,
    }
}

fn field(id: &str, field_type: FieldType, role: Option<Role>, inherited: Option<Inherited>) -> Field {
    Field {
        id: id.to_owned(),
        field_type,
        role,
        required: false,
        label: Bilingual::default(),
        description: None,
        unit: None,
        codes: Vec::new(),
        inherited,
    }
}

pub fn id(name: &str) -> CollectionId {
    CollectionId::parse(name).unwrap()
}

/// The draft of a collection with so many records, as a release states it.
pub fn draft(collection: &Arc<Collection>, release: i64, tag: String, count: usize) -> LayerDraft {
    let origin = Origin {
        source: SourceId::parse("s").unwrap(),
        licence: String::new(),
        publisher: String::new(),
        title: Bilingual::default(),
        licence_url: None,
        homepage: None,
        complements: None,
        demo: false,
        release: ReleaseId(release),
        extracted_on: None,
    };
    let mut draft = LayerDraft::new(collection.clone(), vec![origin], tag);
    for number in 0..count {
        let (values, location) = stated(collection.id.as_str(), number, release);
        let key = collection.key_of(&values).unwrap();
        draft.push(FeatureId::of(&collection.id, &key), 0, Record { key, values, locations: vec![location] });
    }
    draft
}

fn stated(collection: &str, number: usize, release: i64) -> (Vec<Value>, Location) {
    let text = |text: String| Value::Text(text);
    let code = format!("{:06}", 1001 + number % 100);
    let at = [number % 10, number / 10 % 10].map(|part| f64::from(u32::try_from(part).unwrap()));
    match collection {
        "municipalities" => (
            vec![text(code.clone()), text(format!("Comune {number}"))],
            location(Some(&code), Some(&square(at))),
        ),
        "goals" => {
            (vec![text(number.to_string()), text(format!("{release}.{number}"))], location(None, None))
        }
        "projects" => {
            let cost = i64::try_from(number * 7_919 % 5_000).unwrap();
            let values = vec![
                text(format!("P-{number}")),
                text((number % 30).to_string()),
                text(format!("status {}", number % 4)),
                Value::Integer(cost),
                Value::Missing,
            ];
            (values, location(Some(&code), None))
        }
        _ => (
            vec![text(format!("A-{number}")), text(format!("kind {}", number % 20))],
            location(None, Some(&round(at))),
        ),
    }
}

fn location(municipality: Option<&str>, shape: Option<&Shape>) -> Location {
    Location {
        province: None,
        municipality: municipality.map(|code| MunicipalityCode::parse(code).unwrap()),
        municipality_name: municipality.map(|code| format!("COMUNE {code}")),
        address: None,
        postal_code: None,
        share_percent: None,
        geometry: shape.map(wkb::write),
    }
}

fn square([x, y]: Xy) -> Shape {
    Shape::polygons([[[[x, y], [x + 1.0, y], [x + 1.0, y + 1.0], [x, y + 1.0], [x, y]]]]).unwrap()
}

/// Fifty vertices on a circle.
fn round([x, y]: Xy) -> Shape {
    let corner = |step: u32| {
        let angle = f64::from(step % 49) * std::f64::consts::TAU / 49.0;
        [x + 0.4 * angle.cos(), y + 0.4 * angle.sin()]
    };
    Shape::polygons([[(0..50).map(corner)]]).unwrap()
}

pub fn territory() -> Arc<Territory> {
    Arc::new(Territory {
        id: "t".to_owned(),
        title: Bilingual::default(),
        short_title: Bilingual::default(),
        provinces: Vec::new(),
        extent: [0.0, 0.0, 10.0, 10.0],
        unit_codes: Vec::new(),
        municipalities: Vec::new(),
        metric_crs: domain::MetricCrs::Utm32,
    })
}
