//! What the portal counts of itself, in the text format of Prometheus (version 0.0.4).

use atlas::Edition;
use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::fs;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tiles::Drawn;
use tokio::sync::watch;

use crate::answers::Figures;

/// The media type of the text.
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";
/// The bounds of the classes of durations, in seconds.
const BOUNDS: [f64; 12] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// The counters of requests.
#[derive(Default)]
pub struct Metrics {
    routes: Mutex<BTreeMap<String, Route>>,
    /// When the edition that is served came.
    since: Mutex<Option<Instant>>,
}

/// The requests to one route.
#[derive(Default)]
struct Route {
    by_status: BTreeMap<u16, u64>,
    /// How many took no longer than each bound, but longer than the one before; those beyond the last stand last.
    by_duration: [u64; BOUNDS.len() + 1],
    duration: Duration,
}

impl Metrics {
    /// Counts a request.
    pub fn count(&self, route: &str, status: u16, duration: Duration) {
        let class = BOUNDS.partition_point(|bound| *bound < duration.as_secs_f64());
        let mut routes = locked(&self.routes);
        if !routes.contains_key(route) {
            routes.insert(route.to_owned(), Route::default());
        }
        if let Some(route) = routes.get_mut(route) {
            *route.by_status.entry(status).or_default() += 1;
            route.by_duration[class] += 1;
            route.duration += duration;
        }
    }

    /// Notes when editions come, for as long as they do.
    pub async fn follow(self: Arc<Self>, mut drawn: watch::Receiver<Arc<Drawn>>) {
        loop {
            *locked(&self.since) = Some(Instant::now());
            if drawn.changed().await.is_err() {
                return;
            }
        }
    }

    /// All of it as text, beside what is served, what is kept and how many listen.
    pub fn text(&self, edition: &Edition, kept: &Figures, listeners: usize) -> String {
        let mut text = Text::default();
        self.requests(&mut text);
        text.metric("remix_edition_info", "gauge", "The edition served.");
        text.sample("remix_edition_info", &[("tag", &edition.tag)], 1);
        text.metric("remix_edition_age_seconds", "gauge", "How long it has been served.");
        let age = locked(&self.since).map_or(Duration::ZERO, |since| since.elapsed());
        text.sample("remix_edition_age_seconds", &[], age.as_secs_f64());
        text.metric("remix_features", "gauge", "Features of each collection.");
        for layer in &edition.layers {
            text.sample("remix_features", &[("collection", &layer.collection.id)], layer.len());
        }
        for (name, kind, help, value) in [
            ("remix_cache_hits_total", "counter", "Answers that were kept.", kept.hits),
            ("remix_cache_misses_total", "counter", "Answers that had to be made.", kept.misses),
            ("remix_cache_entries", "gauge", "Answers that are kept.", kept.entries),
            ("remix_cache_bytes", "gauge", "What they take.", kept.bytes),
            ("remix_event_listeners", "gauge", "Clients that listen to /events.", listeners as u64),
            (
                "process_resident_memory_bytes",
                "gauge",
                "Memory of the program.",
                resident().unwrap_or_default(),
            ),
        ] {
            text.metric(name, kind, help);
            text.sample(name, &[], value);
        }
        text.0
    }

    fn requests(&self, text: &mut Text) {
        let routes = locked(&self.routes);
        text.metric("remix_requests_total", "counter", "Requests by route and status.");
        for (name, route) in &*routes {
            for (status, count) in &route.by_status {
                text.sample("remix_requests_total", &[("route", name), ("status", status)], count);
            }
        }
        let duration = "remix_request_duration_seconds";
        text.metric(duration, "histogram", "Time until the answer began.");
        for (name, route) in &*routes {
            let mut count = 0;
            let bounds = BOUNDS.iter().map(ToString::to_string).chain(["+Inf".to_owned()]);
            for (bound, more) in bounds.zip(route.by_duration) {
                count += more;
                text.sample(&format!("{duration}_bucket"), &[("route", name), ("le", &bound)], count);
            }
            text.sample(&format!("{duration}_sum"), &[("route", name)], route.duration.as_secs_f64());
            text.sample(&format!("{duration}_count"), &[("route", name)], count);
        }
    }
}

/// A text under way. Writing to a string cannot fail.
#[derive(Default)]
struct Text(String);

impl Text {
    fn metric(&mut self, name: &str, kind: &str, help: &str) {
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &dyn Display)], value: impl Display) {
        self.0.push_str(name);
        for (place, (label, value)) in labels.iter().enumerate() {
            let mark = if place == 0 { '{' } else { ',' };
            let value = value.to_string().replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.0, "{mark}{label}=\"{value}\"");
        }
        let end = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.0, "{end} {value}");
    }
}

/// Bytes of memory that the program takes, where the system says so.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok().map(|kib: u64| kib * 1024)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_status_and_duration() {
        let metrics = Metrics::default();
        for (status, micros) in [(200, 50), (200, 100), (304, 101), (404, 9_000_000)] {
            metrics.count("/a/{id}", status, Duration::from_micros(micros));
        }
        metrics.count("/b\"\\", 200, Duration::ZERO);
        let mut text = Text::default();
        metrics.requests(&mut text);
        for line in [
            "remix_requests_total{route=\"/a/{id}\",status=\"200\"} 2",
            "remix_requests_total{route=\"/a/{id}\",status=\"404\"} 1",
            "remix_requests_total{route=\"/b\\\"\\\\\",status=\"200\"} 1",
            "remix_request_duration_seconds_bucket{route=\"/a/{id}\",le=\"0.0001\"} 2",
            "remix_request_duration_seconds_bucket{route=\"/a/{id}\",le=\"0.00025\"} 3",
            "remix_request_duration_seconds_bucket{route=\"/a/{id}\",le=\"5\"} 3",
            "remix_request_duration_seconds_bucket{route=\"/a/{id}\",le=\"+Inf\"} 4",
            "remix_request_duration_seconds_sum{route=\"/a/{id}\"} 9.000251",
            "remix_request_duration_seconds_count{route=\"/a/{id}\"} 4",
        ] {
            assert!(text.0.lines().any(|it| it == line), "{line} is not in\n{}", text.0);
        }
    }

    #[test]
    fn the_system_says_how_much_memory_the_program_takes() {
        assert!(resident().is_some_and(|bytes| bytes > 1 << 20));
    }
}
