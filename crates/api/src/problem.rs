//! Errors become HTTP here: `application/problem+json` (RFC 9457).

use axum::http::StatusCode;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use store::StoreError;

use crate::detail::{Detail, said};
use crate::pages::{Language, problem};

/// What went wrong, for the client. A fault of the server says nothing more than that it is one: the log has the rest.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    /// What is wrong, and what to do.
    pub detail: Detail,
    /// The address of what sort of problem it is, where a standard names one.
    pub sort: &'static str,
}

/// Says of a refusal that it tells the client all there is to say, in the face that was asked for.
#[derive(Clone, Copy)]
pub struct Whole;

impl Problem {
    /// A problem that the client can do something about; `detail` is a sentence that says what.
    pub fn new(status: StatusCode, detail: impl Into<Detail>) -> Self {
        Self { status, detail: detail.into(), sort: "about:blank" }
    }

    /// The request makes no sense; `detail` says which part, and what would.
    pub fn bad_request(detail: impl Into<Detail>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// The client has left: nobody reads this.
    pub fn abandoned() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "The request was given up.")
    }

    /// There is too much to do already.
    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, said("busy_files", &[]))
    }

    /// A fault of the server, written to the log once, here.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, said("fault", &[]))
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::UnknownRelease(id) => {
                Self::new(StatusCode::NOT_FOUND, said("no_release", &[("release", id)]))
            }
            StoreError::WrongState { release, state, rule } => {
                Self::bad_request(format!("Release {release} is {state}: {rule}."))
            }
            StoreError::Unreachable(_) => {
                tracing::warn!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "history cannot be read"
                );
                Self::new(StatusCode::SERVICE_UNAVAILABLE, said("archive_away", &[]))
            }
            _ => Self::internal(&error),
        }
    }
}

impl Problem {
    /// The problem as data, in a language.
    pub fn document(&self, language: Language) -> Response {
        let title = match language {
            Language::English => self.status.canonical_reason().unwrap_or("Error").to_owned(),
            Language::Italian => problem::word(language, "title", self.status.as_u16()),
        };
        let body = json!({
            "type": self.sort,
            "title": title,
            "status": self.status.as_u16(),
            "detail": self.detail.told(language).to_string(),
        });
        let mut response = (self.status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        response
    }
}

impl IntoResponse for Problem {
    /// The front of the house says it again as the client reads problems.
    fn into_response(self) -> Response {
        let mut response = self.document(Language::English);
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
