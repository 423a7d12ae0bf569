//! The screening of a place: it says what the questions say, and what is known by its municipality alone is inside nothing.

use crate::incremental::{Dice, edit, questions};
use crate::sample::{
    World, area, at, block, id, line, number, place, point, project, question, service, strategy,
};
use domain::question::Measure;
use geometry::Shape;
use overlay::screening::{Ground, OfLayer, Part, Screening};
use overlay::{Relation, Standing};

fn of<'a, 'e>(screening: &'a Screening<'e>, collection: &str) -> &'a OfLayer<'e> {
    screening.layers.iter().find(|it| it.layer.collection.id == id(collection)).unwrap()
}

fn close(got: f64, expect: f64) {
    assert!((got - expect).abs() < 1e-3, "{got} is not {expect}");
}

#[test]
fn a_record_is_screened_as_the_questions_answer_of_it() {
    let (mut dice, questions) = (Dice(5), questions());
    let mut world = World::default();
    let (mut compared, mut gaps) = (0, 0);
    for _ in 0..40 {
        for _ in 0..4 {
            let (project, area, service) = (dice.project(), dice.area(), dice.service());
            edit(&mut world.projects, project, &mut dice);
            edit(&mut world.areas, area, &mut dice);
            edit(&mut world.services, service, &mut dice);
        }
        let answered = world.answered(&questions, None);
        let strategies = [strategy(questions.clone())];
        let all =
            answered.edition.layers.iter().flat_map(|layer| (0..layer.len()).map(move |at| (layer, at)));
        for (layer, at) in all {
            let ground = Ground::Record(layer, at);
            let screening = Screening::of(&answered.edition, &strategies, Some(&answered), &ground);
            for said in &screening.strategies[0].questions {
                let answer = answered.answer(&strategies[0].id, &said.question.id).unwrap();
                let Some((found, says)) = answer.found.as_ref().zip(said.says.as_ref()) else { continue };
                if said.part == Part::Subject {
                    let finding = found.findings.iter().find(|it| it.subject == layer.id(at)).unwrap();
                    let pairs: Vec<_> = says.met.iter().map(|it| it.pair).collect();
                    assert_eq!((&pairs, says.standing), (&finding.pairs, finding.standing), "{said:?}");
                    assert_eq!(says.slivers, finding.slivers);
                    compared += 1;
                } else if !matches!(said.question.measure, Measure::Nearest(_)) {
                    // What is drawn on both sides meets whichever side asks.
                    for met in &says.met {
                        let finding = found.findings.iter().find(|it| it.subject == met.id).unwrap();
                        let pair = finding.pairs.iter().find(|pair| pair.object == layer.id(at)).unwrap();
                        close(pair.area_m2.unwrap_or_default(), met.pair.area_m2.unwrap_or_default());
                        close(pair.distance_m.unwrap_or_default(), met.pair.distance_m.unwrap_or_default());
                        assert_ne!(met.is_gap, Some(true), "it has this one");
                        gaps += usize::from(met.is_gap.is_some());
                    }
                }
            }
        }
    }
    assert!(compared > 1000 && gaps > 10, "{compared} and {gaps} were compared");
}

#[test]
fn a_drawing_is_measured_against_everything() {
    let world = World {
        areas: vec![
            area("park", "park", &block(100.0, 0.0, 400.0, 100.0)),
            // Half a square metre of the drawing's side.
            area("edge", "park", &block(200.0, 100.0, 300.0, 300.0)),
            area("far", "park", &block(900.0, 900.0, 50.0, 50.0)),
        ],
        projects: vec![
            project("in", 5, vec![place(Some(1), Some(&point(150.0, 50.0)), None)]),
            project("by name", 7, vec![place(Some(1), None, None)]),
            project("elsewhere", 7, vec![place(Some(3), None, None)]),
            project("nowhere", 7, vec![place(None, None, None)]),
        ],
        routes: vec![service("way", "path", place(None, Some(&line(&[[0.0, 20.0], [300.0, 20.0]])), None))],
        services: vec![service("stop", "stop", place(None, Some(&point(420.0, 50.0)), None))],
    };
    let edition = world.edition();
    let ground = Ground::of_shapes(&edition, vec![block(0.0, 0.0, 200.0, 100.001)]);
    let near = question("projects", "services", Measure::WithinDistance(300.0), None);
    let strategies = [strategy(vec![near])];
    let screening = Screening::of(&edition, &strategies, None, &ground);
    close(screening.extent.area_m2, 20_000.2);
    let areas = of(&screening, "areas");
    assert_eq!((areas.found.len(), areas.somewhere, areas.unlocated), (1, 0, 0));
    let meeting = areas.found[0].meeting.unwrap();
    close(meeting.area_m2, 10_000.0);
    close(meeting.share_of_object, 0.25);
    assert_eq!(meeting.relation, Relation::PartlyInside);
    let projects = of(&screening, "projects");
    assert_eq!((projects.found.len(), projects.somewhere, projects.unlocated), (1, 1, 1));
    assert_eq!(projects.found[0].meeting.unwrap().points_of_object, 1);
    close(of(&screening, "routes").found[0].meeting.unwrap().length_of_object_m, 200.0);
    assert_eq!(of(&screening, "municipalities").found.len(), 1);
    assert!(screening.perhaps.is_none());
    let says = screening.strategies[0].questions[0].says.as_ref().unwrap();
    assert_eq!((says.standing, says.met[0].id), (Standing::Inside, number("services", "stop")));
    close(says.met[0].pair.distance_m.unwrap(), 220.0);
}

