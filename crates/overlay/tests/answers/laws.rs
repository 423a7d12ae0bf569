//! What must hold of every answer: places by their precision, money counted once, shares of one whole.

use crate::sample::{World, area, block, line, number, place, point, project, question, service, some};
use domain::Cents;
use domain::question::{Grouping, Measure};
use overlay::{Answer, GroupKey, Standing};

const RELATIONS: [Measure; 5] = [
    Measure::Intersects,
    Measure::Within,
    Measure::OverlapArea,
    Measure::WithinDistance(50.0),
    Measure::LengthInside,
];

fn standing(answer: &Answer, key: &str) -> Standing {
    let subject = number(answer.question.subject.collection.as_str(), key);
    let found = answer.found.as_ref().unwrap();
    found.findings.iter().find(|finding| finding.subject == subject).unwrap().standing
}

fn groups(answer: &Answer) -> Vec<(String, u64, Option<i64>)> {
    let key = |key: &GroupKey| match key {
        GroupKey::Of(key) => key.clone(),
        GroupKey::Several => "several".to_owned(),
        GroupKey::Missing => "missing".to_owned(),
    };
    let groups = answer.found.as_ref().unwrap().groups.iter();
    groups.map(|it| (key(&it.key), it.sum.count, it.sum.funding.map(|cents| cents.0))).collect()
}

#[test]
fn what_is_known_by_its_municipality_alone_is_never_inside_an_area_but_counted_apart() {
    let inside = block(100.0, 100.0, 10.0, 10.0);
    let across = block(395.0, 100.0, 10.0, 10.0);
    let world = World {
        areas: vec![area("park", "park", &block(0.0, 0.0, 400.0, 1000.0))],
        projects: vec![
            project("inside", 1, vec![place(Some(1), Some(&inside), None)]),
            project("across", 1, vec![place(Some(1), Some(&across), None)]),
            project("apart", 1, vec![place(Some(1), Some(&point(900.0, 900.0)), None)]),
            project("here", 1, vec![place(Some(1), None, None)]),
            project("there", 1, vec![place(Some(3), None, None)]),
            project("nowhere", 1, vec![place(None, None, None)]),
            // One place is drawn inside; of the other no more is known than its municipality.
            project("half", 1, vec![place(Some(1), Some(&inside), None), place(Some(1), None, None)]),
            project(
                "perhaps",
                1,
                vec![place(Some(3), Some(&point(2500.0, 5.0)), None), place(Some(1), None, None)],
            ),
        ],
        ..World::default()
    };
    for measure in RELATIONS {
        let answer = world.ask(&question("projects", "areas", measure, None));
        let is_near = matches!(measure, Measure::WithinDistance(_));
        let check = |key: &str, expect| assert_eq!(standing(&answer, key), expect, "{key} {measure:?}");
        check("inside", Standing::Inside);
        check("across", if is_near { Standing::Inside } else { Standing::PartlyInside });
        check("apart", Standing::Outside);
        check("here", Standing::Somewhere);
        check("there", Standing::Outside);
        check("nowhere", Standing::Unlocated);
        check("half", if is_near { Standing::Inside } else { Standing::PartlyInside });
        check("perhaps", Standing::Somewhere);
        let found = answer.found.as_ref().unwrap();
        assert_eq!(found.counts.subjects(), 8);
        assert!(found.findings.iter().all(
            |it| it.pairs.is_empty() != matches!(it.standing, Standing::Inside | Standing::PartlyInside)
        ));
        let expected = match measure {
            Measure::Within => 1,
            _ => 3,
        };
        assert_eq!(found.total.count, expected, "{measure:?}");
    }
}

