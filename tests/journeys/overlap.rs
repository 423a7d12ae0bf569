//! What layers share, beside PostGIS: the same pairs, the same areas.

use geometry::{Crs, Shape, Survey, Xy, wkb};
use journeys::program::{House, shared};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use store::cluster::{self, Settings};

/// Pairs that share less are nothing to either, m².
const SLIVER: f64 = 1e-6;

fn municipalities() -> Option<Vec<Shape>> {
    let file = shared("boundaries/all_provinces/P_15.geojson")?;
    let document: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let border = |feature: &serde_json::Value| {
        let coordinates = feature["geometry"]["coordinates"].clone();
        let polygons: Vec<Vec<Vec<Xy>>> = match feature["geometry"]["type"].as_str().unwrap() {
            "Polygon" => vec![serde_json::from_value(coordinates).unwrap()],
            _ => serde_json::from_value(coordinates).unwrap(),
        };
        Shape::polygons(polygons).unwrap().transform(Crs::Geographic, Crs::Utm32)
    };
    Some(document["features"].as_array().unwrap().iter().map(border).collect())
}

/// `st_area(st_intersection())` of all pairs that meet.
fn postgis(url: &str, layers: [&[Shape]; 2]) -> BTreeMap<(u32, u32), f64> {
    let mut script = String::new();
    for (name, shapes) in ["a", "b"].iter().zip(layers) {
        writeln!(script, "create temp table {name} (id int, geom geometry);\ncopy {name} from stdin;")
            .unwrap();
        for (id, shape) in shapes.iter().enumerate() {
            write!(script, "{id}\t").unwrap();
            for byte in wkb::write(shape) {
                write!(script, "{byte:02X}").unwrap();
            }
            script.push('\n');
        }
        script.push_str("\\.\n");
    }
    script.push_str(
        "select a.id, b.id, st_area(st_intersection(a.geom, b.geom)) from a join b on st_intersects(a.geom, b.geom);\n",
    );
    let mut psql = Command::new("psql")
        .args([url, "-qAtX", "-F", " ", "-v", "ON_ERROR_STOP=1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = psql.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()).unwrap());
    let output = psql.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let pair = |line: &str| {
        let cells: Vec<&str> = line.split(' ').collect();
        ((cells[0].parse().unwrap(), cells[1].parse().unwrap()), cells[2].parse().unwrap())
    };
    text.lines().map(pair).filter(|(_, area)| *area > SLIVER).collect()
}

#[tokio::test]
async fn municipalities_share_with_their_neighbours_and_with_themselves_moved_what_postgis_says() {
    let Some(municipalities) = municipalities() else { return };
    let house = House::new();
    let settings = Settings { var: house.var(), pg_bin: None, durable: false };
    let cluster = cluster::join(&settings).await.unwrap();
    // What connects first finds PostGIS missing and creates it.
    store::Store::connect(cluster.connect_options()).await.unwrap().close().await;
    let survey = |shapes: &[Shape]| Survey::build(shapes.iter().map(std::slice::from_ref));
    for [east, north] in [[0.0, 0.0], [1_234.5, -678.9]] {
        let moved: Vec<Shape> =
            municipalities.iter().map(|shape| shape.map(|[x, y]| [x + east, y + north])).collect();
        let expect = postgis(&cluster.url(), [&municipalities, &moved]);
        let found = survey(&municipalities).pairs(&survey(&moved));
        let pairs: Vec<(u32, u32)> = found.iter().map(|pair| (pair.subject, pair.object)).collect();
        assert_eq!(pairs, expect.keys().copied().collect::<Vec<_>>());
        assert!(pairs.len() >= 133);
        for pair in found {
            let area = expect[&(pair.subject, pair.object)];
            assert!((pair.area - area).abs() <= 1e-9 * area + 5e-6, "{pair:?} is not {area}");
        }
    }
    cluster.leave().await.unwrap();
}
