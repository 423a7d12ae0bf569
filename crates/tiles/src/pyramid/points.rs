//! Points in the order of a Z: those of any square of any zoom level are one run, to be counted or drawn without an index.

use super::grid::{self, DEEPEST, Unit, Window};

/// Points of features on the deepest grid.
#[derive(Debug, Default)]
pub struct Points {
    codes: Vec<u64>,
    /// For each point the place of its feature in the layer.
    features: Vec<u32>,
    /// Whether a feature has several.
    pub has_several: bool,
}

/// Points that are looked at one by one rather than parted again.
const FEW: usize = 16;

impl Points {
    /// Points, each with the place of its feature.
    pub fn of(points: impl Iterator<Item = (Unit, u32)>) -> Self {
        let mut sorted: Vec<(u64, u32)> = points.map(|(at, feature)| (grid::z_order(at), feature)).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut features: Vec<u32> = sorted.iter().map(|(_, feature)| *feature).collect();
        features.sort_unstable();
        Self {
            has_several: features.windows(2).any(|pair| pair[0] == pair[1]),
            codes: sorted.iter().map(|(code, _)| *code).collect(),
            features: sorted.iter().map(|(_, feature)| *feature).collect(),
        }
    }

    /// The places of all, as numbers in the order of the Z.
    pub fn codes(&self) -> &[u64] {
        &self.codes
    }

    /// Bytes that they take.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.codes) + size_of_val(&*self.features)
    }

    /// The position, on the deepest grid, and the feature of the point at a place.
    pub fn get(&self, place: usize) -> (Unit, u32) {
        (grid::of_z_order(self.codes[place]), self.features[place])
    }

    /// Whether one lies in a window of the deepest grid.
    pub fn any(&self, window: Window) -> bool {
        let mut any = false;
        self.runs(window, 0, &mut |mut run| {
            any = any || run.any(|place| window.contains(self.get(place).0));
        });
        any
    }

    /// Hands over the places of the points in a window of the deepest grid.
    pub fn each(&self, window: Window, mut found: impl FnMut(usize)) {
        self.runs(window, 0, &mut |run| {
            run.filter(|place| window.contains(self.get(*place).0)).for_each(&mut found);
        });
    }

    /// Hands over, for each square that meets a window and has points, the run of all of its points. Squares have sides of
    /// 2^`side` units of the deepest grid.
    pub fn each_square(&self, window: Window, side: u32, mut found: impl FnMut(std::ops::Range<usize>)) {
        self.runs(window, side, &mut |run| {
            let mut rest = run;
            while let Some(code) = self.codes.get(rest.start).filter(|_| !rest.is_empty()) {
                let end = (code >> (2 * side)) + 1;
                let count = self.codes[rest.clone()].partition_point(|code| code >> (2 * side) < end);
                found(rest.start..rest.start + count);
                rest.start += count;
            }
        });
    }

    /// Hands over runs of points that together hold all of the squares of side 2^`side` that meet a window, each whole.
    fn runs(&self, window: Window, side: u32, found: &mut impl FnMut(std::ops::Range<usize>)) {
        // The world has 2³⁰ units, and a margin of as much again to the south and east.
        self.part(0..self.codes.len(), 0, u32::from(DEEPEST) + 13, (window, side), found);
    }

    fn part(
        &self,
        run: std::ops::Range<usize>,
        from: u64,
        bits: u32,
        (window, side): (Window, u32),
        found: &mut impl FnMut(std::ops::Range<usize>),
    ) {
        let min = grid::of_z_order(from);
        let reach = i32::try_from((1_i64 << bits) - 1).unwrap_or(i32::MAX);
        let square = Window { min, max: min.map(|at| at.saturating_add(reach)) };
        if run.is_empty() || !square.meets(window) {
            return;
        }
        let is_inside = window.contains(square.min) && window.contains(square.max);
        if bits <= side || is_inside || side == 0 && run.len() <= FEW {
            found(run);
            return;
        }
        let mut start = run.start;
        for quarter in 0..4 {
            let until = from + ((quarter + 1) << (2 * (bits - 1)));
            let count = self.codes[start..run.end].partition_point(|code| *code < until);
            self.part(
                start..start + count,
                from + (quarter << (2 * (bits - 1))),
                bits - 1,
                (window, side),
                found,
            );
            start += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Points in clumps and alone.
    fn points() -> Vec<Unit> {
        let at = |i: i32| [i * 7919 % 1000 * (i % 7), i * 104_729 % 1000 * (i % 5)];
        (0..2000).map(at).collect()
    }

    #[test]
    fn finds_what_a_search_of_all_finds() {
        let points = points();
        let all = Points::of((0..).zip(&points).map(|(feature, at)| (*at, feature)));
        for asked in 0..40 {
            let min = [asked * 131 % 5000, asked * 77 % 4000];
            let window = Window { min, max: [min[0] + asked * 30, min[1] + 300] };
            let mut found = BTreeSet::new();
            all.each(window, |place| assert!(found.insert(all.get(place)), "twice"));
            let inside = (0..).zip(&points).filter(|(_, at)| window.contains(**at));
            let expected: BTreeSet<(Unit, u32)> = inside.map(|(feature, at)| (*at, feature)).collect();
            assert_eq!(found, expected, "{window:?}");
        }
    }

    #[test]
    fn squares_are_whole_whatever_window_meets_them() {
        let all = Points::of((0..).zip(points()).map(|(feature, at)| (at, feature)));
        let window = Window { min: [700, 900], max: [1700, 1300] };
        let mut squares = BTreeSet::new();
        all.each_square(window, 8, |run| {
            let of = |place: usize| all.get(place).0.map(|at| at >> 8);
            let square = of(run.start);
            assert!(squares.insert(square), "{square:?} came twice");
            let count = (0..all.codes().len()).filter(|place| of(*place) == square).count();
            assert!(run.len() == count && run.clone().all(|place| of(place) == square), "{square:?}");
        });
        let meets = |place: usize| {
            let square = all.get(place).0.map(|at| at >> 8);
            let min = square.map(|at| at << 8);
            (Window { min, max: min.map(|at| at + 255) }).meets(window).then_some(square)
        };
        assert_eq!(squares, (0..all.codes().len()).filter_map(meets).collect());
    }
}
