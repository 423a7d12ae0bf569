//! The data: municipalities of all Italy, and 50,000 projects and 5,000 ambits over Lombardy, in one `PostGIS` for everybody.

use super::cost::Processes;
use super::peers::{Running, free_port};
use crate::{lombardy, national};
use journeys::program::House;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use store::cluster::{self, Cluster};
use tiles::TileAddress;

/// The collections, named alike everywhere.
pub const LAYERS: [&str; 3] = ["municipalities", "projects", "ambits"];
/// What the data is, in words.
pub const ABOUT: &str = "the real municipalities of Lombardy (ISTAT; invented where they do not lie beside the project) among invented ones, some \
                         8,000 in all, 50,000 invented projects with 14 attributes, 5,000 invented ambits of 61 vertices, in one PostGIS \
                         for all servers";
/// Where tiles are asked for: west, south, east, north.
const WINDOW: [f64; 4] = [8.6, 44.7, 11.3, 45.7];
/// Tiles of each zoom level at most.
const TILES: usize = 40;

/// The data, loaded.
pub struct Country {
    house: House,
    cluster: Cluster,
    data: PathBuf,
}

impl Country {
    /// Makes it, imports it, and loads the same files into tables for the others.
    pub async fn new() -> Self {
        let house = House::new();
        let settings = cluster::Settings { var: house.var(), pg_bin: None, durable: true };
        let cluster = cluster::join(&settings).await.unwrap();
        let data = configuration(house.path());
        let files = [
            national::municipalities_with_lombardy(house.path(), lombardy::EXTENT),
            collection(house.path(), "projects", (0..lombardy::PROJECTS).map(lombardy::project)),
            collection(house.path(), "ambits", (0..lombardy::AREAS).map(lombardy::area)),
        ];
        let country = Self { house, cluster, data };
        for (source, file) in
            ["istat-municipalities", "bench-projects", "bench-ambits"].into_iter().zip(&files)
        {
            let done =
                country.remix(&["import", source, &file.to_string_lossy()]).stdout(Stdio::null()).status();
            assert!(done.unwrap().success(), "{source}");
        }
        country.load(&files);
        country
    }

    /// The portal, which keeps answers in so many MiB.
    pub fn serve(&self, cache_mib: u32) -> Running {
        let port = free_port();
        let arguments =
            ["serve", "--listen", &format!("127.0.0.1:{port}"), "--cache-mib", &cache_mib.to_string()];
        Running::start(self.remix(&arguments), port, "/collections/ambits/items?limit=1")
    }

    /// How long it takes from the start of the program to its first answer of each kind.
    pub fn first_answer(&self) -> Duration {
        let started = Instant::now();
        let running = self.serve(0);
        for layer in LAYERS {
            ureq::get(format!("{}/collections/{layer}/items?limit=1", running.url)).call().unwrap();
        }
        started.elapsed()
    }

    /// The program, with the bench's configuration.
    pub fn remix(&self, arguments: &[&str]) -> Command {
        let mut command = self.house.command(&["--territory", "italia", "--data"]);
        command.arg(&self.data).args(arguments).env("REMIX_LOG", "error");
        command
    }

    /// The folder for files of the bench.
    pub fn folder(&self) -> &Path {
        self.house.path()
    }

    /// The address of the others' database.
    pub fn peer_url(&self) -> String {
        self.cluster.url().replacen("/remix?", "/peer?", 1)
    }

    /// The folder of the server's socket.
    pub fn socket(&self) -> String {
        let url = self.cluster.url();
        let host = url.split_once("host=").map(|(_, rest)| rest.split('&').next().unwrap_or(rest));
        host.unwrap().replace("%2F", "/")
    }

    /// The process of `PostgreSQL`.
    pub fn postmaster(&self) -> u32 {
        let text = fs::read_to_string(self.house.var().join("postgres/data/postmaster.pid")).unwrap();
        text.lines().next().unwrap().trim().parse().unwrap()
    }

    /// CPU of `PostgreSQL` and of some processes.
    pub fn processes(&self, roots: &[u32]) -> Processes {
        Processes::below(&[roots, &[self.postmaster()]].concat())
    }

    /// Stops everything.
    pub async fn leave(self) {
        self.cluster.leave().await.unwrap();
    }

    /// The same files as tables with an index on their shapes.
    fn load(&self, files: &[PathBuf; 3]) {
        self.psql("remix", "create database peer");
        self.psql("peer", "create extension postgis; create schema peer");
        for (layer, file) in LAYERS.into_iter().zip(files) {
            let status = Command::new("ogr2ogr")
                .args(["-f", "PostgreSQL", &format!("PG:{}", self.peer_url())])
                .arg(file)
                .args(["-nln", &format!("peer.{layer}"), "-nlt", "PROMOTE_TO_MULTI"])
                .args(["-lco", "GEOMETRY_NAME=geom", "-lco", "FID=gid"])
                .stderr(Stdio::null())
                .status();
            assert!(status.unwrap().success(), "{layer}");
        }
        self.psql("peer", "vacuum analyze");
    }

