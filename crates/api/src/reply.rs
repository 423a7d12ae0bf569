//! Answering: tags are compared before any work, what was made before is sent again, the rest is made, encoded and kept.

use axum::Extension;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use export::Format;
use std::fmt::Write;
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::address::VERSION;
use crate::answers::Encoded;
use crate::ask::Ask;
use crate::content::Content;
use crate::door::Repeatable;
use crate::encoding::Encoding;
use crate::etag;
use crate::problem::Problem;
use crate::work::Wanted;

/// Kept, and asked for again each time: an answer is never older than the edition.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");
/// The address is of this version: another version has another address.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// What is larger is encoded in the room for heavy work: it takes milliseconds.
const LARGE: usize = 256 * 1024;

/// An answer under way.
pub struct Reply<'a> {
    ask: &'a Ask,
    tag: &'a str,
    same_for_all: bool,
    file: Option<Format>,
    /// The edition of which alone the answer is.
    edition: Option<&'a str>,
    /// What the parameters ask for in one writing, where they have several.
    canonical: Option<&'a str>,
}

impl Ask {
    /// Begins the answer. `tag` has to differ whenever the content would.
    pub fn reply<'a>(&'a self, tag: &'a str) -> Reply<'a> {
        Reply { ask: self, tag, same_for_all: false, file: None, edition: None, canonical: None }
    }

    /// Answers with what `make` makes, unless the client or the cache has it already: `tag` has to differ whenever the content
    /// would, so that 304 costs no work.
    ///
    /// # Errors
    /// Those of `make`.
    pub async fn answer(
        &self,
        tag: &str,
        make: impl FnOnce() -> Result<Content, Problem> + Send,
    ) -> Result<Response, Problem> {
        self.reply(tag).make(make).await
    }

    /// Answers with content that is made already, tagged by what it says: for what is read from the database each time.
    ///
    /// # Errors
    /// None; the type is that of handlers.
    pub async fn answer_made(&self, content: Content) -> Result<Response, Problem> {
        let mut hasher = DefaultHasher::new();
        content.body.hash(&mut hasher);
        self.answer(&format!("{:016x}", hasher.finish()), || Ok(content)).await
    }
}

impl<'a> Reply<'a> {
    /// The content is the same in whatever language, as whatever face, by whatever name of the portal it is asked for.
    pub fn same_for_all(self) -> Self {
        Self { same_for_all: true, ..self }
    }

    /// The content is a file, the same in whatever language it is asked for.
    pub fn for_file(self, format: Format) -> Self {
        Self { file: Some(format), ..self }
    }

    /// The answer depends on nothing but the request and the edition of this tag: the door may give it again. `None`: on more.
    pub fn of_edition(self, edition: Option<&'a String>) -> Self {
        Self { edition: edition.map(String::as_str), ..self }
    }

    /// What the parameters ask for is this, in whatever words: the answer is kept once for all of them.
    pub fn asked_as(self, canonical: &'a str) -> Self {
        Self { canonical: Some(canonical), ..self }
    }

    /// Answers with what `make` begins to send in this encoding, unless the client has it already. It is not kept.
    ///
    /// # Errors
    /// Those of `make`.
    pub async fn stream(
        self,
        encoding: Encoding,
        make: impl Future<Output = Result<Response, Problem>> + Send,
    ) -> Result<Response, Problem> {
        let etag = self.etag(encoding);
        let headers = self.headers(&etag);
        if etag::matches(&self.ask.if_none_match, &etag) {
            return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
        }
        Ok((headers, make.await?).into_response())
    }

    /// Answers with what `make` makes here and now, within a millisecond or so.
    ///
    /// # Errors
    /// Those of `make`.
    pub async fn make(
        self,
        make: impl FnOnce() -> Result<Content, Problem> + Send,
    ) -> Result<Response, Problem> {
        let (encoding, room) = (self.ask.encoding, &self.ask.answers.room);
        let make = async move {
            let content = make()?;
            if content.body.len() <= LARGE {
                return Ok(encoding.apply(content));
            }
            room.work(move |_| Ok(encoding.apply(content))).await
        };
        self.send(make).await
    }

