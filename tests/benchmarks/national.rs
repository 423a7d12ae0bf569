//! Files of the size and shape of Italy's: the PNRR pair of 2023 (52,539 projects, 64,945 locations, 60 MB) and 7,900 municipalities.

use journeys::program::shared;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

const PROJECTS: usize = 52_539;
const LOCATIONS: usize = 64_945;
const PROVINCES: usize = 107;
/// Municipalities a side: 89 × 89 is 7,921.
const SIDE: usize = 89;
/// Vertices on each side of a municipality: four sides of 27 are 108 for each, 855 thousand in all.
const STEPS: usize = 27;

/// The header of the projects' table as it was published in February 2023, and a value of usual length for each column.
const COLUMNS: [(&str, &str); 50] = [
    ("Programma", "PNRR"),
    ("Missione", "M1"),
    ("Descrizione Missione", "Digitalizzazione, innovazione, competitività e cultura"),
    ("Componente", "M1C1"),
    ("Descrizione Componente", "Digitalizzazione, innovazione e sicurezza nella PA"),
    ("ID Misura", "M1C1I1.4"),
    ("Codice Univoco Misura", "M1C1I1.04"),
    ("Descrizione Misura", "Servizi digitali e esperienza dei cittadini"),
    ("ID Submisura", "M1C1I1.4.1"),
    ("Codice CID", "M1C1I1.4.1"),
    ("Codice Univoco Submisura", "M1C1I1.04.01"),
    ("Descrizione Submisura", "Esperienza dei cittadini - Miglioramento della qualità dei servizi digitali"),
    ("Amministrazione Titolare", "PCM - DIPARTIM. TRASFORMAZIONE DIGITALE"),
    ("Codice identificativo Procedura di Attivazione", "1000000236"),
    ("Titolo procedura", "AVVISO MISURA 1.4.1 ESPERIENZA DEL CITTADINO NEI SERVIZI PUBBLICI - COMUNI"),
    ("Tipologia procedura di attivazione", "Bando"),
    ("CUP", ""),
    ("Codice Locale Progetto", ""),
    ("Stato CUP", "Attivo"),
    ("CUP Codice Natura", "2"),
    ("CUP Descrizione Natura", "ACQUISTO O REALIZZAZIONE DI SERVIZI"),
    ("CUP Codice Tipologia", "19"),
    ("CUP Descrizione Tipologia", "APPLICATIVI E PIATTAFORME WEB"),
    ("CUP Codice Settore", "10"),
    ("CUP Descrizione Settore", "SERVIZI PER LA P.A. E PER LA COLLETTIVITA'"),
    ("CUP Codice Sottosettore", "2"),
    ("CUP Descrizione Sottosettore", "SERVIZI E APPLICAZIONI INFORMATICHE PER I CITTADINI E LE IMPRESE"),
    ("CUP Codice Categoria", "1"),
    ("CUP Descrizione Categoria", "SERVIZI ED APPLICAZIONI PER IL PUBBLICO"),
    ("Titolo progetto", ""),
    (
        "Sintesi progetto",
        "SITO COMUNALE E SERVIZI DIGITALI PER IL CITTADINO*TERRITORIO COMUNALE*RIFACIMENTO DEL SITO",
    ),
    ("Descrizione Tipo Aiuto", "INTERVENTO CHE NON COSTITUISCE AIUTO DI STATO"),
    ("Finanziamento - Stato", "0"),
    ("Finanziamento UE (diverso da PNRR)", "0"),
    ("Finanziamento Regione", "0"),
    ("Finanziamento Provincia", "0"),
    ("Finanziamento Comune", "0"),
    ("Finanziamento Altro Pubblico", "0"),
    ("Finanziamento Privato", "0"),
    ("Finanziamento Da Reperire", "0"),
    ("Finanziamento PNRR", "79922,5"),
    ("Finanziamento PNC", "0"),
    ("Altri fondi", "0"),
    ("Finanziamento Totale", "79922,5"),
    ("Finanziamento Totale Pubblico", "79922,5"),
    ("Finanziamento Totale Pubblico Netto", "79922,5"),
    ("Soggetto attuatore", "COMUNE DI ACQUAVIVA DELLE FONTI"),
    ("Codice fiscale soggetto attuatore", "00833360738"),
    ("Flag progetti in essere", "No"),
    ("Data aggiornamento", "21/02/2023"),
];

/// The built-in configuration with Italy as a territory, in a folder of its own.
pub fn configuration(folder: &Path) -> PathBuf {
    let data = folder.join("data");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let copy = |from: PathBuf, to: &Path| Command::new("cp").arg("-r").arg(from).arg(to).status().unwrap();
    assert!(copy(root.join("data"), &data).success());
    assert!(copy(root.join("tiles"), &data.join("tiles")).success());
    let provinces: Vec<_> = (1..=111).map(|code| format!("\"{code:03}\"")).collect();
    let italy = format!(
        "id = \"italia\"\ntitle = {{ it = \"Italia\", en = \"Italy\" }}\nshort_title = {{ it = \"Italia\", en = \"Italy\" }}\n\
         provinces = [{}]\nextent = [6.0, 35.0, 19.0, 48.0]\nmetric_crs = \"EPSG:32632\"\n",
        provinces.join(", ")
    );
    fs::write(data.join("territories/italia.toml"), italy).unwrap();
    data
}

