//! A small edition: areas from a few kilometres to a continent, and points in a clump and alone.

use atlas::{Edition, LayerDraft, Origin};
use domain::{
    Bilingual, Collection, CollectionId, FeatureId, Field, FieldType, GeometryKind, Key, Location, Record,
    ReleaseId, Role, SourceId, Territory, Value,
};
use geometry::{Shape, Xy, wkb};
use std::sync::Arc;
use tiles::{Drawn, Pyramid, Tileset};

/// The edition, drawn.
pub fn drawn() -> Drawn {
    let territory = Territory {
        id: "t".to_owned(),
        title: Bilingual::default(),
        short_title: Bilingual::default(),
        provinces: Vec::new(),
        extent: [-10.0, 35.0, 30.0, 60.0],
        unit_codes: Vec::new(),
        municipalities: Vec::new(),
        metric_crs: domain::MetricCrs::Utm32,
    };
    let squares = (0..40).map(|i| {
        let size = 0.01 * 1.2_f64.powi(i);
        let [x, y] = [f64::from(i % 8) * 0.4 - 3.0, f64::from(i / 8) * 0.5 + 40.0];
        let corners = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];
        Shape::polygons([[corners]]).unwrap()
    });
    let point = |i: i32| -> Xy {
        if i < 50 {
            [9.0 + f64::from(i) * 1e-4, 45.0]
        } else {
            [f64::from(i % 7) * 3.0, f64::from(i % 5) + 41.0]
        }
    };
    let points = (0..90).map(|i| Shape::points([point(i)]).unwrap());
    let drafts = vec![
        draft("areas", GeometryKind::Polygon, squares.collect()),
        draft("points", GeometryKind::Point, points.collect()),
    ];
    let edition = Edition::build(Arc::new(territory), drafts, "tag".to_owned());
    let tilesets = [
        ("areas", "min_zoom = 2\nmax_zoom = 8\nattributes = [\"name\"]\nlabels = true"),
        (
            "points",
            "min_zoom = 3\nmax_zoom = 9\nattributes = [\"name\"]\n[cluster]\nbelow_zoom = 6\ncount = true\nsums = [\"amount\"]",
        ),
    ];
    let tileset =
        |(id, text): (&str, &str)| (CollectionId::parse(id).unwrap(), Tileset::parse(id, text).unwrap());
    Drawn::new(Arc::new(edition), &tilesets.into_iter().map(tileset).collect(), None)
}

/// The pyramids of all its collections.
pub fn pyramids(drawn: &Drawn) -> Vec<Arc<Pyramid>> {
    let layers = drawn.edition.layers.iter();
    layers.filter_map(|layer| drawn.pyramid(&layer.collection.id).cloned()).collect()
}

fn field(id: &str, field_type: FieldType, role: Option<Role>) -> Field {
    Field { role, required: true, ..Field::new(id, field_type) }
}

fn draft(name: &str, geometry: GeometryKind, shapes: Vec<Shape>) -> LayerDraft {
    let id = CollectionId::parse(name).unwrap();
    let record = |(number, shape): (i64, Shape)| {
        let title = format!("Name {number}");
        let key = Key::new(vec![title.clone()]);
        let location = Location {
            province: None,
            municipality: None,
            municipality_name: None,
            address: None,
            postal_code: None,
            share_percent: None,
            geometry: Some(wkb::write(&shape)),
        };
        let values = vec![Value::Text(title), Value::Integer(number)];
        (FeatureId::of(&id, &key), 0, Record { key, values, locations: vec![location] })
    };
    let origin = Origin {
        source: SourceId::parse("s").unwrap(),
        licence: "CC BY 4.0".to_owned(),
        publisher: "Comune".to_owned(),
        title: Bilingual::default(),
        licence_url: None,
        homepage: None,
        complements: None,
        demo: false,
        release: ReleaseId(1),
        extracted_on: None,
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
        fields: vec![
            field("name", FieldType::Text, Some(Role::Title)),
            field("amount", FieldType::Integer, None),
        ],
    };
    let mut draft = LayerDraft::new(Arc::new(collection), vec![origin], name.to_owned());
    for (id, origin, record) in (0..).zip(shapes).map(record) {
        draft.push(id, origin, record);
    }
    draft
}
