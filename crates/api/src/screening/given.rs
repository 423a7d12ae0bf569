//! The place that is given: a file, a shape that is drawn or written, or a record of the portal.

use atlas::{Edition, Layer};
use axum::http::StatusCode;
use domain::{FeatureId, GeometryKind};
use ingest::{Upload, upload};
use overlay::screening::Ground;
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;

use super::asked::{FEATURE, FILE, Inputs, PLACE};
use super::refused::refused;
use crate::detail::said;
use crate::problem::Problem;

/// The field by which people know a proposal.
const CUP: &str = "cup";

/// A place as it is given.
#[derive(Debug)]
pub enum Given<'e> {
    /// Shapes, from a file or drawn.
    Shapes {
        /// The name of the file.
        file: Option<String>,
        /// What was read.
        upload: Upload,
    },
    /// A record: its layer, and its place there.
    Record(&'e Layer, usize),
}

impl<'e> Given<'e> {
    /// Reads what is given; exactly one thing has to be.
    ///
    /// # Errors
    /// 400 where none or several are given, 404 for a record that there is not, 422 for a shape that cannot be used.
    pub fn read(inputs: &Inputs, edition: &'e Edition) -> Result<Self, Problem> {
        let crs = inputs.crs.as_deref();
        match (&inputs.file, &inputs.place, &inputs.feature) {
            (Some((name, file)), None, None) => {
                let upload = upload::read(Path::new(name), file.path(), crs, &edition.territory);
                Ok(Self::Shapes { file: Some(name.clone()), upload: upload.map_err(|it| refused(&it))? })
            }
            (None, Some(text), None) => Ok(Self::Shapes { file: None, upload: written(text, crs, edition)? }),
            (None, None, Some(name)) => Self::record_named(name, edition),
            (None, None, None) => Err(Problem::bad_request(said("no_place", &[("inputs", &ways())]))),
            _ => Err(Problem::bad_request(said("several_places", &[("inputs", &ways())]))),
        }
    }

    /// The place, ready to be screened.
    pub fn ground(&self, edition: &Edition) -> Ground<'e> {
        match self {
            Self::Shapes { upload, .. } => Ground::of_shapes(edition, upload.shapes.clone()),
            Self::Record(layer, at) => Ground::Record(layer, *at),
        }
    }

    /// The record that it is.
    pub const fn record(&self) -> Option<(&'e Layer, usize)> {
        match self {
            Self::Shapes { .. } => None,
            Self::Record(layer, at) => Some((layer, *at)),
        }
    }

    /// A record by its address (`pnrr-projects/123`, or all of it), or a proposal by its CUP.
    fn record_named(name: &str, edition: &'e Edition) -> Result<Self, Problem> {
        let path = name.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let parts: Vec<&str> = path.rsplit('/').collect();
        match parts.as_slice() {
            [code] => by_code(code, edition),
            [number, "items", collection, ..] | [number, collection, ..] => {
                let layer = crate::portal::layer(edition, collection)?;
                let at = FeatureId::parse(number).and_then(|id| layer.position(id));
                let missing = || {
                    let detail = said("no_feature", &[("collection", collection), ("id", number)]);
                    Problem::new(StatusCode::NOT_FOUND, detail)
                };
                Ok(Self::Record(layer, at.ok_or_else(missing)?))
            }
            [] => Err(Problem::bad_request(format!("The value of “{FEATURE}” is empty."))),
        }
    }
}

/// The proposal with a CUP: the only one there is.
fn by_code<'e>(code: &str, edition: &'e Edition) -> Result<Given<'e>, Problem> {
    let layers = edition.layers.iter().map(AsRef::as_ref);
    let proposals = layers.filter(|layer: &&Layer| layer.collection.geometry == GeometryKind::Locations);
    let found = proposals.flat_map(|layer| {
        let field = layer.collection.position(CUP);
        let states = move |at: &usize| {
            field.is_some_and(|field| {
                layer.value(*at, field).as_text().is_some_and(|text| text.eq_ignore_ascii_case(code))
            })
        };
        (0..layer.len()).filter(states).map(move |at| (layer, at))
    });
    let found: Vec<(&Layer, usize)> = found.collect();
    let address = |(layer, at): &(&Layer, usize)| format!("{}/{}", layer.collection.id, layer.id(*at));
    match found.as_slice() {
        [(layer, at)] => Ok(Given::Record(layer, *at)),
        [] => Err(Problem::new(StatusCode::NOT_FOUND, said("neither_address_nor_cup", &[("value", &code)]))),
        several => {
            let addresses: Vec<String> = several.iter().take(20).map(address).collect();
            let (count, addresses) = (several.len(), addresses.join(", "));
            Err(Problem::bad_request(said(
                "several_with_cup",
                &[("code", &code), ("count", &count), ("addresses", &addresses)],
            )))
        }
    }
}

/// A shape that is written: `GeoJSON` is read as a file is.
fn written(text: &str, crs: Option<&str>, edition: &Edition) -> Result<Upload, Problem> {
    let name = Path::new(PLACE);
    if !text.starts_with('{') {
        return upload::read_wkt(name, text, crs, &edition.territory).map_err(|it| refused(&it));
    }
    let file = NamedTempFile::new().and_then(|mut file| file.write_all(text.as_bytes()).map(|()| file));
    let file = file.map_err(|error| Problem::internal(&error))?;
    upload::read(name, file.path(), crs, &edition.territory).map_err(|it| refused(&it))
}

/// The inputs by which a place can be given.
fn ways() -> String {
    [PLACE, FEATURE, FILE].map(|name| format!("“{name}”")).join(", ")
}
