//! A country to measure: as many municipalities as Italy has, with the real borders of Lombardy's, and areas, lines and points
//! strewn over them. In degrees; the same in every run.

use geometry::{Bbox, Shape, Xy};
use std::f64::consts::TAU;
use std::fs;
use std::path::Path;

/// Municipalities of Italy.
pub const MUNICIPALITIES: usize = 7_899;
/// Degrees from one copy of Lombardy to the next, and copies in a row.
const STEP: Xy = [3.2, 2.1];
const ROW: usize = 3;
/// Metres of a degree of latitude; of longitude, in the middle of the country.
const METRES: Xy = [79_000.0, 111_000.0];

/// The municipalities of Lombardy, over and over, side by side; `None`, with a sentence, where there are no boundaries.
pub fn municipalities() -> Option<Vec<Shape>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/boundaries/all_provinces");
    let Ok(files) = fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return None;
    };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "geojson"));
    paths.sort();
    let real: Vec<Shape> = paths.iter().flat_map(|path| borders(path)).collect();
    let copy = |number: usize| {
        let copy = number / real.len();
        let [east, south] = [STEP[0] * (copy % ROW) as f64, STEP[1] * (copy / ROW) as f64];
        real[number % real.len()].map(|[x, y]| [x - 1.5 + east, y - south])
    };
    Some((0..MUNICIPALITIES).map(copy).collect())
}

fn borders(path: &Path) -> Vec<Shape> {
    let collection: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let border = |feature: &serde_json::Value| {
        let coordinates = feature["geometry"]["coordinates"].clone();
        let polygons: Vec<Vec<Vec<Xy>>> = match feature["geometry"]["type"].as_str().unwrap() {
            "Polygon" => vec![serde_json::from_value(coordinates).unwrap()],
            _ => serde_json::from_value(coordinates).unwrap(),
        };
        Shape::polygons(polygons).unwrap()
    };
    collection["features"].as_array().unwrap().iter().map(border).collect()
}

/// Areas: how many, how large (metres from the middle to the border, about), and of how many vertices, about.
#[derive(Clone, Copy)]
pub struct Areas {
    pub count: usize,
    pub radius: f64,
    pub vertices: usize,
}

impl Areas {
    /// The areas, somewhere in the land: rugged outlines, one in eight with a hole.
    pub fn drawn(self, land: &[Shape]) -> impl Iterator<Item = Shape> {
        (0..self.count as u64).map(move |number| {
            let chance = Chance(number);
            let middle = somewhere(land, chance);
            let vertices = self.vertices / 2 + (chance.of(3) * self.vertices as f64) as usize;
            let radius = self.radius * 0.4 / (1.0 - 0.85 * chance.of(4));
            let outline = |radius: f64, vertices: usize| -> Vec<Xy> {
                let corner = |step: usize| {
                    let angle = (step % vertices) as f64 / vertices as f64 * TAU;
                    let waves = 0.25 * (3.0 * angle + 7.0 * chance.of(5)).sin()
                        + 0.1 * (11.0 * angle + 7.0 * chance.of(6)).sin();
                    let radius = radius * (1.0 + waves + 0.1 * chance.of(100 + (step % vertices) as u64));
                    [
                        middle[0] + radius * angle.cos() / METRES[0],
                        middle[1] + radius * angle.sin() / METRES[1],
                    ]
                };
                (0..=vertices).map(corner).collect()
            };
            let mut rings = vec![outline(radius, vertices.max(8))];
            if number % 8 == 0 {
                rings.push(outline(radius * 0.4, 12));
            }
            Shape::polygons([rings]).unwrap()
        })
    }
}

/// Lines of some fifty vertices and five kilometres, somewhere in the land.
pub fn lines(count: usize, land: &[Shape]) -> Vec<Shape> {
    let line = |number: u64| {
        let chance = Chance(number + 1_000_000_007);
        let (start, turn) = (somewhere(land, chance), chance.of(3) * TAU);
        let walk = (0..50_u64).scan(start, |at, step| {
            let angle = turn + 2.5 * chance.of(10 + step / 5) - 1.2 + chance.of(100 + step);
            *at = [at[0] + 100.0 * angle.cos() / METRES[0], at[1] + 100.0 * angle.sin() / METRES[1]];
            Some(*at)
        });
        Shape::lines([walk.collect::<Vec<_>>()]).unwrap()
    };
    (0..count as u64).map(line).collect()
}

/// Points, somewhere in the land.
pub fn points(count: usize, land: &[Shape]) -> Vec<Shape> {
    let point = |number: u64| Shape::points([somewhere(land, Chance(number + 2_000_000_011))]).unwrap();
    (0..count as u64).map(point).collect()
}

fn somewhere(land: &[Shape], chance: Chance) -> Xy {
    let Bbox { min, max } = land[(chance.of(0) * land.len() as f64) as usize].bbox();
    [min[0] + chance.of(1) * (max[0] - min[0]), min[1] + chance.of(2) * (max[1] - min[1])]
}

/// Numbers from 0 to 1 that belong to one thing, the same in every run.
#[derive(Clone, Copy)]
struct Chance(u64);

impl Chance {
    fn of(self, what: u64) -> f64 {
        let mut n = (self.0 << 20 | what).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        n = (n ^ n >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        n = (n ^ n >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((n ^ n >> 31) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
