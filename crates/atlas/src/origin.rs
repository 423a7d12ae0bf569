//! Origins: the sources of a layer, each with its release that stands.

use domain::{Bilingual, ReleaseId, SourceId};
use time::Date;

/// Where some of a layer's features come from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The source.
    pub source: SourceId,
    /// Its licence, by its short name.
    pub licence: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its title in Italian and English.
    pub title: Bilingual,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// The page that offers it.
    pub homepage: Option<String>,
    /// The source whose records these are before they are official.
    pub complements: Option<SourceId>,
    /// Whether it is invented data.
    pub demo: bool,
    /// The release that stands.
    pub release: ReleaseId,
    /// The latest day on which the source says that it touched its data.
    pub extracted_on: Option<Date>,
}
