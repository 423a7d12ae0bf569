//! Answers as they went out, encoded: asked for again they cost no drawing and no compressing.

use axum::body::Bytes;
use axum::http::HeaderValue;
use moka::future::Cache;
use moka::policy::EvictionPolicy;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::effort::Effort;
use crate::problem::Problem;
use crate::work::Room;

/// How long an answer that nobody asks for is kept: those of past editions go by this.
const IDLE: Duration = Duration::from_hours(1);
/// The part of the budget that one answer may take: a few large ones would drive all tiles out.
const SHARE_OF_ONE: u64 = 8;
/// Files of downloads that are made at a time.
const FILES: usize = 2;
/// What an entry takes beside its bytes and its key, about.
const ENTRY: usize = 256;

/// A body as it is sent.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// Its media type.
    pub media_type: &'static str,
    /// How hard it is made smaller.
    pub effort: &'static Effort,
    /// Its content encoding, if it has one.
    pub coding: Option<&'static str>,
    /// Its links, for its header.
    pub link: Option<HeaderValue>,
    /// Its bytes.
    pub body: Bytes,
}

/// How well the cache serves.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Answers that were kept.
    pub hits: u64,
    /// Answers that were not.
    pub misses: u64,
    /// Answers that are kept.
    pub entries: u64,
    /// What they take, with their keys.
    pub bytes: u64,
}

/// The answers that are kept, least used ones leaving first, and the room in which heavy ones are made.
pub struct Answers {
    kept: Cache<String, Encoded>,
    hits: AtomicU64,
    misses: AtomicU64,
    /// Where heavy answers are made.
    pub room: Room,
    /// Where files of downloads are made, which takes seconds: apart, so that nothing else waits for them.
    pub files: Room,
}

impl Answers {
    /// Room for so many MiB.
    pub fn new(budget_mib: u32) -> Self {
        let budget = u64::from(budget_mib) << 20;
        let weigh = move |key: &String, answer: &Encoded| {
            let weight =
                key.len() + answer.body.len() + answer.link.as_ref().map_or(0, HeaderValue::len) + ENTRY;
            // What weighs more than the whole budget is never kept.
            let small = u32::try_from(weight).ok().filter(|it| u64::from(*it) <= budget / SHARE_OF_ONE);
            small.unwrap_or(u32::MAX)
        };
        let kept = Cache::builder()
            .max_capacity(budget.min(u64::from(u32::MAX) - 1))
            .weigher(weigh)
            .eviction_policy(EvictionPolicy::lru())
            .time_to_idle(IDLE)
            .build();
        Self {
            kept,
            hits: AtomicU64::default(),
            misses: AtomicU64::default(),
            room: Room::default(),
            files: Room::new(FILES),
        }
    }

    /// What is kept under a key, or is made now: by one of those who want it, while the others wait.
    ///
    /// # Errors
    /// Those of `make`; then nothing is kept.
    pub async fn get(
        &self,
        key: String,
        make: impl Future<Output = Result<Encoded, Problem>>,
    ) -> Result<Encoded, Problem> {
        if let Some(found) = self.kept.get(&key).await {
            self.hits.fetch_add(1, Ordering::Relaxed);
            return Ok(found);
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        self.kept.try_get_with(key, make).await.map_err(|problem| (*problem).clone())
    }

    /// How well it serves.
    pub fn figures(&self) -> Figures {
        Figures {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
            entries: self.kept.entry_count(),
            bytes: self.kept.weighted_size(),
        }
    }

    /// Notes that an answer was given again without being looked for here.
    pub fn count_hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    /// What is kept under a key.
    pub async fn find(&self, key: &str) -> Option<Encoded> {
        self.kept.get(key).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;

    fn answer(size: usize) -> Encoded {
        let media_type = "text/plain";
        let effort = Effort::for_a(media_type);
        Encoded { media_type, effort, coding: None, link: None, body: vec![7; size].into() }
    }

    #[tokio::test]
    async fn fifty_who_want_the_same_have_it_made_once() {
        let (answers, made) = (Arc::new(Answers::new(1)), Arc::new(AtomicUsize::new(0)));
        let clients: Vec<_> = (0..50)
            .map(|_| {
                let (answers, made) = (answers.clone(), made.clone());
                tokio::spawn(async move {
                    let making = async {
                        made.fetch_add(1, Ordering::Relaxed);
                        tokio::time::sleep(Duration::from_millis(20)).await;
                        Ok(answer(10))
                    };
                    answers.get("one".to_owned(), making).await.unwrap().body.len()
                })
            })
            .collect();
        for client in clients {
            assert_eq!(client.await.unwrap(), 10);
        }
        assert_eq!(made.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn when_the_one_who_makes_it_leaves_another_makes_it() {
        let answers = Answers::new(1);
        let never = answers.get("one".to_owned(), std::future::pending());
        let (late, soon) = tokio::join!(
            tokio::time::timeout(Duration::from_millis(20), never),
            answers.get("one".to_owned(), async { Ok(answer(3)) }),
        );
        assert!(late.is_err());
        assert_eq!(soon.unwrap().body.len(), 3);
    }

    #[tokio::test]
    async fn the_budget_is_kept_and_what_is_too_large_is_not() {
        let answers = Answers::new(1);
        for place in 0..100 {
            answers.get(place.to_string(), async { Ok(answer(50_000)) }).await.unwrap();
        }
        answers.get("large".to_owned(), async { Ok(answer(200_000)) }).await.unwrap();
        answers.kept.run_pending_tasks().await;
        assert!(answers.kept.weighted_size() <= 1 << 20);
        assert!(answers.find("99").await.is_some());
        assert!(answers.find("0").await.is_none());
        assert!(answers.find("large").await.is_none());
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let answers = Answers::new(1);
        let failed = answers.get("one".to_owned(), async { Err(Problem::bad_request("no")) }).await;
        assert_eq!(failed.unwrap_err().detail, "no".into());
        assert_eq!(answers.get("one".to_owned(), async { Ok(answer(1)) }).await.unwrap().body.len(), 1);
        assert_eq!((answers.figures().hits, answers.figures().misses), (0, 2));
    }
}
