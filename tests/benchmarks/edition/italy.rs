//! A country of the size of Italy, invented, and published as its sources would: 7,900 municipalities of 107 vertices, 300,000
//! projects with every field stated, 500,000 areas of 50 vertices.

use domain::{Cents, Collection, FieldType, Key, Location, MunicipalityCode, Record, SourceId, Tally, Value};
use geometry::{Shape, Xy, wkb};
use jobs::Configuration;
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fmt;
use store::Store;
use store::publication::{Begun, Head, Part, Publication, Purpose, Tail};
use time::Date;
use time::macros::date;

/// The day of everything.
const TODAY: Date = date!(2026 - 11 - 25);
/// Records that are handed over together.
const RUN: usize = 4096;
/// Municipalities a side of the country.
const SIDE: usize = 89;
/// Vertices of a municipality, the last of them the first.
const BORDER: usize = 107;

/// How many of each.
#[derive(Clone, Copy)]
pub struct Italy {
    municipalities: usize,
    projects: usize,
    areas: usize,
}

impl fmt::Display for Italy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { municipalities, projects, areas } = self;
        write!(
            f,
            "{municipalities} municipalities of {BORDER} vertices, {projects} projects, {areas} areas of 50 vertices"
        )
    }
}

impl Italy {
    pub const fn divided_by(divisor: usize) -> Self {
        Self { municipalities: 7_900 / divisor, projects: 300_000 / divisor, areas: 500_000 / divisor }
    }

    /// Publishes everything.
    pub async fn publish(&self, store: &Store) {
        let places = |number| {
            let (code, at) = (code(number), cell(number));
            (number, vec![drawn(Some(&code), &ring(at, 0.055, BORDER))], Some(code))
        };
        let all = (0..self.municipalities).map(places);
        publish(store, "istat-municipalities", "municipalities", 1, all).await;
        let projects = (0..self.projects).map(|number| {
            // One in five has two places.
            let places = 1 + usize::from(number.is_multiple_of(5));
            let codes = (0..places).map(|place| code((number * 31 + place) % self.municipalities));
            (number, codes.map(named).collect(), None)
        });
        publish(store, "pnrr-italiadomani", "pnrr-projects", 1, projects).await;
        self.publish_areas(store, 1).await;
    }

    /// Publishes the areas, in another state for each round.
    pub async fn publish_areas(&self, store: &Store, round: u8) {
        let areas = (0..self.areas).map(|number| {
            let size = if number == 0 { 0.001 * f64::from(round) } else { 0.001 };
            (number, vec![drawn(None, &self.area(number, size))], None)
        });
        publish(store, "parco-nord", "areas", round, areas).await;
    }

    /// The ring of an area of some size, in a municipality.
    pub fn area(&self, number: usize, size: f64) -> Vec<Xy> {
        let [x, y] = cell(number % self.municipalities);
        ring([x + offset(number, 7_919), y + offset(number, 104_729)], size, 50)
    }
}

/// A record: its number, where it is, and the municipality that it is.
pub type Stated = (usize, Vec<Location>, Option<MunicipalityCode>);

/// Publishes records of a collection, in another state for each round.
pub async fn publish(
    store: &Store,
    source: &str,
    collection: &str,
    round: u8,
    all: impl Iterator<Item = Stated>,
) {
    let configuration = Configuration::load(None, "milano").unwrap();
    let collection = configuration.collections.iter().find(|it| it.id.as_str() == collection).unwrap();
    let head = Head {
        source: SourceId::parse(source).unwrap(),
        demo: false,
        content_hash: [round; 32],
        definition_hash: [0; 32],
        generation: None,
        files: serde_json::json!([]),
        columns: BTreeMap::new(),
        today: TODAY,
    };
    let begun =
        Publication::begin(store, head, Purpose::PublishBecause("a benchmark".to_owned())).await.unwrap();
    let Some(mut publication) = open(begun) else { return };
    let mut all = all.map(|(number, locations, code)| record(collection, number, locations, code)).peekable();
    let mut accepted = 0;
    while all.peek().is_some() {
        let records: Vec<Record> = all.by_ref().take(RUN).collect();
        accepted += records.len() as u64;
        publication.take(collection, &records).await.unwrap();
    }
    let tally = Tally { read: accepted, accepted, ..Tally::default() };
    let parts = vec![Part { collection, tally, locations: Tally::default() }];
    publication.end(&Tail { extracted_on: Some(TODAY), parts, issues: &[] }).await.unwrap();
}

