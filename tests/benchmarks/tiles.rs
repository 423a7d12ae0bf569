//! `bench tiles`: what drawing a tile costs, one thread, without HTTP; what the pyramids weigh; how long one takes to write.

use crate::edition::italy::Italy;
use crate::lombardy;
use crate::table;
use domain::{GeometryKind, Value};
use flate2::Compression;
use flate2::write::GzEncoder;
use geometry::Shape;
use std::fmt::Write as _;
use std::io::{Write as _, sink};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tiles::{Drawn, Pyramid, TileAddress, Tileset, draw, pmtiles};

/// Tiles that are drawn on each zoom level at most.
const SAMPLES: usize = 150;
/// Areas of a country.
const AREAS: usize = 500_000;

/// Measures, and writes the report.
pub fn run() {
    let Some(edition) = lombardy::edition() else { return };
    let started = Instant::now();
    let drawn = Drawn::new(Arc::new(edition), &lombardy::tilesets(), None);
    let built = started.elapsed();
    let mut text = format!(
        "# What drawing costs\n\nWritten by `./scripts/bench tiles` on {}.\n\nMachine: {}. One thread, no HTTP; sizes in bytes.\n\
         Data: the municipalities of Lombardy (ISTAT), 50,000 projects with 14 attributes and 5,000 areas, invented.\n\n\
         All pyramids together were built in {}.\n\n\
         | collection | features | memory | levels | tiles | mean | with gzip | mean size | gzip | largest |\n|---|---|---|---|---|---|---|---|---|---|\n",
        time::OffsetDateTime::now_utc().date(),
        table::machine(),
        table::shown(built),
    );
    for layer in &drawn.edition.layers {
        let Some(pyramid) = drawn.pyramid(&layer.collection.id) else { continue };
        for zooms in [6..=9, 10..=14] {
            let tiles: Vec<TileAddress> = zooms.clone().flat_map(|zoom| sample(pyramid, zoom)).collect();
            let Drawing { plain, gzip, size, packed, largest } = measure(pyramid, &tiles);
            writeln!(
                text,
                "| {} | {} | {} MB | z{}–{} | {} | {} | {} | {size} | {packed} | {largest} |",
                pyramid.name,
                pyramid.len(),
                pyramid.bytes() / 1_000_000,
                zooms.start(),
                zooms.end(),
                tiles.len(),
                table::shown(plain),
                table::shown(gzip),
            )
            .unwrap();
        }
    }
    text.push_str(
        "\n| pyramid of the municipalities | took | tiles | different | size |\n|---|---|---|---|---|\n",
    );
    for zoom in [10, 14] {
        let pyramids: Vec<Arc<Pyramid>> = drawn
            .edition
            .layers
            .iter()
            .take(1)
            .filter_map(|layer| drawn.pyramid(&layer.collection.id).cloned())
            .collect();
        let started = Instant::now();
        let written = pmtiles::write(&drawn, &pyramids, Some(zoom), &mut sink()).unwrap();
        let took = table::shown(started.elapsed());
        writeln!(
            text,
            "| z4–{zoom} | {took} | {} | {} | {} |",
            written.tiles, written.contents, written.bytes
        )
        .unwrap();
    }
    text.push_str(&country());
    print!("{text}");
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/tiles.md"), text).unwrap();
}

/// What an edit among the areas of a country costs to draw.
pub fn country() -> String {
    let italy = Italy::divided_by(1);
    let area = |number: usize| {
        let text = |what: &str| Value::Text(format!("{what} {number}"));
        let shape = Shape::polygons([[italy.area(number, 0.001)]]).unwrap();
        (
            shape,
            vec![
                text("Codice"),
                text("Area di trasformazione numero"),
                Value::Text(format!("Tipo {}", number % 20)),
            ],
        )
    };
    let areas = lombardy::draft("areas", GeometryKind::Polygon, (0..AREAS).map(area).collect());
    let edition = Arc::new(lombardy::of(vec![areas]));
    let text = "min_zoom = 4\nmax_zoom = 14\nattributes = [\"f1\", \"f2\"]\nlabels = true";
    let tilesets = [(edition.layers[0].collection.id.clone(), Tileset::parse("areas", text).unwrap())].into();
    let started = Instant::now();
    let drawn = Drawn::new(edition, &tilesets, None);
    let took = started.elapsed();
    let pyramid = drawn.pyramid(&drawn.edition.layers[0].collection.id).unwrap();
    format!(
        "\n{AREAS} areas of 50 vertices with a name each, all over Italy: drawn in {}, {} MB.\n",
        table::shown(took),
        pyramid.bytes() / 1_000_000
    )
}

/// What was measured: means of times and sizes.
struct Drawing {
    plain: Duration,
    gzip: Duration,
    size: usize,
    packed: usize,
    largest: usize,
}

/// Tiles of a zoom level over Lombardy that have something in them, spread evenly.
fn sample(pyramid: &Arc<Pyramid>, zoom: u8) -> Vec<TileAddress> {
    let [west, south, east, north] = lombardy::EXTENT;
    let first = TileAddress::at(zoom, [west, north]).unwrap();
    let last = TileAddress::at(zoom, [east, south]).unwrap();
    let all = (first.x()..=last.x()).flat_map(|x| (first.y()..=last.y()).map(move |y| (x, y)));
    let all: Vec<(u32, u32)> = all.collect();
    let step = (all.len() / SAMPLES).max(1);
    let address = |(x, y): (u32, u32)| TileAddress::new(zoom, x, y).unwrap();
    let tiles = all.into_iter().step_by(step).map(address);
    tiles.filter(|tile| !draw::tile(&[(pyramid, None)], *tile).is_empty()).collect()
}

fn measure(pyramid: &Arc<Pyramid>, tiles: &[TileAddress]) -> Drawing {
    const ROUNDS: u32 = 3;
    let count = u32::try_from(tiles.len()).unwrap().max(1);
    let (mut plain, mut gzip) = (Duration::MAX, Duration::MAX);
    let (mut size, mut packed, mut largest) = (0, 0, 0);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let drawn: Vec<Vec<u8>> = tiles.iter().map(|tile| draw::tile(&[(pyramid, None)], *tile)).collect();
        let took = started.elapsed();
        packed = drawn.iter().map(|tile| compressed(tile)).sum();
        plain = plain.min(took);
        gzip = gzip.min(started.elapsed());
        size = drawn.iter().map(Vec::len).sum();
        largest = drawn.iter().map(Vec::len).max().unwrap_or_default();
    }
    let count_of = count as usize;
    Drawing {
        plain: plain / count,
        gzip: gzip / count,
        size: size / count_of,
        packed: packed / count_of,
        largest,
    }
}

fn compressed(tile: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(tile).unwrap();
    encoder.finish().unwrap().len()
}
