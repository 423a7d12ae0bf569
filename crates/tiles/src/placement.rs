//! Where to draw features that share one position because no more than their municipality or province is
//! known.
//!
//! From near they stand in a swarm round it, one by one. Where each stands depends on the position, its rank and the
//! zoom level alone, never on the tile: whatever tile one asks, the same feature is in the same place.

pub mod swarm;