    /// Answers with what `make` makes in the room for heavy work. It asks from time to time whether it is still wanted.
    ///
    /// # Errors
    /// Those of `make`.
    pub async fn make_apart(
        self,
        make: impl FnOnce(&Wanted) -> Result<Content, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let encoding = self.ask.encoding;
        let room = &self.ask.answers.room;
        self.send(room.work(move |wanted| Ok(encoding.apply(make(wanted)?)))).await
    }

    /// Answers with what `make` makes wherever it does so, after it has waited for what it is made from.
    ///
    /// # Errors
    /// Those of `make`.
    pub async fn make_of(
        self,
        make: impl Future<Output = Result<Content, Problem>> + Send,
    ) -> Result<Response, Problem> {
        let encoding = self.ask.encoding;
        self.send(async move { Ok(encoding.apply(make.await?)) }).await
    }

    async fn send(
        self,
        make: impl Future<Output = Result<Encoded, Problem>> + Send,
    ) -> Result<Response, Problem> {
        let (ask, encoding) = (self.ask, self.ask.encoding);
        let etag = self.etag(encoding);
        if etag::matches(&ask.if_none_match, &etag) {
            let repeatable = self.repeatable(None);
            return Ok((StatusCode::NOT_MODIFIED, self.headers(&etag), repeatable, ()).into_response());
        }
        let make = async {
            // What was made for a client that takes no encoding need not be made again, only encoded.
            match ask.answers.find(&self.key(Encoding::Identity)).await {
                Some(plain) if encoding != Encoding::Identity => Ok(encoding.apply_to(plain)),
                _ => make.await,
            }
        };
        let Encoded { media_type, coding, link, body, .. } =
            ask.answers.get(self.key(encoding), make).await?;
        let repeatable = self.repeatable(Some(body.clone()));
        if body.is_empty() {
            return Ok((StatusCode::NO_CONTENT, self.headers(&etag), repeatable, ()).into_response());
        }
        let mut response = (self.headers(&etag), repeatable, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        if let Some(link) = link {
            headers.insert(header::LINK, link);
        }
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        Ok(response)
    }

    /// What tells the door that it may give this again.
    fn repeatable(&self, body: Option<Bytes>) -> Option<Extension<Repeatable>> {
        self.edition.map(|edition| Extension(Repeatable::new(edition, body)))
    }

    fn etag(&self, encoding: Encoding) -> String {
        let encoding = encoding.suffix();
        // MapLibre takes the tiles of another address for the same if their tags are: those of some features have their own.
        let asked = self.canonical.map(|canonical| etag::joined([self.tag, canonical]));
        let tag = asked.as_deref().unwrap_or(self.tag);
        if self.same_for_all {
            return format!("\"{tag}.{encoding}\"");
        }
        if let Some(format) = self.file {
            return format!("\"{tag}.{}.{encoding}\"", format.as_str());
        }
        format!("\"{tag}.{}{}.{encoding}\"", self.ask.face.letter(), self.ask.language.0.tag())
    }

    /// What tells the answer from all others: its tag with the address in one canonical form.
    fn key(&self, encoding: Encoding) -> String {
        let mut key = self.etag(encoding);
        if !self.same_for_all {
            key.push_str(&self.ask.origin);
        }
        key.push_str(self.ask.uri.path());
        if let Some(canonical) = self.canonical {
            let _ = write!(key, "?{canonical}");
            return key;
        }
        let mut parameters: Vec<_> = self.ask.stated().iter().filter(|(name, _)| name != VERSION).collect();
        parameters.sort();
        for (name, value) in parameters {
            // The lengths part names and values: no two sets of parameters give one key.
            let _ = write!(key, "?{}:{}:{name}{value}", name.len(), value.len());
        }
        key
    }

    /// What a cache has to know of the answer.
    fn headers(&self, etag: &str) -> [(HeaderName, HeaderValue); 3] {
        let etag = HeaderValue::from_str(etag).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
        let version = self.ask.stated().iter().find(|(name, _)| name == VERSION);
        let is_of_version = version.is_some_and(|(_, version)| version == self.tag);
        let vary =
            if self.same_for_all { "Accept-Encoding" } else { "Accept, Accept-Encoding, Accept-Language" };
        [
            (header::ETAG, etag),
            (header::CACHE_CONTROL, if is_of_version { FOR_EVER } else { ASK_AGAIN }),
            (header::VARY, HeaderValue::from_static(vary)),
        ]
    }
}

#[cfg(test)]
mod tests;
