//! The page of a record: its history by release, what is left of it when it has gone, and what it tells while the database is away.

use journeys::program::{Answer, House, Server};
use journeys::synthetic;
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

const ITEMS: &str = "/collections/pnrr-projects/items";

fn page(server: &Server, path: &str) -> (u16, String) {
    let Answer { status, body, .. } = server.get(&format!("{path}?f=html"));
    (status, String::from_utf8(body).unwrap())
}

/// The kinds of the steps of a history, each with its release and the fields that it changed.
fn steps(history: &Value) -> Vec<(&str, i64, Vec<&str>)> {
    let fields = |step: &'_ Value| step["fields"].as_array().unwrap().clone();
    history
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            assert!(fields(step).iter().all(|field| field["before"] != field["after"]));
            let fields = step["fields"].as_array().unwrap().iter();
            let fields = fields.map(|field| field["field"].as_str().unwrap()).collect();
            (step["change"].as_str().unwrap(), step["release"].as_i64().unwrap(), fields)
        })
        .collect()
}

#[test]
fn a_record_tells_its_history_and_what_is_left_of_it_when_it_has_gone() {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 15, 1));
    let server = house.serve(&[]);
    let of_title = |release: u8, title: &str| {
        let found =
            server.get(&format!("{ITEMS}?release={release}&title={}", title.replace(' ', "%20"))).json();
        format!("{ITEMS}/{}", found["features"][0]["id"])
    };
    let (kept, gone) = (of_title(3, "Titolo 3 1"), of_title(2, "Titolo 19 0"));

    let history = server.get(&format!("{kept}/history")).json();
    assert_eq!(steps(&history["steps"]), [("changed", 3, vec!["title"]), ("added", 2, vec![])]);
    let (status, text) = page(&server, &kept);
    assert_eq!((status, text.contains("Titolo 3 0"), text.contains("/releases/3")), (200, true, true));
    assert!(text.contains("\"@type\":\"Project\"") && text.contains("\"value\":\"1000.50\""));

    let answer = server.get(&gone);
    assert_eq!((answer.status, answer.header("content-type")), (410, "application/problem+json"));
    let problem = answer.json();
    assert_eq!((&problem["status"], &problem["last"]["title"]), (&json!(410), &json!("Titolo 19 0")));
    assert_eq!(steps(&problem["history"]), [("removed", 3, vec![]), ("added", 2, vec![])]);
    let (status, text) = page(&server, &gone);
    assert_eq!((status, text.contains("Titolo 19 0"), text.contains("non lo contiene")), (410, true, true));
    assert_eq!(server.get(&format!("{gone}/history")).json()["steps"], problem["history"]);
    assert_eq!(server.get(&format!("{gone}?release=2")).json()["properties"]["title"], "Titolo 19 0");
    for never in ["7", "07", "x", "9007199254740992"] {
        assert_eq!(server.get(&format!("{ITEMS}/{never}")).status, 404, "{never}");
        assert_eq!(server.get(&format!("{ITEMS}/{never}/history")).status, 404, "{never}");
    }
    changes(&server);
    without_database(&house, &server, &kept, &gone);
}

/// What the releases changed, in all, in one municipality, and as a feed.
fn changes(server: &Server) {
    let told = |query: &str| server.get(&format!("/changes?f=json{query}")).json();
    let events = |told: &Value| -> Vec<(i64, [u64; 3])> {
        let entries = told["changes"].as_array().unwrap().iter();
        let diff =
            |entry: &Value| ["added", "changed", "removed"].map(|kind| entry["diff"][kind].as_u64().unwrap());
        entries.map(|entry| (entry["release"].as_i64().unwrap(), diff(entry))).collect()
    };
    let projects = [(3, [0, 15, 5]), (2, [20, 0, 0])];
    assert_eq!(events(&told("")), [projects[0], projects[1], (1, [1, 0, 0])]);
    assert_eq!(events(&told("&collection=pnrr-projects")), projects);
    assert_eq!(events(&told("&municipality=015146")), [projects[0], projects[1], (1, [1, 0, 0])]);
    assert_eq!(events(&told("&municipality=015146&collection=municipalities")), [(1, [1, 0, 0])]);
    let record = &told("&collection=pnrr-projects")["changes"][0]["records"][0];
    assert_eq!((&record["change"], &record["fields"]), (&json!("changed"), &json!(["title"])));
    for refused in
        ["municipality=015182", "municipality=x", "strategy=sttm-9", "collection=x", "x=1", "f=csv", "f=xlsx"]
    {
        let status = server.get(&format!("/changes?{refused}")).status;
        assert!(matches!(status, 400 | 406), "{refused}: {status}");
    }
    let feed = server.get("/changes?municipality=015146&f=atom");
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let by_header = server.ask("GET", "/changes?municipality=015146", &[("accept", "application/atom+xml")]);
    assert_eq!((feed.body == by_header.body, feed.header("etag")), (true, by_header.header("etag")));
    let text = String::from_utf8(feed.body).unwrap();
    assert_eq!(text.matches("<entry>").count(), 3);
    assert!(text.contains(&format!("<id>{}/changes?municipality=015146#3</id>", server.url)), "{text}");
    assert_ne!(server.get("/changes?municipality=015146").header("etag"), feed_tag(server));
    assert_eq!(server.get("/collections?f=atom").status, 406);
}

fn feed_tag(server: &Server) -> String {
    server.get("/changes?municipality=015146&f=atom").header("etag").to_owned()
}

/// The page is read all the same, says that its history cannot be, and nobody waits for it twice.
fn without_database(house: &House, server: &Server, kept: &str, gone: &str) {
    let pid_file = house.var().join("postgres/data/postmaster.pid");
    let pid = fs::read_to_string(&pid_file).unwrap();
    let pid = pid.lines().next().unwrap();
    // It does not come back while it is only stopped.
    Command::new("kill").args(["-STOP", pid]).status().unwrap();
    let children = Command::new("pkill").args(["-STOP", "-P", pid]).status().unwrap();
    assert!(children.success());
    let started = std::time::Instant::now();
    for _ in 0..5 {
        let (status, text) = page(server, kept);
        assert!(status == 200 && text.contains("Titolo 3 1") && text.contains("la storia per ora non"));
        assert_eq!(server.get(kept).json()["properties"]["title"], "Titolo 3 1");
        assert_eq!(server.get(gone).status, 404, "whether it ever was cannot be said");
        assert_eq!(server.get("/changes?f=atom").status, 200);
    }
    assert!(started.elapsed().as_secs() < 4, "{:?}", started.elapsed());
    Command::new("pkill").args(["-CONT", "-P", pid]).status().unwrap();
    Command::new("kill").args(["-CONT", pid]).status().unwrap();
    let until = std::time::Instant::now();
    while page(server, kept).1.contains("la storia per ora non") {
        assert!(until.elapsed().as_secs() < 15, "the history never came back");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
