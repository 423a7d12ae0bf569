//! The program under test: built once, started with a state folder of its own.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The program, built by the cargo that runs the tests.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let folder = std::env::current_exe().unwrap();
        let folder =
            folder.ancestors().find(|path| path.ends_with("debug") || path.ends_with("release")).unwrap();
        let profile: &[&str] = if folder.ends_with("release") { &["--release"] } else { &[] };
        let build = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "-p", "remix"])
            .args(profile)
            .status();
        assert!(build.unwrap().success(), "the program does not build");
        folder.join("remix")
    })
}

/// The folder of official data beside the project; `None`, said aloud, where it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    if !found.exists() {
        eprintln!("skipped: {path} of the shared data is not beside the project");
    }
    found.exists().then_some(found)
}

/// A state folder, and the program on it.
#[derive(Debug)]
pub struct House {
    folder: TempDir,
}

impl Default for House {
    fn default() -> Self {
        Self::new()
    }
}

impl House {
    /// An empty state folder; others may enter it, since the private PostGIS runs under another account where we are root.
    #[must_use]
    pub fn new() -> Self {
        Self { folder: tempfile::Builder::new().prefix("remix-journey-").tempdir().unwrap() }
    }

    /// The folder for files of the test.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The state folder.
    pub fn var(&self) -> PathBuf {
        self.folder.path().join("var")
    }

    /// The program with these arguments, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.arg("--var").arg(self.var()).args(arguments);
        command.env_remove("DATABASE_URL").env_remove("HTTPS_PROXY");
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Imports files and gives the report.
    pub fn import(&self, source: &str, files: &Path) -> Value {
        let output = self.run(&["import", source, &files.to_string_lossy(), "--format", "json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Runs the program, which has to refuse with one sentence that contains `expect`.
    pub fn refuses(&self, arguments: &[&str], expect: &str) {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{arguments:?} was accepted");
        let sentences: Vec<_> = said.lines().filter(|line| line.starts_with("remix: ")).collect();
        assert!(matches!(sentences.as_slice(), [one] if one.contains(expect)), "{arguments:?} said: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }

    /// Starts serving, and waits until it does.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        self.serve_with(arguments, &[])
    }

    /// The same, with these variables in the environment.
    pub fn serve_with(&self, arguments: &[&str], variables: &[(&str, &Path)]) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let arguments = [&["serve", "--listen", &listen], arguments].concat();
        let mut command = self.command(&arguments);
        command.envs(variables.iter().copied()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains(&listen), "the program did not say that it serves: {line:?}");
        Server { child, url: format!("http://{listen}") }
    }
}

/// A serving program; stopped when the test is over.
#[derive(Debug)]
pub struct Server {
    /// The process.
    pub child: Child,
    /// Where it serves.
    pub url: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Header names (lower case) and values.
    pub headers: Vec<(String, String)>,
    /// The bytes, as they came.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Server {
    /// Asks for a path.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Asks with a method and headers.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers, &[])
    }

    /// Posts a body of a media type.
    pub fn post(&self, path: &str, media_type: &str, body: &[u8]) -> Answer {
        self.send("POST", path, &[("content-type", media_type)], body)
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let request = headers.iter().fold(
            ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url)),
            |request, (name, value)| request.header(*name, *value),
        );
        let sent = if method == "POST" {
            agent.run(request.body(body).unwrap())
        } else {
            agent.run(request.body(()).unwrap())
        };
        let mut response = sent.unwrap();
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: response.body_mut().with_config().limit(1 << 30).read_to_vec().unwrap(),
        }
    }

    /// Waits until the JSON at `path` fits, for ten seconds at most; how long it took.
    pub fn until(&self, path: &str, fits: impl Fn(&Value) -> bool) -> Duration {
        let started = Instant::now();
        while !fits(&self.get(path).json()) {
            assert!(
                started.elapsed() < Duration::from_secs(10),
                "{path} never fitted: {}",
                self.get(path).json()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        started.elapsed()
    }

    /// Tells the program to stop, and waits until it has.
    pub fn stop(mut self) {
        self.signal("TERM");
        self.child.wait().unwrap();
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("TERM");
            let _ = self.child.wait();
        }
    }
}
