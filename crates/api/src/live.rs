//! What listeners are told: which collections a new edition changes, and which releases came or went.

use atlas::{Edition, Layer};
use axum::response::sse::Event;
use domain::{CollectionId, GeometryKind};
use futures_util::Stream;
use futures_util::stream;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;
use tiles::Drawn;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::address;

/// Listeners at a time; each holds a connection.
const LISTENERS: usize = 1000;

/// The place where listeners sit.
pub struct Live {
    seats: Arc<Semaphore>,
    stopping: watch::Sender<bool>,
}

impl Default for Live {
    fn default() -> Self {
        Self { seats: Arc::new(Semaphore::new(LISTENERS)), stopping: watch::Sender::new(false) }
    }
}

/// One who listens.
pub struct Listener {
    /// Where the listener reaches the portal, for the addresses in events.
    pub origin: String,
    /// The tag of the edition that the listener knows, if any.
    pub knows: Option<String>,
    /// What is served from now on.
    pub drawn: watch::Receiver<Arc<Drawn>>,
}

impl Live {
    /// What a listener is told, until the program stops; `None` if every seat is taken.
    pub fn listen(
        &self,
        listener: Listener,
    ) -> Option<impl Stream<Item = Result<Event, Infallible>> + Send + 'static> {
        let seat = self.seats.clone().try_acquire_owned().ok()?;
        let stopping = self.stopping.subscribe();
        let seated = Seated { listener, stopping, told: None, _seat: seat };
        Some(stream::unfold(seated, |mut seated| async {
            let event = seated.next().await?;
            Some((Ok(event), seated))
        }))
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        LISTENERS - self.seats.available_permits()
    }

    /// Ends all streams.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }
}

struct Seated {
    listener: Listener,
    stopping: watch::Receiver<bool>,
    /// The state that the listener has been told.
    told: Option<State>,
    _seat: OwnedSemaphorePermit,
}

impl Seated {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let state = State::of(&self.listener.drawn.borrow_and_update().edition);
            let event = match &self.told {
                // Whoever knows this edition has missed nothing.
                None if self.listener.knows.as_ref() == Some(&state.edition) => None,
                // It cannot be known what a listener missed: it is told how things stand.
                None => Some(state.event("edition", &State::default(), &self.listener.origin)),
                Some(told) if told.edition == state.edition => None,
                Some(told) => Some(state.event("release", told, &self.listener.origin)),
            };
            self.told = Some(state);
            if event.is_some() {
                return event;
            }
            tokio::select! {
                changed = self.listener.drawn.changed() => changed.ok()?,
                _ = self.stopping.wait_for(|stopping| *stopping) => return None,
            }
        }
    }
}

/// Of an edition what events are about.
#[derive(Debug, Default)]
struct State {
    edition: String,
    /// The tags of the collections, and whether there are tiles of them.
    collections: BTreeMap<CollectionId, (String, bool)>,
    /// The releases that stand, by source.
    releases: BTreeSet<(String, i64)>,
}

impl State {
    fn of(edition: &Edition) -> Self {
        let described = |layer: &Arc<Layer>| {
            let has_tiles = layer.collection.geometry != GeometryKind::None;
            (layer.collection.id.clone(), (layer.tag.clone(), has_tiles))
        };
        let origins = edition.layers.iter().flat_map(|layer| &layer.origins);
        Self {
            edition: edition.tag.clone(),
            collections: edition.layers.iter().map(described).collect(),
            releases: origins.map(|origin| (origin.source.to_string(), origin.release.0)).collect(),
        }
    }

    fn event(&self, name: &str, before: &Self, origin: &str) -> Event {
        let data = self.difference(before, origin);
        Event::default().id(&self.edition).event(name).data(data.to_string())
    }

    /// What is other than before.
    fn difference(&self, before: &Self, origin: &str) -> Value {
        let changed = self.collections.iter().filter(|(id, now)| before.collections.get(*id) != Some(now));
        let collections = changed.map(|(id, (tag, has_tiles))| {
            let mut collection = json!({ "id": id.as_str(), "tag": tag });
            if *has_tiles {
                collection["tiles"] = Value::from(address::tiles(origin, id.as_str(), tag, &[]));
            }
            collection
        });
        json!({
            "edition": self.edition,
            "releases": self.releases_since(before),
            "collections": collections.collect::<Vec<_>>(),
        })
    }

    /// A release that stands now and did not is published; one that no longer does, and whose source has no later one, was withdrawn.
    fn releases_since(&self, before: &Self) -> Vec<Value> {
        let told = |(source, release): &(String, i64), what: &str| json!({ "source": source, "release": release, "event": what });
        let has_later = |releases: &BTreeSet<(String, i64)>, (source, release): &(String, i64)| {
            releases.iter().any(|(other, later)| other == source && later > release)
        };
        let published =
            self.releases.difference(&before.releases).filter(|it| !has_later(&before.releases, it));
        let withdrawn =
            before.releases.difference(&self.releases).filter(|it| !has_later(&self.releases, it));
        published.map(|it| told(it, "published")).chain(withdrawn.map(|it| told(it, "withdrawn"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(edition: &str, collections: &[(&str, &str)], releases: &[(&str, i64)]) -> State {
        let collection = |(id, tag): &(&str, &str)| {
            (CollectionId::parse(id).unwrap(), ((*tag).to_owned(), *id != "tables"))
        };
        State {
            edition: edition.to_owned(),
            collections: collections.iter().map(collection).collect(),
            releases: releases.iter().map(|(source, release)| ((*source).to_owned(), *release)).collect(),
        }
    }

    #[test]
    fn an_event_names_what_changed_and_nothing_else() {
        let before =
            state("1", &[("areas", "a"), ("tables", "t"), ("zones", "z")], &[("park", 3), ("pnrr", 4)]);
        let check = |after: &State, before: &State, expect: Value| {
            assert_eq!(after.difference(before, "http://x"), expect);
        };
        let tiles = "http://x/tiles/areas/{z}/{x}/{y}?v=b";
        check(
            &state("2", &[("areas", "b"), ("tables", "u"), ("zones", "z")], &[("park", 5), ("pnrr", 4)]),
            &before,
            json!({
                "edition": "2",
                "releases": [{ "source": "park", "release": 5, "event": "published" }],
                "collections": [{ "id": "areas", "tag": "b", "tiles": tiles }, { "id": "tables", "tag": "u" }],
            }),
        );
        let withdrawn =
            |release: i64| json!([{ "source": "park", "release": release, "event": "withdrawn" }]);
        let after = |releases: &[(&str, i64)]| {
            let after = state("2", &[("areas", "a"), ("tables", "t"), ("zones", "z")], releases);
            let difference = after.difference(&before, "");
            assert_eq!(difference["collections"], json!([]));
            difference["releases"].clone()
        };
        assert_eq!(after(&[("park", 2), ("pnrr", 4)]), withdrawn(3));
        assert_eq!(after(&[("pnrr", 4)]), withdrawn(3));
        assert_eq!(after(&[("park", 3), ("pnrr", 4)]), json!([]));
    }
}
