//! A draft: what a layer is built of.

use crate::origin::Origin;
use domain::{Collection, FeatureId, Record};
use std::sync::Arc;

/// What a layer is built of.
#[derive(Debug)]
pub struct LayerDraft {
    /// The definition.
    pub collection: Arc<Collection>,
    /// Where its records come from.
    pub origins: Vec<Origin>,
    /// What tells its content from any other; that of a layer that is made of others as well has to tell theirs too.
    pub tag: String,
    /// The records that stand: their number, the place of their source among `origins`, and what it states.
    pub records: Vec<(FeatureId, usize, Record)>,
}
