//! `data/territories/<id>.toml`, and the register of municipalities beside it, `<id>.csv`.

use super::{DefinitionError, Words};
use domain::territory::RegisteredMunicipality;
use domain::{MetricCrs, MunicipalityCode, ProvinceCode, Territory};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    title: Words,
    short_title: Words,
    provinces: Vec<String>,
    #[serde(default)]
    unit_codes: Vec<String>,
    extent: [f64; 4],
    metric_crs: String,
}

/// One line of a register.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    istat_code: String,
    name: String,
    zone: Option<String>,
    /// Code and name of each municipality that became it, as `015235 Vermezzo|015246 Zelo Surrigone`.
    predecessors: Option<String>,
}

/// Reads the definition of a territory; `register` is the CSV of its municipalities, empty if there is none.
///
/// # Errors
/// [`DefinitionError`] if a text is not of its shape, or a value has no meaning.
pub fn parse(text: &str, register: &str) -> Result<Territory, DefinitionError> {
    let file: File = toml::from_str(text)?;
    let province = |code: &String| {
        ProvinceCode::parse(code)
            .map_err(|error| DefinitionError::value("provinces", code, error.to_string()))
    };
    let [west, south, east, north] = file.extent;
    if !(west < east && south < north && west >= -180.0 && east <= 180.0 && south >= -90.0 && north <= 90.0) {
        let rule = "it is west, south, east, north in degrees";
        return Err(DefinitionError::value("extent", &format!("{:?}", file.extent), rule));
    }
    Ok(Territory {
        id: file.id,
        title: file.title.into(),
        short_title: file.short_title.into(),
        provinces: file.provinces.iter().map(province).collect::<Result<_, _>>()?,
        extent: file.extent,
        metric_crs: MetricCrs::parse(&file.metric_crs).ok_or_else(|| {
            DefinitionError::value("metric_crs", &file.metric_crs, "it is EPSG:32632 or EPSG:32633")
        })?,
        unit_codes: file.unit_codes.iter().map(province).collect::<Result<_, _>>()?,
        municipalities: municipalities(register)?,
    })
}

fn municipalities(register: &str) -> Result<Vec<RegisteredMunicipality>, DefinitionError> {
    let code = |text: &str| {
        MunicipalityCode::parse(text)
            .map_err(|error| DefinitionError::value("istat_code", text, error.to_string()))
    };
    let predecessor = |text: &str| {
        let (number, name) = text.split_once(' ').ok_or_else(|| {
            DefinitionError::value("predecessors", text, "each is a code, a blank and a name, joined by |")
        })?;
        Ok((code(number)?, name.to_owned()))
    };
    let mut municipalities = Vec::new();
    for line in csv::Reader::from_reader(register.as_bytes()).deserialize::<Line>() {
        let line = line?;
        let predecessors = line.predecessors.as_deref().unwrap_or_default();
        municipalities.push(RegisteredMunicipality {
            code: code(&line.istat_code)?,
            name: line.name,
            zone: line.zone,
            predecessors: predecessors
                .split_terminator('|')
                .map(predecessor)
                .collect::<Result<_, DefinitionError>>()?,
        });
    }
    Ok(municipalities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_territory_is_measured_in_one_of_two_planes() {
        let check = |metric_crs: &str, expect: Option<MetricCrs>| {
            let text = format!(
                "id = \"x\"\ntitle.it = \"X\"\ntitle.en = \"X\"\nshort_title.it = \"X\"\nshort_title.en = \"X\"\nprovinces = []\n\
                 extent = [14.0, 40.0, 15.0, 41.0]\nmetric_crs = \"{metric_crs}\"\n"
            );
            let found = parse(&text, "").map(|territory| territory.metric_crs);
            assert_eq!(found.as_ref().ok().copied(), expect, "{found:?}");
        };
        check("EPSG:32632", Some(MetricCrs::Utm32));
        check("EPSG:32633", Some(MetricCrs::Utm33));
        check("EPSG:3003", None);
        check("", None);
    }
}
