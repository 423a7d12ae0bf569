//! An answer that rests on one before is the same as one from the beginning, whatever has changed meanwhile.

use crate::sample::{Row, World, area, block, line, place, point, project, question, service};
use domain::question::{Grouping, Measure};
use domain::{Location, Question, QuestionId};
use geometry::Shape;
use overlay::Answered;
use std::sync::Arc;

/// Edits after which answers are compared.
const EDITS: usize = 150;

pub struct Dice(pub u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn metres(&mut self, below: u32) -> f64 {
        f64::from(u32::try_from(self.below(u64::from(below))).unwrap())
    }

    fn shape(&mut self) -> Shape {
        let (x, y) = (self.metres(3000), self.metres(1000));
        match self.below(4) {
            0 => point(x, y),
            1 => line(&[[x, y], [x + 1.0 + self.metres(900), y + self.metres(300)]]),
            _ => self.block(),
        }
    }

    fn block(&mut self) -> Shape {
        let (x, y) = (self.metres(3000), self.metres(1000));
        block(x, y, 1.0 + self.metres(700), 1.0 + self.metres(400))
    }

    fn places(&mut self) -> Vec<Location> {
        let count = 1 + self.below(3);
        (0..count)
            .map(|_| {
                let town = (self.below(5) > 0).then(|| u32::try_from(1 + self.below(4)).unwrap());
                let shape = (self.below(2) == 0).then(|| self.shape());
                let percent = (self.below(3) > 0).then_some(if count == 3 { 33.3 } else { 50.0 });
                place(town, shape.as_ref(), percent)
            })
            .collect()
    }

    pub fn project(&mut self) -> Row {
        let (key, cents) = (self.below(30), i64::try_from(self.below(100_000)).unwrap());
        project(&format!("p{key}"), cents, self.places())
    }

    pub fn area(&mut self) -> Row {
        let kind = if self.below(2) == 0 { "park" } else { "pole" };
        let key = self.below(12);
        area(&format!("a{key}"), kind, &self.block())
    }

    pub fn service(&mut self) -> Row {
        let class = if self.below(2) == 0 { "school" } else { "stop" };
        let key = self.below(12);
        service(&format!("s{key}"), class, self.places().remove(0))
    }
}

/// Takes a row away, puts one there, or puts one in the place of another.
pub fn edit(rows: &mut Vec<Row>, row: Row, dice: &mut Dice) {
    let known = rows.iter().position(|it| it.key == row.key);
    match (known, dice.below(3)) {
        (Some(at), 0) => drop(rows.remove(at)),
        (Some(at), _) => rows[at] = row,
        (None, _) => rows.push(row),
    }
}

pub fn questions() -> Vec<Question> {
    let by = |field: &str| Some(Grouping::Object(field.to_owned()));
    let poles = || Some(Grouping::Pole(crate::sample::some("areas", "kind", "pole")));
    let mut questions = vec![
        question("projects", "areas", Measure::OverlapArea, Some(Grouping::Municipality)),
        question("projects", "areas", Measure::Intersects, Some(Grouping::Area)),
        question("projects", "areas", Measure::Within, by("kind")),
        question("projects", "areas", Measure::LengthInside, Some(Grouping::Zone)),
        question("projects", "services", Measure::WithinDistance(150.0), Some(Grouping::Zone)),
        question("areas", "projects", Measure::CoverageGap(120.0), Some(Grouping::Municipality)),
        question("municipalities", "projects", Measure::CoverageGap(0.0), poles()),
        question("areas", "services", Measure::Nearest(2), None),
        question("areas", "services", Measure::Nearest(9), Some(Grouping::Area)),
        question("municipalities", "services", Measure::Count, poles()),
        question("zones", "projects", Measure::Rate, None),
        question("projects", "projects", Measure::Intersects, Some(Grouping::Subject("mission".to_owned()))),
    ];
    questions[4].object = crate::sample::some("services", "class", "stop");
    questions[6].object = crate::sample::some("projects", "mission", "M2");
    for (at, question) in questions.iter_mut().enumerate() {
        question.id = QuestionId::parse(&format!("q{at}")).unwrap();
    }
    questions
}

#[test]
fn after_any_edits_it_is_the_same_as_from_the_beginning() {
    let (mut dice, questions) = (Dice(11), questions());
    let mut world = World::default();
    for _ in 0..25 {
        let (project, area, service) = (dice.project(), dice.area(), dice.service());
        edit(&mut world.projects, project, &mut dice);
        edit(&mut world.areas, area, &mut dice);
        edit(&mut world.services, service, &mut dice);
    }
    let mut before = world.answered(&questions, None);
    let mut kept = 0;
    for step in 0..EDITS {
        match dice.below(3) {
            0 => edit(&mut world.projects, dice.project(), &mut dice),
            1 => edit(&mut world.areas, dice.area(), &mut dice),
            _ => edit(&mut world.services, dice.service(), &mut dice),
        }
        let after = world.answered(&questions, Some(&before));
        let anew = world.answered(&questions, None);
        for (one, other) in after.answers.iter().zip(&anew.answers) {
            assert_eq!(one, other, "step {step}");
        }
        kept += same(&before, &after);
        before = after;
    }
    assert!(kept > EDITS * 2, "only {kept} answers were kept: those that no edit concerned");
}

/// How many answers are one and the same.
fn same(before: &Answered, after: &Answered) -> usize {
    before.answers.iter().zip(&after.answers).filter(|(one, other)| Arc::ptr_eq(one, other)).count()
}
