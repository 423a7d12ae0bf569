//! The chronicle: what the latest releases changed, in brief, kept in memory so that feeds are read without a database.

use atlas::Edition;
use domain::{Collection, FeatureId, MunicipalityCode, Role, Selection, Strategy, StrategyId};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use store::events::{self, Event};
use store::history::Change;
use store::{Store, StoreError};
use tiles::Drawn;
use tokio::sync::watch;

use crate::comparison::{ChangeKind, PLACES, RecordChange};

/// Events that are kept. Older ones are read release by release, in `/releases`.
const EVENTS: i64 = 50;
/// How long the archive is left alone that did not answer.
const REST: Duration = Duration::from_secs(2);

/// The latest events, the last first.
#[derive(Debug, Default)]
pub struct Chronicle {
    /// The events with their changes.
    pub entries: Vec<Arc<Entry>>,
}

/// What one event changed.
#[derive(Debug)]
pub struct Entry {
    /// The event.
    pub event: Event,
    /// The changes: by collection; there, what changed, what is new, what is gone.
    pub changes: Vec<Brief>,
}

/// A change in brief.
#[derive(Debug)]
pub struct Brief {
    /// The collection.
    pub collection: String,
    /// The record.
    pub id: FeatureId,
    /// What it is called.
    pub title: String,
    /// What became of it.
    pub kind: ChangeKind,
    /// The fields that say something else.
    pub fields: Vec<String>,
    /// The municipalities in which it lies or lay.
    municipalities: BTreeSet<MunicipalityCode>,
    /// The strategies that it matters to.
    strategies: Vec<StrategyId>,
}

/// Which changes are asked for; `None` asks for all.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// In this municipality.
    pub municipality: Option<MunicipalityCode>,
    /// Of this strategy.
    pub strategy: Option<StrategyId>,
    /// Of this collection.
    pub collection: Option<String>,
}

impl Wanted {
    /// Whether nothing is narrowed.
    pub const fn is_all(&self) -> bool {
        self.municipality.is_none() && self.strategy.is_none() && self.collection.is_none()
    }

    fn fits(&self, brief: &Brief) -> bool {
        self.municipality.is_none_or(|code| brief.municipalities.contains(&code))
            && self.strategy.as_ref().is_none_or(|id| brief.strategies.contains(id))
            && self.collection.as_ref().is_none_or(|id| *id == brief.collection)
    }
}

impl Chronicle {
    /// The last event; 0 if there was none.
    pub fn last(&self) -> i64 {
        self.entries.first().map_or(0, |entry| entry.event.id)
    }

    /// The events that changed what is asked for, each with these changes. Where nothing is narrowed, those that changed nothing too;
    /// where official data stand, none of the demonstration.
    pub fn select(&self, wanted: &Wanted, with_demo: bool) -> Vec<(&Event, Vec<&Brief>)> {
        let entries = self.entries.iter().filter(|entry| with_demo || !entry.event.demo).map(|entry| {
            let changes = entry.changes.iter().filter(|brief| wanted.fits(brief));
            (&entry.event, changes.collect::<Vec<_>>())
        });
        entries.filter(|(_, changes)| wanted.is_all() || !changes.is_empty()).collect()
    }
}

