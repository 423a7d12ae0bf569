//! What of each strategy's selections is in a place, and which of their kinds nobody has loaded.

use super::answers::AnswerHere;
use super::inside::Inside;
use super::place::Place;
use super::proposals::Proposals;
use crate::answer::Answer;
use crate::answered::Answered;
use crate::choice::{Choice, not_stated};
use crate::group;
use atlas::{Edition, Layer};
use domain::Selection;
use domain::{Cents, Role, Strategy};
use std::sync::Arc;

/// A strategy in a place.
#[derive(Clone, Debug)]
pub struct OfStrategy<'e> {
    /// The strategy.
    pub strategy: &'e Strategy,
    /// Its selections, in its order.
    pub selections: Vec<Selected<'e>>,
    /// What its questions are answered here, in its order; `None` while that is being worked out.
    pub answers: Option<Vec<AnswerHere<'e>>>,
}

/// The records of one selection in a place.
#[derive(Clone, Debug)]
pub struct Selected<'e> {
    /// The layer.
    pub layer: &'e Layer,
    /// The records here, by their place in the layer.
    pub here: Vec<usize>,
    /// For proposals, their whole amounts, each once.
    pub funding: Option<Cents>,
    /// The values of the selection that no record of the layer has, wherever it lies: their layer is not loaded.
    pub not_loaded: Vec<String>,
}

/// What of each strategy is among what was found in a place.
#[must_use]
pub fn of_strategies<'e>(
    (edition, answered): (&'e Edition, Option<&'e Answered>),
    strategies: &'e [Strategy],
    place: &Place<'_>,
    (proposals, inside): (&[Proposals<'_>], &[Inside<'_>]),
) -> Vec<OfStrategy<'e>> {
    let of_layer = |layer: &Layer| {
        let same = |other: &Layer| other.collection.id == layer.collection.id;
        let proposed = proposals.iter().find(|it| same(it.layer));
        let proposed = proposed.map(|it| it.all.iter().map(|it| it.position).collect::<Vec<_>>());
        let drawn = || {
            inside.iter().find(|it| same(it.layer)).map(|it| it.found.iter().map(|it| it.position).collect())
        };
        proposed.or_else(drawn).unwrap_or_default()
    };
    let selected = |selection: &Selection| {
        let layer = edition.layer(&selection.collection)?;
        let choice = Choice::of(layer, selection);
        let is_chosen = |at: &usize| u32::try_from(*at).is_ok_and(|row| choice.holds(row));
        let here: Vec<usize> = of_layer(layer).into_iter().filter(is_chosen).collect();
        Some(Selected {
            funding: funding(layer, &here),
            not_loaded: not_stated(layer, selection).map(|(_, value)| value.clone()).collect(),
            here,
            layer,
        })
    };
    let of_strategy = |strategy: &'e Strategy| OfStrategy {
        strategy,
        selections: strategy.shown.iter().filter_map(selected).collect(),
        answers: answered.map(|answered| {
            let here = |answer: &'e Arc<Answer>| AnswerHere::of(edition, answer, place, of_layer);
            answered.of_strategy(&strategy.id).filter_map(here).collect()
        }),
    };
    strategies.iter().map(of_strategy).collect()
}

fn funding(layer: &Layer, rows: &[usize]) -> Option<Cents> {
    let amount = |at: &usize| group::amount(layer.value_of(*at, Role::Amount));
    rows.iter().filter_map(amount).reduce(|sum, next| Cents(sum.0 + next.0))
}
