//! The front of the house: reads each request once for all who need it, and sees to what every answer has to carry.

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::header::{
    ALLOW, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    RETRY_AFTER, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Instant;

use crate::ask::{Ask, Face};
use crate::detail::said;
use crate::door::Repeatable;
use crate::pages::Language;
use crate::portal::Portal;
use crate::problem::{Problem, Whole};
use crate::views;

/// Bytes of an address: enough for the outline of a municipality in a filter.
const ADDRESS_BYTES: usize = 32 * 1024;
/// Bytes of all header fields together.
const FIELD_BYTES: usize = 32 * 1024;
/// Bytes of a body.
pub const BODY_BYTES: usize = 16 * 1024 * 1024;

/// Pages load nothing from other hosts, run no script but their own, and do not stand in other pages.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// What every answer says: it is what it says it is.
const NO_SNIFFING: (HeaderName, HeaderValue) = (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
/// What all but [`Inert`] answers say, unless their handler has said otherwise.
const RULES: [(HeaderName, HeaderValue); 2] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
];

/// Says of an answer that it is nothing which a browser shows or which loads anything, as a tile.
#[derive(Clone, Copy)]
pub struct Inert;

/// Lets a request in and its answer out.
pub async fn pass(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let ask = Ask::read(request.uri(), request.headers(), &portal);
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(ask.clone());
    let mut response = match (too_large(&request), portal.room.try_acquire()) {
        (Some(problem), _) => problem.into_response(),
        (None, Ok(_permit)) => next.run(request).await,
        (None, Err(_)) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, said("busy", &[])).into_response(),
    };
    let is_refusal = response.status().is_client_error() || response.status().is_server_error();
    if is_refusal && response.extensions().get::<Whole>().is_none() {
        response = refusal(&portal, &ask, &response);
    }
    if let Some(repeatable) = response.extensions_mut().get_mut::<Repeatable>() {
        repeatable.route.clone_from(&route);
    }
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    portal.metrics.count(route, response.status().as_u16(), started.elapsed());
    let is_inert = response.extensions().get::<Inert>().is_some();
    let rules = RULES.into_iter().filter(|_| !is_inert);
    for (name, value) in rules.chain([NO_SNIFFING]) {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// The policy of a page that is made to stand in other pages.
pub fn embeddable() -> HeaderValue {
    let policy = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *");
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(POLICY))
}

/// What is wrong with the size of a request, if anything is.
fn too_large(request: &Request) -> Option<Problem> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > ADDRESS_BYTES {
        let detail = said("long_address", &[("bytes", &address), ("most", &ADDRESS_BYTES)]);
        return Some(Problem::new(StatusCode::URI_TOO_LONG, detail));
    }
    let fields = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len());
    let fields: usize = fields.sum();
    if fields > FIELD_BYTES {
        let detail = said("long_headers", &[("bytes", &fields), ("most", &FIELD_BYTES)]);
        return Some(Problem::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, detail));
    }
    let body = request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse::<u64>().ok()?;
    (body > BODY_BYTES as u64).then(|| {
        let (has, most) = (body.div_ceil(1 << 20), BODY_BYTES >> 20);
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, said("large_body", &[("size", &has), ("most", &most)]))
    })
}

/// A problem as the client reads problems, as a page or as data; refusals of the framework, which have no body, are given one.
fn refusal(portal: &Portal, ask: &Ask, response: &Response) -> Response {
    let status = response.status();
    let problem = response.extensions().get::<Problem>().cloned();
    let problem = problem.unwrap_or_else(|| Problem::new(status, said(bare(status), &[])));
    let mut answer = if ask.face == Face::Html {
        let page = views::problem::page(portal, ask, &problem);
        (problem.status, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
    } else {
        // Programs that do not say what they read are written by people who read English.
        problem.document(ask.read.unwrap_or(Language::English))
    };
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer.headers_mut().insert(VARY, HeaderValue::from_static("Accept, Accept-Language"));
    answer
}

/// The sentence for a refusal that came without one.
fn bare(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "nothing_here",
        StatusCode::METHOD_NOT_ALLOWED => "no_method",
        StatusCode::PAYLOAD_TOO_LARGE => "large",
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => "late",
        _ => "unanswered",
    }
}
