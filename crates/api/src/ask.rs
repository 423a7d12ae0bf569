//! What a client asks for beside the resource: the face, the language, the encoding, and whether it has the answer already.

use axum::extract::FromRequestParts;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::encoding::Encoding;
use crate::pages::Language;
use crate::portal::Portal;
use crate::problem::Problem;

/// The face of a resource: a page for people, data for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// HTML.
    Html,
    /// JSON or GeoJSON, whichever the resource is.
    Json,
    /// A table for spreadsheets; only for `f=csv`, and only where it is offered.
    Csv,
}

/// The body of an answer.
pub struct Content {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl Content {
    /// A page.
    pub fn html(page: String) -> Self {
        Self { media_type: "text/html; charset=utf-8", body: page.into_bytes() }
    }

    /// A JSON document.
    pub fn json(document: &serde_json::Value) -> Self {
        Self { media_type: "application/json", body: document.to_string().into_bytes() }
    }
}

/// A request, as far as answering it depends on more than its address.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The face asked for.
    pub face: Face,
    /// The language of the page, and whether the address says it.
    pub language: (Language, bool),
    /// The address: path and query.
    pub uri: Uri,
    /// Scheme and host by which the client reached the portal, without a slash at the end.
    pub origin: String,
    /// The parameters of the query, decoded, without `f` and `lang`.
    parameters: Vec<(String, String)>,
    headers: HeaderMap,
}

impl FromRequestParts<Portal> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Self::Rejection> {
        let (uri, headers) = (parts.uri.clone(), parts.headers.clone());
        let mut parameters = query(&uri);
        parameters.retain(|(name, _)| name != "f" && name != "lang");
        Ok(Self {
            face: face(&uri, &headers),
            language: language(&uri, &headers),
            origin: origin(portal.settings.public_url.as_deref(), &headers),
            parameters,
            uri,
            headers,
        })
    }
}

impl Ask {
    /// The parameters of the query, all of which have to be `known`.
    ///
    /// # Errors
    /// 400 for a parameter that is not known or stands twice: ignoring it would answer another question. 406 for CSV.
    pub fn parameters(&self, known: &[&str]) -> Result<&[(String, String)], Problem> {
        if self.face == Face::Csv {
            let detail = "This is not offered as CSV: ask for f=html or f=json.";
            return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, detail));
        }
        self.parameters_of_table(known)
    }

    /// The same for resources that are offered as CSV too.
    ///
    /// # Errors
    /// 400 as above.
    pub fn parameters_of_table(&self, known: &[&str]) -> Result<&[(String, String)], Problem> {
        for (place, (name, _)) in self.parameters.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let known =
                    if known.is_empty() { "none but f and lang".to_owned() } else { known.join(", ") };
                let detail = format!("The parameter “{name}” is not known here: known are {known}.");
                return Err(Problem::bad_request(detail));
            }
            if self.parameters[..place].iter().any(|(earlier, _)| earlier == name) {
                return Err(Problem::bad_request(format!("The parameter “{name}” stands twice.")));
            }
        }
        Ok(&self.parameters)
    }

    /// Answers with what `make` makes, unless the client has it already: `tag` has to differ whenever the content would, so that
    /// 304 costs no work.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn answer(
        &self,
        tag: &str,
        make: impl FnOnce() -> Result<Content, Problem>,
    ) -> Result<Response, Problem> {
        let encoding = Encoding::of(&self.headers);
        let etag = format!("\"{tag}.{}{}.{}\"", self.face_letter(), self.language.0.tag(), encoding.suffix());
        if self.has(&etag) {
            return Ok((StatusCode::NOT_MODIFIED, headers_for(&etag)).into_response());
        }
        let Content { media_type, body } = make()?;
        if body.is_empty() {
            return Ok((StatusCode::NO_CONTENT, headers_for(&etag)).into_response());
        }
        let (body, name) = encoding.apply(media_type, body);
        let mut response = (headers_for(&etag), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        if let Some(name) = name {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        Ok(response)
    }

    /// Answers with content that is made already, tagged by what it says: for what is read from the database each time.
    ///
    /// # Errors
    /// None; the type is that of handlers.
    pub fn answer_made(&self, content: Content) -> Result<Response, Problem> {
        let mut hasher = DefaultHasher::new();
        content.body.hash(&mut hasher);
        self.answer(&format!("{:016x}", hasher.finish()), || Ok(content))
    }

    /// The same address with another query.
    pub fn with_query(&self, pairs: &[(&str, &str)]) -> String {
        let encoded: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        let mark = if encoded.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", self.uri.path(), encoded.join("&"))
    }

    fn face_letter(&self) -> char {
        match self.face {
            Face::Html => 'h',
            Face::Json => 'j',
            Face::Csv => 'c',
        }
    }

    fn has(&self, etag: &str) -> bool {
        let stated =
            self.headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let mut tags = stated.flat_map(|value| value.split(',')).map(str::trim);
        tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
    }
}

/// What a cache has to know of an answer.
fn headers_for(etag: &str) -> [(HeaderName, HeaderValue); 3] {
    let etag = HeaderValue::from_str(etag).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
    [
        (header::ETAG, etag),
        // Kept, and asked for again each time: an answer is never older than the edition.
        (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
        (header::VARY, HeaderValue::from_static("Accept, Accept-Encoding, Accept-Language")),
    ]
}

/// The face that an address and its headers ask for: `f=` decides; else a page for those who would rather have HTML than anything.
pub fn face(uri: &Uri, headers: &HeaderMap) -> Face {
    let format = query(uri).into_iter().find(|(name, _)| name == "f").map(|(_, value)| value);
    match format.as_deref() {
        Some("html") => return Face::Html,
        Some("csv") => return Face::Csv,
        Some(_) => return Face::Json,
        None => {}
    }
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let quality = |wanted: fn(&str) -> bool| {
        let ranges = accept.split(',').filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().filter(|name| wanted(name))?;
            let quality =
                parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
            quality.filter(|_| !name.is_empty())
        });
        ranges.fold(0.0_f64, f64::max)
    };
    let html = quality(|name| name == "text/html" || name == "application/xhtml+xml");
    let data = quality(|name| name.ends_with("json"));
    if html > data { Face::Html } else { Face::Json }
}

