//! The questions of the strategies: answered beside PostGIS, brought up to date by releases, read while the database is away.

use journeys::program::{House, Server};
use journeys::synthetic;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use store::cluster::{self, Settings};

const PARKS: &str = "/strategies/sttm-1/questions/protected-areas";

/// Pairs of proposal and park by their numbers, with the surface that they share.
type Areas = BTreeMap<(u64, u64), f64>;

/// The document, once the questions are answered.
fn answered(server: &Server, path: &str) -> Value {
    server.until(path, |document| document["status"] != 503);
    server.get(path).json()
}

/// Rows of a query, cell by cell.
pub fn query(url: &str, sql: &str) -> Vec<Vec<String>> {
    let output = Command::new("psql")
        .args([url, "-qAtX", "-F", " ", "-v", "ON_ERROR_STOP=1", "-c", sql])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
}

fn areas(rows: Vec<Vec<String>>) -> Areas {
    let number = |cell: &String| cell.parse().unwrap();
    rows.into_iter().map(|row| ((number(&row[0]), number(&row[1])), row[2].parse().unwrap())).collect()
}

#[tokio::test]
async fn answers_are_what_postgis_says_and_stand_in_tables_that_join_with_what_is_published() {
    let house = House::new();
    // The demo is imported by whoever serves first.
    house.serve(&[]).stop();
    let printed: Value = serde_json::from_slice(
        &house
            .run(&["overlay", "--strategy", "sttm-1", "--question", "protected-areas", "--format", "json"])
            .stdout,
    )
    .unwrap();
    let settings = Settings { var: house.var(), pg_bin: None, durable: false };
    let cluster = cluster::join(&settings).await.unwrap();
    // What GEOS says of the surfaces, in the plane of PROJ.
    let expect = areas(query(
        &cluster.url(),
        "with project as (select id, st_collectionextract(st_transform(geometry, 32632), 3) as geom from published.\"pnrr-projects\"),
         park as (select id, st_transform(geometry, 32632) as geom from published.areas
            where kind in ('regional_park', 'local_park', 'natura_2000')),
         pair as (select project.id as a, park.id as b, st_area(st_intersection(project.geom, park.geom)) as area,
            least(st_area(project.geom), st_area(park.geom)) as smaller
            from project inner join park on st_intersects(project.geom, park.geom))
         select a, b, area from pair where area > 0 and (area >= 100 or area >= 0.001 * smaller) order by a, b",
    ));
    let stored = areas(query(
        &cluster.url(),
        "select pair.subject_id, pair.object_id, pair.area_m2 from published.answer_pairs as pair
         inner join published.\"pnrr-projects\" as project on project.id = pair.subject_id
         inner join published.areas as park on park.id = pair.object_id
         where pair.question = 'protected-areas' and pair.area_m2 > 0 order by 1, 2",
    ));
    assert!(expect.len() > 10, "{}", expect.len());
    assert_eq!(stored.keys().collect::<Vec<_>>(), expect.keys().collect::<Vec<_>>());
    for (pair, area) in &expect {
        // Positions differ by nanometres between PROJ and us.
        assert!(
            (stored[pair] - area).abs() <= 1e-9 * area + 1e-4,
            "{pair:?}: {} is not {area}",
            stored[pair]
        );
    }
    // Every subject is counted once, and those known by their municipality alone are in no pair.
    let counts = &query(
        &cluster.url(),
        "select answer.inside + answer.partly_inside + answer.somewhere_in_municipality + answer.unlocated + answer.outside,
            (select count(*) from published.\"pnrr-projects\"), answer.count, answer.funding_cents,
            (select count(*) from published.answer_pairs as pair
             where pair.question = answer.question and not exists
                (select from published.\"pnrr-projects-places\" as place
                 where place.id = pair.subject_id and place.precision = 'geometry')),
            (select sum(funding_pnrr_cents) from published.\"pnrr-projects\" where id in
                (select subject_id from published.answer_pairs where question = answer.question))
         from published.answers as answer where question = 'protected-areas'",
    )[0];
    assert_eq!(counts[0], counts[1]);
    assert_eq!(counts[4], "0");
    assert_eq!(counts[3], counts[5], "money is counted once for each proposal");
    let total = &printed[0]["total"];
    assert_eq!(
        (total["count"].to_string(), total["funding_cents"].to_string()),
        (counts[2].clone(), counts[3].clone())
    );
    // The same answers again write nothing.
    let versions = || query(&cluster.url(), "select count(*) from answer")[0][0].clone();
    let before = versions();
    house.run(&["overlay"]);
    assert_eq!(versions(), before);
    cluster.leave().await.unwrap();
}

#[test]
fn a_release_brings_answers_up_to_date_and_what_changed_can_be_asked() {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    let server = house.serve(&[]);
    let path = "/strategies/sttm-2/questions/near-stations?standing=all";
    let absent = answered(&server, path);
    assert_eq!((&absent["state"], &absent["subjects"]), (&"not_loaded".into(), &Value::Array(Vec::new())));
    let zones = "/strategies/sttm-2/questions/funding-by-zone";
    // The boundaries of ISTAT say nothing of inhabitants: that is told, and no rate is made up.
    let unknown = answered(&server, zones);
    let lacks = |it: &Value| it["field"] == "population" && it["needed"] == true;
    assert!(unknown["absent"].as_array().unwrap().iter().any(lacks), "{}", unknown["absent"]);
    for (path, status) in [
        (format!("{PARKS}?limit=x"), 400),
        (format!("{PARKS}?geometry=round"), 400),
        (format!("{PARKS}?compare=99"), 404),
        (format!("{PARKS}?compare=1&f=geojson"), 400),
        (format!("{PARKS}?f=csv"), 404),
        ("/strategies/sttm-9".to_owned(), 404),
        ("/strategies/sttm-1/questions/none".to_owned(), 404),
    ] {
        assert_eq!(server.get(&path).status, status, "{path}");
    }
    let tag = server.get(PARKS).header("etag").to_owned();
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 30, 0));
    server.until(PARKS, |answer| answer["is_current"] == true && answer["releases"][0]["release"] == 3);
    assert_ne!(server.get(PARKS).header("etag"), tag);
    // While the database is gone, answers are read all the same.
    let pid = fs::read_to_string(house.var().join("postgres/data/postmaster.pid")).unwrap();
    Command::new("kill").args(["-KILL", pid.lines().next().unwrap()]).status().unwrap();
    for _ in 0..20 {
        assert_eq!(server.get("/strategies/sttm-1").status, 200);
    }
}