#[test]
fn what_is_known_by_its_municipality_is_in_that_municipality_and_in_its_zone_for_certain() {
    let world = World {
        projects: vec![
            project("a", 10, vec![place(Some(1), None, None)]),
            project("b", 10, vec![place(Some(1), None, None), place(Some(3), None, None)]),
        ],
        ..World::default()
    };
    let check = |object: &str, expect: [Standing; 2]| {
        let answer = world.ask(&question("projects", object, Measure::Within, None));
        assert_eq!([standing(&answer, "a"), standing(&answer, "b")], expect, "{object}");
    };
    check("municipalities", [Standing::Inside, Standing::PartlyInside]);
    check("zones", [Standing::Inside, Standing::PartlyInside]);
    let answer = world.ask(&question("municipalities", "projects", Measure::Count, None));
    let counts: Vec<u64> =
        answer.found.as_ref().unwrap().findings.iter().map(|it| it.pairs.len() as u64).collect();
    assert_eq!(counts.iter().sum::<u64>(), 3);
    assert_eq!(answer.found.as_ref().unwrap().total.count, 2, "each is counted once in all");
}

#[test]
fn money_is_counted_once_and_divided_to_the_cent_only_where_shares_are_declared() {
    let whole = block(0.0, 0.0, 3000.0, 1000.0);
    let drawn = [10.0, 1010.0, 2010.0].map(|x| block(x, 10.0, 10.0, 10.0));
    let places = |shares: [Option<f64>; 3]| {
        (1..=3)
            .zip(&drawn)
            .zip(shares)
            .map(|((town, shape), share)| place(Some(town), Some(shape), share))
            .collect()
    };
    let world = World {
        areas: vec![area("all", "park", &whole), area("all-again", "plan", &whole)],
        projects: vec![
            project("one", 500, vec![place(Some(2), Some(&drawn[1]), None)]),
            project("thirds", 100, places([Some(33.0), Some(33.0), Some(33.0)])),
            project("undeclared", 7, places([None, None, None])),
            project("too-much", 11, places([Some(100.0), Some(100.0), Some(100.0)])),
        ],
        ..World::default()
    };
    let ask = |grouping| world.ask(&question("projects", "areas", Measure::OverlapArea, Some(grouping)));
    let by_municipality = ask(Grouping::Municipality);
    let row = |key: &str, count, cents| (key.to_owned(), count, cents);
    assert_eq!(
        groups(&by_municipality),
        [
            row("015001", 3, Some(34)),
            row("015002", 4, Some(533)),
            row("015003", 3, Some(33)),
            row("several", 3, Some(18)),
        ]
    );
    let total = by_municipality.found.as_ref().unwrap().total;
    assert_eq!((total.count, total.funding), (4, Some(Cents(618))));
    // The zone in the west has two of the thirds, each of them rounded with all three.
    assert_eq!(
        groups(&ask(Grouping::Zone)),
        [row("east", 3, Some(33)), row("west", 4, Some(567)), row("several", 3, Some(18))]
    );
    // Each object has all of the money, once; the total has it once.
    let by_area = ask(Grouping::Area);
    assert_eq!(
        groups(&by_area).iter().map(|(_, count, cents)| (*count, *cents)).collect::<Vec<_>>(),
        [(4, Some(618)); 2]
    );
    let found = by_area.found.as_ref().unwrap();
    assert_eq!((found.total.funding, found.in_several), (Some(Cents(618)), 4));
}

#[test]
fn a_place_counts_in_its_own_municipality_alone() {
    // A project with a place in a park in the west, and another in the east where there is no park.
    let west = block(10.0, 10.0, 10.0, 10.0);
    let east = block(2010.0, 10.0, 10.0, 10.0);
    let world = World {
        areas: vec![area("park", "park", &block(0.0, 0.0, 400.0, 1000.0))],
        projects: vec![project(
            "p",
            1000,
            vec![place(Some(1), Some(&west), Some(60.0)), place(Some(3), Some(&east), Some(40.0))],
        )],
        ..World::default()
    };
    let answer = world.ask(&question("projects", "areas", Measure::Intersects, Some(Grouping::Municipality)));
    assert_eq!(
        groups(&answer),
        [
            ("015001".to_owned(), 1, Some(600)),
            ("several".to_owned(), 1, None),
            ("missing".to_owned(), 0, Some(400))
        ]
    );
}

