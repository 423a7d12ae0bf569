//! The front of the house: reads each request once for all who need it, and sees to what every answer has to carry.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{
    ALLOW, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY, RETRY_AFTER,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::ask::{Ask, Face};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// Pages load nothing from other hosts, run no script but their own, and do not stand in other pages.
const RULES: [(HeaderName, HeaderValue); 3] = [
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
             worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
    ),
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
];

/// Lets a request in and its answer out.
pub async fn pass(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let ask = Ask::read(request.uri(), request.headers(), &portal);
    request.extensions_mut().insert(ask.clone());
    let mut response = next.run(request).await;
    if response.status().is_client_error() || response.status().is_server_error() {
        response = refusal(&portal, &ask, &response);
    }
    for (name, value) in RULES {
        response.headers_mut().insert(name, value);
    }
    response
}

/// A problem as the client reads problems, as a page or as data; refusals of the framework, which have no body, are given one.
fn refusal(portal: &Portal, ask: &Ask, response: &Response) -> Response {
    let status = response.status();
    let problem = response.extensions().get::<Problem>().cloned();
    let problem = problem.unwrap_or_else(|| Problem::new(status, bare(status)));
    let mut answer = if ask.face == Face::Html {
        let page = views::problem::page(portal, ask, problem.status, &problem.detail);
        (problem.status, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
    } else {
        problem.into_response()
    };
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer.headers_mut().insert(VARY, HeaderValue::from_static("Accept, Accept-Language"));
    answer
}

/// A sentence for a refusal that came without one.
fn bare(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => {
            "There is nothing at this address: the landing page “/” links to all there is."
        }
        StatusCode::METHOD_NOT_ALLOWED => "This address is for reading: use GET.",
        StatusCode::PAYLOAD_TOO_LARGE => "The request is too large.",
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            "It took too long: ask for less at a time."
        }
        _ => "The request could not be answered.",
    }
}
