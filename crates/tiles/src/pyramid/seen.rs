//! Which values stand in a layer of a tile already: a table that is not cleared but used in rounds.

/// For each value that several features have, its number in the layer that is being drawn.
#[derive(Debug)]
pub struct Seen {
    round: u32,
    /// The round in which a value was last seen, and its number there.
    entries: Vec<(u32, u32)>,
}

impl Seen {
    /// A table for so many values.
    pub fn new(values: u32) -> Self {
        Self { round: 0, entries: vec![(0, 0); values as usize] }
    }

    /// Begins a layer, in which no value stands.
    pub fn begin(&mut self) {
        if let Some(round) = self.round.checked_add(1) {
            self.round = round;
        } else {
            self.entries.fill((0, 0));
            self.round = 1;
        }
    }

    /// The number of a value in this layer.
    pub fn number(&self, value: u32) -> Option<u32> {
        let (round, number) = self.entries.get(value as usize)?;
        (*round == self.round).then_some(*number)
    }

    /// Keeps the number of a value; of one that only one feature has, it is not asked again.
    pub fn remember(&mut self, value: u32, number: u32) {
        if let Some(entry) = self.entries.get_mut(value as usize) {
            *entry = (self.round, number);
        }
    }
}
