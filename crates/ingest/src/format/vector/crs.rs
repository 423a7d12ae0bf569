//! From a file's reference system to longitude and latitude, always in the traditional order: easting or longitude first.
//!
//! EPSG:4326 says latitude first and EPSG:6707 northing first, while data has them the other way round, and GDAL hands
//! coordinates out in the traditional order whatever the file has: so that order is set here, for every system.

use super::access::{prepare, reason, take_complaint};
use crate::IngestError;
use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use std::path::Path;

/// The CRS of a file's coordinates, and what told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crs {
    /// Its code, such as `EPSG:3003`, or its name where it has no code.
    pub name: String,
    /// Whether the source's definition told it; otherwise the file itself.
    pub declared: bool,
}

/// A transformation to longitude and latitude.
pub struct Transform(CoordTransform);

impl Transform {
    /// From the CRS of this definition, such as `EPSG:3003`.
    ///
    /// # Errors
    /// GDAL's words, if there is no such CRS.
    pub fn from(definition: &str) -> Result<Self, String> {
        prepare();
        let from = traditional(SpatialRef::from_definition(definition)).map_err(|error| reason(&error))?;
        Self::between(&from).map_err(|error| reason(&error))
    }

    /// One point; `None` if it lies where the CRS means nothing.
    #[must_use]
    pub fn point(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        let (mut x, mut y) = ([x], [y]);
        let transformed = self.0.transform_coords(&mut x, &mut y, &mut []);
        let _ = take_complaint();
        transformed.ok()?;
        (x[0].is_finite() && y[0].is_finite()).then_some([x[0], y[0]])
    }

    pub(super) const fn inner(&self) -> &CoordTransform {
        &self.0
    }

    fn between(from: &SpatialRef) -> Result<Self, GdalError> {
        CoordTransform::new(from, &traditional(SpatialRef::from_epsg(4326))?).map(Self)
    }
}

/// The CRS of a layer: its own, else the declared one; and the way from there to longitude and latitude.
///
/// A CRS without a datum that is known says as little as none. `first` is the first coordinate of a file that means degrees
/// by its format: where it cannot be degrees, that meaning is refuted.
pub fn of_layer(
    path: &Path,
    own: Option<SpatialRef>,
    declared: Option<&str>,
    first: Option<[f64; 2]>,
) -> Result<(Crs, Transform), IngestError> {
    let path = || path.to_owned();
    let fault = |error: &GdalError| IngestError::Crs { path: path(), reason: reason(error) };
    let mut said = None;
    if let Some(own) = own {
        let refuted = first.filter(|[x, y]| own.is_geographic() && (x.abs() > 360.0 || y.abs() > 90.0));
        match (refuted, declared) {
            (Some([x, y]), None) => return Err(IngestError::LooksProjected { path: path(), x, y }),
            (None, _) if has_known_datum(&own) => {
                let crs = Crs { name: name(&own), declared: false };
                let own = traditional(Ok(own)).map_err(|error| fault(&error))?;
                return Ok((crs, Transform::between(&own).map_err(|error| fault(&error))?));
            }
            (None, _) => said = Some(format!("only {}, on a datum that it does not name", name(&own))),
            (Some(_), Some(_)) => {}
        }
    }
    let Some(declared) = declared else { return Err(IngestError::NoCrs { path: path(), said }) };
    let transform = Transform::from(declared).map_err(|reason| IngestError::Crs { path: path(), reason })?;
    Ok((Crs { name: declared.to_owned(), declared: true }, transform))
}

fn traditional(crs: Result<SpatialRef, GdalError>) -> Result<SpatialRef, GdalError> {
    let mut crs = crs?;
    crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    Ok(crs)
}

/// Whether it is tied to the ground: not a plane of its own, and its datum not "unknown".
fn has_known_datum(crs: &SpatialRef) -> bool {
    let datum = crs.get_attr_value("DATUM", 0).ok().flatten();
    let _ = take_complaint();
    !crs.is_local() && datum.is_some_and(|datum| !datum.to_lowercase().contains("unknown"))
}

fn name(crs: &SpatialRef) -> String {
    let name = crs.authority().ok().or_else(|| crs.name()).unwrap_or_else(|| "a CRS without name".to_owned());
    let _ = take_complaint();
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Check points of two independent programs, in degrees.
    #[test]
    fn points_come_out_as_longitude_and_latitude() {
        let check = |crs: &str, x, y, expect: [f64; 2]| {
            let [lon, lat] = Transform::from(crs).unwrap().point(x, y).unwrap();
            assert!((lon - expect[0]).hypot(lat - expect[1]) < 1e-7, "{crs}: {lon} {lat}");
        };
        check("EPSG:32632", 686_000.0, 4_930_000.0, [11.339_650_715, 44.499_354_632]);
        check("EPSG:3003", 1_686_000.0, 4_930_000.0, [11.339_257_411, 44.499_206_657]);
        check("EPSG:6707", 686_000.0, 4_930_000.0, [11.339_650_715, 44.499_354_632]);
        check("EPSG:4326", 9.19, 45.46, [9.19, 45.46]);
    }

    #[test]
    fn what_is_no_place_is_none() {
        assert!(Transform::from("EPSG:99999").is_err());
        assert_eq!(Transform::from("EPSG:32632").unwrap().point(f64::NAN, 1.0), None);
    }
}
