//! A release that goes too far waits; a person publishes it, and withdraws it again.

use journeys::program::{House, Server};
use journeys::synthetic;
use serde_json::Value;
use std::fs;

const ITEMS: &str = "/collections/pnrr-projects/items?limit=10000";

fn said(house: &House, arguments: &[&str]) -> String {
    let output = house.run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn list(house: &House) -> Vec<(u64, String)> {
    let releases: Value =
        serde_json::from_str(&said(house, &["releases", "list", "--format", "json"])).unwrap();
    let release = |it: &Value| (it["release"].as_u64().unwrap(), it["state"].as_str().unwrap().to_owned());
    releases.as_array().unwrap().iter().map(release).collect()
}

/// All items as they are served, whatever the address they were asked at.
fn items(server: &Server) -> Value {
    server.get(ITEMS).json()["features"].clone()
}

#[test]
fn a_release_that_goes_too_far_waits_is_published_and_is_withdrawn_exactly() {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 40, 0));
    let server = house.serve(&[]);
    let before = items(&server);

    let few = synthetic::pnrr(house.path(), 3, 1);
    let arguments = ["import", "pnrr-italiadomani", &few.to_string_lossy()];
    let waiting = house.run(&arguments);
    assert_eq!(waiting.status.code(), Some(3), "an exit code of its own");
    let text = String::from_utf8(waiting.stdout).unwrap();
    assert!(text.contains("it would end 37 of the 40 records of pnrr-projects"), "{text}");
    assert!(text.contains("remix releases publish 3"), "{text}");
    assert_eq!(items(&server), before);

    let diff = said(&house, &["releases", "diff", "3"]);
    assert!(
        diff.contains("removed pnrr-projects") && diff.contains("title: \"Titolo 0 0\" → \"Titolo 0 1\"")
    );
    house.refuses(&["releases", "withdraw", "3", "--reason", "x"], "release 3 is staged");
    said(&house, &["releases", "publish", "3", "--reason", "confirmed by the ministry"]);
    server.until(ITEMS, |items| items["numberMatched"] == 3);
    assert!(said(&house, &["releases", "show", "3"]).contains("reason: confirmed by the ministry"));

    said(&house, &["releases", "withdraw", "3", "--reason", "it was the wrong file"]);
    server.until(ITEMS, |items| items["numberMatched"] == 40);
    assert_eq!(items(&server), before, "the former state, exactly");
    let states = list(&house);
    assert_eq!(states[0], (3, "withdrawn".to_owned()));
    assert_eq!(said(&house, &["check"]), "all is well: nothing is orphaned, altered or missing\n");
    house.refuses(&["releases", "show", "99"], "there is no release 99");
}

#[test]
fn columns_that_change_wait_for_a_person_who_may_discard_them() {
    let house = House::new();
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 10, 0));
    let changed = synthetic::pnrr(house.path(), 10, 1);
    let projects = changed.join("PNRR_Progetti.csv");
    let text = fs::read_to_string(&projects).unwrap();
    fs::write(&projects, text.replace("Missione;CUP", "Missione nuova;CUP")).unwrap();
    let output = house.run(&["import", "pnrr-italiadomani", &changed.to_string_lossy()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text.contains("columns of table projects have changed; gone: missione; new: missione nuova"),
        "{text}"
    );
    said(&house, &["releases", "discard", "2"]);
    assert_eq!(list(&house), [(2, "discarded".to_owned()), (1, "published".to_owned())]);
    // A person who knows why may publish it at once.
    let arguments =
        ["import", "pnrr-italiadomani", &changed.to_string_lossy(), "--reason", "announced on the portal"];
    said(&house, &arguments);
    assert_eq!(list(&house)[0], (3, "published".to_owned()));
}

#[test]
fn what_stood_earlier_is_listed() {
    let house = House::new();
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 10, 0));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 10, 1));
    assert!(said(&house, &["releases", "list", "--as-of", "1"]).starts_with("1  "));
    assert_eq!(said(&house, &["releases", "list", "--as-of", "2001-01-01"]), "");
    house.refuses(&["releases", "list", "--as-of", "ieri"], "ieri is no day");
}
