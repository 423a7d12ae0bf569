//! Each measure, on places whose lengths, surfaces and distances are known.

use crate::sample::{World, all, area, block, line, number, place, point, project, question, service};
use domain::question::{Grouping, Measure};
use domain::{FeatureId, Selection};
use overlay::{Answer, GroupKey, Pair, Relation};

fn pairs(answer: &Answer, key: &str) -> Vec<Pair> {
    let subject = number(answer.question.subject.collection.as_str(), key);
    let found = answer.found.as_ref().unwrap();
    found.findings.iter().find(|finding| finding.subject == subject).unwrap().pairs.clone()
}

fn close(got: Option<f64>, expect: f64) {
    assert!(got.is_some_and(|got| (got - expect).abs() < 1e-4), "{got:?} is not {expect}");
}

#[test]
fn surfaces_lengths_and_points_are_measured() {
    let park = area("park", "park", &block(0.0, 0.0, 100.0, 100.0));
    let world = World {
        areas: vec![park, area("hill", "hill", &block(60.0, 0.0, 80.0, 50.0))],
        services: vec![
            service("in", "x", place(None, Some(&point(50.0, 50.0)), None)),
            service("out", "x", place(None, Some(&point(150.0, 50.0)), None)),
        ],
        routes: vec![service("way", "path", place(None, Some(&line(&[[-50.0, 50.5], [150.0, 50.5]])), None))],
        ..World::default()
    };
    let answer = world.ask(&question("areas", "areas", Measure::OverlapArea, None));
    let [pair] = pairs(&answer, "hill")[..] else { panic!("nothing is set against itself") };
    assert_eq!((pair.object, pair.relation), (number("areas", "park"), Relation::PartlyInside));
    close(pair.area_m2, 2000.0);
    close(pair.share_of_subject, 0.5);
    close(pair.share_of_object, 0.2);
    let answer = world.ask(&question("routes", "areas", Measure::LengthInside, None));
    let [pair] = pairs(&answer, "way")[..] else { panic!("the way crosses the park alone") };
    close(pair.length_m, 100.0);
    close(pair.share_of_subject, 0.5);
    assert_eq!(pair.area_m2, None);
    let answer = world.ask(&question("services", "areas", Measure::Within, None));
    assert_eq!(pairs(&answer, "in").len(), 1);
    assert_eq!(pairs(&answer, "out").len(), 0);
    let answer = world.ask(&question("areas", "services", Measure::Count, None));
    assert_eq!(pairs(&answer, "park")[0].relation, Relation::Contains);
}

#[test]
fn slivers_are_passed_over_and_counted() {
    let world = World {
        // Half a metre too wide along 200 m: 100 m² less one, of a neighbour of 200,000 m².
        areas: vec![
            area("park", "park", &block(0.0, 0.0, 400.495, 1000.0)),
            area("cabin", "x", &block(399.0, 0.0, 3.0, 3.0)),
        ],
        projects: vec![project("field", 1, vec![place(None, Some(&block(400.0, 0.0, 1000.0, 200.0)), None)])],
        ..World::default()
    };
    let asked = question("projects", "areas", Measure::OverlapArea, None);
    let answer = world.ask(&asked);
    let found = answer.found.as_ref().unwrap();
    assert_eq!(found.counts.slivers, 1);
    // Six square metres of a cabin of nine are no sliver.
    let [pair] = pairs(&answer, "field")[..] else { panic!("the cabin alone") };
    assert_eq!(pair.object, number("areas", "cabin"));
    let mut strict = asked;
    strict.sliver.area_m2 = 99.0;
    assert_eq!(pairs(&world.ask(&strict), "field").len(), 2);
    // What sticks out by a sliver is inside all the same.
    let mut within = question("areas", "projects", Measure::Within, None);
    within.subject.filter = vec![("kind".to_owned(), vec!["x".to_owned()])];
    within.sliver.share = 0.49;
    assert_eq!(world.ask(&within).found.as_ref().unwrap().total.count, 1);
}

#[test]
fn distances_are_measured_and_the_nearest_come_first() {
    let stop = |key: &str, x: f64| service(key, "stop", place(None, Some(&point(x, 50.0)), None));
    let world = World {
        areas: vec![area("park", "park", &block(0.0, 0.0, 100.0, 100.0))],
        services: vec![stop("far", 20_100.0), stop("near", 150.0), stop("in", 50.0), stop("next", 400.0)],
        ..World::default()
    };
    let ids = |pairs: &[Pair]| pairs.iter().map(|pair| pair.object).collect::<Vec<FeatureId>>();
    let answer = world.ask(&question("areas", "services", Measure::Nearest(4), None));
    let found = pairs(&answer, "park");
    assert_eq!(ids(&found), ["in", "near", "next", "far"].map(|key| number("services", key)));
    for (pair, distance) in found.iter().zip([0.0, 50.0, 300.0, 20_000.0]) {
        close(pair.distance_m, distance);
    }
    let answer = world.ask(&question("areas", "services", Measure::WithinDistance(299.0), None));
    assert_eq!(pairs(&answer, "park").len(), 2);
    let answer = world.ask(&question("areas", "services", Measure::WithinDistance(301.0), None));
    assert_eq!(pairs(&answer, "park").len(), 3);
}

#[test]
fn rates_are_of_the_inhabitants_that_are_stated() {
    let school =
        |key: &str, town, x: f64| service(key, "school", place(Some(town), Some(&point(x, 50.0)), None));
    let world = World {
        services: vec![
            school("a", 1, 10.0),
            school("b", 2, 1010.0),
            school("c", 3, 2010.0),
            service("d", "school", place(Some(2), None, None)),
        ],
        areas: vec![area("pole", "pole", &block(1000.0, 0.0, 1000.0, 1000.0))],
        ..World::default()
    };
    let check = |subject: &str, grouping: Option<Grouping>, expect: &[(&str, u64, Option<i64>)]| {
        let answer = world.ask(&question(subject, "services", Measure::Rate, grouping));
        let found = answer.found.as_ref().unwrap();
        let groups = found.groups.iter().map(|it| match &it.key {
            GroupKey::Of(key) => (key.as_str(), it.sum.count, it.sum.inhabitants),
            _ => ("missing", it.sum.count, it.sum.inhabitants),
        });
        let mut groups: Vec<_> = groups.collect();
        groups.sort_by_key(|group| group.1);
        assert_eq!(groups, expect);
        assert_eq!((found.total.count, found.total.inhabitants), (4, None));
    };
    let [west, east] = ["west", "east"].map(|key| number("zones", key).to_string());
    check("zones", None, &[(&east, 1, None), (&west, 3, Some(8_000))]);
    check("municipalities", Some(Grouping::Zone), &[("east", 1, None), ("west", 3, Some(8_000))]);
    let pole = number("areas", "pole").to_string();
    let poles = Grouping::Pole(Selection { ..all("areas") });
    check("municipalities", Some(poles), &[(&pole, 2, Some(6_000)), ("missing", 2, None)]);
}
