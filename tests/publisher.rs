//! A publisher of the test: an HTTP server that answers as it is told, well or badly, and remembers what it was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A question that was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `GET`, it is hoped.
    pub method: String,
    /// The path.
    pub path: String,
    /// The headers, by their names in lower case.
    pub headers: BTreeMap<String, String>,
}

impl Asked {
    /// The value of a header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

type Manner = Arc<dyn Fn(&Asked, &mut TcpStream) + Send + Sync>;

/// The server. Its threads end with the test's process.
pub struct Publisher {
    port: u16,
    manner: Arc<Mutex<Manner>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Default for Publisher {
    fn default() -> Self {
        Self::new()
    }
}

impl Publisher {
    /// A server that answers 404 until it is told otherwise.
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let manner: Arc<Mutex<Manner>> = Arc::new(Mutex::new(Arc::new(|_, stream| {
            say(stream, "404 Not Found", &[], b"");
        })));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (told, heard) = (manner.clone(), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (told, heard) = (told.clone(), heard.clone());
                thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let Some(question) = read(&stream) else { return };
                    heard.lock().unwrap().push(question.clone());
                    let manner = told.lock().unwrap().clone();
                    manner(&question, &mut stream);
                });
            }
        });
        Self { port, manner, asked }
    }

    /// Where it is.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// From now on it answers so.
    pub fn does(&self, manner: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) {
        *self.manner.lock().unwrap() = Arc::new(manner);
    }

    /// From now on it has this file, of this state: it looks at conditions and ranges.
    pub fn has(&self, etag: &'static str, body: Vec<u8>) {
        self.does(move |asked, stream| serve(asked, stream, etag, &body, body.len()));
    }

    /// What it was asked since this was last called.
    pub fn heard(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

/// A well-behaved answer, which breaks off when `until` bytes of the whole file have been sent.
pub fn serve(asked: &Asked, stream: &mut TcpStream, etag: &str, body: &[u8], until: usize) {
    if asked.header("if-none-match") == etag {
        return say(stream, "304 Not Modified", &[("ETag", etag)], b"");
    }
    let range = asked.header("range").strip_prefix("bytes=").and_then(|range| range.strip_suffix('-'));
    let start =
        range.filter(|_| asked.header("if-range") == etag).map(|start| start.parse::<usize>().unwrap());
    let last = body.len() - 1;
    let range = format!("bytes {}-{last}/{}", start.unwrap_or(0), body.len());
    let (status, from) = start.map_or(("200 OK", 0), |start| ("206 Partial Content", start));
    let mut headers = vec![("ETag", etag)];
    if start.is_some() {
        headers.push(("Content-Range", &range));
    }
    head(stream, status, &headers, Some(body.len() - from));
    let _ = stream.write_all(&body[from..until.max(from)]);
}

/// A whole answer.
pub fn say(stream: &mut TcpStream, status: &str, headers: &[(&str, &str)], body: &[u8]) {
    head(stream, status, headers, Some(body.len()));
    // Whoever has heard enough hangs up.
    let _ = stream.write_all(body);
}

/// The head of an answer.
pub fn head(stream: &mut TcpStream, status: &str, headers: &[(&str, &str)], length: Option<usize>) {
    let mut text = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    if let Some(length) = length.filter(|_| !status.starts_with("304")) {
        text.extend(["Content-Length: ", &length.to_string(), "\r\n"]);
    }
    text.push_str("\r\n");
    let _ = stream.write_all(text.as_bytes());
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers = lines.take_while(|line| !line.is_empty());
    let headers = headers.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    Some(Asked { method, path, headers: headers.collect() })
}
