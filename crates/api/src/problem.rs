//! Errors become HTTP here: `application/problem+json` (RFC 9457) for programs, a page for people.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, VARY};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::ask::{self, Face};
use crate::portal::Portal;
use crate::views;

/// What went wrong, for the client. A fault of the server says nothing more than that it is one: the log has the rest.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
}

impl Problem {
    /// A problem that the client can do something about; `detail` is a sentence that says what.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    /// The request makes no sense; `detail` says which part, and what would.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// A fault of the server, written to the log once, here.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "The server could not answer. The fault has been noted.")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        let mut response = (self.status, body.to_string()).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.extensions_mut().insert(self);
        response
    }
}

/// Shows problems as a page to those who read pages; also gives a body to the refusals of the framework, which have none.
pub async fn face(State(portal): State<Portal>, request: Request, next: Next) -> Response {
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
    for name in [axum::http::header::ALLOW, RETRY_AFTER] {
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
