//! Small definitions for tests of formats, and how a file is read by them.

pub mod files;

use domain::{Issue, IssueKind, Record, Tally, Value};
use ingest::Definitions;
use ingest::reading::FileUse;
use ingest::{IngestError, Standing, definition, open};
use std::path::Path;
use std::sync::Arc;

/// A territory with the provinces of Milano and Como.
const TERRITORY: &str = r#"
id = "prova"
title = { it = "Prova", en = "Test" }
short_title = { it = "Prova", en = "Test" }
provinces = ["015", "013"]
extent = [8.5, 45.0, 9.8, 46.4]
metric_crs = "EPSG:32632"
"#;

/// How a file is to be read.
pub struct Reader {
    geometry: &'static str,
    source: String,
    table: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Taken {
    pub records: Vec<Record>,
    pub tally: Tally,
    pub issues: Vec<Issue>,
    pub files: Vec<FileUse>,
}

impl Reader {
    /// Municipalities as polygons.
    pub fn boundaries() -> Self {
        let table = r#"columns = { istat = ["com_istat_code", "com_istat_"], name = ["name"] }"#;
        Self { geometry: "polygon", source: String::new(), table: table.to_owned() }
    }

    /// Places as points, with an optional day.
    pub fn places() -> Self {
        let table = r#"
            columns = { istat = ["Codice ISTAT", "codice_istat", "id"], name = ["Comune", "nome", "name"], day = ["data"] }
            place = { x = ["Longitudine", "lon"], y = ["Latitudine", "lat"] }"#;
        Self { geometry: "point", source: String::new(), table: table.to_owned() }
    }

    /// Things with these columns for key and name.
    pub fn columns(key: &str, name: &str) -> Self {
        let table = format!("columns.istat = [\"{key}\"]\ncolumns.name = [\"{name}\"]");
        Self { geometry: "any", source: String::new(), table }
    }

    /// With a line more for the source.
    pub fn source(mut self, line: &str) -> Self {
        self.source.push_str(line);
        self.source.push('\n');
        self
    }

    /// With a line more for the table.
    pub fn table(mut self, line: &str) -> Self {
        self.table = format!("{line}\n{}", self.table);
        self
    }

    /// With another `place` for the table.
    pub fn place(mut self, place: &str) -> Self {
        let others: Vec<&str> = self.table.lines().filter(|line| !line.trim().starts_with("place")).collect();
        self.table = [&others, &[place][..]].concat().join("\n");
        self
    }

    /// For shapes of another kind.
    pub fn geometry(mut self, kind: &'static str) -> Self {
        self.geometry = kind;
        self
    }

    /// As the program knows it.
    pub fn definitions(&self) -> Definitions {
        let collection = format!(
            r#"
            id = "things"
            family = "territory"
            title = {{ it = "Cose", en = "Things" }}
            description = {{ it = "Cose", en = "Things" }}
            key = ["istat"]
            geometry = "{}"
            fields = [
              {{ id = "istat", type = "{}", required = true, label = {{ it = "c", en = "c" }} }},
              {{ id = "name", type = "text", required = true, label = {{ it = "n", en = "n" }} }},
              {{ id = "day", type = "date", label = {{ it = "g", en = "d" }} }},
            ]"#,
            self.geometry,
            if self.source.contains("# keys are text") { "text" } else { "municipality_code" },
        );
        let source = format!(
            r#"
            id = "prova"
            collection = "things"
            title = {{ it = "Prova", en = "Test" }}
            publisher = "prova"
            licence = "CC0 1.0"
            scope = "territory"
            {}
            [[tables]]
            id = "things"
            {}"#,
            self.source, self.table
        );
        Definitions {
            source: definition::parse_source(&source).unwrap(),
            collections: vec![Arc::new(definition::parse_collection(&collection).unwrap())],
            territory: Arc::new(definition::parse_territory(TERRITORY, "").unwrap()),
        }
    }

    /// Reads the file.
    pub fn read(&self, path: &Path) -> Result<Taken, IngestError> {
        let definitions = self.definitions();
        let given = [path.to_owned()];
        let opened = open(&definitions, &given)?;
        let (files, mut records) = (opened.files(), Vec::new());
        let reading = opened.read(&Standing::new(), &mut |_, more| {
            records.extend(more);
            std::ops::ControlFlow::Continue(())
        })?;
        let reading = reading.unwrap();
        let tally = reading.parts.first().unwrap().tally;
        Ok(Taken { records, tally, issues: reading.issues, files })
    }
}

impl Taken {
    /// The name of the record with this key.
    pub fn name_of(&self, key: &str) -> Option<&str> {
        self.find(key).and_then(|record| record.values[1].as_text())
    }

    /// The day of the record with this key.
    pub fn day_of(&self, key: &str) -> Option<String> {
        match self.find(key)?.values[2] {
            Value::Date(date) => Some(date.to_string()),
            _ => None,
        }
    }

    /// The vertices of the record with this key, in degrees.
    pub fn coords_of(&self, key: &str) -> Vec<[f64; 2]> {
        let bytes = self.find(key).and_then(|record| record.locations.first()?.geometry.clone());
        geometry::wkb::read(&bytes.unwrap()).unwrap().coords().to_vec()
    }

    /// Lines and kinds of all issues.
    pub fn kinds(&self) -> Vec<(u64, IssueKind)> {
        self.issues.iter().map(|issue| (issue.line, issue.kind)).collect()
    }

    /// Encoding and what told it, of the only file.
    pub fn encoding(&self) -> Option<(&'static str, &'static str)> {
        self.files[0].encoding.map(|encoding| (encoding.name, encoding.found_by.as_str()))
    }

    /// The CRS of the only file, and whether the source declares it.
    pub fn crs(&self) -> Option<(&str, bool)> {
        self.files[0].crs.as_ref().map(|crs| (crs.name.as_str(), crs.declared))
    }

    fn find(&self, key: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.key.to_string() == key)
    }
}

/// The helpers read what they make, in each of the test programs that share them.
#[test]
fn the_sample_is_sound() {
    let folder = files::folder();
    let path = files::zipped(&folder, "a.zip", &[("a.geojson", files::geojson().as_bytes())]);
    let taken = files::same(&files::reader(), &path);
    assert_eq!((taken.crs(), taken.encoding(), taken.kinds()), (Some(("EPSG:4326", false)), None, vec![]));
    assert_eq!((taken.tally.read, taken.day_of("015146")), (2, None));
    files::refused(&Reader::boundaries(), &path, "needs istat");
    let text = "id;nome;E;N;data\n015146;Milano;9,19;45,46;2024-05-31\n015147;Opera;;;\n";
    let reader = Reader::places().place("place = { x = [\"E\"], y = [\"N\"] }");
    let reader = reader.geometry("any").source("missing = [\"-\"]").table("files = [\"a.csv\"]");
    let taken = reader.read(&files::write(&folder, "a.csv", text)).unwrap();
    assert_eq!((taken.coords_of("015146"), taken.issues.len()), (vec![[9.19, 45.46]], 1));
    assert_eq!((taken.day_of("015146").as_deref(), taken.files.len()), (Some("2024-05-31"), 1));
    assert_eq!(files::features().len(), files::THINGS.len());
}
