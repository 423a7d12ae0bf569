//! A release appears on a running server, and reading goes on while the database is away.

use journeys::program::House;
use journeys::synthetic;
use serde_json::Value;
use std::fs;
use std::process::Command;
use std::time::Duration;

const ITEMS: &str = "/collections/pnrr-projects/items?limit=1";

fn matched(count: u64) -> impl Fn(&Value) -> bool {
    move |items| items["numberMatched"] == count
}

#[test]
fn an_import_while_serving_is_on_the_air_within_a_second() {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    let server = house.serve(&[]);
    let tag = server.get(ITEMS).header("etag").to_owned();
    assert_eq!(server.get(ITEMS).json()["numberMatched"], 20);
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 30, 0));
    let took = server.until(ITEMS, matched(30));
    assert!(took < Duration::from_secs(1), "it took {took:?}");
    assert_ne!(server.get(ITEMS).header("etag"), tag);
    server.stop();
    assert!(
        !house.var().join("postgres/data/postmaster.pid").exists(),
        "the last program out stops the cluster"
    );
}

#[test]
fn numbers_stay_from_release_to_release_and_say_nothing_of_the_key() {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    let server = house.serve(&[]);
    let numbers = |answer: Value| -> Vec<Value> {
        answer["features"].as_array().unwrap().iter().map(|feature| feature["id"].clone()).collect()
    };
    let before = numbers(server.get("/collections/pnrr-projects/items").json());
    assert_eq!((before.len(), before.iter().all(Value::is_u64)), (20, true));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 1));
    server.until("/collections/pnrr-projects/items", |items| {
        items["features"][0]["properties"]["release"] == 3
    });
    assert_eq!(numbers(server.get("/collections/pnrr-projects/items").json()), before);
}

#[test]
fn reading_goes_on_while_the_database_is_killed_and_it_comes_back() {
    let house = House::new();
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    let server = house.serve(&[]);
    let pid = fs::read_to_string(house.var().join("postgres/data/postmaster.pid")).unwrap();
    let pid = pid.lines().next().unwrap().to_owned();
    Command::new("kill").args(["-KILL", &pid]).status().unwrap();
    for _ in 0..50 {
        assert_eq!(server.get(ITEMS).json()["numberMatched"], 20);
    }
    server.until("/health/ready", |health| health["database"] == true);
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 25, 0));
    server.until(ITEMS, matched(25));
}
