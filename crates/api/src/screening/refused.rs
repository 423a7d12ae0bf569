//! Why a file or a written shape cannot be screened, in words for who sent it.

use axum::http::StatusCode;
use ingest::IngestError;
use std::fmt::Display;
use std::path::Path;

use crate::detail::{Detail, said};
use crate::problem::Problem;

/// 422 with the sentence for what is wrong.
pub fn refused(error: &IngestError) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail(error))
}

/// Each fault that a person can mend has a sentence; the rest is told as the importer tells it.
fn detail(error: &IngestError) -> Detail {
    use IngestError as It;
    match error {
        It::Empty { path } => of(path, "upload_empty", &[]),
        It::WebPage { path } => of(path, "upload_web_page", &[]),
        It::Unsupported { path, .. } => of(path, "upload_other_kind", &[]),
        It::DocumentType { path } => of(path, "upload_doctype", &[]),
        It::ZipSlip { path, member } => of(path, "upload_zip_slip", &[("member", member)]),
        It::NestedArchive { path, member } => of(path, "upload_nested", &[("member", member)]),
        It::NoDataFile { path, .. } => of(path, "upload_no_data", &[]),
        It::TooLarge { path, megabytes } => of(path, "upload_large", &[("most", megabytes)]),
        It::IncompleteShapefile { path, part } => of(path, "upload_incomplete", &[("part", part)]),
        It::SeveralLayers { path, layers } => of(path, "upload_layers", &[("layers", layers)]),
        It::LargeFeature { path } => of(path, "upload_large_feature", &[]),
        It::LinkedCrs { path } => of(path, "upload_linked_crs", &[]),
        It::NoCrs { path, .. } => of(path, "upload_no_crs", &[]),
        It::LooksProjected { path, x, y } => of(path, "upload_projected", &[("x", x), ("y", y)]),
        It::NoShapes { path } => of(path, "upload_no_shapes", &[]),
        It::NoPlaceColumns { path, found } => of(path, "upload_no_columns", &[("found", found)]),
        It::TooDetailed { path, most } => of(path, "upload_detailed", &[("most", most)]),
        It::Unusable { path, line, reason } => {
            of(path, "upload_unusable", &[("line", line)]).because(sentence(reason))
        }
        It::Damaged { path, reason } => of(path, "upload_damaged", &[]).because(sentence(reason)),
        It::NotVector { path, reason } | It::Crs { path, reason } => {
            of(path, "upload_refused", &[]).because(sentence(reason))
        }
        other => Detail::English(sentence(&other.to_string())),
    }
}

/// The sentence with this key about a file.
fn of(file: &Path, key: &'static str, parts: &[(&'static str, &dyn Display)]) -> Detail {
    let file: (_, &dyn Display) = ("file", &file.display());
    said(key, &[&[file], parts].concat())
}

/// With a full stop, unless it has an end.
fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '?']) { "" } else { "." };
    format!("{text}{end}")
}
