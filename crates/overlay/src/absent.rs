//! What an answer would need and there is not: "not loaded" is never zero.

use atlas::{Edition, Layer};
use domain::question::{Grouping, Measure, POPULATION};
use domain::{Question, Selection};

use crate::answer::Absent;
use crate::choice::{Choice, not_stated};

/// What a question needs and the edition lacks. Without what is needed there is no answer; without the rest it tells less.
pub fn absent(edition: &Edition, question: &Question) -> Vec<Absent> {
    let mut absent = of_selection(edition, &question.subject);
    absent.extend(of_selection(edition, &question.object));
    if let Some(Grouping::Pole(poles)) = &question.grouping {
        let of_poles = of_selection(edition, poles).into_iter();
        absent.extend(of_poles.map(|it| Absent { is_needed: false, ..it }));
    }
    if question.measure == Measure::Rate
        && let Some(layer) = edition.layer(&question.subject.collection)
        && !states_population(layer)
    {
        let value = Some((POPULATION.to_owned(), String::new()));
        absent.push(Absent { collection: layer.collection.id.clone(), value, is_needed: true });
    }
    if let Some(id) = municipalities_lacking(edition) {
        absent.push(Absent { collection: id, value: None, is_needed: needs_municipalities(question) });
    }
    absent
}

/// The records of a selection, if there are none; or those of its values that no record has.
pub fn of_selection(edition: &Edition, selection: &Selection) -> Vec<Absent> {
    let lacking = |value, is_needed| Absent { collection: selection.collection.clone(), value, is_needed };
    let Some(layer) = edition.layer(&selection.collection).filter(|layer| !layer.is_empty()) else {
        return vec![lacking(None, true)];
    };
    let is_empty = Choice::of(layer, selection).rows().next().is_none();
    let values = not_stated(layer, selection).map(|(name, value)| Some((name.clone(), value.clone())));
    let mut absent: Vec<Absent> = values.map(|value| lacking(value, is_empty)).collect();
    if is_empty && absent.is_empty() {
        absent.push(lacking(None, true));
    }
    absent
}

fn states_population(layer: &Layer) -> bool {
    let field = layer.collection.position(POPULATION);
    field.is_some_and(|field| layer.column(field).values().iter().any(|value| !value.is_missing()))
}

/// Whether groups are made of municipalities. All other answers lack without them what is known by its municipality alone.
fn needs_municipalities(question: &Question) -> bool {
    matches!(question.grouping, Some(Grouping::Municipality | Grouping::Zone | Grouping::Pole(_)))
}

/// The collection of municipalities, if it has no record.
fn municipalities_lacking(edition: &Edition) -> Option<domain::CollectionId> {
    let layer = edition.municipalities()?;
    layer.is_empty().then(|| layer.collection.id.clone())
}
