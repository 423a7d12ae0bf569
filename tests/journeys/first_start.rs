//! A first start on an empty database: the demo territory, and the way the portal answers.

use gdal::vector::LayerAccess;
use journeys::program::{Answer, House, Server};
use journeys::synthetic;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;

const TILE: &str = "/tiles/municipalities,pnrr-projects/9/269/183";

#[test]
fn an_empty_database_is_filled_with_a_demo_that_shows_everything() {
    let house = House::new();
    let server = house.serve(&[]);
    collections(&server);
    paging(&server);
    filters(&server);
    caching(&server);
    encodings(&server);
    tiles(&server);
    problems(&server);
    server.stop();
}

#[test]
fn official_data_takes_the_place_of_the_whole_demo() {
    let house = House::new();
    let official = house.path().join("official");
    std::fs::create_dir_all(official.join("istat-municipalities")).unwrap();
    synthetic::municipalities(&official.join("istat-municipalities"));
    let folder = official.to_string_lossy().into_owned();
    let demo = house.serve(&[]);
    assert_eq!(demo.get("/collections/municipalities/items?limit=1").json()["numberMatched"], 133);
    demo.stop();
    let server = house.serve(&["--import", &folder]);
    assert_eq!(server.get("/collections/municipalities/items?limit=1").json()["numberMatched"], 1);
    assert_eq!(server.get("/collections/areas/items?limit=1").json()["numberMatched"], 0);
    assert_eq!(server.get("/health/ready").json()["demo"], false);
    let page = server.ask("GET", "/", &[("accept", "text/html")]);
    assert!(!String::from_utf8(page.body).unwrap().contains("Dimostrazione"));
}

fn collections(server: &Server) {
    let listed = server.get("/collections").json();
    let count = |id: &str| {
        let found = listed["collections"].as_array().unwrap().iter().find(|it| it["id"] == id).cloned();
        found.unwrap()["numberOfItems"].as_u64().unwrap()
    };
    assert_eq!(count("municipalities"), 133);
    assert!((1800..2300).contains(&count("pnrr-projects")), "{}", count("pnrr-projects"));
    for id in ["services", "programmes", "areas"] {
        assert!(count(id) > 5, "{id}");
    }
    for precision in ["geometry", "address", "municipality", "province", "none"] {
        let items =
            server.get(&format!("/collections/pnrr-projects/items?precision={precision}&limit=1")).json();
        assert!(items["numberMatched"].as_u64().unwrap() > 0, "no proposal with precision {precision}");
    }
    assert_eq!(server.get("/health/ready").json()["demo"], true);
    let landing = server.get("/").json();
    let rels: Vec<_> =
        landing["links"].as_array().unwrap().iter().map(|link| link["rel"].as_str().unwrap()).collect();
    for rel in ["service-desc", "conformance", "data"] {
        assert!(rels.contains(&rel), "the landing page has no link {rel}");
    }
    assert_eq!(server.get("/api").json()["openapi"], "3.0.3");
    let page = server.ask("GET", "/", &[("accept", "text/html")]);
    assert!(String::from_utf8(page.body).unwrap().contains("Dimostrazione"), "the demo is not labelled");
}

/// Following the links gives every feature once.
fn paging(server: &Server) {
    let mut path = "/collections/pnrr-projects/items?limit=700".to_owned();
    let (mut seen, mut pages) = (std::collections::BTreeSet::new(), 0);
    let matched = loop {
        let page = server.get(&path).json();
        pages += 1;
        for feature in page["features"].as_array().unwrap() {
            assert!(seen.insert(feature["id"].as_u64().unwrap()), "a feature came twice");
        }
        match link(&page, "next") {
            Some(next) => next.strip_prefix(&server.url).unwrap().clone_into(&mut path),
            None => break page["numberMatched"].as_u64().unwrap(),
        }
    };
    assert_eq!((seen.len() as u64, pages), (matched, matched.div_ceil(700)));
    let first = seen.first().unwrap();
    let feature = server.get(&format!("/collections/pnrr-projects/items/{first}"));
    assert_eq!(feature.header("content-type"), "application/geo+json");
    assert_eq!(feature.json()["id"].as_u64(), Some(*first));
}

fn link(document: &Value, rel: &str) -> Option<String> {
    let links = document["links"].as_array().unwrap();
    links.iter().find(|link| link["rel"] == rel).map(|link| link["href"].as_str().unwrap().to_owned())
}

fn filters(server: &Server) {
    let count = |query: &str| {
        let items = server.get(&format!("/collections/municipalities/items?{query}")).json();
        items["numberMatched"].as_u64().unwrap()
    };
    assert_eq!(count("istat_code=015146"), 1);
    assert_eq!(count("name=Milano&istat_code=015002"), 0);
    assert!((1..20).contains(&count("bbox=9.18,45.46,9.20,45.47")));
    assert_eq!(count("bbox=9.18000000000000001,45.46,9.20,45.47"), count("bbox=9.18%2C45.46%2C9.20%2C45.47"));
    assert_eq!(count("bbox=10,40,11,41"), 0);
    assert_eq!(count("bbox=170,40,-170,50"), 0);
    let of_legnano = server.get("/collections/pnrr-projects/items?municipality=015118").json();
    let features = of_legnano["features"].as_array().unwrap();
    let lies_there =
        |it: &Value| it["properties"]["municipalities"].as_array().unwrap().contains(&"015118".into());
    assert!(!features.is_empty() && features.iter().all(lies_there));
}

