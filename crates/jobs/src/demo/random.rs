//! Random numbers that are the same on every machine.

use super::noise::{mix, unit};

/// `SplitMix64` (Steele, Lea, Flood 2014). Each part of the demo has a seed of its own, so that a change to one part leaves
/// the others as they were.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        unit(self.bits())
    }

    /// A number in [low, high).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number in [0, bound); 0 if there is none.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The bias of the remainder is far below anything a demo shows.
        self.bits().checked_rem(bound).unwrap_or(0)
    }

    /// A whole number in [low, high].
    pub fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// True this many times in a hundred.
    pub fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of several.
    ///
    /// The slice must not be empty.
    pub fn pick<T: Copy>(&mut self, several: &[T]) -> T {
        #[expect(clippy::cast_possible_truncation, reason = "below the length of a slice")]
        let index = self.below(several.len() as u64) as usize;
        several[index]
    }

    /// The place of one of these weights, each as likely as it is heavy.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        weights
            .take_while(|weight| {
                let passed = left >= *weight;
                left = left.saturating_sub(*weight);
                passed
            })
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_respected() {
        let mut random = Random::new(1);
        let mut counts = [0; 4];
        for _ in 0..10_000 {
            counts[random.weighted([1, 0, 2, 7].into_iter())] += 1;
        }
        assert_eq!(counts[1], 0);
        for (count, expected) in counts.into_iter().zip([1000_i32, 0, 2000, 7000]) {
            assert!((count - expected).abs() <= expected / 8, "{counts:?}");
        }
    }

    #[test]
    fn bounds_hold() {
        let mut random = Random::new(2);
        for _ in 0..1000 {
            assert!((3..=5).contains(&random.within(3, 5)));
            assert!((0.0..1.0).contains(&random.unit()));
        }
        assert_eq!(random.below(0), 0);
    }
}