/// A folder with the pair, `times` as large as Italy's.
pub fn pnrr(folder: &Path, times: usize) -> PathBuf {
    let folder = folder.join(format!("pnrr-{times}"));
    fs::create_dir_all(&folder).unwrap();
    let open = |name: &str| BufWriter::new(File::create(folder.join(name)).unwrap());
    let mut projects = open("PNRR_Progetti.csv");
    writeln!(projects, "\u{feff}{}\r", COLUMNS.map(|(name, _)| name).join(";")).unwrap();
    for number in 0..PROJECTS * times {
        let cells = COLUMNS.map(|(name, usual)| match name {
            "CUP" => cup(number),
            "Codice Locale Progetto" => local_code(number),
            "Titolo progetto" => format!("1.4.1 ESPERIENZA DEL CITTADINO, COMUNE {number}"),
            _ => usual.to_owned(),
        });
        writeln!(projects, "{}\r", cells.join(";")).unwrap();
    }
    let mut locations = open("PNRR_Localizzazione.csv");
    let header = "Codice Univoco Submisura;Descrizione Submisura;CUP;Codice Locale Progetto;Codice Regione;Descrizione Regione;Codice Provincia;Descrizione Provincia;Codice Comune;Descrizione Comune;Indirizzo;Cap;Data di aggiornamento";
    writeln!(locations, "\u{feff}{header}\r").unwrap();
    for number in 0..LOCATIONS * times {
        let project = number % (PROJECTS * times);
        let (province, municipality) = (number % PROVINCES + 1, number % 73 + 1);
        writeln!(
            locations,
            "M1C1I1.04.01;Esperienza dei cittadini - Miglioramento della qualità dei servizi digitali;{};{};03;LOMBARDIA;\
             {province:03};PROVINCIA {province};{municipality:03};COMUNE {number};N/A;20100;21/02/2023\r",
            cup(project),
            local_code(project)
        )
        .unwrap();
    }
    folder
}

/// A GeoJSON file of municipalities that share their winding borders, as ISTAT's do.
pub fn municipalities(folder: &Path) -> PathBuf {
    collection(folder, (0..SIDE * SIDE).map(municipality))
}

/// The same, but with the real ones of Lombardy where these lie beside the project.
pub fn municipalities_with_lombardy(folder: &Path, [west, south, east, north]: [f64; 4]) -> PathBuf {
    let Some(provinces) = shared("boundaries/all_provinces") else { return municipalities(folder) };
    let files = provinces.read_dir().unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "geojson"));
    let real: Vec<Value> = files
        .flat_map(|path| {
            let read: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
            read["features"].as_array().unwrap().clone()
        })
        .collect();
    let code = |feature: &Value| feature["properties"]["com_istat_code"].as_str().unwrap().to_owned();
    let codes: BTreeSet<String> = real.iter().map(code).collect();
    let is_elsewhere = |cell: &usize| {
        let [x, y] = [(cell % SIDE) as f64, (cell / SIDE) as f64].map(|at| at + 0.5);
        let [x, y] = [7.0 + x * 0.12, 36.0 + y * 0.11];
        !(west..east).contains(&x) || !(south..north).contains(&y)
    };
    let invented = (0..SIDE * SIDE).filter(is_elsewhere).filter(|cell| !codes.contains(&self::code(*cell)));
    let real = real.iter().map(|feature| {
        let name = feature["properties"]["name"].as_str().unwrap();
        let properties = json!({ "com_istat_code": code(feature), "name": name });
        json!({ "type": "Feature", "properties": properties, "geometry": feature["geometry"] }).to_string()
    });
    collection(folder, real.chain(invented.map(municipality)))
}

fn collection(folder: &Path, features: impl Iterator<Item = String>) -> PathBuf {
    let path = folder.join("comuni.geojson");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    write!(file, r#"{{"type":"FeatureCollection","features":["#).unwrap();
    for (place, feature) in features.enumerate() {
        write!(file, "{}{feature}", if place > 0 { "," } else { "" }).unwrap();
    }
    write!(file, "]}}").unwrap();
    path
}

/// One cell as a feature.
fn municipality(cell: usize) -> String {
    let (column, row) = (cell % SIDE, cell / SIDE);
    let code = code(cell);
    format!(
        r#"{{"type":"Feature","properties":{{"com_istat_code":"{code}","name":"Comune {cell}"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
        ring(column, row)
    )
}

fn code(cell: usize) -> String {
    format!("{:03}{:03}", cell / 74 + 1, cell % 74 + 1)
}

/// The ring of a cell, walked round; a border is the same from both sides.
fn ring(column: usize, row: usize) -> String {
    let steps = || 0..STEPS;
    let south = steps().map(|step| along(column, row, step));
    let east = steps().map(|step| up(column + 1, row, step));
    let north = steps().map(|step| along(column, row + 1, STEPS - step));
    let west = steps().map(|step| up(column, row, STEPS - step));
    let mut text = String::new();
    for [x, y] in south.chain(east).chain(north).chain(west).chain([along(column, row, 0)]) {
        write!(text, "[{x:.6},{y:.6}],").unwrap();
    }
    text.pop();
    text
}

/// A vertex of the border to the south of a cell.
fn along(column: usize, row: usize, step: usize) -> [f64; 2] {
    let x = column as f64 + step as f64 / STEPS as f64;
    [7.0 + x * 0.12, 36.0 + (row as f64 + wave(x)) * 0.11]
}

/// A vertex of the border to the west of a cell.
fn up(column: usize, row: usize, step: usize) -> [f64; 2] {
    let y = row as f64 + step as f64 / STEPS as f64;
    [7.0 + (column as f64 + wave(y)) * 0.12, 36.0 + y * 0.11]
}

/// How far a border leaves its straight line: nowhere at the corners.
fn wave(at: f64) -> f64 {
    0.1 * (at * std::f64::consts::TAU).sin()
}

fn cup(number: usize) -> String {
    format!("B{:02}C{number:011}", number % 100)
}

fn local_code(number: usize) -> String {
    format!("PRJ_140COM0422X_{number:06}")
}
