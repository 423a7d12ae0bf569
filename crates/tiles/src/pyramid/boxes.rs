//! Which of many windows meet one: they stand in the order of a Z, in blocks of sixteen, those again in blocks, and so on.

use super::grid::Window;

/// Windows or blocks in a block.
const BLOCK: usize = 16;

/// An index of windows that stand in an order in which neighbours are near.
#[derive(Debug)]
pub struct Boxes {
    /// The windows, then for each level the windows round its blocks; the last level has one block at most.
    levels: Vec<Vec<Window>>,
}

impl Boxes {
    /// Indexes windows; each is known by its place.
    pub fn build(windows: Vec<Window>) -> Self {
        let mut levels = vec![windows];
        while let Some(last) = levels.last().filter(|last| last.len() > BLOCK) {
            let round = |block: &[Window]| block.iter().fold(Window::NOTHING, |all, it| all.union(*it));
            levels.push(last.chunks(BLOCK).map(round).collect());
        }
        Self { levels }
    }

    /// The window at a place.
    pub fn get(&self, place: usize) -> Window {
        self.levels[0][place]
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.levels.iter().map(|level| size_of_val(&**level)).sum()
    }

    /// Whether one of them meets `window`.
    pub fn any(&self, window: Window) -> bool {
        let top = self.levels.len() - 1;
        self.meets(top, 0, self.levels[top].len(), window)
    }

    fn meets(&self, level: usize, from: usize, to: usize, window: Window) -> bool {
        (from..to.min(self.levels[level].len())).any(|place| {
            let here = self.levels[level][place].meets(window);
            let below = |below| self.meets(below, place * BLOCK, (place + 1) * BLOCK, window);
            here && level.checked_sub(1).is_none_or(below)
        })
    }

    /// Hands over the places of those that meet `window`, ascending.
    pub fn each(&self, window: Window, mut found: impl FnMut(usize)) {
        let top = self.levels.len() - 1;
        self.visit(top, 0, self.levels[top].len(), window, &mut found);
    }

    fn visit(&self, level: usize, from: usize, to: usize, window: Window, found: &mut impl FnMut(usize)) {
        for place in from..to.min(self.levels[level].len()) {
            if !self.levels[level][place].meets(window) {
                continue;
            }
            match level.checked_sub(1) {
                None => found(place),
                Some(below) => self.visit(below, place * BLOCK, (place + 1) * BLOCK, window, found),
            }
        }
    }
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
            let boxes = Boxes::build(windows.clone());
            for asked in (0..400).step_by(7).map(window) {
                let mut found = Vec::new();
                boxes.each(asked, |place| found.push(place));
                let meets = |(place, it): (usize, &Window)| it.meets(asked).then_some(place);
                let expected: Vec<usize> = windows.iter().enumerate().filter_map(meets).collect();
                assert_eq!(found, expected, "{count}: {asked:?}");
                assert_eq!(boxes.any(asked), !expected.is_empty());
            }
        }
    }
}
