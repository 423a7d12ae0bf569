//! `/collections/{id}/items?f=csv` and the other formats of downloads: all features that the parameters ask for, as a file.

use atlas::Layer;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use export::{ExportError, Format, Selection};
use std::time::Duration;

use crate::as_of;
use crate::ask::Ask;
use crate::encoding::Encoding;
use crate::filters;
use crate::form;
use crate::paging;
use crate::portal::{self, Portal};
use crate::problem::Problem;
use crate::streaming;
use crate::work::Wanted;

/// How long a download waits until the file of another is made.
const PATIENCE: Duration = Duration::from_secs(10);

/// The download of what the parameters ask for, which are those of a page of features but for its paging.
///
/// # Errors
/// 400 for parameters that make no sense, 406 for a format in which the collection cannot be, 503 if too many files are being made.
pub async fn answer(portal: &Portal, id: &str, ask: &Ask, format: Format) -> Result<Response, Problem> {
    let present = portal.edition();
    let known = filters::names(portal::layer(&present, id)?);
    let own = form::PARAMETERS.into_iter().chain(as_of::PARAMETERS).chain([paging::SORT]);
    let known: Vec<&str> = known.into_iter().chain(own).collect();
    let (time, parameters) = as_of::split(ask.parameters_of_table(&known)?);
    let as_of = as_of::edition(portal, &time).await?;
    let layer = portal::layer(&as_of.edition, id)?;
    let encoding = if format.is_packed() { Encoding::Identity } else { ask.encoding };
    let tag = as_of.tag_of([&**layer]);
    let make = async {
        let places = paging::matched(layer, &parameters)?;
        let selection = Selection::new(&as_of.edition, layer, places);
        send(ask, selection.with_form(form::of(layer, &parameters)?), format, encoding).await
    };
    let response = ask.reply(&tag).for_file(format).stream(encoding, make).await?;
    Ok(form::stated(response, form::reference(&parameters, form::CRS)?))
}

/// Begins the download; what needs a file has it made first, apart from all other work.
async fn send(
    ask: &Ask,
    selection: Selection,
    format: Format,
    encoding: Encoding,
) -> Result<Response, Problem> {
    export::can_be(&selection, format)?;
    let mut headers = headers(ask, &selection, format, encoding);
    let pieces = if format.needs_file() {
        let open = move |wanted: &Wanted| Ok(export::open(selection, format, &|| wanted.check().is_err())?);
        ask.answers.files.work_soon(PATIENCE, open).await?
    } else {
        export::open(selection, format, &|| false)?
    };
    if let Some(length) = pieces.length().filter(|_| encoding == Encoding::Identity) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    let body = streaming::body(pieces, encoding, ask.answers.clone())?;
    Ok((headers, body).into_response())
}

fn headers(ask: &Ask, selection: &Selection, format: Format, encoding: Encoding) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    if let Some(coding) = encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    let disposition = disposition(&export::file_name(selection, format));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    for link in links(ask, selection.layer()) {
        // An address that cannot stand in a header is in the file itself.
        if let Ok(link) = HeaderValue::from_str(&link) {
            headers.append(header::LINK, link);
        }
    }
    headers
}

/// The name under which a browser is to keep a file (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    if name.bytes().all(is_plain) {
        return format!("attachment; filename=\"{name}\"");
    }
    let plain: String =
        name.chars().map(|it| if it.is_ascii() && is_plain(it as u8) { it } else { '-' }).collect();
    let encoded: String = name
        .bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// What belongs to a file, beside it: its licences, and the collection that it is of.
fn links(ask: &Ask, layer: &Layer) -> Vec<String> {
    let licences = layer.origins.iter().filter_map(|origin| origin.licence_url.as_deref());
    let mut links: Vec<String> = licences.map(|url| format!("<{url}>; rel=\"license\"")).collect();
    links.dedup();
    links.push(format!("<{}/collections/{}>; rel=\"collection\"", ask.origin, layer.collection.id));
    links
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Unfit(sentence) => Self::new(StatusCode::NOT_ACCEPTABLE, sentence),
            ExportError::Stopped => Self::abandoned(),
            other => Self::internal(&other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_other_letters_is_told_twice() {
        let check = |name: &str, expect: &str| assert_eq!(disposition(name), format!("attachment; {expect}"));
        check("remix-milano_zones.csv", "filename=\"remix-milano_zones.csv\"");
        check("forlì \"x\".csv", "filename=\"forl---x-.csv\"; filename*=UTF-8''forl%C3%AC%20%22x%22.csv");
    }
}