fn caching(server: &Server) {
    for path in ["/collections", "/collections/municipalities/items?limit=5", TILE, "/"] {
        let first = server.get(path);
        assert_eq!(first.status, 200, "{path}");
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"'), "{path} has no strong tag: {tag}");
        let again = server.ask("GET", path, &[("if-none-match", &tag)]);
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.as_str()), "{path}");
        let page = server.ask("GET", path, &[("accept", "text/html")]);
        assert_eq!(page.header("access-control-allow-origin"), "*");
        let head = server.ask("HEAD", path, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
    }
}

fn encodings(server: &Server) {
    let path = "/collections/municipalities/items";
    let plain = server.get(path).body;
    let ask = |encoding: &str| server.ask("GET", path, &[("accept-encoding", encoding)]);
    let check = |answer: Answer, name: &str, decoded: Vec<u8>| {
        assert_eq!(answer.header("content-encoding"), name);
        assert!(answer.body.len() < plain.len() / 2, "{name} saves nothing");
        assert!(decoded == plain, "{name} gives another body");
    };
    let gzip = ask("gzip");
    let mut decoded = Vec::new();
    flate2::read::GzDecoder::new(&gzip.body[..]).read_to_end(&mut decoded).unwrap();
    check(gzip, "gzip", decoded);
    let brotli = ask("br");
    let mut decoded = Vec::new();
    brotli::BrotliDecompress(&mut &brotli.body[..], &mut decoded).unwrap();
    check(brotli, "br", decoded);
    let zstd = ask("zstd, br, gzip");
    let decoded = zstd::stream::decode_all(&zstd.body[..]).unwrap();
    check(zstd, "zstd", decoded);
}

/// A tile is read by GDAL, whose decoder is not our encoder.
fn tiles(server: &Server) {
    let described = server.get("/tiles/municipalities,pnrr-projects.json").json();
    assert_eq!(described["tilejson"], "3.0.0");
    let address = described["tiles"][0].as_str().unwrap();
    assert!(address.contains("/tiles/municipalities,pnrr-projects/{z}/{x}/{y}?v="), "{address}");
    let folder = tempfile::tempdir().unwrap();
    let layers = |path: &str| -> Vec<(String, u64)> {
        let file = folder.path().join("tile.mvt");
        let answer = server.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "application/vnd.mapbox-vector-tile"),
            "{path}"
        );
        std::fs::write(&file, answer.body).unwrap();
        let tile = gdal::Dataset::open(&file).unwrap();
        tile.layers().map(|layer| (layer.name(), layer.feature_count())).collect()
    };
    let names = |layers: &[(String, u64)]| layers.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let far = layers(TILE);
    assert_eq!(names(&far), ["municipalities", "municipalities-labels", "pnrr-projects"]);
    assert!(far.iter().all(|(_, count)| (20..134).contains(count)), "{far:?}");
    layers("/tiles/pnrr-projects/12/2152/1465");
    let mut near: BTreeMap<String, u64> = BTreeMap::new();
    let tile = gdal::Dataset::open(folder.path().join("tile.mvt")).unwrap();
    for feature in tile.layer(0).unwrap().features() {
        let precision = feature.field_index("precision").and_then(|field| feature.field_as_string(field));
        *near.entry(precision.unwrap().unwrap()).or_default() += 1;
    }
    // Drawn one by one: in their true place, and round a point of Milan those of which no more is known.
    assert!(near["geometry"] > 20 && near["municipality"] > 100, "{near:?}");
    let nothing = server.get("/tiles/municipalities/9/0/0");
    assert_eq!((nothing.status, nothing.body.len()), (204, 0));
}

fn problems(server: &Server) {
    let check = |path: &str, status: u16, expect: &str| {
        let answer = server.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, "application/problem+json"),
            "{path}"
        );
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(expect), "{path}: {problem}");
    };
    check("/nowhere", 404, "landing page");
    check("/collections/nothing", 404, "There is no collection");
    check("/collections/municipalities/items/1", 404, "There is no feature");
    check("/collections/municipalities/items?color=red", 400, "is not known here");
    check("/collections/municipalities/items?limit=0", 400, "limit");
    check("/collections/municipalities/items?limit=5&limit=6", 400, "twice");
    check("/collections/municipalities/items?bbox=1,2,3", 400, "bbox");
    check("/collections/municipalities/items?bbox=NaN,2,3,4", 400, "bbox");
    check("/collections/municipalities/items?bbox=0,91,3,92", 400, "bbox");
    check("/collections/municipalities/items?population=many", 400, "population");
    check("/tiles/municipalities/2/9/0", 400, "");
    check("/tiles/municipalities/99/0/0", 400, "");
    check("/tiles/municipalities,municipalities.json", 400, "twice");
    let page = server.ask("GET", "/nowhere", &[("accept", "text/html")]);
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert_eq!(server.ask("DELETE", "/collections", &[]).status, 405);
}
