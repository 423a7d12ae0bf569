//! Parks, farmland and waters.

use super::Area;
use crate::demo::names;
use crate::demo::noise::noise;
use crate::demo::plane::Point;
use crate::demo::random::Random;
use crate::demo::rivers;
use crate::demo::shape;
use crate::demo::territory::Territory;

const PARK_BODY: &str = "Ente parco dimostrativo";
/// The farm park lies around the chief city between these turns (from west over south to east), at this distance and as
/// wide as this in metres.
const FARM_TURNS: (f64, f64) = (0.47, 1.03);
const FARM_DISTANCE: f64 = 11_800.0;
const FARM_WIDTH: f64 = 8200.0;
const FARM_STEPS: u32 = 60;
/// Hazard classes, from rare and wide to frequent and narrow, with half their width in metres.
const HAZARDS: [(&str, f64); 3] = [("P1", 620.0), ("P2", 340.0), ("P3", 150.0)];
/// How wide a band is at its ends, step by step.
const ENDS: [f64; 4] = [0.25, 0.55, 0.8, 0.95];
/// Local parks: one in every so many municipalities.
const LOCAL_PARK_EVERY: usize = 9;

pub fn parks(territory: &Territory, random: &mut Random) -> Vec<Area> {
    let mut parks = vec![farm_park(territory)];
    // The outermost rivers on both sides have a park along them, and the first a protected core.
    let rivers = rivers::invent(territory);
    for river in rivers.first().into_iter().chain(rivers.last()) {
        let park = along(&river.line, 2100.0, 77);
        parks.push(park_of("regional_park", format!("Parco regionale del {}", river.name), park));
    }
    for river in rivers.iter().take(1) {
        let core = along(&river.line, 700.0, 78);
        parks.push(park_of("natura_2000", format!("Sito protetto del {}", river.name), core));
    }
    for town in territory.towns.iter().step_by(LOCAL_PARK_EVERY) {
        let name = format!("Parco locale {} – {}", names::title(random), town.facts.name);
        let (centre, radius) = (town.place(random), random.between(700.0, 1700.0));
        parks.push(park_of("local_park", name, shape::blob(random.bits(), centre, radius, 40)));
    }
    parks
}

/// Bands along every river, each class within the one before.
pub fn hazards(territory: &Territory) -> Vec<Area> {
    let mut bands = Vec::new();
    for river in rivers::invent(territory) {
        bands.extend(HAZARDS.into_iter().map(|(class, width)| Area {
            kind: "flood_hazard",
            name: format!("Fascia di pericolosità del {}", river.name),
            class: Some(class),
            competent_body: "Autorità di bacino dimostrativa",
            strategies: "sttm1",
            ring: along(&river.line, width, 79),
        }));
    }
    bands
}

fn park_of(kind: &'static str, name: String, ring: Vec<Point>) -> Area {
    Area { kind, name, class: None, competent_body: PARK_BODY, strategies: "sttm1", ring }
}

/// A wide arc of farmland around the south of the chief city, narrow at both ends.
fn farm_park(territory: &Territory) -> Area {
    let middle = territory.towns[territory.chief()].centre;
    let edge = |seed: u64, side: f64, step: u32| {
        let share = f64::from(step) / f64::from(FARM_STEPS);
        let (east, north) = shape::direction(FARM_TURNS.0 + (FARM_TURNS.1 - FARM_TURNS.0) * share);
        let width = FARM_WIDTH * (8.0 * share * (1.0 - share)).clamp(0.2, 1.0);
        let distance = FARM_DISTANCE + side * width / 2.0;
        let bend =
            distance + 0.2 * width * noise(seed, 4200.0, middle.shifted(distance * east, distance * north));
        middle.shifted(bend * east, bend * north)
    };
    let outer = (0..=FARM_STEPS).map(|step| edge(71, 1.0, step));
    let inner = (0..=FARM_STEPS).rev().map(|step| edge(72, -1.0, step));
    park_of("regional_park", "Parco agricolo della Cintura".to_owned(), outer.chain(inner).collect())
}

/// A band along a line that swells and narrows by a third, and ends narrow.
fn along(line: &[Point], width: f64, seed: u64) -> Vec<Point> {
    let taper = |step: usize| ENDS.get(step.min(line.len() - 1 - step)).copied().unwrap_or(1.0);
    let widths = line
        .iter()
        .enumerate()
        .map(|(step, point)| (*point, width * taper(step) * (1.0 + noise(seed, 3000.0, *point) / 3.0)));
    shape::band(&widths.collect::<Vec<_>>())
}
