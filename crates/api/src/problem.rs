//! Errors become HTTP here: `application/problem+json` (RFC 9457).

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use store::StoreError;

/// What went wrong, for the client. A fault of the server says nothing more than that it is one: the log has the rest.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    /// What is wrong, and what to do.
    pub detail: String,
    /// The address of what sort of problem it is, where a standard names one.
    pub sort: &'static str,
}

/// Says of a refusal that it tells the client all there is to say, in the face that was asked for.
#[derive(Clone, Copy)]
pub struct Whole;

impl Problem {
    /// A problem that the client can do something about; `detail` is a sentence that says what.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), sort: "about:blank" }
    }

    /// The request makes no sense; `detail` says which part, and what would.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// The client has left: nobody reads this.
    pub fn abandoned() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "The request was given up.")
    }

    /// There is too much to do already.
    pub fn busy() -> Self {
        let detail = "Too many files are being made for others just now: try again in a minute, or take CSV or GeoJSON.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    /// A fault of the server, written to the log once, here.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "The server could not answer. The fault has been noted.")
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::UnknownRelease(id) => {
                let detail = format!("There is no release {id}: /releases lists those there are.");
                Self::new(StatusCode::NOT_FOUND, detail)
            }
            StoreError::WrongState { release, state, rule } => {
                Self::bad_request(format!("Release {release} is {state}: {rule}."))
            }
            StoreError::Unreachable(_) => {
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "history cannot be read"
                );
                let detail = "The archive of releases does not answer now: try again in a minute. The map and the published \
                              data can be read meanwhile.";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
            }
            _ => Self::internal(&error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({
            "type": self.sort,
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        let mut response = (self.status, body.to_string()).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
