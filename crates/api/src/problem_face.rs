//! Problems for people: the same as a page, to those who read pages.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER, VARY};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::ask::{self, Face};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::views;

/// Shows problems as a page to those who read pages; also gives a body to the refusals of the framework, which have none.
pub async fn show(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.extensions().get::<Problem>().cloned();
    let problem = problem.unwrap_or_else(|| Problem::new(status, bare(status)));
    let mut answer = if ask::face(&uri, &headers) == Face::Html {
        let page = views::problem::page(&portal, &uri, &headers, problem.status, &problem.detail);
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
