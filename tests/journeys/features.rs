//! OGC API – Features as its clients know it: parts 1, 2, 3 and 5. `tests/conformance.md` says which requirement each test shows.

use journeys::program::{Answer, House, Server};
use journeys::synthetic;
use serde_json::Value;
use std::collections::BTreeSet;

const MUNICIPALITIES: &str = "/collections/municipalities/items";
const PROJECTS: &str = "/collections/pnrr-projects/items";

/// A portal with one municipality, a square round Milan, and ten projects known by that municipality alone.
fn portal() -> (House, Server) {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 10, 0));
    let server = house.serve(&[]);
    (house, server)
}

/// An address with parameters, percent-encoded.
fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("{path}?{}", pairs.join("&"))
}

fn matched(server: &Server, path: &str, parameters: &[(&str, &str)]) -> u64 {
    let answer = server.get(&address(path, parameters));
    assert_eq!(answer.status, 200, "{parameters:?}: {}", String::from_utf8_lossy(&answer.body));
    answer.json()["numberMatched"].as_u64().unwrap()
}

fn refuses(server: &Server, path: &str, parameters: &[(&str, &str)], words: &str) {
    let answer = server.get(&address(path, parameters));
    assert_eq!(answer.status, 400, "{parameters:?}");
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains(words), "{parameters:?}: {detail}");
}

fn link(document: &Value, rel: &str) -> Option<String> {
    let links = document["links"].as_array().unwrap();
    let found = links.iter().find(|link| link["rel"] == rel)?;
    Some(found["href"].as_str().unwrap().to_owned())
}

/// The path of the link with this relation.
fn path(server: &Server, answer: &Answer, rel: &str) -> Option<String> {
    link(&answer.json(), rel).map(|href| href.strip_prefix(&server.url).unwrap().to_owned())
}

fn ids(answer: &Answer) -> Vec<u64> {
    answer.json()["features"].as_array().unwrap().iter().map(|it| it["id"].as_u64().unwrap()).collect()
}

/// One portal for all of them: to start it takes longer than to ask it.
#[test]
fn clients_find_what_the_standards_promise() {
    let (_house, server) = portal();
    a_box_is_understood_however_it_is_written_and_refused_when_it_is_none(&server);
    a_limit_is_kept_and_one_above_the_maximum_is_the_maximum(&server);
    pages_lead_forth_and_back_and_each_feature_comes_once(&server);
    features_are_sorted_and_show_the_properties_that_are_wanted(&server);
    coordinates_come_in_the_system_and_the_order_that_is_asked_for(&server);
    a_box_is_read_in_the_system_that_it_is_in(&server);
    filters_choose_in_text_and_in_json(&server);
    a_proposal_known_by_its_municipality_is_inside_nothing(&server);
    queryables_and_schema_are_json_schema_and_pages(&server);
}

fn a_box_is_understood_however_it_is_written_and_refused_when_it_is_none(server: &Server) {
    let count = |bbox: &str| matched(server, MUNICIPALITIES, &[("bbox", bbox)]);
    assert_eq!(count("9.2,45.45,9.21,45.46"), 1);
    assert_eq!(count("9.19999999999999929,45.45000000000000284,0,9.2100000000000001,45.46,9"), 1);
    assert_eq!(count("9.31,45.4,9.4,45.5"), 0);
    assert_eq!(count("170,40,9.2,50"), 1, "across the antimeridian");
    assert_eq!(count("9.4,40,9.0,50"), 0, "across the antimeridian, round the other side");
    for wrong in ["", "1,2,3", "9,45,NaN,46", "9,45,inf,46", "-181,0,1,1", "0,5,1,4", "0,0,1,91", "a,b,c,d"] {
        refuses(server, MUNICIPALITIES, &[("bbox", wrong)], "bbox");
    }
    refuses(server, MUNICIPALITIES, &[("colour", "red")], "“colour” is not known");
}

