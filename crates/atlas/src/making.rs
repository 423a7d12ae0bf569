//! Layers in the making: some are built anew, the others are those of the edition before.

use crate::draft::LayerDraft;
use crate::layer::Layer;
use crate::origin::Origin;
use crate::rows::Rows;
use crate::stated::Stated;
use domain::Collection;
use std::sync::Arc;

/// Where a layer of an edition comes from.
#[derive(Debug)]
pub enum Plan {
    /// It is built of what stands.
    Build(Box<LayerDraft>),
    /// It is that of an edition before, which has the same content.
    Keep(Arc<Layer>),
}

/// A layer of which the records are known.
#[derive(Debug)]
pub enum Making {
    /// Places, index and relations are still to be worked out.
    Stated(Box<Stated>),
    /// Nothing is left to do.
    Kept(Arc<Layer>),
}

impl Making {
    pub fn collection(&self) -> &Collection {
        match self {
            Self::Stated(stated) => &stated.collection,
            Self::Kept(layer) => &layer.collection,
        }
    }

    pub fn origins(&self) -> &[Origin] {
        match self {
            Self::Stated(stated) => &stated.origins,
            Self::Kept(layer) => &layer.origins,
        }
    }

    pub fn rows(&self) -> &Rows {
        match self {
            Self::Stated(stated) => &stated.rows,
            Self::Kept(layer) => &layer.rows,
        }
    }

    /// The records, if the layer is built anew.
    pub fn stated(&mut self) -> Option<&mut Stated> {
        match self {
            Self::Stated(stated) => Some(stated),
            Self::Kept(_) => None,
        }
    }
}

impl From<LayerDraft> for Plan {
    fn from(draft: LayerDraft) -> Self {
        Self::Build(Box::new(draft))
    }
}

impl From<Plan> for Making {
    fn from(plan: Plan) -> Self {
        match plan {
            Plan::Build(draft) => Self::Stated(Box::new((*draft).into())),
            Plan::Keep(layer) => Self::Kept(layer),
        }
    }
}
