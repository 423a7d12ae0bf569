//! The other servers, as `scripts/lib/peers.sh` installs them; what is not there is left out and said.

use super::country::{Country, LAYERS};
use std::fmt::Write;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How Martin keeps what it has made.
#[derive(Clone, Copy, PartialEq)]
pub enum Martin {
    /// Not at all.
    Cold,
    /// As it does by itself.
    Hot,
}

/// Where the others are.
pub struct Peers(PathBuf);

/// A server under way; stopped when it is dropped.
pub struct Running {
    child: Child,
    pub url: String,
}

impl Peers {
    /// Those that are installed.
    pub fn found() -> Self {
        Self(std::env::var_os("BENCH_PEERS").map_or_else(|| "target/peers".into(), PathBuf::from))
    }

    /// Their names, and what is missing.
    pub fn about(&self) -> String {
        let one = |(name, path): (&str, &str)| {
            if self.0.join(path).exists() {
                name.to_owned()
            } else {
                format!("{name} (could not be installed)")
            }
        };
        [
            ("Martin 1.14", "bin/martin"),
            ("tipg", "tipg/bin/uvicorn"),
            ("pygeoapi", "pygeoapi/bin/pygeoapi"),
            ("tippecanoe", "tippecanoe/bin/tippecanoe"),
        ]
        .map(one)
        .join(", ")
    }

    /// A program of theirs; `None`, said aloud, where it is not installed.
    pub fn program(&self, path: &str) -> Option<PathBuf> {
        let found = self.0.join(path);
        if !found.exists() {
            println!("left out: {} is not installed", found.display());
        }
        found.exists().then_some(found)
    }

    /// Martin on the tables of the country.
    pub fn martin(&self, country: &Country, keeping: Martin) -> Option<Running> {
        let port = free_port();
        let mut command = Command::new(self.program("bin/martin")?);
        command.args(["--listen-addresses", &format!("127.0.0.1:{port}"), "--auto-bounds", "skip"]);
        if keeping == Martin::Cold {
            command.args(["--cache-size", "0"]);
        }
        command.arg(country.peer_url()).env("RUST_LOG", "error");
        Some(Running::start(command, port, "/health"))
    }

    /// tipg on the same.
    pub fn tipg(&self, country: &Country) -> Option<Running> {
        let port = free_port();
        let mut command = Command::new(self.program("tipg/bin/uvicorn")?);
        command.args(["tipg.main:app", "--port", &port.to_string(), "--log-level", "error"]);
        // Its reader of addresses wants a host, be it the folder of a socket.
        let url = format!("postgresql://remix:none@{}:5432/peer", country.socket().replace('/', "%2F"));
        command.env("DATABASE_URL", url).env("TIPG_DB_SCHEMAS", "[\"peer\"]");
        command.env("TIPG_MAX_FEATURES_PER_QUERY", "100000").env("TIPG_CATALOG_TTL", "3600");
        Some(Running::start(command, port, "/healthz"))
    }

    /// pygeoapi on the same.
    pub fn pygeoapi(&self, country: &Country) -> Option<Running> {
        let program = self.program("pygeoapi/bin/pygeoapi")?;
        let port = free_port();
        let [config, openapi] =
            ["pygeoapi.yml", "pygeoapi-openapi.yml"].map(|name| country.folder().join(name));
        fs::write(&config, pygeoapi(country, port)).unwrap();
        let mut generate = Command::new(&program);
        generate.args(["openapi", "generate"]).arg(&config).arg("--output-file").arg(&openapi);
        let set = |command: &mut Command| {
            command.env("PYGEOAPI_CONFIG", &config).env("PYGEOAPI_OPENAPI", &openapi).stderr(Stdio::null());
        };
        set(&mut generate);
        assert!(
            generate.stdout(Stdio::null()).status().unwrap().success(),
            "pygeoapi makes no OpenAPI document"
        );
        let mut command = Command::new(program.with_file_name("gunicorn"));
        command.args(["--bind", &format!("127.0.0.1:{port}"), "--workers", "2", "pygeoapi.flask_app:APP"]);
        set(&mut command);
        Some(Running::start(command, port, "/conformance?f=json"))
    }
}

impl Running {
    /// Starts a server, and waits until it answers at `path`.
    pub fn start(mut command: Command, port: u16, path: &str) -> Self {
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let running = Self { child, url: format!("http://127.0.0.1:{port}") };
        let started = Instant::now();
        while ureq::get(format!("{}{path}", running.url)).call().is_err() {
            assert!(started.elapsed() < Duration::from_mins(1), "{command:?} does not answer at {path}");
            std::thread::sleep(Duration::from_millis(5));
        }
        running
    }

    /// Its process.
    pub fn roots(&self) -> [u32; 1] {
        [self.child.id()]
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        Command::new("kill").arg(self.child.id().to_string()).status().ok();
        self.child.wait().ok();
    }
}

/// A port that nobody listens at.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn pygeoapi(country: &Country, port: u16) -> String {
    let socket = country.socket();
    let mut text = format!(
        "server:\n  bind: {{ host: 127.0.0.1, port: {port} }}\n  url: http://127.0.0.1:{port}\n  mimetype: application/json\n  \
         encoding: utf-8\n  language: en-US\n  limits: {{ default_items: 1000, max_items: 100000 }}\n  \
         map: {{ url: 'http://127.0.0.1/{{z}}/{{x}}/{{y}}', attribution: none }}\nlogging: {{ level: ERROR }}\n\
         metadata:\n  identification: {{ title: bench, description: bench, keywords: [bench], keywords_type: theme, terms_of_service: none, url: none }}\n  \
         license: {{ name: none, url: none }}\n  provider: {{ name: none, url: none }}\n  contact: {{ name: none }}\nresources:\n"
    );
    for layer in LAYERS {
        write!(
            text,
            "  {layer}:\n    type: collection\n    title: {layer}\n    description: {layer}\n    keywords: [bench]\n    links: []\n    \
             extents: {{ spatial: {{ bbox: [6, 35, 19, 48], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' }} }}\n    \
             providers:\n      - type: feature\n        name: PostgreSQL\n        \
             data: {{ host: '{socket}', port: 5432, dbname: peer, user: remix, password: none, search_path: [peer] }}\n        \
             id_field: gid\n        table: {layer}\n        geom_field: geom\n"
        )
        .unwrap();
    }
    text
}

/// The folder of a program's neighbours.
pub fn beside(program: &Path, name: &str) -> PathBuf {
    program.with_file_name(name)
}