#[test]
fn from_a_feature_a_program_follows_links_to_the_questions_it_is_in_and_to_what_it_meets() {
    let house = House::new();
    let server = house.serve(&[]);
    let path = |href: &Value| href.as_str().unwrap().strip_prefix(&server.url).unwrap().to_owned();
    let subject = &answered(&server, &format!("{PARKS}?standing=partly_inside"))["subjects"][0];
    let feature = server.get(&path(&subject["href"])).json();
    let links = feature["links"].as_array().unwrap().iter();
    let answers = links.map(|link| path(&link["href"])).find(|it| it.ends_with("/answers")).unwrap();
    let told = server.get(&answers).json();
    let find = |told: &Value, id: &str| {
        told["questions"].as_array().unwrap().iter().find(|it| it["id"] == id).cloned().unwrap()
    };
    let question = find(&told, "protected-areas");
    assert_eq!((&question["pairs"], &question["standing"]), (&subject["pairs"], &subject["standing"]));
    assert_eq!(path(&question["href"]), PARKS);
    let park = server.get(&path(&question["pairs"][0]["href"])).json();
    assert_eq!(park["id"], question["pairs"][0]["object"]);
    let met = find(
        &server.get(&format!("/collections/areas/items/{}/answers", park["id"])).json(),
        "protected-areas",
    );
    assert!(met["met_by"].as_u64().unwrap() > 0 && met["pairs"].is_null());
    assert_eq!(server.get("/collections/areas/items/7/answers").status, 404);
}

#[test]
fn pairs_are_features_and_tables_and_the_common_part_can_be_had() {
    let house = House::new();
    let server = house.serve(&[]);
    let answer = answered(&server, PARKS);
    let count = answer["total"]["count"].as_u64().unwrap();
    assert_eq!(answer["numberMatched"], count);
    let features = server.get(&format!("{PARKS}?f=geojson&geometry=clipped")).json();
    let pairs: u64 = answer["subjects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["pairs"].as_array().unwrap().len() as u64)
        .sum();
    assert_eq!(features["features"].as_array().unwrap().len() as u64, pairs);
    for feature in features["features"].as_array().unwrap() {
        let properties = &feature["properties"];
        assert!(
            ["source", "release", "object_source", "object_release"]
                .iter()
                .all(|name| !properties[*name].is_null())
        );
        assert!(!feature["geometry"].is_null(), "{properties}");
    }
    let table = server.get(&format!("{PARKS}?f=csv"));
    let text = String::from_utf8(table.body).unwrap();
    assert_eq!(text.lines().count() as u64, pairs + 1);
    assert!(text.starts_with("\u{feff}subject_id;subject;standing;"), "{}", &text[..60]);
    let page = server.ask("GET", PARKS, &[("Accept", "text/html")]);
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("Quali proposte interferiscono con le aree protette") && page.contains(">43<"));
    // What it was when the areas had just been published, and what has become of it.
    let changed = server.get(&format!("{PARKS}?compare=2")).json();
    assert!(changed["changes"].as_array().unwrap().iter().any(|it| it["before"]["standing"] == "unlocated"));
    assert_eq!(changed["compared_with"]["counts"]["somewhere_in_municipality"], 0);
}
