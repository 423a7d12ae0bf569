//! `data/territories/<id>.toml`.

use super::{DefinitionError, Words};
use domain::{ProvinceCode, Territory};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    title: Words,
    short_title: Words,
    provinces: Vec<String>,
    extent: [f64; 4],
    metric_crs: String,
}

/// Reads the definition of a territory.
///
/// # Errors
/// [`DefinitionError`] if the text is not TOML of this shape, or a value has no meaning.
pub fn parse(text: &str) -> Result<Territory, DefinitionError> {
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
        metric_crs: file.metric_crs,
    })
}
