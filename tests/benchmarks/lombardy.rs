//! An edition over Lombardy: its real municipalities, and as many projects and areas as all of Italy may have.

use atlas::{Edition, LayerDraft};
use domain::{
    Bilingual, Collection, CollectionId, FeatureId, Field, FieldType, GeometryKind, Key, Location, Record,
    Role, Territory, Value,
};
use geometry::{Shape, Xy, wkb};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tiles::Tileset;

/// West, south, east, north.
pub const EXTENT: [f64; 4] = [8.5, 44.68, 11.43, 46.63];

/// Projects.
pub const PROJECTS: u64 = 50_000;
/// Areas.
pub const AREAS: u64 = 5_000;

/// How the three collections are drawn.
pub fn tilesets() -> BTreeMap<CollectionId, Tileset> {
    let polygons = "min_zoom = 4\nmax_zoom = 14\nattributes = [\"f0\", \"f1\", \"f2\", \"f3\"]\nids = false";
    let projects = (0..14).map(|field| format!("\"f{field}\"")).collect::<Vec<_>>().join(", ");
    let points = format!(
        "min_zoom = 4\nmax_zoom = 14\nattributes = [{projects}]\nids = false\n[cluster]\nbelow_zoom = 10\ncount = true\nsums = [\"f13\"]"
    );
    let tileset =
        |id: &str, text: &str| (CollectionId::parse(id).unwrap(), Tileset::parse(id, text).unwrap());
    [tileset("municipalities", polygons), tileset("projects", &points), tileset("areas", polygons)].into()
}

/// The edition; `None`, with a sentence, where there are no boundaries.
pub fn edition() -> Option<Edition> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/boundaries/all_provinces");
    let Ok(files) = fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return None;
    };
    let paths = files.map(|file| file.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|extension| extension == "geojson"));
    let municipalities: Vec<_> = paths.flat_map(|path| features(&path)).collect();
    let drafts = vec![
        draft("municipalities", GeometryKind::Polygon, municipalities),
        draft("projects", GeometryKind::Point, (0..PROJECTS).map(project).collect()),
        draft("areas", GeometryKind::Polygon, (0..AREAS).map(area).collect()),
    ];
    Some(of(drafts))
}

/// An edition of some layers.
pub fn of(drafts: Vec<LayerDraft>) -> Edition {
    let territory = Territory {
        id: "lombardia".to_owned(),
        title: Bilingual::default(),
        short_title: Bilingual::default(),
        provinces: Vec::new(),
        extent: EXTENT,
        unit_codes: Vec::new(),
        municipalities: Vec::new(),
        metric_crs: domain::MetricCrs::Utm32,
    };
    Edition::build(Arc::new(territory), drafts, "bench".to_owned())
}

/// The shape and what it states.
pub type Stated = (Shape, Vec<Value>);

fn features(path: &Path) -> Vec<Stated> {
    let collection: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let feature = |feature: &serde_json::Value| {
        let coordinates = feature["geometry"]["coordinates"].clone();
        let polygons: Vec<Vec<Vec<Xy>>> = match feature["geometry"]["type"].as_str().unwrap() {
            "Polygon" => vec![serde_json::from_value(coordinates).unwrap()],
            _ => serde_json::from_value(coordinates).unwrap(),
        };
        let text = |name: &str| Value::Text(feature["properties"][name].as_str().unwrap_or("-").to_owned());
        let values = vec![text("com_istat_code"), text("name"), text("prov_name"), Value::Integer(20_000)];
        (Shape::polygons(polygons).unwrap(), values)
    };
    collection["features"].as_array().unwrap().iter().map(feature).collect()
}

/// A number, the same for the same seed.
const fn number(seed: u64) -> u64 {
    let mut n = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    n = (n ^ n >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    n = (n ^ n >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ n >> 31
}

/// The same from 0 to 1.
fn random(seed: u64) -> f64 {
    (number(seed) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Somewhere in Lombardy, mostly in one of eighty towns.
fn place(number: u64) -> Xy {
    let [west, south, east, north] = EXTENT;
    let town = number % 80;
    let spread = |seed: u64| (random(seed) + random(seed + 1) - 1.0) * 0.12;
    [
        west + random(town * 2) * (east - west) + spread(1000 + number * 9),
        south + random(town * 2 + 1) * (north - south) + spread(1004 + number * 9),
    ]
}

/// A project: a point, with 14 attributes.
pub fn project(number: u64) -> Stated {
    let kind = |field: u64| {
        Value::Text(format!("Valore {field} {}", self::number(number * 31 + field) % (4 + field * field)))
    };
    let mut values = vec![
        Value::Text(format!("A{number:014}")),
        Value::Text(format!(
            "Riqualificazione dell'edificio comunale numero {number} e delle sue aree esterne"
        )),
    ];
    values.extend((2..13).map(kind));
    values.push(Value::Integer((self::number(number * 77) % 1_000_000_000).cast_signed()));
    (Shape::points([place(number)]).unwrap(), values)
}

/// An area of 61 vertices, with 4 attributes.
pub fn area(number: u64) -> Stated {
    let [x, y] = place(number + PROJECTS);
    let radius = 0.003 + random(number * 3).powi(4) * 0.05;
    let corner = |step: u64| {
        let angle = step as f64 / 60.0 * std::f64::consts::TAU;
        let radius = radius * (0.8 + 0.4 * random(number * 100 + step));
        [x + radius * angle.cos(), y + radius * 0.7 * angle.sin()]
    };
    let ring: Vec<Xy> = (0..60).chain([0]).map(corner).collect();
    let values = vec![
        Value::Text(format!("Ambito {number}")),
        Value::Text(format!("Tipo {}", number % 12)),
        Value::Text(format!("Ente {}", number % 80)),
        Value::Integer(number.cast_signed()),
    ];
    (Shape::polygons([[ring]]).unwrap(), values)
}

/// A layer of what is stated.
pub fn draft(name: &str, geometry: GeometryKind, stated: Vec<Stated>) -> LayerDraft {
    let id = CollectionId::parse(name).unwrap();
    let fields = stated[0].1.len();
    let record = |(number, (shape, values)): (usize, Stated)| {
        let key = Key::new(vec![number.to_string()]);
        let location = Location {
            province: None,
            municipality: None,
            municipality_name: None,
            address: None,
            postal_code: None,
            share_percent: None,
            geometry: Some(wkb::write(&shape)),
        };
        (FeatureId::of(&id, &key), 0, Record { key, values, locations: vec![location] })
    };
    let field = |place: usize| Field {
        role: (place == 1).then_some(Role::Title),
        ..Field::new(&format!("f{place}"), FieldType::Text)
    };
    let collection = Collection {
        id: id.clone(),
        family: "x".to_owned(),
        title: Bilingual::default(),
        description: Bilingual::default(),
        key: vec![0],
        geometry,
        parent: None,
        dissolved_from: None,
        fields: (0..fields).map(field).collect(),
    };
    let mut draft = LayerDraft::new(Arc::new(collection), Vec::new(), name.to_owned());
    for (id, origin, record) in stated.into_iter().enumerate().map(record) {
        draft.push(id, origin, record);
    }
    draft
}
