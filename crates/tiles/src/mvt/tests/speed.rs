//! How long a tile takes. Not run with the tests: `cargo test --release -p tiles -- --ignored --nocapture
//! speed`.

use super::{Layer, Tile, Value, address, municipalities};
use std::hint::black_box;
use std::time::Instant;

#[test]
#[ignore = "a measurement"]
fn a_tile_of_all_municipalities() {
    let Some(municipalities) = municipalities() else { return };
    let vertices: usize = municipalities.iter().map(|(_, shape)| shape.coords().len()).sum();
    for (z, x, y) in [(6, 33, 22), (8, 134, 91), (9, 269, 183), (12, 2152, 1465)] {
        let mut times: Vec<_> = (0..400)
            .map(|_| {
                let start = Instant::now();
                let mut layer = Layer::new("municipalities", address(z, x, y), 64);
                let mut drawn = 0;
                for (id, (name, shape)) in (1..).zip(&municipalities) {
                    let attributes = [
                        ("istat_code", Value::Text(&name[..3])),
                        ("name", Value::Text(name)),
                        ("population", Value::Integer(1000 + i64::try_from(id).unwrap())),
                        ("zone", Value::Text("adda_martesana")),
                    ];
                    drawn += u32::from(layer.feature(Some(id), shape, attributes));
                }
                let mut tile = Tile::new();
                tile.push(&layer);
                let bytes = black_box(tile.into_bytes());
                (start.elapsed().as_micros(), drawn, bytes.len())
            })
            .collect();
        times.sort_unstable();
        let (median, drawn, bytes) = times[times.len() / 2];
        println!(
            "{z}/{x}/{y}: {median} µs (best {}), {drawn} of 133 features, {bytes} bytes, {vertices} vertices",
            times[0].0
        );
    }
}