/// Brings the chronicle up to date whenever there is a new edition; until the program stops.
pub async fn follow(
    store: Store,
    strategies: Vec<Strategy>,
    mut drawn: watch::Receiver<Arc<Drawn>>,
    told: watch::Sender<Option<Arc<Chronicle>>>,
) {
    loop {
        let edition = drawn.borrow_and_update().edition.clone();
        let before = told.borrow().clone().unwrap_or_default();
        match written(&store, &edition, &strategies, &before).await {
            Ok(chronicle) => {
                told.send_replace(Some(Arc::new(chronicle)));
                if drawn.changed().await.is_err() {
                    return;
                }
            }
            Err(error) => {
                tracing::warn!(error = &error as &(dyn std::error::Error + 'static), "the chronicle waits");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// The chronicle as of now; what stood `before` is taken over, since events do not change.
async fn written(
    store: &Store,
    edition: &Edition,
    strategies: &[Strategy],
    before: &Chronicle,
) -> Result<Chronicle, StoreError> {
    let mut entries = Vec::new();
    for event in events::latest(store, EVENTS).await? {
        let known = before.entries.iter().find(|entry| entry.event.id == event.id);
        if let Some(entry) = known {
            entries.push(entry.clone());
            continue;
        }
        let changes = events::changes(store, &event).await?;
        let changes = changes.into_iter().map(|change| brief(change, edition, strategies));
        entries.push(Arc::new(Entry { changes: sorted(changes.collect()), event }));
    }
    Ok(Chronicle { entries })
}

fn sorted(mut changes: Vec<Brief>) -> Vec<Brief> {
    changes.sort_by(|a, b| {
        (&a.collection, a.kind, &a.title, a.id).cmp(&(&b.collection, b.kind, &b.title, b.id))
    });
    changes
}

fn brief(change: Change, edition: &Edition, strategies: &[Strategy]) -> Brief {
    let layer = edition.layers.iter().find(|layer| layer.collection.id.as_str() == change.collection);
    let definition = layer.map(|layer| &*layer.collection);
    let sides: Vec<&Json> = change.before.iter().chain(&change.after).collect();
    let mut municipalities: BTreeSet<_> = sides.iter().flat_map(|side| stated(side, definition)).collect();
    // What is drawn lies where it lies now.
    let now = layer.and_then(|layer| Some(layer.municipalities(layer.position(change.id)?)));
    municipalities.extend(now.into_iter().flatten());
    let matters = |strategy: &&Strategy| {
        let asked = strategy.questions.iter().flat_map(|question| [&question.subject, &question.object]);
        strategy.shown.iter().chain(asked).any(|selection| {
            selection.collection.as_str() == change.collection
                && sides.iter().any(|side| fits(side, selection))
        })
    };
    let strategies = strategies.iter().filter(matters).map(|strategy| strategy.id.clone()).collect();
    let RecordChange { collection, kind, title, id, fields } = RecordChange::of(change, definition);
    let fields = fields.into_iter().map(|field| field.field).collect();
    Brief { collection, id, title, kind, fields, municipalities, strategies }
}

/// The municipalities that a version states: among its places, and in the field that says where it lies.
fn stated(side: &Json, definition: Option<&Collection>) -> Vec<MunicipalityCode> {
    let field = definition.and_then(|it| Some(&it.fields.get(it.with_role(Role::Municipality)?)?.id));
    // A place begins with its precision, its province and its municipality, as far as they are known.
    let places = side.get(PLACES).and_then(Json::as_str).unwrap_or_default().split("; ");
    let codes = places.flat_map(|place| place.split(' ').skip(1).take(2).filter(|word| word.len() == 6));
    let own = field.and_then(|field| side.get(field)?.as_str());
    codes.chain(own).filter_map(|word| MunicipalityCode::parse(word).ok()).collect()
}

/// Whether a version has one of the values of each of a selection's fields.
fn fits(side: &Json, selection: &Selection) -> bool {
    selection.filter.iter().all(|(field, values)| {
        let is_one = |value: &Json| value.as_str().is_some_and(|text| values.iter().any(|it| it == text));
        match side.get(field) {
            Some(Json::Array(list)) => list.iter().any(is_one),
            Some(value) => is_one(value),
            None => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::CollectionId;
    use serde_json::json;

    #[test]
    fn a_change_is_in_the_municipalities_that_it_states_before_or_after() {
        let side =
            json!({ "locations": "municipality 015 015182 Rho; address 015 015146 MILANO 20121 VIA 015001" });
        let codes: Vec<String> = stated(&side, None).iter().map(ToString::to_string).collect();
        assert_eq!(codes, ["015182", "015146"]);
    }

    #[test]
    fn a_change_matters_to_the_strategies_whose_selections_it_fits() {
        let selection = Selection {
            collection: CollectionId::parse("areas").unwrap(),
            filter: vec![("kind".to_owned(), vec!["park".to_owned(), "plis".to_owned()])],
        };
        for (side, expect) in [
            (json!({ "kind": "plis" }), true),
            (json!({ "kind": ["x", "park"] }), true),
            (json!({ "kind": "quarry" }), false),
            (json!({ "other": "park" }), false),
        ] {
            assert_eq!(fits(&side, &selection), expect, "{side}");
        }
    }
}