fn a_limit_is_kept_and_one_above_the_maximum_is_the_maximum(server: &Server) {
    let returned =
        |limit: &str| server.get(&address(PROJECTS, &[("limit", limit)])).json()["numberReturned"].clone();
    assert_eq!(
        (returned("2"), returned("10001"), returned("99999999999999999999")),
        (2.into(), 10.into(), 10.into())
    );
    for wrong in ["0", "-1", "x", "", "1.5"] {
        refuses(server, PROJECTS, &[("limit", wrong)], "limit");
    }
    let api = server.get("/api").json();
    let parameters = api["paths"][PROJECTS]["get"]["parameters"].as_array().unwrap();
    let limit = parameters.iter().find(|it| it["name"] == "limit").unwrap();
    assert_eq!((&limit["schema"]["default"], &limit["schema"]["maximum"]), (&1000.into(), &10_000.into()));
}

fn pages_lead_forth_and_back_and_each_feature_comes_once(server: &Server) {
    let mut page = server.get(&format!("{PROJECTS}?limit=4"));
    let mut found = Vec::new();
    let mut last = None;
    while let Some(next) = path(server, &page, "next") {
        found.extend(ids(&page));
        last = Some(ids(&page));
        page = server.get(&next);
    }
    found.extend(ids(&page));
    assert_eq!((found.len(), found.iter().collect::<BTreeSet<_>>().len()), (10, 10));
    let before = server.get(&path(server, &page, "prev").unwrap());
    assert_eq!(Some(ids(&before)), last);
    let counted = server.get(&format!("{PROJECTS}?limit=4&offset=8"));
    assert_eq!(ids(&counted), found[8..]);
    assert!(server.get(&format!("{PROJECTS}?offset=99")).json()["features"].as_array().unwrap().is_empty());
    refuses(server, PROJECTS, &[("offset", "1000001")], "follow the link");
    refuses(server, PROJECTS, &[("cursor", "x")], "cursor");
}

#[test]
fn pages_stay_those_of_one_edition_while_a_release_lands() {
    let (house, server) = portal();
    let first = server.get(&format!("{PROJECTS}?limit=4"));
    let titles = |answer: &Answer| -> Vec<String> {
        let features = answer.json()["features"].as_array().unwrap().clone();
        features.iter().map(|it| it["properties"]["title"].to_string()).collect()
    };
    let sorted = server.get(&format!("{PROJECTS}?limit=4&sortby=-title"));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 7, 1));
    server.until(&format!("{PROJECTS}?limit=1"), |items| items["numberMatched"] == 7);
    for before in [&first, &sorted] {
        let next = server.get(&path(&server, before, "next").unwrap());
        assert_eq!(next.json()["numberMatched"], 10);
        assert!(titles(&next).iter().all(|title| title.ends_with(" 0\"")), "{:?}", titles(&next));
    }
    // An edition that is gone: the list goes on in the present one, by number; one that is sorted says so if it cannot.
    let gone = |answer: &Answer| path(&server, answer, "next").unwrap().replace("cursor=", "cursor=x");
    let next = server.get(&gone(&first));
    assert_eq!(next.json()["numberMatched"], 7);
    let last = *ids(&first).last().unwrap();
    assert!(ids(&next).iter().all(|id| *id > last));
    let ended = server.get(&gone(&sorted));
    assert!([200, 410].contains(&ended.status));
}

fn features_are_sorted_and_show_the_properties_that_are_wanted(server: &Server) {
    let answer = server.get(&format!("{PROJECTS}?sortby=-title&properties=title&skipGeometry=true"));
    let features = answer.json()["features"].as_array().unwrap().clone();
    let titles: Vec<&str> = features.iter().map(|it| it["properties"]["title"].as_str().unwrap()).collect();
    assert_eq!((titles.len(), titles[0], titles[9]), (10, "Titolo 9 0", "Titolo 0 0"));
    let names: Vec<&String> = features[0]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["title", "source", "release", "extraction_date"], "a fact without its source is none");
    assert!(features.iter().all(|feature| feature["geometry"].is_null()));
    refuses(server, PROJECTS, &[("sortby", "colour")], "colour");
    refuses(server, PROJECTS, &[("properties", "colour")], "colour");
    refuses(server, PROJECTS, &[("skipGeometry", "maybe")], "skipGeometry");
}

