//! One file, fetched from its address: asked for on conditions, followed where it has gone, gone on with where it broke off.

use super::address::{self, Guard, Private, Server};
use super::body::{self, Body};
use super::error::FetchError;
use super::partial::{Partial, Validators};
use ingest::IngestError;
use ingest::format::check_is_data;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use ureq::http::header::{
    ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderName, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, LOCATION, RANGE,
};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Proxy};
use url::Url;

/// How often a publisher may send on.
const REDIRECTS: usize = 5;
/// What a desktop browser says of itself.
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const BROWSER_ACCEPTS: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const BROWSER_READS: &str = "it-IT,it;q=0.8,en-US;q=0.5,en;q=0.3";

/// What to ask for, and how.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The address.
    pub url: String,
    /// The file that it becomes.
    pub file: PathBuf,
    /// The state that the file is in, if it is there.
    pub known: Option<Validators>,
    /// The greatest size of the file.
    pub max_bytes: u64,
    /// The longest time for the whole.
    pub timeout: Duration,
    /// The longest time until there is a connection.
    pub connect: Duration,
    /// The longest time without a byte.
    pub idle: Duration,
    /// What the program says of itself; `None` where it passes for a browser.
    pub user_agent: Option<String>,
    /// Whether the address may be one of a private network.
    pub allow_private: bool,
    /// The proxy to go through.
    pub proxy: Option<Proxy>,
    /// Set when the program ends.
    pub stop: Arc<AtomicBool>,
}

/// What came of it.
#[derive(Debug)]
pub struct Answer {
    /// What the server answered in the end.
    pub status: Option<u16>,
    /// What was received, unpacked.
    pub bytes: u64,
    /// The state of the file that lies there now; `None` if it is the one that was known.
    pub outcome: Result<Option<Validators>, FetchError>,
}

/// A part was asked for, and the server answered with something else than that part.
struct OtherPart;

type Response = ureq::http::Response<ureq::Body>;

/// Asks for a file. This waits: it is for a thread of its own.
pub fn fetch(ask: &Ask) -> Answer {
    let mut answer = Answer { status: None, bytes: 0, outcome: Ok(None) };
    answer.outcome = ask.run(&mut answer.status, &mut answer.bytes);
    answer
}

impl Ask {
    fn run(&self, status: &mut Option<u16>, bytes: &mut u64) -> Result<Option<Validators>, FetchError> {
        let deadline = Instant::now() + self.timeout;
        let url = self.address()?;
        let agent = self.agent(&url);
        let partial = Partial::of(&self.file);
        if let Some((offset, validators)) = partial.standing(&self.url) {
            let response = self.follow(&agent, &url, Some((offset, &validators)), deadline)?;
            *status = Some(response.status().as_u16());
            match is_that_part(&response, offset, &validators) {
                Ok(()) => return self.take(response, &partial, Some(&(offset, validators)), deadline, bytes),
                // The server begins anew by itself.
                Err(OtherPart) if response.status() == 200 => {
                    return self.take(response, &partial, None, deadline, bytes);
                }
                Err(OtherPart) if matches!(response.status().as_u16(), 206 | 416) => {
                    partial.discard().map_err(|reason| disk_fault(&partial, reason))?;
                }
                Err(OtherPart) => return Err(FetchError::status(response.status())),
            }
        }
        let response = self.follow(&agent, &url, None, deadline)?;
        *status = Some(response.status().as_u16());
        match response.status().as_u16() {
            304 if self.known.is_some() => Ok(None),
            200 => self.take(response, &partial, None, deadline, bytes),
            _ => Err(FetchError::status(response.status())),
        }
    }

