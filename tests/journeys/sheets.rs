//! The sheet of a territory: what a mayor finds in it, whichever face it shows.

use journeys::program::{House, Server};
use serde_json::Value;

fn page(server: &Server, path: &str) -> String {
    let answer = server.ask("GET", path, &[("accept", "text/html"), ("accept-language", "it")]);
    assert_eq!(answer.status, 200, "{path}");
    String::from_utf8(answer.body).unwrap()
}

/// The proposals that the features of the collection say lie in a municipality.
fn proposals(server: &Server, code: &str) -> Vec<Value> {
    let items = format!("/collections/pnrr-projects/items?limit=10000&municipality={code}");
    server.get(&items).json()["features"].as_array().unwrap().clone()
}

#[test]
fn the_sheet_counts_each_proposal_and_each_euro_once() {
    let house = House::new();
    let server = house.serve(&[]);
    let sheet = server.get("/municipalities/015182").json();
    assert_eq!((&sheet["name"], &sheet["code"]), (&"Rho".into(), &"015182".into()));
    let listed = proposals(&server, "015182");
    let told = &sheet["proposals"][0];
    assert_eq!(told["count"], listed.len());
    let amount = |feature: &Value| feature["properties"]["funding_pnrr_cents"].as_i64();
    let whole: i64 = listed.iter().filter_map(amount).sum();
    assert_eq!(told["funding"]["whole_cents"], whole);
    // What is certainly here, and what nobody has divided, is no more than the whole.
    let cents = |path: &str| told["funding"].pointer(path).and_then(Value::as_i64).unwrap();
    assert!(cents("/here_cents") + cents("/undivided/whole_cents") <= whole);
    assert!(cents("/shared/whole_cents") <= whole && cents("/undivided/whole_cents") > 0);
    let by_group: u64 = told["groups"].as_array().unwrap().iter().filter_map(|it| it["count"].as_u64()).sum();
    assert_eq!(by_group, listed.len() as u64);
    // How well a place is known is told of the place here: a proposal drawn elsewhere may be known here by its municipality alone.
    let precise =
        |name: &str| listed.iter().filter(|it| it["properties"]["precision"] == name).count() as u64;
    let told = |name: &str| told["precision"][name].as_u64().unwrap_or_default();
    assert_eq!(told("geometry") + told("address") + told("municipality"), listed.len() as u64);
    assert!(told("geometry") > 0 && told("geometry") <= precise("geometry"));
    assert!(told("municipality") >= precise("municipality"));
}

#[test]
fn the_zone_counts_a_proposal_of_two_of_its_municipalities_once() {
    let house = House::new();
    let server = house.serve(&[]);
    let zone = server.get("/zones/nord_ovest").json();
    let members: Vec<&str> =
        zone["municipalities"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let mut all: Vec<i64> = members
        .iter()
        .flat_map(|code| proposals(&server, code))
        .map(|feature| feature["id"].as_i64().unwrap())
        .collect();
    let with_repeats = all.len();
    all.sort_unstable();
    all.dedup();
    assert!(all.len() < with_repeats, "the demo has proposals in several municipalities of a zone");
    assert_eq!(zone["proposals"][0]["count"], all.len());
}

#[test]
fn a_mayor_reads_the_sheet_of_rho() {
    let house = House::new();
    let server = house.serve(&[]);
    let page = page(&server, "/municipalities/015182");
    for words in
        ["Rho", "28", "Proposte e finanziamenti", "Che cosa manca", "Solo il comune", "zona omogenea"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("sheet.") && !page.contains("map.how"), "a word is missing");
    let list = self::page(&server, "/municipalities");
    assert_eq!(list.matches("href=\"/municipalities/015").count(), 133);
}

#[test]
fn what_is_no_place_is_refused_and_an_old_code_leads_to_its_successor() {
    let house = House::new();
    let server = house.serve(&[]);
    assert_eq!(
        server.get("/municipalities/015235").json()["code"],
        "015251",
        "Vermezzo is now Vermezzo con Zelo"
    );
    for (path, status, word) in [
        ("/municipalities/015999", 404, "015999"),
        ("/municipalities/x", 404, "six digits"),
        ("/zones/nowhere", 404, "nowhere"),
        ("/municipalities/015182?since=soon", 400, "since"),
        ("/municipalities/015182?colour=red", 400, "colour"),
    ] {
        let answer = server.get(path);
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(answer.status == status && detail.contains(word), "{path}: {detail}");
    }
}

#[test]
fn a_sheet_tells_what_the_questions_are_answered_there() {
    let house = House::new();
    let server = house.serve(&[]);
    server.until("/strategies", |told| told["strategies"].is_array());
    let of = |sheet: &Value, question: &str| -> Value {
        let strategies = sheet["strategies"].as_array().unwrap().iter();
        let mut questions = strategies.flat_map(|it| it["questions"].as_array().unwrap());
        questions.find(|it| it["id"] == question).cloned().unwrap_or_default()
    };
    let answer = server.get("/strategies/sttm-2/questions/no-hospital?standing=all&limit=1000").json();
    let without: Vec<&str> = answer["subjects"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["answers"] == true)
        .map(|it| it["title"].as_str().unwrap())
        .collect();
    // What a municipality is told of itself is what the answer says; of a zone, its municipalities are counted.
    let zone = server.get("/zones/nord_ovest").json();
    let members = zone["municipalities"].as_array().unwrap();
    let mut of_zone = 0;
    for code in members {
        let sheet = server.get(&format!("/municipalities/{}", code.as_str().unwrap())).json();
        let told = of(&sheet, "no-hospital");
        assert_eq!(told["of_the_place_itself"], true);
        let is_without = without.contains(&sheet["name"].as_str().unwrap());
        assert_eq!(told["count"], u64::from(is_without), "{}", sheet["name"]);
        of_zone += u64::from(is_without);
    }
    let told = of(&zone, "no-hospital");
    assert_eq!((&told["count"], &told["counts"]["subjects"]), (&of_zone.into(), &members.len().into()));
    assert!(of_zone > 0 && of_zone < members.len() as u64, "{of_zone}");
    // A layer that is not loaded is no zero; a question about zones is none about a municipality.
    let rho = server.get("/municipalities/015182").json();
    assert_eq!(
        (&of(&rho, "watercourses")["state"], &of(&rho, "watercourses")["count"]),
        (&"not_loaded".into(), &Value::Null)
    );
    assert_eq!(of(&rho, "services-by-zone"), Value::Null);
    // Proposals are counted where they are: of those that answer, the ones that lie there.
    let parks = server.get("/strategies/sttm-1/questions/protected-areas?limit=1000").json();
    let here: Vec<i64> = proposals(&server, "015182").iter().map(|it| it["id"].as_i64().unwrap()).collect();
    let subjects = parks["subjects"].as_array().unwrap();
    let expect = subjects.iter().filter(|it| here.contains(&it["id"].as_i64().unwrap())).count();
    let told = of(&rho, "protected-areas");
    assert_eq!((&told["count"], &told["counts"]["subjects"]), (&expect.into(), &here.len().into()));
}
