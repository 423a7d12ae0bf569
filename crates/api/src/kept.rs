//! A few things that are costly to make, kept as long as there is room; one is made at a time, and who wants the same waits for it.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

/// The last used of what was made, by key.
pub struct Kept<K, V> {
    room: usize,
    /// The last used stands last.
    entries: Mutex<Vec<(K, Arc<V>)>>,
    making: tokio::sync::Mutex<()>,
}

impl<K: PartialEq + Clone, V> Kept<K, V> {
    /// Room for so many.
    pub fn new(room: usize) -> Self {
        Self { room, entries: Mutex::default(), making: tokio::sync::Mutex::default() }
    }

    /// What is kept under a key, or is made now.
    ///
    /// # Errors
    /// Those of `make`; then nothing is kept.
    pub async fn get<E>(&self, key: &K, make: impl Future<Output = Result<V, E>>) -> Result<Arc<V>, E> {
        if let Some(found) = self.find(key) {
            return Ok(found);
        }
        let _alone = self.making.lock().await;
        if let Some(found) = self.find(key) {
            return Ok(found);
        }
        let value = Arc::new(make.await?);
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= self.room {
            entries.remove(0);
        }
        entries.push((key.clone(), value.clone()));
        Ok(value)
    }

    fn find(&self, key: &K) -> Option<Arc<V>> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let place = entries.iter().position(|(kept, _)| kept == key)?;
        let entry = entries.remove(place);
        let found = entry.1.clone();
        entries.push(entry);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn what_is_wanted_twice_is_made_once_and_the_least_used_goes() {
        let (kept, count) = (Kept::new(2), AtomicUsize::new(0));
        let make = |value: i32| {
            count.fetch_add(1, Ordering::Relaxed);
            async move { if value < 0 { Err(()) } else { Ok(value) } }
        };
        for (key, expect) in [(1, 1), (1, 2), (2, 3)] {
            // The future is made each time, but awaited only where nothing is kept.
            assert_eq!(kept.get(&key, make(key * 10)).await.as_deref(), Ok(&(key * 10)));
            assert_eq!(count.load(Ordering::Relaxed), expect);
        }
        assert_eq!(kept.get(&1, make(0)).await.as_deref(), Ok(&10));
        assert_eq!(kept.get(&3, make(30)).await.as_deref(), Ok(&30));
        assert_eq!(kept.get(&2, make(21)).await.as_deref(), Ok(&21), "2 had been used least");
        assert!(kept.get(&9, make(-1)).await.is_err());
        assert_eq!(kept.get(&9, make(90)).await.as_deref(), Ok(&90), "a failure is not kept");
    }
}
