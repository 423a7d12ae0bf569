//! HTTP as clients and caches know it: tags, limits, problems, and the stream of what is published.

use journeys::program::{House, Server};
use journeys::synthetic;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A portal with municipalities and proposals.
fn portal() -> (House, Server) {
    let house = House::new();
    house.import("istat-municipalities", &synthetic::municipalities(house.path()));
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 20, 0));
    let server = house.serve(&[]);
    (house, server)
}

/// The events of a portal, as they come.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(server: &Server, headers: &str) -> Self {
        let host = server.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET /events HTTP/1.1\r\nhost: {host}\r\n{headers}\r\n").unwrap();
        Self(BufReader::new(stream))
    }

    /// The next event: its name, its number, its data. `None` at the end.
    fn next(&mut self) -> Option<(String, String, Value)> {
        let (mut name, mut id, mut line) = (String::new(), String::new(), String::new());
        loop {
            line.clear();
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some(("event", value)) => value.clone_into(&mut name),
                Some(("id", value)) => value.clone_into(&mut id),
                Some(("data", data)) => return Some((name, id, serde_json::from_str(data).unwrap())),
                _ => {}
            }
        }
    }
}

fn tile(server: &Server, collection: &str) -> String {
    let described = server.get(&format!("/tiles/{collection}.json")).json();
    let template = described["tiles"][0].as_str().unwrap().to_owned();
    let path = template.strip_prefix(&server.url).unwrap();
    path.replace("{z}", "8").replace("{x}", "134").replace("{y}", "91")
}

#[test]
fn an_edit_is_told_at_once_and_leaves_the_tiles_of_other_collections_valid() {
    let (house, server) = portal();
    let mut events = Events::of(&server, "");
    let (name, edition, state) = events.next().unwrap();
    assert_eq!((name.as_str(), &state["edition"]), ("edition", &Value::from(edition.clone())));
    let (towns, projects) = (tile(&server, "municipalities"), tile(&server, "pnrr-projects"));
    let tags = [&towns, &projects].map(|path| server.get(path).header("etag").to_owned());
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 30, 0));
    let imported = Instant::now();
    let (name, later, change) = events.next().unwrap();
    assert!(imported.elapsed() < Duration::from_secs(1), "told after {:?}", imported.elapsed());
    assert_eq!((name.as_str(), later != edition), ("release", true));
    assert_eq!(change["releases"][0]["event"], "published");
    let changed: Vec<_> =
        change["collections"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
    assert!(
        changed.contains(&"pnrr-projects".into()) && !changed.contains(&"municipalities".into()),
        "{changed:?}"
    );
    let again = [(&towns, 0, 304), (&projects, 1, 200)];
    for (path, tag, status) in again {
        assert_eq!(server.ask("GET", path, &[("if-none-match", &tags[tag])]).status, status, "{path}");
    }
    assert_eq!(tile(&server, "municipalities"), towns);
    assert_ne!(tile(&server, "pnrr-projects"), projects);
    // Whoever comes back and knows the edition hears of the next one only; whoever does not is told how things stand.
    let mut knows = Events::of(&server, &format!("last-event-id: {later}\r\n"));
    let mut missed = Events::of(&server, &format!("last-event-id: {edition}\r\n"));
    assert_eq!(missed.next().unwrap().0, "edition");
    let withdrawn = house.run(&["releases", "withdraw", "3", "--reason", "a test"]);
    assert!(withdrawn.status.success(), "{withdrawn:?}");
    let (name, _, change) = knows.next().unwrap();
    assert_eq!((name.as_str(), &change["releases"][0]["event"]), ("release", &Value::from("withdrawn")));
    server.signal("TERM");
    while knows.next().is_some() {}
}

#[test]
fn an_address_with_its_version_is_kept_for_ever_and_one_without_is_asked_again() {
    let (_house, server) = portal();
    let path = tile(&server, "municipalities");
    let (bare, _) = path.split_once('?').unwrap();
    for (path, expect) in [
        (path.as_str(), "public, max-age=31536000, immutable"),
        (bare, "public, no-cache"),
        (&format!("{bare}?v=older"), "public, no-cache"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("cache-control")), (200, expect), "{path}");
        assert_eq!(answer.header("vary"), "Accept-Encoding");
    }
}

#[test]
fn an_answer_given_again_is_the_same_to_the_last_field() {
    let (house, server) = portal();
    let tile = tile(&server, "municipalities");
    let items = "/collections/pnrr-projects/items?limit=5";
    let answer = |path: &str, has: &str| {
        let answer = server.ask("GET", path, &[("accept-encoding", "gzip"), ("if-none-match", has)]);
        let fields =
            answer.headers.into_iter().filter(|(name, _)| name != "date" && name != "content-length");
        let mut fields: Vec<_> = fields.collect();
        fields.sort();
        (answer.status, fields, answer.body)
    };
    for path in [tile.as_str(), items] {
        // Nobody has asked yet: what the client has is said inside.
        let told_inside = answer(path, "*");
        let first = answer(path, "");
        assert_eq!(answer(path, ""), first, "{path}");
        assert_eq!(answer(path, "*"), told_inside, "{path}");
    }
    let before = answer(items, "");
    house.import("pnrr-italiadomani", &synthetic::pnrr(house.path(), 30, 0));
    server.until("/collections/pnrr-projects", |collection| collection["numberOfItems"] == 30);
    assert_ne!(answer(items, "").1, before.1, "a release is seen at once");
}

