//! Editions that clients are in the midst of paging through while newer ones are served.

use atlas::{Edition, Layer};
use domain::CollectionId;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Editions that are kept: collections that did not change are shared by all of them.
const ROOM: usize = 2;
/// How long after its last page an edition is kept.
const PATIENCE: Duration = Duration::from_mins(15);

/// The last editions of which a page was given, the latest last.
#[derive(Default)]
pub struct Recent(Mutex<VecDeque<(Arc<Edition>, Instant)>>);

impl Recent {
    /// Notes that somebody reads an edition page by page.
    pub fn note(&self, edition: &Arc<Edition>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        kept.retain(|(it, read)| it.tag != edition.tag && now.duration_since(*read) < PATIENCE);
        if kept.len() >= ROOM {
            kept.pop_front();
        }
        kept.push_back((edition.clone(), now));
    }

    /// The edition in which a collection has a tag, if it is still kept.
    pub fn find(&self, id: &CollectionId, tag: &str) -> Option<Arc<Edition>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of = |edition: &Edition| edition.layer(id).is_some_and(|layer: &Layer| layer.tag == tag);
        kept.iter().map(|(edition, _)| edition).find(|edition| is_of(edition)).cloned()
    }
}
