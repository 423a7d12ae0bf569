//! The edition, asked: answers per strategy, the screening of a place, the sheet of a territory. Pure: what is asked comes in, what is
//! found goes out, and nothing is stored here.

mod absent;
mod answer;
mod answered;
mod asked;
mod changes;
mod choice;
mod clipped;
mod counted;
mod coverage;
mod difference;
mod group;
mod label;
mod measure;
mod met;
mod money;
mod residence;
pub mod screening;
pub mod sheet;
mod side;
mod territory;

pub use answer::{
    Absent, Answer, Basis, Counts, Finding, Found, Group, GroupKey, Objects, Pair, Relation, Standing, Sum,
};
pub use answered::{Answered, answer};
pub use clipped::clipped;
pub use coverage::coverage;
pub use difference::{Difference, differences};
pub use group::answers;
pub use label::label;
pub use measure::Meeting;
pub use money::apportion;
