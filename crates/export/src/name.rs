//! The names of downloaded files: what is in them can be read off them.

use crate::format::Format;
use crate::selection::Selection;
use geometry::Crs;

/// The name of a file: `remix-milano_pnrr-projects_2023-02-21_release-7.csv`. The day is the latest of the sources', the release
/// the latest of theirs; what is not the whole collection says so, and so does a format that has only what has a place, and what is not in degrees.
#[must_use]
pub fn file_name(selection: &Selection, format: Format) -> String {
    let layer = selection.layer();
    let day = layer.origins.iter().filter_map(|origin| origin.extracted_on).max();
    let release = layer.origins.iter().map(|origin| origin.release).max();
    let reference = selection.form().reference;
    let is_nowhere = |place: usize| layer.shown(place).is_empty();
    let lacks_places = format == Format::FlatGeobuf && selection.places().any(is_nowhere);
    let parts = [
        Some(format!("remix-{}", selection.territory().id)),
        Some(layer.collection.id.to_string()),
        day.map(|day| day.to_string()),
        release.map(|release| format!("release-{release}")),
        selection.is_partial().then(|| "selection".to_owned()),
        lacks_places.then(|| "placed".to_owned()),
        (reference.plane() != Crs::Geographic).then(|| format!("epsg-{}", reference.epsg())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{}.{}", parts.join("_"), format.extension())
}
