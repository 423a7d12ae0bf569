//! The door: a request that asks for what was answered a moment ago is answered before anybody inside is asked. What an answer
//! depends on is its address, a few fields of the request, and the edition; all of it is compared.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, ETAG, HOST, HeaderMap, HeaderName, IF_NONE_MATCH,
};
use axum::http::uri::{Authority, PathAndQuery};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use futures_util::future::{BoxFuture, Either, FutureExt, Ready, ready};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::Instant;
use tower::{Service, ServiceExt};

use crate::etag;
use crate::portal::Portal;

/// The fields by which answers differ.
const FIELDS: [HeaderName; 6] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    HOST,
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
];
/// The part of the memory for answers that may be held here. The bytes are mostly those of the cache inside.
const SHARE: usize = 4;
/// What an answer takes beside its bytes, about: its fields and its key.
const ENTRY: usize = 2048;

/// What is given again.
const KEPT: [StatusCode; 3] = [StatusCode::OK, StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED];

/// Says of an answer that it depends on nothing but its address, [`FIELDS`] and the edition, so that it may be given again.
#[derive(Clone)]
pub struct Repeatable {
    /// The tag of the edition that it is of.
    pub edition: String,
    /// Its bytes; `None` if the client had them.
    pub body: Option<Bytes>,
    /// The route that it came by, for the counters.
    pub route: Option<MatchedPath>,
}

impl Repeatable {
    /// Of an answer of the edition of this tag.
    pub fn new(edition: &str, body: Option<Bytes>) -> Self {
        Self { edition: edition.to_owned(), body, route: None }
    }
}

/// All paths of the portal, behind the door.
#[derive(Clone)]
pub struct Door {
    inside: Router,
    portal: Portal,
    known: Arc<Known>,
}

impl Door {
    /// The door of these paths.
    pub fn new(inside: Router, portal: Portal) -> Self {
        let room = (portal.settings.cache_mib as usize) * 1024 * 1024 / SHARE;
        Self { inside, portal, known: Arc::new(Known { room, answers: RwLock::default() }) }
    }
}

impl Service<Request> for Door {
    type Response = Response;
    type Error = Infallible;
    type Future =
        Either<Ready<Result<Response, Infallible>>, BoxFuture<'static, Result<Response, Infallible>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.method() != Method::GET {
            return Either::Right(self.inside.clone().oneshot(request).boxed());
        }
        let started = Instant::now();
        let key = key(&request);
        let found = self.portal.with_edition(|tag| self.known.find(tag, &key));
        let answer = found.and_then(|found| Some((found.answer(request.headers())?, found)));
        if let Some((response, found)) = answer {
            let route = found.route.as_ref().map_or("none", MatchedPath::as_str);
            self.portal.metrics.count(route, response.status().as_u16(), started.elapsed());
            if response.status() != StatusCode::NOT_MODIFIED {
                self.portal.answers.count_hit();
            }
            return Either::Left(ready(Ok(response)));
        }
        let (inside, known) = (self.inside.clone(), self.known.clone());
        let answer = async move {
            let mut response = inside.oneshot(request).await?;
            if let Some(repeatable) = response.extensions_mut().remove::<Repeatable>() {
                known.keep(key, repeatable, &response);
            }
            Ok(response)
        };
        Either::Right(answer.boxed())
    }
}

/// What tells requests apart.
fn key(request: &Request) -> String {
    let address = request.uri().path_and_query().map_or("", PathAndQuery::as_str);
    let mut key = String::with_capacity(256);
    // HTTP/2 names the host here.
    key.push_str(request.uri().authority().map_or("", Authority::as_str));
    key.push_str(address);
    for name in &FIELDS {
        for value in request.headers().get_all(name) {
            // A line feed stands in no field and no address.
            key.push('\n');
            key.push_str(&String::from_utf8_lossy(value.as_bytes()));
        }
        key.push('\n');
    }
    key
}

/// Answers by key, all of one edition.
struct Known {
    /// Bytes that they may take together.
    room: usize,
    answers: RwLock<Answers>,
}

#[derive(Default)]
struct Answers {
    edition: String,
    bytes: usize,
    by_key: HashMap<String, Arc<Answer>>,
}

/// An answer as it went out.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    /// `None` if nobody has asked for it yet who did not have it.
    body: Option<Bytes>,
    route: Option<MatchedPath>,
}

impl Known {
    fn find(&self, edition: &str, key: &str) -> Option<Arc<Answer>> {
        let answers = self.answers.read().unwrap_or_else(PoisonError::into_inner);
        if answers.edition == edition { answers.by_key.get(key).cloned() } else { None }
    }

    /// Keeps an answer; those of an edition before, and all where there is no room, make place for it.
    fn keep(&self, key: String, repeatable: Repeatable, response: &Response) {
        let Repeatable { edition, body, route } = repeatable;
        let answer = Answer { status: response.status(), headers: response.headers().clone(), body, route };
        let weight = answer.weight();
        if weight > self.room || !KEPT.contains(&answer.status) {
            return;
        }
        let mut answers = self.answers.write().unwrap_or_else(PoisonError::into_inner);
        if answers.edition != edition || answers.bytes + weight > self.room {
            *answers = Answers { edition, ..Answers::default() };
        }
        let before = answers.by_key.insert(key, Arc::new(answer));
        answers.bytes += weight;
        answers.bytes -= before.map_or(0, |before| before.weight());
    }
}