    fn address(&self) -> Result<Url, FetchError> {
        let no_address = |reason: String| FetchError::NoAddress(reason);
        let url = Url::parse(&self.url).map_err(|error| no_address(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(no_address("it begins with neither https:// nor http://".to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(no_address("it holds a name or a password".to_owned()));
        }
        Ok(url)
    }

    fn agent(&self, url: &Url) -> Agent {
        let proxy = self.proxy.as_ref().map(|proxy| (proxy.host().to_ascii_lowercase(), proxy.port()));
        let trusted = self.own_server(url).into_iter().chain(proxy).collect();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(self.proxy.clone())
            .timeout_resolve(Some(self.connect))
            .timeout_connect(Some(self.connect))
            .timeout_per_read(Some(self.idle))
            .timeout_per_write(Some(self.idle))
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .user_agent(self.user_agent.as_deref().unwrap_or(BROWSER))
            .accept(if self.user_agent.is_none() { BROWSER_ACCEPTS } else { "*/*" })
            // A part of something packed cannot be gone on with: what is sent is the file itself, where the server lets it be.
            .accept_encoding("identity")
            .build();
        Agent::with_parts(
            config,
            ureq::unversioned::transport::DefaultConnector::default(),
            Guard { trusted },
        )
    }

    /// The server that source.toml names, if it may be on a private network.
    fn own_server(&self, url: &Url) -> Option<Server> {
        address::server(url).filter(|_| self.allow_private)
    }

    /// Asks, and asks again wherever the publisher sends on to.
    fn follow(
        &self,
        agent: &Agent,
        first: &Url,
        part: Option<(u64, &Validators)>,
        deadline: Instant,
    ) -> Result<Response, FetchError> {
        let mut url = first.clone();
        for hop in 0..=REDIRECTS {
            let private = |private: &Private| match hop {
                0 => FetchError::Private(private.to_string()),
                _ => FetchError::PrivateRedirect { to: url.to_string(), reason: private.to_string() },
            };
            if self.own_server(first).is_none() || address::server(&url) != self.own_server(first) {
                address::check_as_written(&url).map_err(|refused| private(&refused))?;
            }
            let response = self.request(agent, &url, part, deadline).map_err(|error| match &error {
                ureq::Error::Other(other) => match other.downcast_ref() {
                    Some(refused) => private(refused),
                    None => self.fault(error),
                },
                ureq::Error::HostNotFound => {
                    FetchError::NoHost(url.host_str().unwrap_or_default().to_owned())
                }
                _ => self.unreachable(&url, error),
            })?;
            if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Ok(response);
            }
            url = sent_on(&url, &response)?;
        }
        Err(FetchError::RedirectLoop(REDIRECTS))
    }

    fn request(
        &self,
        agent: &Agent,
        url: &Url,
        part: Option<(u64, &Validators)>,
        deadline: Instant,
    ) -> Result<Response, ureq::Error> {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut request = agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        if self.user_agent.is_none() {
            request = request.header(ACCEPT_LANGUAGE, BROWSER_READS);
        }
        if let Some((offset, validator)) = part.and_then(|(offset, all)| Some((offset, all.strong()?))) {
            request = request.header(RANGE, format!("bytes={offset}-")).header(IF_RANGE, validator);
        } else if let Some(known) = &self.known {
            if let Some(etag) = &known.etag {
                request = request.header(IF_NONE_MATCH, etag);
            }
            if let Some(last_modified) = &known.last_modified {
                request = request.header(IF_MODIFIED_SINCE, last_modified);
            }
        }
        request.call()
    }

    /// Takes the body in; `part` is what there is of it already.
    fn take(
        &self,
        response: Response,
        partial: &Partial,
        part: Option<&(u64, Validators)>,
        deadline: Instant,
        bytes: &mut u64,
    ) -> Result<Option<Validators>, FetchError> {
        let packed = match header(&response, CONTENT_ENCODING).as_deref() {
            None | Some("" | "identity") => false,
            Some("gzip" | "x-gzip") => true,
            Some(other) => return Err(FetchError::Packed(other.to_owned())),
        };
        let disk = |reason| disk_fault(partial, reason);
        let (offset, validators) = part.cloned().unwrap_or_else(|| (0, validators(&response)));
        let mut file = match part {
            Some(_) => partial.resume(),
            // What is packed cannot be gone on with, so nothing says of what state it is.
            None => partial.begin(&self.url, if packed { &NONE } else { &validators }),
        }
        .map_err(disk)?;
        let announced = header(&response, CONTENT_LENGTH).and_then(|length| length.parse().ok());
        let body = Body { reader: response.into_body().into_reader(), packed, announced, offset };
        let written = body::write(body, &mut file, partial.path(), self, deadline, bytes);
        let checked = written.and_then(|()| is_data(partial));
        if let Err(error) = checked {
            if !error.can_be_resumed() || packed {
                partial.discard().map_err(disk)?;
            }
            return Err(error);
        }
        partial.finish().map_err(disk)?;
        Ok(Some(validators))
    }

    fn unreachable(&self, url: &Url, error: ureq::Error) -> FetchError {
        let host = url.host_str().unwrap_or_default().to_owned();
        match self.fault(error) {
            FetchError::Garbled(reason) => FetchError::Unreachable { host, reason },
            other => other,
        }
    }

    /// What a fault of the connection means.
    pub(super) fn fault(&self, error: ureq::Error) -> FetchError {
        use ureq::Timeout;
        match error {
            ureq::Error::Timeout(Timeout::PerRead | Timeout::PerWrite) => {
                FetchError::Idle(self.idle.as_secs())
            }
            ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
                FetchError::Garbled(format!("no answer within {} seconds", self.connect.as_secs()))
            }
            ureq::Error::Timeout(_) => FetchError::TooLong(self.timeout.as_secs()),
            ureq::Error::Io(error) => FetchError::Garbled(error.to_string()),
            other => FetchError::Garbled(other.to_string()),
        }
    }
}

fn disk_fault(partial: &Partial, reason: io::Error) -> FetchError {
    FetchError::Disk { path: partial.path().to_owned(), reason }
}

const NONE: Validators = Validators { etag: None, last_modified: None };

fn header(response: &Response, name: HeaderName) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.trim().to_owned())
}

