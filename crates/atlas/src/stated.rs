//! The records of a layer, packed: what it is built from.

use crate::complement::{self, Also};
use crate::draft::LayerDraft;
use crate::origin::Origin;
use crate::rows::Rows;
use domain::{Collection, FeatureId};
use std::collections::HashMap;
use std::sync::Arc;

/// The records of a layer.
#[derive(Debug)]
pub struct Stated {
    pub collection: Arc<Collection>,
    pub origins: Vec<Origin>,
    pub tag: String,
    pub rows: Rows,
    /// What else is said of a record, by its number.
    pub also: HashMap<FeatureId, Vec<Also>>,
}

impl From<LayerDraft> for Stated {
    /// What two sources say of one proposal is one record before anything is counted or handed on.
    fn from(mut draft: LayerDraft) -> Self {
        let (is_merged, also) = complement::merge(&mut draft);
        let LayerDraft { collection, origins, tag, .. } = &mut draft;
        let (collection, origins, tag) = (collection.clone(), std::mem::take(origins), std::mem::take(tag));
        Self { collection, origins, tag, rows: draft.pack(&is_merged), also }
    }
}
