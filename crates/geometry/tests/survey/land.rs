//! Land to measure: real municipalities, and invented areas, lines and points over them. In metres, the same in every run.

use gdal::vector::Geometry;
use geometry::{Bbox, Crs, Shape, Survey, Xy, wkb};
use std::f64::consts::TAU;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of the shared data; `None`, said aloud, where it is not there.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    let found = path.exists();
    if !found {
        eprintln!("skipped: {folder} of the shared data is not beside the project");
    }
    found.then_some(path)
}

/// The municipalities of a province, by its ISTAT number, in UTM 32N.
pub fn municipalities(province: u32) -> Option<Vec<Shape>> {
    let path = shared(&format!("boundaries/all_provinces/P_{province}.geojson"))?;
    let document: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let border = |feature: &serde_json::Value| {
        let drawn = Geometry::from_geojson(&feature["geometry"].to_string()).unwrap();
        wkb::read(&drawn.wkb().unwrap()).unwrap().transform(Crs::Geographic, Crs::Utm32)
    };
    Some(document["features"].as_array().unwrap().iter().map(border).collect())
}

/// The rectangle round shapes.
pub fn around(shapes: &[Shape]) -> Bbox {
    shapes.iter().map(Shape::bbox).reduce(Bbox::union).unwrap()
}

/// Each shape as a record.
pub fn survey(shapes: &[Shape]) -> Survey {
    Survey::build(shapes.iter().map(std::slice::from_ref))
}

/// Rugged areas in a rectangle, one in four with a hole, one in six of two parts, from some metres wide to a twentieth of the rectangle.
pub fn areas(count: u64, within: Bbox) -> Vec<Shape> {
    (0..count).map(|number| area(Chance(number), within)).collect()
}

/// One such area.
pub fn area(chance: Chance, within: Bbox) -> Shape {
    let middle = somewhere(chance, within);
    let radius = 5.0 + within.width() / 40.0 * chance.of(3).powi(3);
    let vertices = 4 + (chance.of(4).powi(2) * 160.0) as u64;
    let mut polygons = vec![vec![outline(chance, middle, radius, vertices)]];
    // A hole of an outline with fewer corners might cross it.
    if chance.of(5) < 0.3 && vertices >= 8 {
        polygons[0].push(outline(chance, middle, radius * 0.25, 4 + vertices / 2));
    }
    if chance.of(6) < 0.17 {
        polygons.push(vec![outline(chance, [middle[0] + 4.0 * radius, middle[1]], radius, vertices)]);
    }
    Shape::polygons(polygons).unwrap()
}

fn outline(chance: Chance, middle: Xy, radius: f64, vertices: u64) -> Vec<Xy> {
    let corner = |step: u64| {
        let step = step % vertices;
        let angle = step as f64 / vertices as f64 * TAU;
        let radius = radius * (0.7 + 0.3 * (5.0 * angle).sin() + 0.2 * chance.of(100 + step));
        [middle[0] + radius * angle.cos(), middle[1] + radius * angle.sin()]
    };
    (0..=vertices).map(corner).collect()
}

/// Winding lines in a rectangle.
pub fn lines(count: u64, within: Bbox) -> Vec<Shape> {
    let line = |number: u64| {
        let chance = Chance(number + 1_000_003);
        let vertices = 2 + (chance.of(3) * 60.0) as u64;
        let walk = (0..vertices).scan(somewhere(chance, within), |at, step| {
            let angle = TAU * (chance.of(4) + 0.6 * chance.of(10 + step));
            let length = within.width() / 100.0 * chance.of(200 + step);
            *at = [at[0] + length * angle.cos(), at[1] + length * angle.sin()];
            Some(*at)
        });
        Shape::lines([walk.collect::<Vec<_>>()]).unwrap()
    };
    (0..count).map(line).collect()
}

/// Somewhere in a rectangle.
pub fn somewhere(chance: Chance, within: Bbox) -> Xy {
    [0, 1].map(|axis| {
        let extent = within.max[axis] - within.min[axis];
        within.min[axis] + extent * chance.of(1 + axis as u64)
    })
}

/// Numbers from 0 to 1 that belong to one thing, the same in every run.
#[derive(Clone, Copy)]
pub struct Chance(pub u64);

impl Chance {
    /// The number for one of its properties.
    pub fn of(self, what: u64) -> f64 {
        let mut n = (self.0 << 20 | what).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        n = (n ^ n >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        n = (n ^ n >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((n ^ n >> 31) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