/// A publication that can take records; none where the same was published before.
fn open(begun: Begun) -> Option<Box<Publication>> {
    match begun {
        Begun::Open(publication) => Some(publication),
        Begun::Already(_) => None,
    }
}

/// A record with a value in every field that is not inherited: the key and every fourth text are its own, others one of a few.
fn record(
    collection: &Collection,
    number: usize,
    locations: Vec<Location>,
    code: Option<MunicipalityCode>,
) -> Record {
    let value = |place: usize| {
        let field = &collection.fields[place];
        let few = number % (5 + place * 13);
        match field.field_type {
            _ if field.inherited.is_some() => Value::Missing,
            FieldType::MunicipalityCode => code.map_or(Value::Missing, |code| Value::Text(code.to_string())),
            FieldType::Cup => Value::Text(format!("B{:02}C{number:011}", number % 100)),
            FieldType::Text if collection.key.contains(&place) => {
                Value::Text(format!("{}-{number:06}", field.id))
            }
            FieldType::Text if place.is_multiple_of(4) => Value::Text(format!(
                "{} DI UN INTERVENTO CON UN TITOLO DI USUALE LUNGHEZZA, NUMERO {number}",
                field.id
            )),
            FieldType::Text => Value::Text(format!("{} di un valore tra pochi, {few}", field.id)),
            FieldType::Integer => Value::Integer(whole(few)),
            FieldType::Decimal => Value::Decimal(few as f64 / 8.0),
            FieldType::Cents => Value::Cents(Cents(whole(number * 7_919 % 10_000_000))),
            FieldType::Date => Value::Date(TODAY),
            FieldType::Boolean => Value::Boolean(few.is_multiple_of(2)),
            FieldType::List => Value::List(vec![format!("voce {few}")]),
        }
    };
    let values: Vec<Value> = (0..collection.fields.len()).map(value).collect();
    let key = collection.key_of(&values).unwrap_or_else(|| Key::new(vec![number.to_string()]));
    Record { key, values, locations }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap()
}

fn code(number: usize) -> MunicipalityCode {
    MunicipalityCode::parse(&format!("{:03}{:03}", number / 74 + 1, number % 74 + 1)).unwrap()
}

fn named(code: MunicipalityCode) -> Location {
    Location {
        province: Some(code.province()),
        municipality: Some(code),
        municipality_name: Some(format!("COMUNE {code}")),
        address: None,
        postal_code: None,
        share_percent: None,
        geometry: None,
    }
}

fn drawn(code: Option<&MunicipalityCode>, ring: &[Xy]) -> Location {
    let shape = Shape::polygons([[ring.to_vec()]]).unwrap();
    Location {
        province: code.map(|code| code.province()),
        municipality: code.copied(),
        municipality_name: None,
        address: None,
        postal_code: None,
        share_percent: None,
        geometry: Some(wkb::write(&shape)),
    }
}

/// The middle of a municipality.
fn cell(number: usize) -> Xy {
    [7.0 + (number % SIDE) as f64 * 0.12, 36.0 + (number / SIDE) as f64 * 0.11]
}

/// Somewhere within a municipality.
fn offset(number: usize, step: usize) -> f64 {
    (number * step % 1_000) as f64 / 10_000.0 - 0.05
}

fn ring([x, y]: Xy, size: f64, vertices: usize) -> Vec<Xy> {
    let corner = |step: usize| {
        let angle = (step % (vertices - 1)) as f64 * TAU / (vertices - 1) as f64;
        [x + size * angle.cos(), y + size * angle.sin()]
    };
    (0..vertices).map(corner).collect()
}