    fn psql(&self, database: &str, sql: &str) {
        let url = self.cluster.url().replacen("/remix?", &format!("/{database}?"), 1);
        let mut command = Command::new("psql");
        command.env("PGOPTIONS", "-c client_min_messages=warning").args(["-qX", "-d", &url]);
        assert!(
            sql.split("; ")
                .fold(&mut command, |command, one| command.args(["-c", one]))
                .status()
                .unwrap()
                .success(),
            "{sql}"
        );
    }
}

/// Tiles of a layer that have something in them, some on each level: zoom, column, row.
pub fn tiles(url: &str, layer: &str, zooms: RangeInclusive<u8>) -> Vec<[u32; 3]> {
    let [west, south, east, north] = WINDOW;
    let of_zoom = |zoom: u8| {
        let first = TileAddress::at(zoom, [west, north]).unwrap();
        let last = TileAddress::at(zoom, [east, south]).unwrap();
        let all =
            (first.x()..=last.x()).flat_map(|x| (first.y()..=last.y()).map(move |y| [u32::from(zoom), x, y]));
        let all: Vec<[u32; 3]> = all.collect();
        let step = (all.len() / (4 * TILES)).max(1);
        let has_something = |[z, x, y]: &[u32; 3]| {
            ureq::get(format!("{url}/tiles/{layer}/{z}/{x}/{y}")).call().unwrap().status() == 200
        };
        all.into_iter().step_by(step).filter(has_something).take(TILES).collect::<Vec<_>>()
    };
    zooms.flat_map(of_zoom).collect()
}

/// The built-in configuration with Italy as a territory, the two collections of the bench, and municipalities drawn with what the
/// others have of them too: their keys, and no number beside.
fn configuration(folder: &Path) -> PathBuf {
    let data = national::configuration(folder);
    let field = |place: usize| {
        let kind = if place == 13 { "integer" } else { "text" };
        let role = ["\nrequired = true", "\nrole = \"title\""].get(place).unwrap_or(&"");
        format!(
            "[[fields]]\nid = \"f{place}\"\ntype = \"{kind}\"{role}\nlabel = {{ it = \"f{place}\", en = \"f{place}\" }}\n"
        )
    };
    let names =
        |fields: usize| (0..fields).map(|place| format!("\"f{place}\"")).collect::<Vec<_>>().join(", ");
    for (id, geometry, fields, drawn) in [
        ("projects", "point", 14, "[cluster]\nbelow_zoom = 10\ncount = true\nsums = [\"f13\"]\n"),
        ("ambits", "polygon", 4, ""),
    ] {
        let head = format!(
            "id = \"{id}\"\nfamily = \"areas\"\ntitle = {{ it = \"{id}\", en = \"{id}\" }}\ndescription = {{ it = \"\", en = \"\" }}\n\
             key = [\"f0\"]\ngeometry = \"{geometry}\"\n"
        );
        let all: String = (0..fields).map(field).collect();
        fs::write(data.join(format!("collections/{id}.toml")), head + &all).unwrap();
        let tileset =
            format!("min_zoom = 4\nmax_zoom = 14\nattributes = [{}]\nids = false\n{drawn}", names(fields));
        fs::write(data.join(format!("tiles/{id}.toml")), tileset).unwrap();
        let columns: Vec<_> = (0..fields).map(|place| format!("f{place} = [\"f{place}\"]")).collect();
        let columns = columns.join("\n");
        let source = format!(
            "id = \"bench-{id}\"\ncollection = \"{id}\"\ntitle = {{ it = \"{id}\", en = \"{id}\" }}\npublisher = \"bench\"\n\
             licence = \"CC0 1.0\"\n[[tables]]\nid = \"{id}\"\nformat = \"vector\"\n[tables.columns]\n{columns}"
        );
        let sources = data.join(format!("sources/bench-{id}"));
        fs::create_dir(&sources).unwrap();
        fs::write(sources.join("source.toml"), source).unwrap();
    }
    let municipalities =
        "min_zoom = 4\nmax_zoom = 14\nattributes = [\"istat_code\", \"name\"]\nids = false\n";
    fs::write(data.join("tiles/municipalities.toml"), municipalities).unwrap();
    data
}

/// Writes features as GeoJSON.
fn collection(folder: &Path, name: &str, features: impl Iterator<Item = lombardy::Stated>) -> PathBuf {
    let path = folder.join(format!("{name}.geojson"));
    let mut file = BufWriter::new(File::create(&path).unwrap());
    write!(file, r#"{{"type":"FeatureCollection","features":["#).unwrap();
    for (place, (shape, values)) in features.enumerate() {
        let geometry = match shape.rings().next().unwrap() {
            [point] => json!({ "type": "Point", "coordinates": point }),
            ring => json!({ "type": "Polygon", "coordinates": [ring] }),
        };
        let value = |value: &domain::Value| match value {
            domain::Value::Integer(number) => json!(number),
            other => json!(other.as_text()),
        };
        let properties: serde_json::Map<String, Value> =
            values.iter().enumerate().map(|(place, it)| (format!("f{place}"), value(it))).collect();
        let comma = if place > 0 { "," } else { "" };
        write!(
            file,
            "{comma}{}",
            json!({ "type": "Feature", "properties": properties, "geometry": geometry })
        )
        .unwrap();
    }
    write!(file, "]}}").unwrap();
    path
}