impl Answer {
    fn weight(&self) -> usize {
        self.body.as_ref().map_or(0, Bytes::len) + ENTRY
    }

    /// The answer to a client that may have it already (RFC 9110, 15.4.5: what describes the body is left out then); `None` if the
    /// client does not, and the body is not known.
    fn answer(&self, asked: &HeaderMap) -> Option<Response> {
        let etag = self.headers.get(ETAG).and_then(|etag| etag.to_str().ok());
        if etag.is_some_and(|etag| etag::matches(asked.get_all(IF_NONE_MATCH), etag)) {
            let mut response = self.head(StatusCode::NOT_MODIFIED, Body::empty());
            for name in etag::OF_THE_BODY {
                response.headers_mut().remove(name);
            }
            return Some(response);
        }
        Some(self.head(self.status, Body::from(self.body.clone()?)))
    }

    fn head(&self, status: StatusCode, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use axum::response::IntoResponse;

    fn known(room: usize) -> Known {
        Known { room, answers: RwLock::default() }
    }

    /// Keeps an answer of `edition` with this body.
    fn keep(known: &Known, edition: &str, key: &str, status: StatusCode, body: &str) {
        let body = Bytes::copy_from_slice(body.as_bytes());
        let headers = [(ETAG, "\"t\""), (axum::http::header::CONTENT_TYPE, "text/plain")];
        let response = (status, headers, body.clone()).into_response();
        let body = Some(body).filter(|_| status != StatusCode::NOT_MODIFIED);
        known.keep(key.to_owned(), Repeatable::new(edition, body), &response);
    }

    #[test]
    fn an_answer_is_given_again_for_its_edition_alone() {
        let known = known(1 << 20);
        keep(&known, "a", "k", StatusCode::OK, "one");
        keep(&known, "a", "l", StatusCode::NOT_FOUND, "two");
        assert_eq!(known.find("a", "k").unwrap().body.as_deref(), Some(&b"one"[..]));
        for (edition, key) in [("a", "l"), ("a", "m"), ("b", "k")] {
            assert!(known.find(edition, key).is_none(), "{edition} {key}");
        }
        keep(&known, "b", "l", StatusCode::OK, "three");
        assert!(known.find("a", "k").is_none(), "the edition before is gone");
        assert_eq!(known.find("b", "l").unwrap().body.as_deref(), Some(&b"three"[..]));
    }

    #[test]
    fn the_room_is_kept() {
        let known = known(10 * ENTRY);
        for number in 0..100 {
            keep(&known, "a", &number.to_string(), StatusCode::OK, "1");
            assert!(known.answers.read().unwrap().bytes <= known.room);
        }
        assert!(known.find("a", "99").is_some());
        for _ in 0..100 {
            keep(&known, "a", "99", StatusCode::OK, "the same again");
        }
        assert!(known.answers.read().unwrap().bytes < 10 * ENTRY);
        keep(&known, "a", "large", StatusCode::OK, &"x".repeat(10 * ENTRY));
        assert!(known.find("a", "large").is_none());
    }

    #[test]
    fn who_has_it_is_told_so_without_what_describes_the_body() {
        let known = known(1 << 20);
        keep(&known, "a", "k", StatusCode::OK, "one");
        let found = known.find("a", "k").unwrap();
        let check = |stated: Option<&'static str>, status: StatusCode, fields: usize| {
            let asked = stated.map(|tag| (IF_NONE_MATCH, HeaderValue::from_static(tag)));
            let response = found.answer(&asked.into_iter().collect()).unwrap();
            assert_eq!((response.status(), response.headers().len()), (status, fields), "{stated:?}");
        };
        check(None, StatusCode::OK, 2);
        check(Some("\"t\""), StatusCode::NOT_MODIFIED, 1);
        check(Some("\"u\""), StatusCode::OK, 2);
        keep(&known, "a", "had", StatusCode::NOT_MODIFIED, "");
        let found = known.find("a", "had").unwrap();
        let has = [(IF_NONE_MATCH, HeaderValue::from_static("*"))];
        assert_eq!(found.answer(&has.into_iter().collect()).unwrap().status(), StatusCode::NOT_MODIFIED);
        assert!(found.answer(&HeaderMap::new()).is_none(), "its body is not known");
    }

    #[test]
    fn requests_that_differ_in_what_matters_differ() {
        let request = |uri: &str, fields: &[(&'static str, &str)]| {
            let request =
                fields.iter().fold(Request::get(uri), |request, (name, value)| request.header(*name, *value));
            key(&request.body(Body::empty()).unwrap())
        };
        let plain = request("/a?x=1", &[]);
        assert_eq!(plain, request("/a?x=1", &[("user-agent", "someone"), ("if-none-match", "*")]));
        let others = [
            request("/a?x=2", &[]),
            request("http://h/a?x=1", &[]),
            request("/a?x=1", &[("accept", "text/html")]),
            request("/a?x=1", &[("accept-language", "text/html")]),
            request("/a?x=1", &[("accept-encoding", "gzip")]),
            request("/a?x=1", &[("host", "gzip")]),
            request("/a?x=1", &[("x-forwarded-proto", "https")]),
            request("/a?x=1", &[("x-forwarded-host", "https")]),
        ];
        for (place, other) in others.iter().enumerate() {
            assert!(*other != plain && !others[..place].contains(other), "{other:?}");
        }
    }
}
