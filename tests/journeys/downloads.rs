//! Downloads of every collection of the demo territory, in every format that is offered for it.

use gdal::vector::LayerAccess;
use journeys::program::{House, Server};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The links of a collection to its downloads: path and media type.
fn downloads(server: &Server, collection: &Value) -> Vec<(String, String)> {
    let links = collection["links"].as_array().unwrap().iter();
    let downloads = links.filter(|link| link["rel"] == "enclosure").map(|link| {
        let path = link["href"].as_str().unwrap().strip_prefix(&server.url).unwrap();
        (path.to_owned(), link["type"].as_str().unwrap().to_owned())
    });
    downloads.collect()
}

/// How many records GDAL finds in a file; `None` for what it does not read.
fn count(path: &Path) -> Option<u64> {
    let name = path.to_string_lossy();
    let name = if name.ends_with(".zip") { format!("/vsizip/{name}") } else { name.into_owned() };
    let dataset = gdal::Dataset::open(name).ok()?;
    Some(dataset.layers().map(|layer| layer.feature_count()).sum())
}

/// Downloads what is at a path into a file of the name that comes with it.
fn download(server: &Server, path: &str, folder: &Path) -> std::path::PathBuf {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    let disposition = answer.header("content-disposition");
    let name = disposition.strip_prefix("attachment; filename=\"").and_then(|rest| rest.strip_suffix('"'));
    let file = folder.join(name.unwrap());
    fs::write(&file, answer.body).unwrap();
    file
}

#[test]
fn every_collection_can_be_had_in_every_format_that_is_offered_for_it() {
    gdal::config::set_error_handler(|_, _, _| {});
    let house = House::new();
    let server = house.serve(&[]);
    let collections = server.get("/collections").json();
    let folder = tempfile::tempdir().unwrap();
    for collection in collections["collections"].as_array().unwrap() {
        let records = collection["numberOfItems"].as_u64().unwrap();
        let downloads = downloads(&server, collection);
        assert!(downloads.len() == 10 || downloads.len() == 7, "{}", collection["id"]);
        for (path, media_type) in downloads {
            let head = server.ask("HEAD", &path, &[]);
            assert_eq!((head.status, head.header("content-type")), (200, media_type.as_str()), "{path}");
            let file = download(&server, &path, folder.path());
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            assert!(
                name.starts_with(&format!("remix-milano_{}", collection["id"].as_str().unwrap())),
                "{name}"
            );
            match file.extension().unwrap().to_str().unwrap() {
                "parquet" => assert!(fs::read(&file).unwrap().ends_with(b"PAR1"), "{name}"),
                "geojsons" | "geojsonl" => {
                    let text = fs::read_to_string(&file).unwrap();
                    assert_eq!(text.lines().count() as u64, records, "{name}");
                }
                // Where GDAL leaves records out, or has some in two files, the name and the page inside say so.
                "fgb" if name.contains("placed") => assert!(count(&file).unwrap() < records, "{name}"),
                // Three sheets: the columns and the source have rows too.
                "xlsx" | "zip" => assert!(count(&file).unwrap() >= records, "{name}"),
                _ => assert_eq!(count(&file), Some(records), "{name}"),
            }
        }
    }
}

#[test]
fn a_download_is_of_what_the_parameters_ask_for_and_costs_nothing_if_the_client_has_it() {
    let house = House::new();
    let server = house.serve(&[]);
    let folder = tempfile::tempdir().unwrap();
    let items = "/collections/pnrr-projects/items";
    let matched = |filter: &str| {
        server.get(&format!("{items}?f=json&limit=1&{filter}")).json()["numberMatched"].as_u64().unwrap()
    };
    for filter in ["mission=M1", "precision=geometry", "bbox=9.1,45.4,9.3,45.5", "mission=M1&release=4"] {
        let file = download(&server, &format!("{items}?f=gpkg&{filter}"), folder.path());
        assert_eq!(count(&file), Some(matched(filter)), "{filter}");
        assert!(file.to_string_lossy().contains("_selection."), "{}", file.display());
    }
    let path = format!(
        "{items}?f=gpkg&crs=http://www.opengis.net/def/crs/EPSG/0/32632&properties=mission&sortby=-mission"
    );
    let file = download(&server, &path, folder.path());
    assert!(file.to_string_lossy().ends_with("_epsg-32632.gpkg"), "{}", file.display());
    let dataset = gdal::Dataset::open(&file).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    let crs = layer.spatial_ref().and_then(|crs| crs.auth_code().ok());
    assert_eq!(crs, Some(32632));
    assert!(layer.get_extent().unwrap().MinX > 400_000.0, "metres, not degrees");
    let names: Vec<String> = layer.defn().fields().map(|field| field.name()).collect();
    assert!(names.contains(&"mission".to_owned()) && !names.contains(&"title".to_owned()), "{names:?}");
    let mission = layer.defn().field_index("mission").unwrap();
    let missions: Vec<_> = layer.features().map(|it| it.field_as_string(mission).unwrap()).collect();
    assert!(missions.is_sorted_by(|a, b| a >= b), "in the order asked for");
    for format in ["csv", "gpkg"] {
        let path = format!("{items}?f={format}");
        let first = server.ask("GET", &path, &[("accept-encoding", "gzip")]);
        assert_eq!(first.header("vary"), "Accept, Accept-Encoding, Accept-Language");
        let again = [("accept-encoding", "gzip"), ("if-none-match", first.header("etag"))];
        let again = server.ask("GET", &path, &again);
        assert_eq!((again.status, again.body.len()), (304, 0), "{format}");
        let other = server.ask("GET", &path, &[("if-none-match", first.header("etag"))]);
        assert_eq!(other.status, 200, "another encoding is another file");
    }
    let asked = server.ask("GET", items, &[("accept", "text/csv")]);
    assert_eq!(asked.header("content-type"), "text/csv; charset=utf-8");
    let paged = server.ask("GET", items, &[("accept", "application/geo+json")]);
    assert!(paged.json()["links"].as_array().unwrap().iter().any(|link| link["rel"] == "next"));
    for (path, status, word) in [
        (format!("{items}?f=csv&limit=5"), 400, "limit"),
        (format!("{items}?f=csv&colour=red"), 400, "colour"),
        ("/collections/pnrr-payments/items?f=kml".to_owned(), 406, "geometry"),
        (format!("{items}?f=geojsonl&crs=http://www.opengis.net/def/crs/EPSG/0/32632"), 406, "GeoPackage"),
        ("/collections/nothing/items?f=csv".to_owned(), 404, "nothing"),
    ] {
        let answer = server.get(&path);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(word), "{path}");
    }
    let path = folder.path().join("zones.fgb");
    server.stop();
    let output = path.to_string_lossy().into_owned();
    let done = house.run(&["export", "zones", "--format", "fgb", "--output", &output]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(count(&path).unwrap() > 0);
    house.refuses(&["export", "zones", "--output", &output], "cannot write");
    house.refuses(&["export", "nothing"], "there is no collection “nothing”");
    house.refuses(&["export", "pnrr-payments", "--format", "kml"], "choose one of csv, xlsx");
}
