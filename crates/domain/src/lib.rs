//! The nouns of the portal and their laws: no I/O, no async, nothing that knows a format.

pub mod code;
pub mod collection;
pub mod feature_id;
pub mod issue;
pub mod lent;
pub mod location;
pub mod money;
mod name;
pub mod question;
pub mod record;
pub mod release;
pub mod selection;
pub mod source;
pub mod strategy;
pub mod territory;
pub mod text;
pub mod value;

pub use code::{Cup, MunicipalityCode, ProvinceCode};
pub use collection::{Collection, CollectionId, Field, FieldType, GeometryKind, Role};
pub use feature_id::FeatureId;
pub use issue::{Issue, IssueKind, Severity};
pub use lent::{LentLocation, LentValue};
pub use location::{Location, LocationPrecision};
pub use money::Cents;
pub use question::{Question, QuestionId};
pub use record::{Key, Record};
pub use release::{Diff, ReleaseId, Tally};
pub use selection::Selection;
pub use source::SourceId;
pub use strategy::{Strategy, StrategyId};
pub use territory::{MetricCrs, Territory};
pub use text::Bilingual;
pub use value::Value;