fn coordinates_come_in_the_system_and_the_order_that_is_asked_for(server: &Server) {
    let described = server.get("/collections/municipalities").json();
    let known: Vec<String> =
        described["crs"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect();
    assert_eq!(known.len(), 7);
    assert!(known.contains(&described["storageCrs"].as_str().unwrap().to_owned()));
    let corner = |code: &str| {
        let uri = known.iter().find(|uri| uri.ends_with(code)).unwrap();
        let answer = server.get(&address(MUNICIPALITIES, &[("crs", uri)]));
        assert_eq!(answer.header("content-crs"), format!("<{uri}>"));
        let first = answer.json()["features"][0]["geometry"]["coordinates"][0][0].clone();
        [0, 1].map(|axis: usize| first[axis].as_f64().unwrap())
    };
    // `gdaltransform -s_srs OGC:CRS84`, of the south-western corner.
    let check = |code: &str, expect: [f64; 2], tolerance: f64| {
        let found = corner(code);
        assert!((0..2).all(|axis| (found[axis] - expect[axis]).abs() < tolerance), "{code}: {found:?}");
    };
    check("CRS84", [9.1, 45.4], 1e-9);
    check("4326", [45.4, 9.1], 1e-9);
    check("32632", [507_826.498, 5_027_391.756], 1e-3);
    check("7791", corner("32632"), 1e-9);
    let [easting, northing] = corner("7791");
    check("6707", [northing, easting], 1e-9);
    assert_eq!(server.get(MUNICIPALITIES).header("content-crs"), format!("<{}>", known[0]));
    refuses(server, MUNICIPALITIES, &[("crs", "http://www.opengis.net/def/crs/EPSG/0/25832")], "known are");
    let one = ids(&server.get(MUNICIPALITIES))[0];
    let answer = server.get(&address(&format!("{MUNICIPALITIES}/{one}"), &[("crs", &known[1])]));
    assert_eq!(answer.header("content-crs"), format!("<{}>", known[1]));
}

fn a_box_is_read_in_the_system_that_it_is_in(server: &Server) {
    let count = |bbox: &str, code: &str| {
        let uri = format!("http://www.opengis.net/def/crs/EPSG/0/{code}");
        matched(server, MUNICIPALITIES, &[("bbox", bbox), ("bbox-crs", &uri)])
    };
    assert_eq!((count("45.45,9.2,45.46,9.21", "4326"), count("9.2,45.45,9.21,45.46", "4326")), (1, 0));
    let metric = "510000,5030000,515000,5035000";
    assert_eq!((count(metric, "32632"), count(metric, "7791"), count(metric, "6707")), (1, 1, 0));
    assert_eq!(count("5030000,510000,5035000,515000", "6707"), 1);
    assert_eq!(count("1510000,5030000,1515000,5035000", "3003"), 1);
    assert_eq!(count("1020000,5690000,1025000,5695000", "3857"), 1);
    refuses(server, MUNICIPALITIES, &[("bbox", "9,45,10,46"), ("bbox-crs", "EPSG:99")], "bbox-crs");
}

fn filters_choose_in_text_and_in_json(server: &Server) {
    let count = |filter: &str| matched(server, PROJECTS, &[("filter", filter)]);
    assert_eq!(count("title = 'Titolo 3 0'"), 1);
    assert_eq!(count("title LIKE 'Titolo%' AND NOT title IN ('Titolo 1 0', 'Titolo 2 0')"), 8);
    assert_eq!(count("funding_pnrr_cents = 100050"), 10);
    assert_eq!(count("A_CONTAINS(municipalities, ('015146'))"), 10);
    assert_eq!(count(r#"{"op":"isNull","args":[{"property":"title"}]}"#), 0);
    let json = r#"{"op":"=","args":[{"property":"title"},"Titolo 3 0"]}"#;
    assert_eq!(matched(server, PROJECTS, &[("filter", json), ("filter-lang", "cql2-json")]), 1);
    refuses(server, PROJECTS, &[("filter", "title = ")], "at character 9");
    refuses(server, PROJECTS, &[("filter", "THIS IS NOT A FILTER")], "character");
    refuses(server, PROJECTS, &[("filter", "colour = 'red'")], "no property “colour”");
    refuses(server, PROJECTS, &[("filter", "title = 'x'"), ("filter-lang", "cql")], "cql2-text");
    refuses(
        server,
        PROJECTS,
        &[("filter", &format!("{}title='x'{}", "(".repeat(5000), ")".repeat(5000)))],
        "deep",
    );
}

fn a_proposal_known_by_its_municipality_is_inside_nothing(server: &Server) {
    let around = "S_INTERSECTS(geometry, BBOX(9, 45, 10, 46))";
    assert_eq!(matched(server, MUNICIPALITIES, &[("filter", around)]), 1);
    assert_eq!(matched(server, PROJECTS, &[("filter", around)]), 0);
    assert_eq!(matched(server, PROJECTS, &[("filter", &format!("NOT {around}"))]), 0);
    assert_eq!(matched(server, PROJECTS, &[("bbox", "9,45,10,46")]), 10, "it is shown there all the same");
    let metric = "S_WITHIN(geometry, BBOX(500000, 5020000, 530000, 5050000))";
    let utm = "http://www.opengis.net/def/crs/EPSG/0/7791";
    assert_eq!(matched(server, MUNICIPALITIES, &[("filter", metric), ("filter-crs", utm)]), 1);
    refuses(server, MUNICIPALITIES, &[("filter", metric)], "not on the earth");
}

fn queryables_and_schema_are_json_schema_and_pages(server: &Server) {
    let described = server.get("/collections/pnrr-projects").json();
    for name in ["queryables", "schema"] {
        let rel = format!("http://www.opengis.net/def/rel/ogc/1.0/{name}");
        let address = format!("/collections/pnrr-projects/{name}");
        assert_eq!(link(&described, &rel), Some(format!("{}{address}", server.url)));
        let answer = server.get(&address);
        assert_eq!(answer.header("content-type"), "application/schema+json");
        let document = answer.json();
        assert_eq!(document["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(document["$id"], format!("{}{address}", server.url));
        assert_eq!(document["properties"]["geometry"]["format"], "geometry-any");
        assert_eq!(document["properties"]["funding_pnrr_cents"]["type"], "integer");
        for (lang, word) in [("it", "Titolo"), ("en", "Title")] {
            let page = server.get(&format!("{address}?f=html&lang={lang}"));
            let text = String::from_utf8(page.body).unwrap();
            assert!(page.status == 200 && text.contains(word), "{address} {lang}");
        }
    }
    let queryables = server.get("/collections/pnrr-projects/queryables").json();
    assert_eq!(queryables["additionalProperties"], false);
    for (name, schema) in queryables["properties"].as_object().unwrap() {
        let filter = format!("\"{name}\" IS NULL");
        matched(server, PROJECTS, &[("filter", &filter)]);
        if name != "geometry" && schema["type"] == "string" && schema["format"].is_null() {
            let value = match name.as_str() {
                "precision" => "geometry",
                "cup" => "B21F22000420006",
                _ => "x",
            };
            matched(server, PROJECTS, &[(name, value)]);
        }
    }
    let schema = server.get("/collections/pnrr-projects/schema").json();
    assert_eq!(schema["properties"]["id"]["x-ogc-role"], "id");
    let feature = server.get(&format!("{PROJECTS}?limit=1")).json()["features"][0].clone();
    for name in feature["properties"].as_object().unwrap().keys() {
        assert!(schema["properties"][name]["x-ogc-propertySeq"].is_u64(), "{name}");
    }
}
