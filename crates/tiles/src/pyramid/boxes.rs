//! Which of many windows meet one: they stand in the order of a Z, in blocks of sixteen, those again in blocks, and so on.

use super::grid::Window;
use std::ops::Range;

/// Windows or blocks in a block.
const BLOCK: usize = 16;

/// An index of windows that stand in an order in which neighbours are near. It has the windows round its blocks only: which of a
/// block's own windows meet another is for whoever has them to say.
#[derive(Debug)]
pub struct Boxes {
    count: usize,
    /// For each level the windows round its blocks; the last level has one block at most.
    levels: Vec<Vec<Window>>,
}

impl Boxes {
    /// Indexes windows; each is known by its place.
    pub fn build(windows: &[Window]) -> Self {
        let mut levels = vec![blocks(windows)];
        while let Some(last) = levels.last().filter(|last| last.len() > BLOCK) {
            levels.push(blocks(last));
        }
        Self { count: windows.len(), levels }
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.levels.iter().map(|level| size_of_val(&**level)).sum()
    }

    /// Goes through the places of those that may meet `window`, ascending, until one `is_met`; whether one was.
    pub fn any(&self, window: Window, mut is_met: impl FnMut(usize) -> bool) -> bool {
        let top = self.levels.len() - 1;
        self.visit(top, 0..self.levels[top].len(), window, &mut is_met)
    }

    fn visit(
        &self,
        level: usize,
        places: Range<usize>,
        window: Window,
        is_met: &mut impl FnMut(usize) -> bool,
    ) -> bool {
        let all = self.levels[level].iter().enumerate();
        for (place, block) in all.take(places.end).skip(places.start) {
            if !block.meets(window) {
                continue;
            }
            let inner = place * BLOCK..(place + 1) * BLOCK;
            let found = match level.checked_sub(1) {
                None => (inner.start..inner.end.min(self.count)).any(&mut *is_met),
                Some(below) => self.visit(below, inner, window, is_met),
            };
            if found {
                return true;
            }
        }
        false
    }
}

/// The windows round blocks of others.
fn blocks(windows: &[Window]) -> Vec<Window> {
    let round = |block: &[Window]| block.iter().fold(Window::NOTHING, |all, it| all.union(*it));
    windows.chunks(BLOCK).map(round).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_search_of_all_finds() {
        let window = |i: i32| {
            let min = [i % 37 * 10, i / 37 * 10];
            Window { min, max: [min[0] + i % 5 * 4, min[1] + i % 3 * 7] }
        };
        for count in [0, 1, 16, 17, 300, 1000] {
            let windows: Vec<Window> = (0..count).map(window).collect();
            let boxes = Boxes::build(&windows);
            for asked in (0..400).step_by(7).map(window) {
                let mut found = Vec::new();
                boxes.any(asked, |place| {
                    found.extend(Some(place).filter(|place| windows[*place].meets(asked)));
                    false
                });
                let meets = |(place, it): (usize, &Window)| it.meets(asked).then_some(place);
                let expected: Vec<usize> = windows.iter().enumerate().filter_map(meets).collect();
                assert_eq!(found, expected, "{count}: {asked:?}");
                let any = boxes.any(asked, |place| windows[place].meets(asked));
                assert_eq!(any, !expected.is_empty());
            }
        }
    }
}
