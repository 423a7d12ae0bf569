//! The edition: everything published at one time, immutable, indexed and in memory. Reads need nothing else.
//!
//! [`Edition::build`] makes one of what stands in the database; whoever serves it swaps the next one in beside it.

mod anchor;
mod area;
mod column;
mod complement;
mod dependency;
mod dissolve;
mod draft;
mod drawn;
mod edition;
mod filter;
mod geojson;
mod inherit;
mod layer;
mod location;
mod making;
mod municipalities;
mod order;
mod origin;
mod places;
mod property;
mod query;
mod relation;
mod residence;
mod rows;
mod search;
mod stated;

pub use anchor::{Anchor, Member};
pub use area::Area;
pub use column::Column;
pub use complement::{Also, Difference};
pub use dependency::dependencies;
pub use draft::LayerDraft;
pub use edition::Edition;
pub use filter::{Filter, FilterError, GEOMETRY, Language as FilterLanguage};
pub use geojson::{Form, json, write_shapes};
pub use geometry::{Bbox, Kind, Reference, Shape, Xy};
pub use layer::Layer;
pub use location::Location;
pub use making::Plan;
pub use municipalities::{Municipalities, Municipality, are_held_by as holds_municipalities};
pub use order::SortKey;
pub use origin::Origin;
pub use places::LoosePlaces;
pub use property::Property;
pub use query::{Condition, Query};
pub use search::Found;

#[cfg(test)]
mod samples;
