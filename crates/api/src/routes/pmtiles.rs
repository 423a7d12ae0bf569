//! `/pmtiles/{ids}.pmtiles`: the pyramid of some collections in one file, to be read whole or in ranges.
//!
//! The file is written when it is first asked for, and kept as long as what it shows stays as it is.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::fs;
use std::io::{self, BufWriter, SeekFrom, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use tiles::{Drawn, Pyramid, pmtiles};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::ask::Ask;
use crate::etag;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::pyramids;
use crate::range::{self, Asked};

/// The media type of the file.
pub const PMTILES: &str = "application/vnd.pmtiles";
/// Bytes that are read at once.
const PIECE: u64 = 256 * 1024;

/// The file, or the part of it that is asked for.
pub async fn show(
    State(portal): State<Portal>,
    Path(document): Path<String>,
    method: Method,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.parameters(&[])?;
    let ids = document.strip_suffix(".pmtiles").ok_or_else(|| {
        let detail = format!("The pyramid of these collections is at /pmtiles/{document}.pmtiles.");
        Problem::new(StatusCode::NOT_FOUND, detail)
    })?;
    let drawn = portal.drawn();
    let pyramids = pyramids::named(&drawn, ids)?;
    let tag = pyramids::tag(&pyramids);
    let etag = format!("\"{tag}.p\"");
    let known: Vec<HeaderValue> = headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect();
    if etag::matches(&known, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, described(&etag, None)).into_response());
    }
    let file = written(&portal, drawn, pyramids, format!("{ids}-{tag}.pmtiles")).await?;
    let length = fs::metadata(&file).map_err(|error| Problem::internal(&error))?.len();
    let (status, part) = match range::asked(&headers, &etag, length) {
        Asked::Whole => (StatusCode::OK, 0..length),
        Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Asked::Beyond => {
            let problem = Problem::new(
                StatusCode::RANGE_NOT_SATISFIABLE,
                format!("The file has {length} bytes: ask for a range that begins within them."),
            );
            let beyond = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return Ok((beyond, problem).into_response());
        }
    };
    let of_all = (status == StatusCode::PARTIAL_CONTENT)
        .then(|| format!("bytes {}-{}/{length}", part.start, part.end - 1));
    let mut response = (status, described(&etag, of_all)).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    if method != Method::HEAD {
        *response.body_mut() = body(file, part).await.map_err(|error| Problem::internal(&error))?;
    }
    Ok(response)
}

/// What a client has to know of the file.
fn described(etag: &str, part: Option<String>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut add = |name, value: Option<HeaderValue>| value.map(|value| headers.insert(name, value));
    add(header::ETAG, HeaderValue::from_str(etag).ok());
    add(header::CONTENT_RANGE, part.and_then(|part| HeaderValue::from_str(&part).ok()));
    add(header::CONTENT_TYPE, Some(HeaderValue::from_static(PMTILES)));
    add(header::ACCEPT_RANGES, Some(HeaderValue::from_static("bytes")));
    add(header::CACHE_CONTROL, Some(HeaderValue::from_static("public, no-cache")));
    headers
}

/// The file by its name: written now, if it is not there. Another version of it goes.
async fn written(
    portal: &Portal,
    drawn: Arc<Drawn>,
    pyramids: Vec<Arc<Pyramid>>,
    name: String,
) -> Result<PathBuf, Problem> {
    let folder = portal.settings.pyramids.clone().ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_IMPLEMENTED,
            "This portal has no folder for pyramids: read tiles one by one.",
        )
    })?;
    let file = folder.join(&name);
    let _alone = portal.writing.lock().await;
    if file.exists() {
        return Ok(file);
    }
    let write = {
        let file = file.clone();
        move || -> Result<(), tiles::Error> {
            fs::create_dir_all(&folder)?;
            let mut unfinished = tempfile::NamedTempFile::new_in(&folder)?;
            let mut out = BufWriter::new(&mut unfinished);
            pmtiles::write(&drawn, &pyramids, None, &mut out)?;
            out.flush()?;
            drop(out);
            remove_others(&folder, &name)?;
            unfinished.persist(&file).map_err(|error| error.error)?;
            Ok(())
        }
    };
    let written = tokio::task::spawn_blocking(write).await.map_err(|error| Problem::internal(&error))?;
    written.map_err(|error| Problem::internal(&error))?;
    Ok(file)
}

/// Removes the other versions of a file, which differ in what follows the last hyphen.
fn remove_others(folder: &std::path::Path, name: &str) -> io::Result<()> {
    let ids = |name: &str| name.rsplit_once('-').map(|(ids, _)| ids.to_owned());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let other = entry.file_name().to_string_lossy().into_owned();
        if other != name && other.ends_with(".pmtiles") && ids(&other) == ids(name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A part of a file, piece by piece.
async fn body(file: PathBuf, part: Range<u64>) -> io::Result<Body> {
    let mut file = File::open(file).await?;
    file.seek(SeekFrom::Start(part.start)).await?;
    let left = part.end - part.start;
    let pieces = stream::try_unfold((file, left), |(mut file, left)| async move {
        if left == 0 {
            return io::Result::Ok(None);
        }
        let mut piece = vec![0; usize::try_from(left.min(PIECE)).unwrap_or_default()];
        file.read_exact(&mut piece).await?;
        let rest = left - piece.len() as u64;
        Ok(Some((piece, (file, rest))))
    });
    Ok(Body::from_stream(pieces))
}
