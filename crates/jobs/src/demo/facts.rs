//! The plain facts of each municipality, as `data/demo/facts.csv` states them.

use super::DemoError;
use super::plane::Degrees;
use super::table;
use std::str::FromStr;

/// What is known of one municipality; everything else in the demo is invented from this.
#[derive(Debug, Clone)]
pub struct Facts {
    pub istat_code: String,
    pub name: String,
    pub zone: String,
    pub role: Role,
    pub population: u32,
    pub area_km2: f64,
    pub centre: Degrees,
    pub south_west: Degrees,
    pub north_east: Degrees,
}

/// What the territorial plan says a municipality is to those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The chief city.
    Core,
    /// Part of the central city around it.
    Central,
    /// An attracting pole for the whole metropolitan area.
    MetropolitanPole,
    /// An attracting pole for the municipalities around it.
    SupraMunicipalPole,
    /// It has a place where means of transport meet.
    MobilityPlace,
    /// None of these.
    Plain,
}

/// Reads the facts, one municipality a line below a header.
pub fn parse(csv: &str) -> Result<Vec<Facts>, DemoError> {
    let facts = |row: &table::Row<'_>| {
        Ok(Facts {
            istat_code: row.value("istat_code")?,
            name: row.value("name")?,
            zone: row.value("zone")?,
            role: row.value("role")?,
            population: row.value("population")?,
            area_km2: row.value("area_km2")?,
            centre: [row.value("lon")?, row.value("lat")?],
            south_west: [row.value("west")?, row.value("south")?],
            north_east: [row.value("east")?, row.value("north")?],
        })
    };
    let facts: Vec<Facts> = table::rows("facts", csv, ',').iter().map(facts).collect::<Result<_, _>>()?;
    if facts.is_empty() { Err(DemoError::NoFacts) } else { Ok(facts) }
}

impl FromStr for Role {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "core" => Self::Core,
            "central" => Self::Central,
            "metropolitan_pole" => Self::MetropolitanPole,
            "supra_municipal_pole" => Self::SupraMunicipalPole,
            "mobility_place" => Self::MobilityPlace,
            "" => Self::Plain,
            _ => return Err(()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read() {
        let header = "name,istat_code,zone,role,population,area_km2,lon,lat,west,south,east,north";
        let facts =
            parse(&format!("{header}\nArese,015009,nord_ovest,,19201,6.3,9.07,45.55,9.05,45.53,9.1,45.57"));
        let facts = &facts.unwrap()[0];
        assert_eq!((facts.istat_code.as_str(), facts.role, facts.population), ("015009", Role::Plain, 19201));
        assert_eq!((facts.south_west, facts.north_east), ([9.05, 45.53], [9.1, 45.57]));
        assert!(matches!(parse(header), Err(DemoError::NoFacts)));
    }
}
