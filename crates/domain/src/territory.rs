//! The metropolitan city served.

use crate::code::ProvinceCode;
use crate::text::Bilingual;

/// One metropolitan city, as `data/territories/<id>.toml` defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct Territory {
    /// Short name in file names and settings: `milano`.
    pub id: String,
    /// Full name.
    pub title: Bilingual,
    /// Name for narrow places.
    pub short_title: Bilingual,
    /// Provinces whose municipalities belong to it.
    pub provinces: Vec<ProvinceCode>,
    /// Where its features may lie: west, south, east, north in degrees (EPSG:4326).
    pub extent: [f64; 4],
    /// The metric CRS in which lengths and areas are measured.
    pub metric_crs: String,
}

impl Territory {
    /// Whether municipalities of `province` belong to it.
    #[must_use]
    pub fn has_province(&self, province: ProvinceCode) -> bool {
        self.provinces.contains(&province)
    }
}
