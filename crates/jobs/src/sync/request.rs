//! The request for a file, and the way from one address to the next where a publisher sends on.

use super::address::{self, Guard, Private, Server};
use super::ask::Ask;
use super::error::FetchError;
use super::partial::Validators;
use std::time::Instant;
use ureq::Agent;
use ureq::http::header::{
    ACCEPT_LANGUAGE, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE,
};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

/// How often a publisher may send on.
const REDIRECTS: usize = 5;
/// What a desktop browser says of itself.
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const BROWSER_ACCEPTS: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const BROWSER_READS: &str = "it-IT,it;q=0.8,en-US;q=0.5,en;q=0.3";

/// An answer.
pub type Response = ureq::http::Response<ureq::Body>;

impl Ask {
    /// What asks: it takes nothing from the environment, and follows nobody by itself.
    pub(super) fn agent(&self, url: &Url) -> Agent {
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
        Agent::with_parts(config, DefaultConnector::default(), Guard { trusted })
    }

    /// The server that source.toml names, if it may be on a private network.
    fn own_server(&self, url: &Url) -> Option<Server> {
        address::server(url).filter(|_| self.allow_private)
    }

    /// Asks, and asks again wherever the publisher sends on to.
    pub(super) fn follow(
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

    fn unreachable(&self, url: &Url, error: ureq::Error) -> FetchError {
        let host = url.host_str().unwrap_or_default().to_owned();
        match self.fault(error) {
            FetchError::Garbled(reason) => FetchError::Unreachable { host, reason },
            other => other,
        }
    }
}

/// The value of a header.
pub fn header(response: &Response, name: HeaderName) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.trim().to_owned())
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
