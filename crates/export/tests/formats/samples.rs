//! A small edition with all that is hard: every type, every kind of geometry, hostile texts, nothing at all.

use atlas::{Edition, Layer, LayerDraft, Origin};
use domain::money::Cents;
use domain::{
    Bilingual, Collection, CollectionId, FeatureId, Field, FieldType, GeometryKind, Key, Location,
    MunicipalityCode, Record, ReleaseId, Role, SourceId, Territory, Value,
};
use export::{Format, Selection};
use geometry::{Shape, wkb};
use std::sync::Arc;
use time::macros::date;

/// A title that a spreadsheet would run.
pub const FORMULA: &str = "=HYPERLINK(\"http://example.org\";\"Città\")";

fn both(it: &str, en: &str) -> Bilingual {
    Bilingual { it: it.to_owned(), en: en.to_owned() }
}

fn field(id: &str, field_type: FieldType, role: Option<Role>) -> Field {
    Field { role, label: both(&format!("{id} it"), &format!("{id} en")), ..Field::new(id, field_type) }
}

fn collection(id: &str, geometry: GeometryKind, fields: Vec<Field>) -> Arc<Collection> {
    Arc::new(Collection {
        id: CollectionId::parse(id).unwrap(),
        family: "proposals".to_owned(),
        title: both("Progetti", "Projects"),
        description: both("Perché sì.", "Why not."),
        key: vec![0],
        geometry,
        parent: None,
        dissolved_from: None,
        fields,
    })
}

fn origin() -> Origin {
    Origin {
        source: SourceId::parse("office").unwrap(),
        licence: "CC BY 4.0".to_owned(),
        publisher: "Ufficio".to_owned(),
        title: both("Elenco", "List"),
        licence_url: Some("https://example.org/licence".to_owned()),
        homepage: None,
        complements: None,
        demo: false,
        release: ReleaseId(7),
        extracted_on: Some(date!(2023 - 02 - 21)),
    }
}

fn location(code: &str, shape: Option<&Shape>) -> Location {
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

fn draft(collection: Arc<Collection>, rows: Vec<(Vec<Value>, Vec<Location>)>) -> LayerDraft {
    let id = collection.id.clone();
    let mut draft = LayerDraft::new(collection, vec![origin()], "tag".to_owned());
    for (rank, (values, locations)) in rows.into_iter().enumerate() {
        let key = Key::new(vec![rank.to_string()]);
        draft.push(FeatureId::of(&id, &key), 0, Record { key, values, locations });
    }
    draft
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn square(x: f64) -> Shape {
    let hole = [[x + 0.2, 45.2], [x + 0.2, 45.4], [x + 0.4, 45.4], [x + 0.2, 45.2]];
    let shell = [[x, 45.0], [x + 1.0, 45.0], [x + 1.0, 46.0], [x, 46.0], [x, 45.0]];
    Shape::polygons([vec![shell.to_vec(), hole.to_vec()]]).unwrap()
}

fn municipalities() -> LayerDraft {
    let code = field("istat_code", FieldType::MunicipalityCode, Some(Role::Municipality));
    let name = field("name", FieldType::Text, Some(Role::Title));
    let row = |code: &str, x: f64| (vec![text(code), text(code)], vec![location(code, Some(&square(x)))]);
    let fields = vec![code, name];
    let rows = vec![row("015001", 9.0), row("015002", 10.0)];
    draft(collection("municipalities", GeometryKind::Polygon, fields), rows)
}

fn fields() -> Vec<Field> {
    vec![
        field("title", FieldType::Text, Some(Role::Title)),
        field("code", FieldType::Text, None),
        field("funding_pnrr_cents", FieldType::Cents, None),
        field("funding_pnc_cents", FieldType::Cents, None),
        field("share", FieldType::Decimal, None),
        field("started_on", FieldType::Date, None),
        field("active", FieldType::Boolean, None),
        field("kinds", FieldType::List, None),
    ]
}

/// A row with every value stated.
fn full(title: &str, cents: i64) -> Vec<Value> {
    vec![
        text(title),
        text("015146"),
        Value::Cents(Cents(cents)),
        Value::Cents(Cents(-cents)),
        Value::Decimal(-12.125),
        Value::Date(date!(2023 - 02 - 28)),
        Value::Boolean(true),
        Value::List(vec!["però".to_owned(), "=B2".to_owned()]),
    ]
}

fn projects(rows: Vec<(Vec<Value>, Vec<Location>)>) -> LayerDraft {
    draft(collection("projects", GeometryKind::Locations, fields()), rows)
}

fn hard_rows() -> Vec<(Vec<Value>, Vec<Location>)> {
    let point = Shape::points([[9.188_540_04, 45.464_2]]).unwrap();
    let line = Shape::lines([[[9.0, 45.0], [9.5, 45.123_456_789], [9.6, 45.2]]]).unwrap();
    let here = "015001";
    let missing = || vec![Value::Missing; fields().len()];
    vec![
        (full(FORMULA, 11_400_000_001), vec![location(here, Some(&point))]),
        (
            full("Via <A> & \"B\"; C, D\nè – ‘più’ 🚲", 9_007_199_254_740_991),
            vec![location(here, Some(&square(9.0)))],
        ),
        (full("+39 02", 0), vec![location(here, None)]),
        (full("solo due comuni", 5), vec![location(here, None), location("015002", None)]),
        (full(&"è".repeat(200), 5), vec![location(here, Some(&point)), location(here, Some(&line))]),
        (missing(), Vec::new()),
    ]
}

fn edition(layer: LayerDraft) -> (Edition, Arc<Layer>) {
    let territory = Territory {
        id: "milano".to_owned(),
        title: both("Città metropolitana di Milano", "Metropolitan City of Milan"),
        short_title: Bilingual::default(),
        provinces: Vec::new(),
        extent: [8.0, 45.0, 10.0, 46.0],
        unit_codes: Vec::new(),
        municipalities: Vec::new(),
        metric_crs: domain::MetricCrs::Utm32,
    };
    let edition = Edition::build(Arc::new(territory), vec![municipalities(), layer], "tag".to_owned());
    let layer = edition.layers[1].clone();
    (edition, layer)
}

/// The whole of the hard collection.
pub fn hard() -> Selection {
    let (edition, layer) = edition(projects(hard_rows()));
    Selection::whole(&edition, &layer)
}

/// Nothing of it.
pub fn nothing() -> Selection {
    let (edition, layer) = edition(projects(hard_rows()));
    Selection::new(&edition, &layer, Vec::new())
}

/// A collection without geometry, such as payments.
pub fn table() -> Selection {
    let rows = hard_rows().into_iter().map(|(values, _)| (values, Vec::new())).collect();
    let (edition, layer) = edition(draft(collection("payments", GeometryKind::None, fields()), rows));
    Selection::whole(&edition, &layer)
}

/// A download as a whole.
pub fn bytes(selection: Selection, format: Format) -> Vec<u8> {
    let pieces = export::open(selection, format, &|| false).unwrap();
    pieces.map(Result::unwrap).collect::<Vec<_>>().concat()
}
