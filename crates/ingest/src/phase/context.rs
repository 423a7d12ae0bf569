//! What the phases know while they read.

use super::parents::Parents;
use super::parse::Dialect;
use crate::definition::Definitions;
use domain::source::Source;
use domain::{Collection, Territory};
use std::sync::Arc;

/// What the phase knows while it reads.
pub struct Context<'a> {
    /// What the reading goes by.
    pub definitions: &'a Definitions,
    /// The collection being read.
    pub collection: &'a Arc<Collection>,
    /// The records to which those of the collection may belong, if they belong to any.
    pub parents: Option<&'a Parents>,
    /// How the source writes values.
    pub dialect: Dialect<'a>,
}

impl<'a> Context<'a> {
    /// The source.
    pub fn source(&self) -> &'a Source {
        &self.definitions.source
    }

    /// The territory served.
    pub fn territory(&self) -> &'a Territory {
        &self.definitions.territory
    }
}
