//! Answers as clients and caches see them.

use super::*;
use crate::answers::Answers;
use axum::body::to_bytes;
use axum::http::HeaderMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A portal of answers that say how many were made before.
#[derive(Default)]
struct Counter {
    answers: Option<Arc<Answers>>,
    made: AtomicUsize,
}

impl Counter {
    fn ask(&mut self, uri: &str, headers: &[(HeaderName, &str)]) -> Ask {
        let answers = self.answers.get_or_insert_with(|| Arc::new(Answers::new(1))).clone();
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
            .collect();
        Ask::new(&uri.parse().unwrap(), &headers, None, answers)
    }

    fn make(&self) -> Content {
        let made = self.made.fetch_add(1, Ordering::Relaxed);
        Content::new("text/plain", made.to_string().repeat(2000).into_bytes())
    }

    async fn answer(&mut self, uri: &str, headers: &[(HeaderName, &str)], tag: &str) -> Response {
        let ask = self.ask(uri, headers);
        ask.answer(tag, || Ok(self.make())).await.unwrap()
    }
}

fn field(response: &Response, name: HeaderName) -> String {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned()
}

#[tokio::test]
async fn what_the_client_has_is_neither_made_nor_sent() {
    let mut counter = Counter::default();
    let etag = field(&counter.answer("/a", &[], "t").await, header::ETAG);
    for (stated, status, made) in [(etag.as_str(), 304, 1), ("*", 304, 1), ("\"other\"", 200, 1)] {
        let response = counter.answer("/a", &[(header::IF_NONE_MATCH, stated)], "t").await;
        assert_eq!(response.status(), status, "{stated}");
        assert_eq!(counter.made.load(Ordering::Relaxed), made);
        assert_eq!(field(&response, header::ETAG), etag);
        assert_eq!(field(&response, header::CACHE_CONTROL), "public, no-cache");
        assert!(field(&response, header::VARY).contains("Accept-Encoding"));
    }
    let response = counter.answer("/a", &[(header::IF_NONE_MATCH, &etag)], "another").await;
    assert_eq!((response.status().as_u16(), counter.made.load(Ordering::Relaxed)), (200, 2));
}

#[tokio::test]
async fn an_answer_is_made_once_for_each_address_and_tag_in_whatever_encoding() {
    let mut counter = Counter::default();
    let language = header::ACCEPT_LANGUAGE;
    let gzip = [(header::ACCEPT_ENCODING, "gzip")];
    for (uri, headers, tag, made) in [
        ("/a?x=1&y=2", &[][..], "t", 1),
        ("/a?y=2&x=1", &[], "t", 1),
        ("/a?y=2&x=1&v=3", &[], "t", 1),
        ("/a?x=1&y=2", &gzip, "t", 1),
        ("/a?x=1&y=2", &[], "u", 2),
        ("/a?x=1", &[], "t", 3),
        ("/a?x=1%3F1:1:y2", &[], "t", 4),
        ("/a?x=1&y=2", &[(language.clone(), "en")], "t", 5),
        ("/a?x=1&y=2&lang=en", &[], "t", 5),
        ("/a?x=1&y=2&f=html", &[], "t", 6),
        ("/a?x=1&y=2", &[(header::HOST, "example.org")], "t", 7),
        ("/b?x=1&y=2", &[], "t", 8),
    ] {
        let response = counter.answer(uri, headers, tag).await;
        let coding = if headers == gzip { "gzip" } else { "" };
        assert_eq!(field(&response, header::CONTENT_ENCODING), coding);
        assert_eq!(counter.made.load(Ordering::Relaxed), made, "{uri} {headers:?} {tag}");
    }
}

#[tokio::test]
async fn what_is_the_same_for_all_is_made_once_for_all_and_kept_for_ever_by_its_version() {
    let mut counter = Counter::default();
    for (uri, headers, expect) in [
        ("/a", &[][..], "public, no-cache"),
        ("/a?f=html&lang=en", &[(header::HOST, "example.org")], "public, no-cache"),
        ("/a?v=t", &[], "public, max-age=31536000, immutable"),
        ("/a?v=u", &[], "public, no-cache"),
    ] {
        let ask = counter.ask(uri, headers);
        let response = ask.reply("t").same_for_all().make(|| Ok(counter.make())).await.unwrap();
        assert_eq!(field(&response, header::CACHE_CONTROL), expect, "{uri}");
        assert_eq!(field(&response, header::VARY), "Accept-Encoding");
        assert_eq!(counter.made.load(Ordering::Relaxed), 1);
    }
}

#[tokio::test]
async fn heavy_work_and_large_bodies_give_the_same_bytes() {
    let mut counter = Counter::default();
    let ask = counter.ask("/a", &[(header::ACCEPT_ENCODING, "zstd")]);
    let large = || Content::new("text/plain", b"REMIX".repeat(LARGE));
    let here = ask.reply("t").make(|| Ok(large())).await.unwrap();
    let apart = ask.reply("u").make_apart(move |_| Ok(large())).await.unwrap();
    let [here, apart] = [here, apart].map(|response| {
        assert_eq!(field(&response, header::CONTENT_ENCODING), "zstd");
        to_bytes(response.into_body(), usize::MAX)
    });
    let bytes = here.await.unwrap();
    assert_eq!(zstd::bulk::decompress(&bytes, 5 * LARGE).unwrap(), large().body);
    assert_eq!(bytes, apart.await.unwrap());
}

#[tokio::test]
async fn nothing_is_an_answer_too() {
    let ask = Counter::default().ask("/a", &[]);
    let empty = || Ok(Content::new("text/plain", Vec::new()));
    let response = ask.answer("t", empty).await.unwrap();
    assert_eq!((response.status().as_u16(), field(&response, header::CONTENT_TYPE)), (204, String::new()));
}
