//! One file, fetched from its address: asked for on conditions, followed where it has gone, gone on with where it broke off.

use super::ask::Ask;
use super::body::{self, Body};
use super::error::FetchError;
use super::partial::{Partial, Validators};
use super::request::{Response, header};
use ingest::IngestError;
use ingest::format::content;
use std::io;
use std::time::Instant;
use ureq::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, LAST_MODIFIED};
use url::Url;

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
}

fn disk_fault(partial: &Partial, reason: io::Error) -> FetchError {
    FetchError::Disk { path: partial.path().to_owned(), reason }
}

const NONE: Validators = Validators { etag: None, last_modified: None };

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

fn is_data(partial: &Partial) -> Result<(), FetchError> {
    match content::kind(partial.path(), partial.path()) {
        Ok(_) => Ok(()),
        Err(IngestError::Empty { .. }) => Err(FetchError::Empty),
        Err(IngestError::WebPage { .. }) => Err(FetchError::WebPage),
        Err(error) => Err(FetchError::Garbled(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::thread;
    use std::time::Duration;

    fn ask(folder: &tempfile::TempDir, port: u16) -> Ask {
        Ask {
            url: format!("http://127.0.0.1:{port}/x.csv"),
            file: folder.path().join("x.csv"),
            known: None,
            max_bytes: 1000,
            timeout: Duration::from_secs(20),
            connect: Duration::from_secs(1),
            idle: Duration::from_millis(300),
            user_agent: Some("REMIX".to_owned()),
            allow_private: true,
            proxy: None,
            stop: Arc::new(AtomicBool::new(false)),
        }
    }

    #[test]
    fn a_publisher_that_falls_silent_is_not_waited_for_to_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            stream.write_all(b"HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 100\r\n\r\nabc").unwrap();
            thread::sleep(Duration::from_secs(10));
        });
        let started = Instant::now();
        let answer = fetch(&ask(&folder, port));
        assert!(matches!(answer.outcome, Err(FetchError::Idle(_))), "{answer:?}");
        assert!(started.elapsed() < Duration::from_secs(5));
        assert_eq!((answer.status, answer.bytes), (Some(200), 3));
        assert_eq!(std::fs::read(folder.path().join("x.csv.partial")).unwrap(), b"abc");
    }

    #[test]
    fn a_server_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let error = fetch(&ask(&folder, port)).outcome.unwrap_err().to_string();
        assert!(error.starts_with("127.0.0.1 cannot be reached: "), "{error}");
    }
}
