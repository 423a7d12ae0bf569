//! Journeys across crates; see `architecture/`, `journeys/` and `browser/`.
