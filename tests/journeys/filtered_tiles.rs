//! Tiles of what a filter asks for: the parameters that filter the features of a collection filter its tiles.

use gdal::vector::LayerAccess;
use journeys::program::{House, Server};
use std::collections::BTreeSet;

/// Where the demo's areas are, at a zoom level at which each is drawn by itself.
const TILES: [(u32, u32); 6] = [(268, 182), (269, 182), (268, 183), (269, 183), (268, 184), (269, 184)];

/// The numbers of the features that tiles show.
fn shown(server: &Server, collection: &str, query: &str) -> BTreeSet<i64> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tile.mvt");
    let mut numbers = BTreeSet::new();
    for (x, y) in TILES {
        let answer = server.get(&format!("/tiles/{collection}/9/{x}/{y}?{query}"));
        if answer.status == 204 {
            continue;
        }
        assert_eq!(answer.status, 200, "{query}: {}", String::from_utf8_lossy(&answer.body));
        std::fs::write(&file, answer.body).unwrap();
        let tile = gdal::Dataset::open(&file).unwrap();
        let Ok(mut layer) = tile.layer_by_name(collection) else { continue };
        let number = layer.defn().field_index("mvt_id").unwrap();
        numbers.extend(layer.features().filter_map(|it| it.field_as_integer64(number).unwrap()));
    }
    numbers
}

/// The numbers of the features that a page lists.
fn listed(server: &Server, collection: &str, query: &str) -> BTreeSet<i64> {
    let page = server.get(&format!("/collections/{collection}/items?f=json&limit=10000&{query}")).json();
    page["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_i64().unwrap()).collect()
}

#[test]
fn a_tile_shows_what_the_features_of_the_same_filter_are() {
    let house = House::new();
    let server = house.serve(&[]);
    let all = listed(&server, "areas", "");
    for query in [
        "kind=regional_park",
        "filter=kind%3D%27regional_park%27%20OR%20kind%3D%27logistics_site%27",
        "filter=%7B%22op%22%3A%22%3D%22%2C%22args%22%3A%5B%7B%22property%22%3A%22kind%22%7D%2C%22local_park%22%5D%7D",
        "filter=kind%3C%3E%27district%27&kind=flood_hazard",
    ] {
        let expect = listed(&server, "areas", query);
        assert!(!expect.is_empty() && expect.len() < all.len(), "{query}");
        assert_eq!(shown(&server, "areas", query), expect, "{query}");
    }
    assert_eq!(shown(&server, "areas", ""), all);
    assert!(shown(&server, "areas", "kind=nothing").is_empty());
}

#[test]
fn a_filter_is_kept_by_what_it_asks_and_stays_in_the_addresses_of_tiles() {
    let house = House::new();
    let server = house.serve(&[]);
    let misses = || {
        let text = String::from_utf8(server.get("/metrics").body).unwrap();
        let line = text.lines().find(|line| line.starts_with("remix_cache_misses_total "));
        line.and_then(|line| line.rsplit(' ').next()).and_then(|count| count.parse::<u64>().ok()).unwrap()
    };
    let tile = "/tiles/areas/9/269/183";
    let first = server.get(&format!("{tile}?filter=kind%3D%27regional_park%27"));
    let made = misses();
    let again =
        server.get(&format!("{tile}?filter=%20kind%20%20%3D%20%27regional_park%27&filter-lang=cql2-text"));
    assert_eq!(
        (again.body, misses()),
        (first.body.clone(), made),
        "the same in other words is not made again"
    );
    let tag = [("if-none-match", first.header("etag"))];
    assert_eq!(server.ask("GET", &format!("{tile}?filter=kind%3D%27regional_park%27"), &tag).status, 304);
    let other = server.get(&format!("{tile}?filter=kind%3D%27local_park%27"));
    assert!(other.body != first.body && misses() > made);
    assert_ne!(other.header("etag"), first.header("etag"), "MapLibre would keep the tile it has");
    let described = server.get("/tiles/areas.json?filter=kind%3D%27regional_park%27").json();
    let template = described["tiles"][0].as_str().unwrap();
    assert!(template.ends_with("&filter=kind%3D%27regional_park%27"), "{template}");
    let address = template.strip_prefix(&server.url).unwrap();
    let address = address.replace("{z}", "9").replace("{x}", "269").replace("{y}", "183");
    let described = server.get(&address);
    assert_eq!(described.body, first.body);
    assert!(described.header("cache-control").contains("immutable"));
}

#[test]
fn a_filter_that_makes_no_sense_is_refused_for_tiles_too() {
    let house = House::new();
    let server = house.serve(&[]);
    for (path, word) in [
        ("/tiles/areas/9/269/183?filter=colour%3D%27red%27", "colour"),
        ("/tiles/areas/9/269/183?filter=kind%3D", "cannot be read"),
        ("/tiles/areas,services/9/269/183?filter=kind%3D%27district%27", "kind"),
        ("/tiles/areas/9/269/183?bbox=9,45,10,46", "bbox"),
        ("/tiles/areas/9/269/183?colour=red", "is not known here"),
        ("/tiles/areas.json?filter=colour%3D%27red%27", "colour"),
        ("/collections/areas/tiles/WebMercatorQuad/9/183/269?filter=colour%3D1", "colour"),
    ] {
        let answer = server.get(path);
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(answer.status == 400 && detail.contains(word), "{path}: {detail}");
    }
}