fn validators(response: &Response) -> Validators {
    Validators { etag: header(response, ETAG), last_modified: header(response, LAST_MODIFIED) }
}

/// Whether an answer is the part that was asked for, of the state that there is a part of: not every server looks at `If-Range`.
fn is_that_part(response: &Response, offset: u64, known: &Validators) -> Result<(), OtherPart> {
    let range = header(response, CONTENT_RANGE).unwrap_or_default();
    let start = range.strip_prefix("bytes ").and_then(|range| range.split('-').next()?.parse().ok());
    let found = validators(response);
    let differs = |found: &Option<String>, known: &Option<String>| found.is_some() && found != known;
    let is_other = differs(&found.etag, &known.etag) || differs(&found.last_modified, &known.last_modified);
    let is_packed = header(response, CONTENT_ENCODING).is_some_and(|packing| packing != "identity");
    let fits = response.status() == 206 && start == Some(offset) && !is_other && !is_packed;
    if fits { Ok(()) } else { Err(OtherPart) }
}

/// Where a publisher sends on to.
fn sent_on(from: &Url, response: &Response) -> Result<Url, FetchError> {
    let location = header(response, LOCATION).unwrap_or_default();
    let refused = |reason| FetchError::Redirect { to: location.clone(), reason };
    if location.is_empty() {
        return Err(refused("it does not say where"));
    }
    let mut url = from.join(&location).map_err(|_| refused("that is no address"))?;
    match (from.scheme(), url.scheme()) {
        ("https", "http") => return Err(refused("what was asked over https is not taken over http")),
        (_, "http" | "https") => {}
        _ => return Err(refused("it begins with neither https:// nor http://")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("it holds a name or a password"));
    }
    url.set_fragment(None);
    Ok(url)
}

fn is_data(partial: &Partial) -> Result<(), FetchError> {
    match check_is_data(partial.path()) {
        Ok(_) => Ok(()),
        Err(IngestError::Empty { .. }) => Err(FetchError::Empty),
        Err(IngestError::WebPage { .. }) => Err(FetchError::WebPage),
        Err(error) => Err(FetchError::Garbled(error.to_string())),
    }
}