#[test]
fn shares_of_a_partition_are_one_whole_and_neighbours_share_nothing() {
    // Strips of uneven width, from border to border of the territory.
    let edges = [0.0, 133.7, 977.1, 1000.0, 1000.3, 1893.21, 2600.0, 3000.0];
    let strips = edges.windows(2).enumerate().map(|(at, edge)| {
        area(&format!("s{at}"), "strip", &block(edge[0], -50.0, edge[1] - edge[0], 1100.0))
    });
    let world = World {
        areas: strips.collect(),
        projects: vec![project("p", 1, vec![place(Some(1), Some(&block(12.3, 45.6, 2800.0, 700.0)), None)])],
        ..World::default()
    };
    let mut asked = question("projects", "areas", Measure::OverlapArea, None);
    asked.sliver.area_m2 = 0.0;
    let check = |answer: &Answer| {
        for finding in &answer.found.as_ref().unwrap().findings {
            let shares: Vec<f64> = finding.pairs.iter().filter_map(|pair| pair.share_of_subject).collect();
            assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{shares:?}");
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{shares:?}");
            assert!(
                finding
                    .pairs
                    .iter()
                    .all(|pair| pair.share_of_object.is_some_and(|it| (0.0..=1.0).contains(&it)))
            );
        }
    };
    check(&world.ask(&asked));
    asked.subject.collection = crate::sample::id("municipalities");
    check(&world.ask(&asked));
    let neighbours = world.ask(&question("municipalities", "municipalities", Measure::Intersects, None));
    assert!(neighbours.found.as_ref().unwrap().findings.iter().all(|it| it.pairs.is_empty()));
}

#[test]
fn a_gap_is_certain_only_where_nothing_unplaced_may_fill_it() {
    let site = |key: &str, x: f64| area(key, "site", &block(x, 100.0, 50.0, 50.0));
    let world = World {
        areas: vec![site("served", 100.0), site("far", 700.0), site("perhaps", 2500.0)],
        projects: vec![
            project("near", 1, vec![place(Some(1), Some(&point(300.0, 125.0)), None)]),
            project("unplaced", 1, vec![place(Some(3), None, None)]),
            project("lost", 1, vec![place(None, None, None)]),
        ],
        ..World::default()
    };
    let answer =
        world.ask(&question("areas", "projects", Measure::CoverageGap(200.0), Some(Grouping::Municipality)));
    let check = |key: &str, expect| assert_eq!(standing(&answer, key), expect, "{key}");
    check("served", Standing::Inside);
    check("far", Standing::Outside);
    check("perhaps", Standing::Somewhere);
    let found = answer.found.as_ref().unwrap();
    assert_eq!((found.total.count, found.objects.in_municipality, found.objects.unlocated), (1, 1, 1));
    let asked: Vec<_> = found.groups.iter().map(|group| (group.sum.count, group.asked)).collect();
    assert_eq!(asked, [(1, Some(2)), (0, Some(1))]);
}

/// A collection, a field with its value, and whether nothing can be answered without it.
type Lacking<'a> = (&'a str, Option<(&'a str, &'a str)>, bool);

#[test]
fn what_is_not_loaded_is_said_and_never_zero() {
    let world = World {
        services: vec![service("s", "school", place(Some(1), Some(&point(1.0, 1.0)), None))],
        routes: vec![service("r", "path", place(None, Some(&line(&[[0.0, 0.0], [9.0, 9.0]])), None))],
        ..World::default()
    };
    let check = |question: &domain::Question, expect: &[Lacking]| {
        let answer = world.ask(question);
        let absent: Vec<_> = answer
            .absent
            .iter()
            .map(|it| {
                let value = it.value.as_ref().map(|(field, value)| (field.as_str(), value.as_str()));
                (it.collection.as_str(), value, it.is_needed)
            })
            .collect();
        assert_eq!(absent, expect);
        assert_eq!(answer.found.is_none(), expect.iter().any(|it| it.2));
    };
    check(&question("services", "areas", Measure::Intersects, None), &[("areas", None, true)]);
    let mut asked = question("municipalities", "services", Measure::CoverageGap(0.0), None);
    check(&asked, &[]);
    asked.object = some("services", "class", "hospital");
    check(&asked, &[("services", Some(("class", "hospital")), true)]);
    asked.object.filter[0].1.push("school".to_owned());
    check(&asked, &[("services", Some(("class", "hospital")), false)]);
}
