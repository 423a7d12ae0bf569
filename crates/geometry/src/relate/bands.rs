//! Which segments are near a height: the plane cut into horizontal bands.

use super::segment::{Segment, around};

/// Bands at most: a segment that runs through all of them stands in each.
const MAX_BANDS: usize = 256;

/// The segments of each band, one band after the other.
#[derive(Debug, Clone)]
pub struct Bands {
    bottom: f64,
    per_unit: f64,
    ends: Vec<u32>,
    members: Vec<u32>,
}

impl Bands {
    /// Sorts segments into bands.
    pub fn new(segments: &[Segment]) -> Self {
        let heights = segments.iter().flatten().map(|[_, y]| *y);
        let (bottom, top) =
            heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
        let count = (segments.len() / 4).clamp(1, MAX_BANDS);
        #[expect(clippy::cast_precision_loss, reason = "there are 256 at most")]
        let per_unit = if top > bottom { count as f64 / (top - bottom) } else { 0.0 };
        let mut bands = Self { bottom, per_unit, ends: vec![0; count], members: Vec::new() };
        let mut sorted: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (number, segment) in (0..).zip(segments) {
            let bbox = around(*segment);
            let reached = bands.band(bbox.min[1])..=bands.band(bbox.max[1]);
            sorted[reached].iter_mut().for_each(|members| members.push(number));
        }
        for (end, members) in bands.ends.iter_mut().zip(sorted) {
            bands.members.extend(members);
            *end = u32::try_from(bands.members.len()).unwrap_or(u32::MAX);
        }
        bands
    }

    /// The segments that may reach from one height to another; a segment may come several times.
    pub fn near(&self, low: f64, high: f64) -> &[u32] {
        let (first, last) = (self.band(low), self.band(high));
        let start = if first == 0 { 0 } else { self.ends[first - 1] };
        &self.members[start as usize..self.ends[last] as usize]
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the bands there are; NaN is 0"
    )]
    fn band(&self, y: f64) -> usize {
        let band = ((y - self.bottom) * self.per_unit).max(0.0) as usize;
        band.min(self.ends.len() - 1)
    }
}
