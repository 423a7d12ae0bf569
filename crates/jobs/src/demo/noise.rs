//! Repeatable irregularity: smooth noise over the plane, and the hash it shares with the random numbers.

use super::plane::Point;

/// `SplitMix64`'s finaliser: every input bit changes about half of the output bits.
pub fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The top 53 bits as a number in [0, 1).
pub fn unit(bits: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
    let numerator = (bits >> 11) as f64;
    numerator / 9_007_199_254_740_992.0
}

/// Smooth noise in [-1, 1] whose hills are about `wavelength` metres wide; each seed is another landscape.
pub fn noise(seed: u64, wavelength: f64, at: Point) -> f64 {
    let (x, y) = (at.x / wavelength, at.y / wavelength);
    let (column, row) = (x.floor(), y.floor());
    let (east, north) = (ease(x - column), ease(y - row));
    let corner = |column: f64, row: f64| {
        2.0 * unit(mix(seed ^ mix(column.to_bits()) ^ mix(row.to_bits()).rotate_left(17))) - 1.0
    };
    let below = corner(column, row) * (1.0 - east) + corner(column + 1.0, row) * east;
    let above = corner(column, row + 1.0) * (1.0 - east) + corner(column + 1.0, row + 1.0) * east;
    below * (1.0 - north) + above * north
}

/// From 0 to 1 with level ends, so that neighbouring cells of noise meet without a crease.
fn ease(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mix_is_splitmix64() {
        // The first output of the reference implementation seeded with 0.
        assert_eq!(mix(0x9e37_79b9_7f4a_7c15), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn noise_is_bounded_and_smooth() {
        for step in 0..2000 {
            let at = Point { x: f64::from(step) * 7.0 - 5000.0, y: f64::from(step) * 3.0 - 3000.0 };
            let (here, near) = (noise(1, 500.0, at), noise(1, 500.0, at.shifted(1.0, 1.0)));
            assert!(here.abs() <= 1.0 && (here - near).abs() < 0.02, "{at:?}: {here} {near}");
        }
    }
}