#[test]
fn what_is_known_by_its_municipality_is_inside_nothing_and_what_that_meets_is_told_apart() {
    let world = World {
        areas: vec![
            // All of the municipality, and the next one.
            area("all", "park", &block(0.0, 0.0, 2000.0, 1000.0)),
            area("east", "park", &block(2000.0, 0.0, 500.0, 500.0)),
        ],
        projects: vec![project("p", 5, vec![place(Some(1), None, None)])],
        ..World::default()
    };
    let edition = world.edition();
    let layer = edition.layer(&id("projects")).unwrap();
    let strategies = [strategy(vec![question("projects", "areas", Measure::OverlapArea, None)])];
    let screening = Screening::of(&edition, &strategies, None, &Ground::Record(layer, 0));
    assert!(screening.layers.iter().all(|it| it.found.is_empty()), "{screening:?}");
    let perhaps = screening.perhaps.as_ref().unwrap();
    assert_eq!((perhaps.len(), perhaps[0].found.len()), (1, 1));
    assert_eq!(perhaps[0].layer.id(perhaps[0].found[0].position), number("areas", "all"));
    let says = screening.strategies[0].questions[0].says.as_ref().unwrap();
    assert_eq!((says.standing, says.met.len()), (Standing::Somewhere, 0));
}

#[test]
fn a_question_whose_layer_is_not_loaded_says_so_and_never_no() {
    let edition = World::default().edition();
    let strategies = [strategy(vec![question("projects", "areas", Measure::OverlapArea, None)])];
    let ground = Ground::of_shapes(&edition, vec![block(0.0, 0.0, 10.0, 10.0)]);
    let screening = Screening::of(&edition, &strategies, None, &ground);
    for said in &screening.strategies[0].questions {
        assert!(said.says.is_none() && said.absent[0].is_needed, "{said:?}");
    }
    assert!(of(&screening, "areas").layer.is_empty());
}

#[test]
fn a_drawing_can_be_what_is_drawn_so() {
    let world = World {
        areas: vec![area("park", "park", &block(0.0, 0.0, 400.0, 400.0))],
        projects: vec![project("p", 5, vec![place(Some(1), Some(&point(1.0, 1.0)), None)])],
        services: vec![service("s", "stop", place(None, Some(&point(420.0, 50.0)), None))],
        ..World::default()
    };
    let edition = world.edition();
    let strategies = [strategy(vec![
        question("areas", "municipalities", Measure::OverlapArea, None),
        question("projects", "areas", Measure::Intersects, None),
        question("municipalities", "services", Measure::CoverageGap(100.0), None),
    ])];
    let parts = |shape: Shape| -> Vec<Part> {
        let screening = Screening::of(&edition, &strategies, None, &Ground::of_shapes(&edition, vec![shape]));
        screening.strategies[0].questions.iter().map(|said| said.part).collect()
    };
    assert_eq!(parts(block(0.0, 0.0, 9.0, 9.0)), [Part::Subject, Part::Subject, Part::Object, Part::Object]);
    assert_eq!(parts(Shape::points([at([5.0, 5.0])]).unwrap()), [Part::Subject, Part::Object]);
}

#[test]
fn a_drawing_fills_the_gaps_that_there_are_today() {
    let world = World {
        services: vec![service("s", "stop", place(Some(1), Some(&point(500.0, 500.0)), None))],
        ..World::default()
    };
    let questions = [question("municipalities", "services", Measure::CoverageGap(100.0), None)];
    let answered = world.answered(&questions, None);
    let strategies = [strategy(questions.to_vec())];
    let ground = Ground::of_shapes(&answered.edition, vec![point(2500.0, 500.0)]);
    let screening = Screening::of(&answered.edition, &strategies, Some(&answered), &ground);
    let met = &screening.strategies[0].questions[0].says.as_ref().unwrap().met;
    assert_eq!((met.len(), met[0].id, met[0].is_gap), (1, number("municipalities", "015003"), Some(true)));
}
