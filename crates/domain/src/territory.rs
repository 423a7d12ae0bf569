//! The metropolitan city served.

use crate::code::{MunicipalityCode, ProvinceCode};
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
    pub metric_crs: MetricCrs,
    /// Codes by which the metropolitan city itself is known instead of its province: `215` for Milano.
    pub unit_codes: Vec<ProvinceCode>,
    /// Its municipalities, as its register lists them; empty if there is no register.
    pub municipalities: Vec<RegisteredMunicipality>,
}

/// A plane in which lengths and areas are measured: the two UTM zones of WGS 84 in which Italy lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricCrs {
    /// EPSG:32632, about 9° east: from Torino to Bologna.
    Utm32,
    /// EPSG:32633, about 15° east: from Venezia to Bari, and Sicily.
    Utm33,
}

impl MetricCrs {
    /// The plane with a name: `EPSG:32632` or `EPSG:32633`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "EPSG:32632" => Some(Self::Utm32),
            "EPSG:32633" => Some(Self::Utm33),
            _ => None,
        }
    }
}

/// A municipality in the register of a territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredMunicipality {
    /// Its ISTAT code.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// The group of municipalities it belongs to.
    pub zone: Option<String>,
    /// Codes and names of the municipalities that became it.
    pub predecessors: Vec<(MunicipalityCode, String)>,
}

impl Territory {
    /// Whether municipalities of `province` belong to it.
    #[must_use]
    pub fn has_province(&self, province: ProvinceCode) -> bool {
        self.provinces.contains(&province)
    }
}
