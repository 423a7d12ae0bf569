//! A new dataset is two files of configuration and no code: it is imported, served as features and tiles, and shown.

use gdal::vector::LayerAccess;
use gdal::{Dataset, DatasetOptions};
use journeys::program::House;
use std::fs;
use std::path::Path;
use std::process::Command;

const COLLECTION: &str = r#"
id = "fountains"
family = "services"
title = { it = "Fontanelle", en = "Drinking fountains" }
description = { it = "Le fontanelle pubbliche.", en = "The public drinking fountains." }
key = ["code"]
geometry = "point"
[[fields]]
id = "name"
type = "text"
role = "title"
required = true
label = { it = "Nome", en = "Name" }
[[fields]]
id = "code"
type = "text"
required = true
label = { it = "Codice", en = "Code" }
[[fields]]
id = "litres_per_minute"
type = "decimal"
label = { it = "Portata", en = "Flow" }
unit = { it = "l/min", en = "l/min" }
[[fields]]
id = "materials"
type = "list"
label = { it = "Materiali", en = "Materials" }
"#;

const SOURCE: &str = r#"
id = "comune-fountains"
collection = "fountains"
title = { it = "Fontanelle del Comune", en = "The municipality's fountains" }
publisher = "Comune di Milano"
licence = "CC BY 4.0"
scope = "territory"
crs = "EPSG:32632"
[[generations]]
id = "2026"
recognised_by = "Portata"
amounts = { decimal = "," }
[[tables]]
id = "fountains"
[tables.columns]
name = ["Via"]
litres_per_minute = ["Portata"]
materials = ["Materiali"]
[tables.templates]
code = "mi-{N.}"
[tables.place]
x = ["Est"]
y = ["Nord"]
"#;

const TABLE: &str = "N.;Via;Portata;Materiali;Est;Nord\n\
                     1;Piazza del Duomo;3,5;ghisa; 514950,0;5034300,0\n\
                     2;Via Dante;2;\"ghisa; bronzo\";514600;5034700\n\
                     3;Nel mare;2;ghisa;14600;34700\n";

#[test]
fn a_new_dataset_is_two_files_and_is_read_back_as_features_and_tiles() {
    let house = House::new();
    let data = configuration(house.path());
    let table = house.path().join("fontanelle.csv");
    fs::write(&table, TABLE).unwrap();
    let with_data = |arguments: &[&str]| {
        let output = house.run(&[&["--data", &data], arguments].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    };
    let import = ["import", "comune-fountains", &table.to_string_lossy(), "--format", "json"];
    let report: serde_json::Value = serde_json::from_slice(&with_data(&import).stdout).unwrap();
    assert_eq!((&report["accepted"], &report["quarantined"]), (&2.into(), &1.into()));
    assert_eq!(report["issues"][0]["kind"], "outside-territory");
    assert_eq!(report["issues"][0]["record"], "mi-3");

    let server = house.serve(&["--data", &data]);
    let items = server.get("/collections/fountains/items?name=Via%20Dante").json();
    assert_eq!(items["numberMatched"], 1);
    let fountain = &items["features"][0];
    assert_eq!(fountain["properties"]["code"], "mi-2");
    assert_eq!(fountain["properties"]["litres_per_minute"], 2.0);
    assert_eq!(fountain["properties"]["materials"], serde_json::json!(["ghisa", "bronzo"]));
    let at = |axis: usize| fountain["geometry"]["coordinates"][axis].as_f64().unwrap();
    assert!((at(0) - 9.187).abs() < 0.01 && (at(1) - 45.464).abs() < 0.01, "{fountain}");

    // Tile 14/8610/5863 is the centre of Milan.
    let tile = server.get("/tiles/fountains/14/8610/5863");
    assert_eq!(tile.status, 200);
    let path = house.path().join("5863.mvt");
    fs::write(&path, &tile.body).unwrap();
    let options = DatasetOptions { open_options: Some(&["CLIP=NO"]), ..DatasetOptions::default() };
    let dataset = Dataset::open_ex(&path, options).unwrap();
    let mut layer = dataset.layer_by_name("fountains").unwrap();
    let name = layer.defn().field_index("name").unwrap();
    let names: Vec<_> = layer.features().map(|it| it.field_as_string(name).unwrap().unwrap()).collect();
    assert!(names.contains(&"Via Dante".to_owned()), "{names:?}");

    let page =
        server.ask("GET", "/collections/fountains", &[("accept", "text/html"), ("accept-language", "it")]);
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("Fontanelle") && page.contains("Portata"), "the page has the definition's words");
}

/// The built-in configuration with the two files beside it.
fn configuration(folder: &Path) -> String {
    let data = folder.join("data");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let copy =
        |from: &str, to: &Path| Command::new("cp").arg("-r").arg(root.join(from)).arg(to).status().unwrap();
    assert!(copy("data", &data).success() && copy("tiles", &data.join("tiles")).success());
    fs::write(data.join("collections/fountains.toml"), COLLECTION).unwrap();
    fs::create_dir(data.join("sources/comune-fountains")).unwrap();
    fs::write(data.join("sources/comune-fountains/source.toml"), SOURCE).unwrap();
    data.to_string_lossy().into_owned()
}
