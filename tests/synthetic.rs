//! Small files in the official formats, made by the tests.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with the two tables of the 2023 generation: `count` projects in municipality 015146, one location each.
/// `round` goes into the titles, so that another round changes every project.
pub fn pnrr(folder: &Path, count: usize, round: usize) -> PathBuf {
    let folder = folder.join(format!("pnrr-{count}-{round}"));
    fs::create_dir_all(&folder).unwrap();
    let mut projects =
        "Missione;CUP;Codice Locale Progetto;Codice Univoco Submisura;Titolo progetto;Finanziamento PNRR\r\n"
            .to_owned();
    let mut locations = "CUP;Codice Locale Progetto;Codice Univoco Submisura;Codice Provincia;Codice Comune;Descrizione Comune\r\n".to_owned();
    for number in 0..count {
        write!(projects, "M1;{};L/{number} #;M1C1I1.02.00;Titolo {number} {round};1000,5\r\n", cup(number))
            .unwrap();
        write!(locations, "{};L/{number} #;M1C1I1.02.00;015;146;MILANO\r\n", cup(number)).unwrap();
    }
    fs::write(folder.join("PNRR_Progetti.csv"), projects).unwrap();
    fs::write(folder.join("PNRR_Localizzazione.csv"), locations).unwrap();
    folder
}

/// Boundaries of one municipality, a square round Milan.
pub fn municipalities(folder: &Path) -> PathBuf {
    let path = folder.join("comuni.geojson");
    let square = "[[[9.1,45.4],[9.3,45.4],[9.3,45.5],[9.1,45.5],[9.1,45.4]]]";
    let feature = format!(
        r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":{square}}},"properties":{{"com_istat_code":"015146","name":"Milano"}}}}"#
    );
    fs::write(&path, format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#)).unwrap();
    path
}

fn cup(number: usize) -> String {
    format!("A11B{number:011}")
}
