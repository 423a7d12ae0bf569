//! A small territory in metres: three municipalities side by side, a kilometre each, and what is put on them.

use atlas::{Edition, LayerDraft, Origin};
use domain::collection::Dissolve;
use domain::question::{Aggregate, Grouping, Measure, Sliver};
use domain::{
    Bilingual, Cents, Collection, CollectionId, FeatureId, Field, FieldType, GeometryKind, Location,
    MetricCrs, MunicipalityCode, Question, QuestionId, Record, ReleaseId, Role, Selection, SourceId,
    Strategy, StrategyId, Territory, Value,
};
use geometry::{Crs, Shape, Xy, wkb};
use overlay::{Answer, Answered};
use std::sync::Arc;
use time::macros::date;

/// Where the south-west corner of the territory lies, EPSG:32632.
const ORIGIN: Xy = [510_000.0, 5_030_000.0];

pub fn id(text: &str) -> CollectionId {
    CollectionId::parse(text).unwrap()
}

/// A place in degrees, of metres from the corner of the territory.
pub fn at([x, y]: Xy) -> Xy {
    Crs::Utm32.to(Crs::Geographic, [ORIGIN[0] + x, ORIGIN[1] + y])
}

/// A rectangle from one corner, so wide and so high, in metres.
pub fn block(x: f64, y: f64, width: f64, height: f64) -> Shape {
    let corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]];
    Shape::polygons([[corners.map(at)]]).unwrap()
}

pub fn line(points: &[Xy]) -> Shape {
    Shape::lines([points.iter().copied().map(at)]).unwrap()
}

pub fn point(x: f64, y: f64) -> Shape {
    Shape::points([at([x, y])]).unwrap()
}

/// A place: of a municipality, by the last digit of its code; drawn or not; with its share.
pub fn place(municipality: Option<u32>, shape: Option<&Shape>, percent: Option<f64>) -> Location {
    let code = municipality.map(|digit| MunicipalityCode::parse(&format!("01500{digit}")).unwrap());
    Location {
        province: code.map(MunicipalityCode::province),
        municipality: code,
        municipality_name: None,
        address: None,
        postal_code: None,
        share_percent: percent,
        geometry: shape.map(wkb::write),
    }
}

/// A record of any of the collections: its key, what it states beside, its places.
#[derive(Clone, Debug)]
pub struct Row {
    pub key: String,
    pub values: Vec<Value>,
    pub places: Vec<Location>,
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A project: its key, its cents, its places.
pub fn project(key: &str, cents: i64, places: Vec<Location>) -> Row {
    Row { key: key.to_owned(), values: vec![text("M2"), Value::Cents(Cents(cents))], places }
}

/// An area: its key, its kind, its shape.
pub fn area(key: &str, kind: &str, shape: &Shape) -> Row {
    Row { key: key.to_owned(), values: vec![text(kind)], places: vec![place(None, Some(shape), None)] }
}

/// A service: its key, its class, its place.
pub fn service(key: &str, class: &str, place: Location) -> Row {
    Row { key: key.to_owned(), values: vec![text(class)], places: vec![place] }
}

/// What stands on the territory.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub projects: Vec<Row>,
    pub areas: Vec<Row>,
    pub services: Vec<Row>,
    pub routes: Vec<Row>,
}

impl World {
    /// The edition of it; its layers have tags that tell their content.
    pub fn edition(&self) -> Arc<Edition> {
        let territory = Territory {
            id: "t".to_owned(),
            title: Bilingual::default(),
            short_title: Bilingual::default(),
            provinces: Vec::new(),
            extent: [8.0, 44.0, 11.0, 47.0],
            metric_crs: MetricCrs::Utm32,
            unit_codes: Vec::new(),
            municipalities: Vec::new(),
        };
        let category = |name: &str| field(name, FieldType::Text, Some(Role::Category));
        let drafts = vec![
            municipalities(),
            LayerDraft::new(Arc::new(zones()), Vec::new(), "z".to_owned()),
            draft(
                "projects",
                GeometryKind::Locations,
                vec![category("mission"), field("cents", FieldType::Cents, Some(Role::Amount))],
                &self.projects,
            ),
            draft("areas", GeometryKind::Polygon, vec![category("kind")], &self.areas),
            draft("services", GeometryKind::Any, vec![category("class")], &self.services),
            draft("routes", GeometryKind::Line, vec![category("kind")], &self.routes),
        ];
        Arc::new(Edition::build(Arc::new(territory), drafts, format!("{self:?}")))
    }

