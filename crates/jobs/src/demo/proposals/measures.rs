//! The measures that the invented proposals belong to: real codes and names, invented titles.

use crate::demo::DemoError;
use crate::demo::table;
use std::str::FromStr;

const MEASURES: &str = include_str!("../../../../../data/demo/measures.csv");

/// A sub-measure of the plan, and what a proposal under it is like.
pub struct Measure {
    pub submeasure_code: &'static str,
    pub submeasure: &'static str,
    pub name: &'static str,
    pub lead_administration: &'static str,
    pub nature: Nature,
    pub body: Body,
    /// How many in a hundred proposals lie in several municipalities.
    pub shared_percent: u64,
    pub drawn_as: DrawnAs,
    pub weight: u64,
    pub euros: (u64, u64),
    pub titles: Vec<&'static str>,
}

impl Measure {
    /// `M5` of `M5C2I2.01.00`.
    pub fn mission(&self) -> &'static str {
        self.submeasure_code.get(..2).unwrap_or_default()
    }

    /// `M5C2` of `M5C2I2.01.00`.
    pub fn component(&self) -> &'static str {
        self.submeasure_code.get(..4).unwrap_or_default()
    }
}

/// What the money does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    Works,
    Services,
    Goods,
    Incentives,
    Grants,
}

/// Who implements it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    Municipality,
    MetropolitanCity,
    School,
    University,
    Health,
    Housing,
    Transport,
    Water,
    Company,
}

/// The most precise place that a proposal under a measure can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawnAs {
    Nothing,
    Address,
    Point,
    Line,
    Polygon,
}

pub fn read() -> Result<Vec<Measure>, DemoError> {
    let measure = |row: &table::Row<'static>| {
        Ok(Measure {
            submeasure_code: row.text("submeasure_code")?,
            submeasure: row.text("submeasure")?,
            name: row.text("measure")?,
            lead_administration: row.text("lead_administration")?,
            nature: row.value("nature")?,
            body: row.value("body")?,
            shared_percent: row.value("shared_percent")?,
            drawn_as: row.value("drawn_as")?,
            weight: row.value("weight")?,
            euros: (row.value("euros_low")?, row.value("euros_high")?),
            titles: row.texts("titles")?,
        })
    };
    table::rows("measures", MEASURES, ';').iter().map(measure).collect()
}

impl Nature {
    /// As the official tables say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Works => "REALIZZAZIONE DI LAVORI PUBBLICI (OPERE ED IMPIANTISTICA)",
            Self::Services => "ACQUISTO O REALIZZAZIONE DI SERVIZI",
            Self::Goods => "ACQUISTO DI BENI",
            Self::Incentives => "CONCESSIONE DI INCENTIVI AD UNITA' PRODUTTIVE",
            Self::Grants => "CONCESSIONE DI CONTRIBUTI AD ALTRI SOGGETTI (DIVERSI DA UNITA' PRODUTTIVE)",
        }
    }
}

impl FromStr for Nature {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "works" => Self::Works,
            "services" => Self::Services,
            "goods" => Self::Goods,
            "incentives" => Self::Incentives,
            "grants" => Self::Grants,
            _ => return Err(()),
        })
    }
}

impl FromStr for Body {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "municipality" => Self::Municipality,
            "metropolitan_city" => Self::MetropolitanCity,
            "school" => Self::School,
            "university" => Self::University,
            "health" => Self::Health,
            "housing" => Self::Housing,
            "transport" => Self::Transport,
            "water" => Self::Water,
            "company" => Self::Company,
            _ => return Err(()),
        })
    }
}

impl FromStr for DrawnAs {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "" => Self::Nothing,
            "address" => Self::Address,
            "point" => Self::Point,
            "line" => Self::Line,
            "polygon" => Self::Polygon,
            _ => return Err(()),
        })
    }
}
