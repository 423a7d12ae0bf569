//! The screening of a place, whichever way it is given: as JSON, as a file of any format, as a record of the portal.

use crate::answers::query;
use journeys::program::{Answer, House, Server, shared};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::cluster::{self, Settings};

const EXECUTE: &str = "/processes/screening/execution";

fn square() -> Value {
    let corners = [[9.18, 45.50], [9.22, 45.50], [9.22, 45.53], [9.18, 45.53], [9.18, 45.50]];
    json!({ "type": "Polygon", "coordinates": [corners] })
}

fn execute(server: &Server, body: &Value) -> Answer {
    server.post(EXECUTE, "application/json", body.to_string().as_bytes())
}

/// A form with a file, and fields beside it.
fn upload(server: &Server, name: &str, content: &[u8], fields: &[(&str, &str)]) -> Answer {
    let mut body = Vec::new();
    for (field, value) in fields {
        let part = format!("--seam\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--seam\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--seam--\r\n");
    server.post(EXECUTE, "multipart/form-data; boundary=seam", &body)
}

fn near(got: &Value, expect: f64) {
    let got = got.as_f64().unwrap();
    assert!((got - expect).abs() <= 1e-6 * expect, "{got} is not {expect}");
}

#[test]
fn a_place_is_screened_by_the_standard() {
    let house = House::new();
    let server = house.serve(&[]);
    let list = server.get("/processes").json();
    assert_eq!(list["processes"][0]["id"], "screening");
    let described = server.get("/processes/screening").json();
    assert_eq!(described["jobControlOptions"], json!(["sync-execute"]));
    let execution = described["links"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["rel"].as_str().unwrap().ends_with("/execute"));
    assert!(execution.unwrap()["href"].as_str().unwrap().ends_with(EXECUTE));
    let answer = execute(&server, &json!({ "inputs": { "place": square() } }));
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    let told = answer.json();
    near(&told["place"]["area_m2"], 10_412_916.0);
    let shares: f64 = told["place"]["municipalities"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["share_of_place"].as_f64())
        .sum();
    assert!((shares - 1.0).abs() < 1e-6, "{shares}");
    let document =
        execute(&server, &json!({ "inputs": { "place": square() }, "response": "document" })).json();
    assert_eq!(document["screening"]["place"], told["place"]);
    let water =
        told["collections"].as_array().unwrap().iter().find(|it| it["collection"] == "watercourses").unwrap();
    assert_eq!((&water["loaded"], &water["count"]), (&json!(false), &Value::Null), "absence is no zero");
    // The features are what is met, cut to the place: their areas are those that are told.
    let features = server.post(
        &format!("{EXECUTE}?f=geojson"),
        "application/json",
        json!({ "inputs": { "place": square() } }).to_string().as_bytes(),
    );
    assert_eq!(features.header("content-type"), "application/geo+json");
    let count: u64 =
        told["collections"].as_array().unwrap().iter().filter_map(|it| it["count"].as_u64()).sum();
    assert_eq!(features.json()["features"].as_array().unwrap().len() as u64, count);
}

/// What a screening tells of the records of a collection in a field, where that is something.
fn told_of(told: &Value, collection: &str, field: &str) -> BTreeMap<String, f64> {
    let found =
        told["collections"].as_array().unwrap().iter().find(|it| it["collection"] == collection).unwrap();
    let items = found["items"].as_array().unwrap().iter();
    let measured = items.map(|it| (it["id"].to_string(), it[field].as_f64().unwrap()));
    measured.filter(|(_, amount)| *amount > 0.0).collect()
}

#[tokio::test]
async fn a_screening_measures_what_postgis_measures() {
    let house = House::new();
    let server = house.serve(&[]);
    // A star of 40 corners, its sides across everything in the north of Milan.
    let corner = |at: u32| {
        let (angle, far) = (
            f64::from(at % 40) / 40.0 * std::f64::consts::TAU,
            if at.is_multiple_of(2) { 0.08 } else { 0.05 },
        );
        [9.19 + far * angle.cos(), 45.51 + 0.7 * far * angle.sin()]
    };
    let star = json!({ "type": "Polygon", "coordinates": [(0..=40).map(corner).collect::<Vec<_>>()] });
    let told = execute(&server, &json!({ "inputs": { "place": star } })).json();
    server.stop();
    let cluster = cluster::join(&Settings { var: house.var(), pg_bin: None, durable: false }).await.unwrap();
    let place = format!("st_transform(st_setsrid(st_geomfromgeojson('{star}'), 4326), 32632)");
    let of_rows = |sql: &str| -> BTreeMap<String, f64> {
        let rows = query(&cluster.url(), sql).into_iter();
        rows.map(|row| (row[0].clone(), row[1].parse().unwrap())).collect()
    };
    let measured = |collection: &str, kind: u8, measure: &str| {
        of_rows(&format!(
            "with place as (select {place} as geom),
             record as (select id, st_collectionextract(st_transform(geometry, 32632), {kind}) as geom from published.\"{collection}\"),
             shared as (select id, {measure}(st_intersection(record.geom, place.geom)) as amount,
                least(st_area(record.geom), st_area(place.geom)) as smaller from record, place where st_intersects(record.geom, place.geom))
             select id, amount from shared where amount > 0 and ({kind} < 3 or amount >= 100 or amount >= 0.001 * smaller)"
        ))
    };
    for (collection, field, kind, measure, least) in [
        ("areas", "area_m2", 3, "st_area", 10),
        ("municipalities", "area_m2", 3, "st_area", 5),
        ("programmes", "length_of_record_m", 2, "st_length", 1),
        ("services", "points_of_record", 1, "st_numgeometries", 10),
    ] {
        let (told, expect) = (told_of(&told, collection, field), measured(collection, kind, measure));
        assert!(expect.len() >= least, "{collection}: {expect:?}");
        assert_eq!(told.keys().collect::<Vec<_>>(), expect.keys().collect::<Vec<_>>(), "{collection}");
        for (id, amount) in &expect {
            // Positions differ by nanometres between PROJ and us.
            assert!(
                (told[id] - amount).abs() <= 1e-9 * amount + 1e-4,
                "{collection} {id}: {} is not {amount}",
                told[id]
            );
        }
    }
    cluster.leave().await.unwrap();
}

#[test]
fn what_cannot_be_screened_is_refused_in_one_sentence() {
    let house = House::new();
    let server = house.serve(&[]);
    let place = |shape: Value| json!({ "inputs": { "place": shape } });
    let bow = json!({ "type": "Polygon", "coordinates": [[[9.1, 45.4], [9.2, 45.5], [9.2, 45.4], [9.1, 45.5], [9.1, 45.4]]] });
    for (body, status, word) in [
        (json!({}), 400, "inputs"),
        (json!({ "inputs": {} }), 400, "no place to screen"),
        (json!({ "inputs": { "place": square(), "feature": "areas/1" } }), 400, "Several places"),
        (json!({ "inputs": { "colour": "red" } }), 400, "colour"),
        (place(json!("POLYGON ((9 45")), 422, "WKT"),
        (place(bow), 422, "Self-intersection"),
        (place(json!({ "type": "Point", "coordinates": [45.4, 9.1] })), 422, "swapped"),
        (place(json!({ "type": "Point", "coordinates": ["NaN", 9.1] })), 422, "place"),
        (place(json!({ "type": "Polygon", "coordinates": [] })), 422, "place"),
        (json!({ "inputs": { "feature": "areas/12" } }), 404, "areas"),
        (json!({ "inputs": { "feature": "X00000000000000" } }), 404, "CUP"),
        (json!({ "inputs": { "place": "POINT (510000 5030000)", "crs": "EPSG:1" } }), 422, "place"),
    ] {
        let answer = execute(&server, &body);
        let problem = answer.json();
        let detail = problem["detail"].as_str().unwrap();
        assert!(answer.status == status && detail.contains(word), "{body}: {} {detail}", answer.status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(!detail.contains("/tmp"), "{detail}");
    }
    let unknown = server.post("/processes/baking/execution", "application/json", b"{}");
    assert!(unknown.status == 404 && unknown.json()["type"].as_str().unwrap().ends_with("/no-such-process"));
    assert_eq!(server.post(EXECUTE, "text/plain", b"x").status, 415);
    assert_eq!(server.get(EXECUTE).status, 405);
}

#[test]
fn a_proposal_known_by_its_municipality_is_inside_nothing_and_is_told_what_that_meets() {
    let house = House::new();
    let server = house.serve(&[]);
    let items = server.get("/collections/pnrr-projects/items?limit=2000").json();
    let of_precision = |wanted: &str| {
        let features = items["features"].as_array().unwrap();
        let found = features.iter().find(|it| it["properties"]["precision"] == wanted).unwrap();
        format!("pnrr-projects/{}", found["id"])
    };
    let told = execute(&server, &json!({ "inputs": { "feature": of_precision("municipality") } })).json();
    assert_eq!(told["place"]["feature"]["precision"], "municipality");
    assert!(
        told["collections"].as_array().unwrap().iter().all(|it| it["items"].as_array().unwrap().is_empty())
    );
    assert!(told["perhaps"].as_array().unwrap().iter().any(|it| it["collection"] == "areas"));
    assert!(!told["place"]["municipalities"].as_array().unwrap().is_empty());
    for question in
        told["strategies"].as_array().unwrap().iter().flat_map(|it| it["questions"].as_array().unwrap())
    {
        assert!(!matches!(question["standing"].as_str(), Some("inside" | "partly_inside")), "{question}");
    }
    // One that is drawn is asked for by its address too, and is not told of itself.
    let drawn = of_precision("geometry");
    let (_, number) = drawn.split_once('/').unwrap();
    let address = format!("{}/collections/pnrr-projects/items/{number}?lang=it", server.url);
    let told = execute(&server, &json!({ "inputs": { "feature": address } })).json();
    let own: i64 = number.parse().unwrap();
    let all = told["collections"].as_array().unwrap().iter().flat_map(|it| it["items"].as_array().unwrap());
    assert!(all.clone().count() > 0 && all.clone().all(|it| it["id"] != own));
    assert!(told["perhaps"].is_null());
}

#[test]
fn a_planner_screens_files_of_every_format_with_one_answer() {
    let Some(folder) = shared("derived_nasty") else { return };
    let house = House::new();
    let server = house.serve(&[]);
    let sent = |name: &str, crs: &str| {
        let content = std::fs::read(folder.join(name)).unwrap();
        upload(&server, name, &content, &[("crs", crs)])
    };
    // The same 133 municipalities.
    for name in ["18_geojson_utf8_bom.geojson", "31_comuni.fgb"] {
        let told = sent(name, "").json();
        assert_eq!(told["place"]["features"], 133, "{name}");
        assert_eq!(told["place"]["municipalities"].as_array().unwrap().len(), 133, "{name}");
        near(&told["place"]["area_m2"], 1_575_033_148.0);
    }
    for (name, crs, word) in [
        ("01_shp_32632_utf8_cpg.zip", "", "outside the territory"),
        ("03_shp_3003_no_prj_latin1.zip", "", "does not say its coordinate reference system"),
        ("03_shp_3003_no_prj_latin1.zip", "EPSG:3003", "outside the territory"),
        ("07_two_layers.zip", "", "several layers"),
        ("08_missing_shx_dbf.zip", "", "lacks its"),
        ("09_truncated_shp.zip", "", "damaged"),
        ("10_zip_slip.zip", "", "leads outside"),
        ("12_comuni_32632.gml", "", "outside the territory"),
        ("14_comuni.kml", "", "outside the territory"),
        ("16_geojson_projected_without_crs.geojson", "", "look projected"),
        ("17_geojson_lat_lon_swapped.geojson", "", "swapped"),
        ("19_invalid_geometries.geojson", "", "not valid"),
        ("22_csv_cp1252.csv", "", "is not stated"),
        ("26_billion_laughs.kml", "", "DOCTYPE"),
        ("27_xxe.gml", "", "DOCTYPE"),
        ("28_empty_featurecollection.geojson", "", "no shape"),
        ("29_zero_bytes.geojson", "", "is empty"),
    ] {
        let answer = sent(name, crs);
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(answer.status == 422 && detail.contains(word), "{name}: {} {detail}", answer.status);
        assert!(detail.starts_with(name), "it is called by its name: {detail}");
    }
}

#[test]
fn the_formats_that_are_written_by_hand_say_the_same() {
    let house = House::new();
    let server = house.serve(&[]);
    let expect = execute(&server, &json!({ "inputs": { "place": square() } })).json();
    let ring = "9.18 45.50, 9.22 45.50, 9.22 45.53, 9.18 45.53, 9.18 45.50";
    let commas = ring.replace(", ", ";").replace(' ', ",").replace(';', " ");
    let kml = format!(
        "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>{commas}\
         </coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
    );
    let csv = format!("nome;wkt\nuno;\"POLYGON (({ring}))\"\n");
    for (name, text) in [("a.kml", kml), ("a.csv", csv), ("a.geojson", square().to_string())] {
        let told = upload(&server, name, text.as_bytes(), &[]).json();
        assert_eq!(told["collections"], expect["collections"], "{name}");
    }
    let told = execute(&server, &json!({ "inputs": { "place": format!("POLYGON (({ring}))") } })).json();
    assert_eq!(told["collections"], expect["collections"]);
    // Two halves that overlap are one place.
    let half = |west: f64, east: f64| {
        let corners = [[west, 45.50], [east, 45.50], [east, 45.53], [west, 45.53], [west, 45.50]];
        json!({ "type": "Feature", "properties": {}, "geometry": { "type": "Polygon", "coordinates": [corners] } })
    };
    let halves = json!({ "type": "FeatureCollection", "features": [half(9.18, 9.205), half(9.2, 9.22)] });
    let told = execute(&server, &json!({ "inputs": { "place": halves } })).json();
    assert_eq!(told["place"]["features"], 2);
    near(&told["place"]["area_m2"], expect["place"]["area_m2"].as_f64().unwrap());
    let points = "lon,lat\n9.19,45.51\n9.20,45.52\n";
    assert_eq!(upload(&server, "p.csv", points.as_bytes(), &[]).json()["place"]["points"], 2);
    let gpx = "<gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg><trkpt lat=\"45.51\" lon=\"9.19\"/>\
               <trkpt lat=\"45.51\" lon=\"9.20\"/></trkseg></trk></gpx>";
    let told = upload(&server, "t.gpx", gpx.as_bytes(), &[]).json();
    assert_eq!((&told["place"]["features"], &told["place"]["points"]), (&json!(1), &json!(0)));
    assert!(told["place"]["length_m"].as_f64().unwrap() > 700.0);
}

#[test]
fn hostile_files_are_refused_and_leave_nothing_behind() {
    let house = House::new();
    let folder = house.path().join("tmp");
    std::fs::create_dir(&folder).unwrap();
    let server = house.serve_with(&[], &[("TMPDIR", &folder)]);
    // A ring of 300,000 vertices.
    let ring: Vec<String> = (0..300_000)
        .map(|at| {
            let angle = f64::from(at) / 300_000.0 * std::f64::consts::TAU;
            format!("[{:.9},{:.9}]", 9.2 + 0.01 * angle.cos(), 45.5 + 0.01 * angle.sin())
        })
        .collect();
    let text = format!("{{\"type\":\"Polygon\",\"coordinates\":[[{},{}]]}}", ring.join(","), ring[0]);
    let answer = upload(&server, "round.geojson", text.as_bytes(), &[]);
    assert!(
        answer.status == 422 && answer.json()["detail"].as_str().unwrap().contains("vertices"),
        "{answer:?}"
    );
    assert_eq!(upload(&server, "noise.bin", &[7; 4096], &[]).status, 422);
    assert_eq!(server.post(EXECUTE, "multipart/form-data; boundary=seam", b"--seam\r\nbroken").status, 400);
    assert_eq!(server.get("/health/live").status, 200);
    assert_eq!(upload(&server, "a.geojson", square().to_string().as_bytes(), &[]).status, 200);
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().flatten().map(|it| it.path()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn people_screen_a_place_on_a_page() {
    let house = House::new();
    let server = house.serve(&[]);
    let html = [("accept", "text/html"), ("accept-language", "it")];
    let form = String::from_utf8(server.ask("GET", "/processes/screening", &html).body).unwrap();
    assert!(form.contains("enctype=\"multipart/form-data\"") && form.contains("name=\"file\""), "{form}");
    let page = server.post(
        &format!("{EXECUTE}?f=html"),
        "application/json",
        json!({ "inputs": { "place": square() } }).to_string().as_bytes(),
    );
    let page = String::from_utf8(page.body).unwrap();
    assert_eq!(page.matches("<section id=\"screening\"").count(), 1);
    let answer = page.split("<section id=\"screening\"").nth(1).unwrap();
    for words in [
        "Bresso",
        "Superficie: 10,41",
        "Domande a cui la risposta è no",
        "Contati a parte",
        "Dati non caricati",
    ] {
        assert!(answer.replace('\u{a0}', " ").contains(words), "{words}");
    }
    assert!(!page.contains("screening."), "a word is missing");
}