    /// The answer to a question.
    pub fn ask(&self, question: &Question) -> Arc<Answer> {
        self.answered(std::slice::from_ref(question), None).answers[0].clone()
    }

    /// The answers to questions, after others.
    pub fn answered(&self, questions: &[Question], before: Option<&Answered>) -> Answered {
        Answered::of(self.edition(), &[strategy(questions.to_vec())], before)
    }
}

pub fn strategy(questions: Vec<Question>) -> Strategy {
    Strategy {
        id: StrategyId::parse("one").unwrap(),
        code: "One".to_owned(),
        title: Bilingual::default(),
        legal_reference: Bilingual::default(),
        in_force_from: date!(2024 - 02 - 28),
        in_force_to: None,
        shown: Vec::new(),
        questions,
    }
}

/// The question how the records of one collection stand to those of another.
pub fn question(subject: &str, object: &str, measure: Measure, grouping: Option<Grouping>) -> Question {
    Question {
        id: QuestionId::parse("q").unwrap(),
        title: Bilingual::default(),
        subject: all(subject),
        object: all(object),
        measure,
        grouping,
        aggregates: Aggregate::ALL.to_vec(),
        sliver: Sliver::default(),
    }
}

pub fn all(collection: &str) -> Selection {
    Selection { collection: id(collection), filter: Vec::new() }
}

pub fn some(collection: &str, field: &str, value: &str) -> Selection {
    Selection { filter: vec![(field.to_owned(), vec![value.to_owned()])], ..all(collection) }
}

fn field(id: &str, field_type: FieldType, role: Option<Role>) -> Field {
    Field { role, ..Field::new(id, field_type) }
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
        fields: [vec![Field { required: true, ..field("code", FieldType::Text, None) }], fields].concat(),
    }
}

fn zones() -> Collection {
    Collection {
        dissolved_from: Some(Dissolve { collection: id("municipalities"), by: "zone".to_owned() }),
        ..collection("zones", GeometryKind::Polygon, vec![field("population", FieldType::Integer, None)])
    }
}

fn draft(name: &str, geometry: GeometryKind, fields: Vec<Field>, rows: &[Row]) -> LayerDraft {
    push(collection(name, geometry, fields), rows)
}

fn push(definition: Collection, rows: &[Row]) -> LayerDraft {
    let origin = Origin {
        source: SourceId::parse("source").unwrap(),
        licence: String::new(),
        publisher: String::new(),
        title: Bilingual::default(),
        licence_url: None,
        homepage: None,
        complements: None,
        demo: false,
        release: ReleaseId(7),
        extracted_on: None,
    };
    let definition = Arc::new(definition);
    let mut draft = LayerDraft::new(definition.clone(), vec![origin], format!("{rows:?}"));
    for row in rows {
        let values: Vec<Value> = [vec![text(&row.key)], row.values.clone()].concat();
        let key = definition.key_of(&values).unwrap();
        let id = FeatureId::of(&definition.id, &key);
        draft.push(id, 0, Record { key, values, locations: row.places.clone() });
    }
    draft
}

/// The number of a record.
pub fn number(collection: &str, key: &str) -> FeatureId {
    FeatureId::of(&id(collection), &domain::Key::new(vec![key.to_owned()]))
}

/// 015001 and 015002 in the west, 015003 in the east; the last says nothing of its inhabitants.
fn municipalities() -> LayerDraft {
    let fields = vec![
        field("name", FieldType::Text, Some(Role::Title)),
        field("zone", FieldType::Text, Some(Role::Zone)),
        field("population", FieldType::Integer, None),
    ];
    let mut definition = collection("municipalities", GeometryKind::Polygon, fields);
    definition.fields[0].field_type = FieldType::MunicipalityCode;
    definition.fields[0].role = Some(Role::Municipality);
    let row = |digit: u32, zone: &str, people: Value| {
        let shape = block(f64::from(digit - 1) * 1000.0, 0.0, 1000.0, 1000.0);
        Row {
            key: format!("01500{digit}"),
            values: vec![text(&format!("Comune {digit}")), text(zone), people],
            places: vec![place(Some(digit), Some(&shape), None)],
        }
    };
    push(
        definition,
        &[
            row(1, "west", Value::Integer(2_000)),
            row(2, "west", Value::Integer(6_000)),
            row(3, "east", Value::Missing),
        ],
    )
}
