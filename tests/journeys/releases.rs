//! Releases can be looked into: what changed, what was wrong, what stood then, and where it all came from.

use journeys::program::{House, Server};
use journeys::synthetic;
use serde_json::Value;
use std::fs;

const ITEMS: &str = "/collections/pnrr-projects/items";

/// Boundaries (release 1); 20 projects (2); 30 with other titles, of which two rows are at fault (3).
fn three_releases(house: &House) {
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    let folder = synthetic::pnrr(house.path(), 30, 1);
    let file = folder.join("PNRR_Progetti.csv");
    let text = fs::read_to_string(&file).unwrap();
    let text = text.replace("Titolo 28 1;1000,5", "Titolo 28 1;=mille").replace("Titolo 29 1", "N/D");
    fs::write(&file, text).unwrap();
    house.import("pnrr-italiadomani", &folder);
}

#[test]
fn releases_tell_what_changed_what_was_wrong_and_what_stood() {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    let server = house.serve(&[]);
    let before = features(&server, ITEMS);
    server.stop();
    let again = House::new();
    three_releases(&again);
    let server = again.serve(&[]);
    list(&server);
    diff(&server);
    issues(&server);
    past(&server, &before);
    sources(&server);
    refusals(&server);
    pages(&server);
}

fn list(server: &Server) {
    let all = server.get("/releases").json();
    let ids: Vec<_> =
        all["releases"].as_array().unwrap().iter().map(|it| it["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [3, 2, 1]);
    let of_one = server.get("/releases?source=istat-municipalities&limit=5").json();
    assert_eq!((of_one["numberReturned"].as_u64(), &of_one["releases"][0]["id"]), (Some(1), &1.into()));
    let third = server.get("/releases/3").json();
    assert_eq!((&third["state"], &third["demo"]), (&"published".into(), &false.into()));
    let part = &third["collections"][0];
    assert_eq!(part["read"].as_u64().unwrap(), 30);
    assert_eq!(part["accepted"].as_u64().unwrap() + part["quarantined"].as_u64().unwrap(), 30);
    assert_eq!(part["diff"]["changed"], 20);
}

fn diff(server: &Server) {
    let diff = server.get("/releases/3/diff?limit=7&change=changed").json();
    assert_eq!((&diff["numberMatched"], &diff["numberReturned"]), (&20.into(), &7.into()));
    assert_eq!(diff["fields"][0]["field"], "title");
    let field = &diff["changes"][0]["fields"][0];
    let (old, new) = (field["before"].as_str().unwrap(), field["after"].as_str().unwrap());
    assert_eq!(format!("{} 1", old.strip_suffix(" 0").unwrap()), new);
    let page = diff["changes"][0]["href"].as_str().unwrap().strip_prefix(&server.url).unwrap().to_owned();
    assert_eq!(server.get(&page).json()["properties"]["title"], new);
    let (mut path, mut seen) = ("/releases/3/diff?limit=7".to_owned(), 0);
    loop {
        let page = server.get(&path).json();
        seen += page["changes"].as_array().unwrap().len() as u64;
        let next = page["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").cloned();
        let Some(next) = next else { break assert_eq!(page["numberMatched"], seen) };
        next["href"].as_str().unwrap().strip_prefix(&server.url).unwrap().clone_into(&mut path);
    }
    let between = server.get("/releases/3/diff?from=2").json();
    assert_eq!(between["changes"], server.get("/releases/3/diff").json()["changes"]);
    let back = server.get("/releases/2/diff?from=3").json();
    assert_eq!(back["diff"]["removed"], between["diff"]["added"]);
    let table = server.get("/releases/3/diff?f=csv&field=title&lang=it");
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let text = String::from_utf8(table.body).unwrap();
    assert!(text.starts_with("\u{feff}Collezione;Numero;Titolo;"), "{text}");
    assert_eq!(text.lines().count(), 21);
}

fn issues(server: &Server) {
    let all = server.get("/releases/3/issues").json();
    assert_eq!(all["numberMatched"], server.get("/releases/3").json()["issues"]);
    let counted: u64 = all["counts"].as_array().unwrap().iter().map(|it| it["count"].as_u64().unwrap()).sum();
    assert_eq!(all["numberMatched"], counted);
    let unreadable = server.get("/releases/3/issues?kind=unreadable-value&severity=error").json();
    let issue = &unreadable["issues"][0];
    assert_eq!(unreadable["numberMatched"], 1);
    assert_eq!((&issue["field"], &issue["value"]), (&"funding_pnrr_cents".into(), &"=mille".into()));
    assert_eq!((&issue["responsibility"], &issue["dimension"]), (&"source".into(), &"validity".into()));
    assert_eq!(server.get("/releases/3/issues?responsibility=portal").json()["numberMatched"], 0);
    let table = server.get("/releases/3/issues?f=csv&lang=it&kind=unreadable-value");
    assert!(table.header("content-disposition").contains("pnrr-italiadomani-rilascio-3-segnalazioni.csv"));
    let text = String::from_utf8(table.body).unwrap();
    assert!(text.contains(";'=mille;") && !text.contains(";=mille"), "a formula got through: {text}");
}

/// What is asked for as of a release, or of the time when it was read, is what was served then.
fn past(server: &Server, before: &[Value]) {
    let now = features(server, ITEMS);
    // Whole collections are not worth printing.
    let check = |query: &str, expect: &[Value]| {
        assert!(features(server, &format!("{ITEMS}?{query}")) == expect, "{query} gives other features");
    };
    assert!(now != before);
    check("release=2", before);
    check("release=3", &now);
    let published = server.get("/releases/2").json()["decided_at"].as_str().unwrap().to_owned();
    check(&format!("datetime={published}"), before);
    check(&format!("datetime=2020-01-01/{published}"), before);
    check("datetime=2020-01-01", &[]);
    check("datetime=2999-01-01", &now);
    let id = &before[0]["id"];
    let then = server.get(&format!("{ITEMS}/{id}?release=2")).json();
    assert_eq!(then["properties"]["title"], before[0]["properties"]["title"]);
    assert_eq!(server.get(&format!("{ITEMS}/{id}?release=1")).status, 404);
    let page = server.get(&format!("{ITEMS}?release=2&limit=5")).json();
    let next = page["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").unwrap().clone();
    assert!(next["href"].as_str().unwrap().contains("release=2"), "{next}");
}

fn features(server: &Server, path: &str) -> Vec<Value> {
    server.get(path).json()["features"].as_array().unwrap().clone()
}

fn sources(server: &Server) {
    let all = server.get("/sources").json();
    let pnrr = all["sources"].as_array().unwrap().iter().find(|it| it["id"] == "pnrr-italiadomani").unwrap();
    assert_eq!((&pnrr["collections"][0]["release"], &pnrr["last_release"]["id"]), (&3.into(), &3.into()));
    assert_eq!(&server.get("/sources/pnrr-italiadomani").json(), pnrr);
}

fn refusals(server: &Server) {
    for (path, status) in [
        ("/releases/99", 404),
        ("/releases/x", 404),
        ("/releases/0/diff", 404),
        ("/releases/99/issues", 404),
        ("/sources/nothing", 404),
        ("/collections/pnrr-projects/items?release=99", 404),
        ("/releases?source=nothing", 400),
        ("/releases?color=red", 400),
        ("/releases/3/diff?from=1", 400),
        ("/releases/3/diff?change=moved", 400),
        ("/releases/3/issues?kind=nothing", 400),
        ("/releases/3/issues?offset=-1", 400),
        ("/collections/pnrr-projects/items?datetime=yesterday", 400),
        ("/collections/pnrr-projects/items?datetime=2023-02-30", 400),
        ("/collections/pnrr-projects/items?release=2&datetime=2023-02-20", 400),
        ("/releases?f=csv", 406),
    ] {
        let answer = server.get(path);
        let found = (answer.status, answer.header("content-type").to_owned());
        assert_eq!(found, (status, "application/problem+json".to_owned()), "{path}");
    }
}

fn pages(server: &Server) {
    let check = |path: &str, expect: &[&str]| {
        let answer = server.ask("GET", path, &[("accept", "text/html"), ("accept-language", "it")]);
        let (status, tag) = (answer.status, answer.header("etag").to_owned());
        let text = String::from_utf8(answer.body).unwrap();
        assert_eq!(status, 200, "{path}");
        for expect in expect {
            assert!(text.contains(expect), "{path} does not say {expect}");
        }
        let headers = [("accept", "text/html"), ("accept-language", "it"), ("if-none-match", &*tag)];
        assert_eq!(server.ask("GET", path, &headers).status, 304, "{path}");
    };
    check("/releases", &["Rilascio 3", "Pubblicato"]);
    check("/releases/3", &["elementi cambiati", "?release=3"]);
    check("/releases/3/diff", &["Titolo", "<del>", "<ins>"]);
    check("/releases/3/issues", &["«=mille» non è un valore valido per", "Correggi il valore nella fonte"]);
    check("/sources", &["pubblicato il rilascio 3"]);
    check("/sources/pnrr-italiadomani", &["Rilascio 2"]);
    check(&format!("{ITEMS}?release=2"), &["Situazione dopo il rilascio 2.", "Vedi la situazione attuale"]);
}

#[test]
fn a_dry_run_writes_the_report_and_nothing_else() {
    let house = House::new();
    three_releases(&house);
    let folder = house.path().join("pnrr-30-1").to_string_lossy().into_owned();
    let (html, csv) = (house.path().join("report.html"), house.path().join("report.csv"));
    for file in [&html, &csv] {
        let file = file.to_string_lossy().into_owned();
        let output = house.run(&["import", "pnrr-italiadomani", &folder, "--dry-run", "--report", &file]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let page = fs::read_to_string(html).unwrap();
    for expect in ["<style>", "prova: non è stato scritto niente", "«=mille» non è un valore valido"] {
        assert!(page.contains(expect), "{expect}");
    }
    assert!(!page.contains("src=") && !page.contains("<link"), "the report is not whole by itself");
    assert!(fs::read_to_string(csv).unwrap().contains(";'=mille;"));
    let wrong = ["import", "pnrr-italiadomani", &folder, "--dry-run", "--report", "report.pdf"];
    house.refuses(&wrong, ".html or .csv");
    assert_eq!(house.serve(&[]).get("/releases").json()["numberReturned"], 3);
}
