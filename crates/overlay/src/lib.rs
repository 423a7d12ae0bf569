//! The edition, asked: answers per strategy, the screening of a place, the sheet of a territory. Pure: what is asked comes in, what is
//! found goes out, and nothing is stored here.

mod absent;
mod answer;
mod answered;
mod asked;
mod changes;
mod clipped;
mod counted;
mod difference;
mod group;
mod label;
mod measure;
mod money;
mod residence;
mod side;
mod territory;

pub use answer::{
    Absent, Answer, Basis, Counts, Finding, Found, Group, GroupKey, Objects, Pair, Relation, Standing, Sum,
};
pub use answered::{Answered, answer};
pub use clipped::clipped;
pub use difference::{Difference, differences};
pub use group::answers;
pub use label::label;
pub use money::apportion;
mod meeting;
pub mod sheet;

pub use meeting::Meeting;