/// The language of pages: `lang=` decides, else what the client would rather read. Whether the address says it.
pub fn language(uri: &Uri, headers: &HeaderMap) -> (Language, bool) {
    let chosen = query(uri).into_iter().find(|(name, _)| name == "lang");
    if let Some(language) = chosen.and_then(|(_, value)| Language::with_tag(&value)) {
        return (language, true);
    }
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut tags = accept.split(',').filter_map(|tag| tag.trim().get(..2));
    (tags.find_map(|tag| Language::with_tag(&tag.to_lowercase())).unwrap_or_default(), false)
}

/// The parameters of an address, decoded.
pub fn query(uri: &Uri) -> Vec<(String, String)> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}

/// A text as it stands in the query of an address.
pub fn escape(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn origin(public_url: Option<&str>, headers: &HeaderMap) -> String {
    if let Some(url) = public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
    // The address is written into documents: nothing but the characters of a host and port may come in.
    let is_host = |host: &&str| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
    };
    let host = text("x-forwarded-host").or_else(|| text("host")).filter(is_host).unwrap_or("localhost");
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(uri: &str, accept: &str) -> Face {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_str(accept).unwrap());
        face(&uri.parse().unwrap(), &headers)
    }

    #[test]
    fn browsers_get_pages_and_programs_get_data() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        assert_eq!(asked("/", browser), Face::Html);
        assert_eq!(asked("/", "*/*"), Face::Json);
        assert_eq!(asked("/", "application/geo+json"), Face::Json);
        assert_eq!(asked("/", "application/json, text/html;q=0.5"), Face::Json);
        assert_eq!(asked("/?f=json", browser), Face::Json);
        assert_eq!(asked("/?f=html", "*/*"), Face::Html);
        assert_eq!(asked("/?f=csv", browser), Face::Csv);
    }

    #[test]
    fn an_origin_takes_nothing_but_a_host() {
        let check = |host: &'static str, expect: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static(host));
            assert_eq!(origin(None, &headers), expect);
        };
        check("127.0.0.1:8080", "http://127.0.0.1:8080");
        check("a\"><script>", "http://localhost");
    }
}