#[test]
fn head_says_what_get_would_and_sends_nothing() {
    let (_house, server) = portal();
    for path in ["/", "/collections", "/collections/pnrr-projects/items", "/api", "/styles/base", "/metrics"]
    {
        let [get, head] =
            ["GET", "HEAD"].map(|method| server.ask(method, path, &[("accept-encoding", "identity")]));
        let said = |name: &str| (get.header(name).to_owned(), head.header(name).to_owned());
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for (of_get, of_head) in ["etag", "content-type", "vary", "cache-control", "link"].map(said) {
            assert_eq!(of_get, of_head, "{path}");
        }
        if path != "/metrics" {
            assert_eq!(head.header("content-length"), get.body.len().to_string(), "{path}");
        }
    }
}

#[test]
fn the_links_of_a_document_stand_in_its_header_too() {
    let (_house, server) = portal();
    let answer = server.get("/collections/pnrr-projects/items?limit=5");
    let next =
        answer.json()["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").unwrap().clone();
    let expect = format!("<{}>; rel=\"next\"; type=\"application/geo+json\"", next["href"].as_str().unwrap());
    assert!(answer.header("link").contains(&expect), "{}", answer.header("link"));
    assert!(server.get("/").header("link").contains("rel=\"service-desc\""));
}

#[test]
fn every_refusal_is_a_problem_that_says_what_to_do() {
    let (_house, server) = portal();
    let long = format!("/collections?x={}", "y".repeat(40_000));
    let many = "z".repeat(40_000);
    for (method, path, headers, status) in [
        ("GET", "/nowhere", &[][..], 404),
        ("GET", "/tiles/areas/99/0/0", &[], 400),
        ("DELETE", "/collections", &[], 405),
        ("GET", &long, &[], 414),
        ("GET", "/collections", &[("x-many", many.as_str())], 431),
    ] {
        let answer = server.ask(method, path, headers);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, "application/problem+json"),
            "{path}"
        );
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().unwrap().ends_with('.'), "{problem}");
        let page = server.ask(method, path, &[headers, &[("accept", "text/html")]].concat());
        assert_eq!((page.status, page.header("content-type")), (status, "text/html; charset=utf-8"));
    }
    assert_eq!(server.ask("DELETE", "/collections", &[]).header("allow"), "GET,HEAD");
    let mut stream = TcpStream::connect(server.url.strip_prefix("http://").unwrap()).unwrap();
    write!(stream, "POST /collections HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999\r\n\r\n").unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    assert!(line.contains(" 413 "), "{line}");
}

#[test]
fn a_refusal_is_told_in_the_language_of_who_asked() {
    let (_house, server) = portal();
    let path = "/collections?colour=red";
    let told = |headers: &[(&str, &str)]| server.ask("GET", path, headers);
    let page =
        |path: &str| String::from_utf8(server.ask("GET", path, &[("accept", "text/html")]).body).unwrap();
    let check = |headers: &[(&str, &str)], language: &str, title: &str, start: &str| {
        let answer = told(headers);
        let problem = answer.json();
        assert_eq!((answer.status, answer.header("content-language")), (400, language));
        assert_eq!(problem["title"], title);
        assert!(problem["detail"].as_str().unwrap().starts_with(start), "{problem}");
    };
    check(&[], "en", "Bad Request", "The parameter “colour” is not known here");
    check(
        &[("accept-language", "it-IT,it;q=0.9")],
        "it",
        "La richiesta non è valida",
        "Il parametro «colour» qui",
    );
    check(&[("accept-language", "fr")], "en", "Bad Request", "The parameter");
    assert!(page(path).contains("<dd>Il parametro «colour» qui non è previsto"));
    let filtered = page("/collections/areas/items?filter=name%20%3D");
    assert!(filtered.contains(
        "<dd>Il filtro non si può leggere. La spiegazione tecnica è in inglese: <span lang=\"en\">"
    ));
}

#[test]
fn other_origins_may_read_screen_and_see_every_header() {
    let (_house, server) = portal();
    let origin = ("origin", "https://gis.example.org");
    let answer = server.ask("GET", "/collections", &[origin]);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-expose-headers"), "*");
    let asked = [
        origin,
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let answer = server.ask("OPTIONS", "/collections", &asked);
    assert_eq!((answer.status, answer.header("access-control-allow-methods")), (200, "GET,HEAD,POST"));
    assert_eq!(answer.header("access-control-allow-headers"), "*");
    assert_eq!(answer.header("vary"), "");
}

#[test]
fn a_tile_says_what_caches_and_readers_need_and_a_page_what_browsers_may_do() {
    let (_house, server) = portal();
    let check = |path: &str, is_document: bool| {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        for name in ["etag", "cache-control", "vary", "access-control-allow-origin"] {
            assert_ne!(answer.header(name), "", "{path} says no {name}");
        }
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        for name in ["content-security-policy", "referrer-policy"] {
            assert_eq!(!answer.header(name).is_empty(), is_document, "{path}: {name}");
        }
    };
    check("/", true);
    check("/collections/municipalities/items", true);
    check(&tile(&server, "municipalities"), false);
}

#[test]
fn the_portal_counts_what_it_does() {
    let (_house, server) = portal();
    let path = tile(&server, "municipalities");
    let tag = server.get(&path).header("etag").to_owned();
    server.get(&path);
    server.ask("GET", &path, &[("if-none-match", &tag)]);
    server.get("/nowhere");
    let text = String::from_utf8(server.get("/metrics").body).unwrap();
    for line in [
        "remix_requests_total{route=\"/tiles/{ids}/{z}/{x}/{y}\",status=\"200\"} 2",
        "remix_requests_total{route=\"/tiles/{ids}/{z}/{x}/{y}\",status=\"304\"} 1",
        "remix_requests_total{route=\"none\",status=\"404\"} 1",
        "remix_cache_hits_total 1",
        "remix_features{collection=\"pnrr-projects\"} 20",
        "remix_event_listeners 0",
    ] {
        assert!(text.lines().any(|it| it == line), "{line} is not in\n{text}");
    }
}
