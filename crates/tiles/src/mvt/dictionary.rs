//! Writes each distinct key or value of a layer once and knows it by number thereafter.

/// Entries in the very bytes in which the layer will hold them, and a table to find them by.
///
/// A new entry is written at the end and stays there if it is not known: no entry is ever copied, and none
/// needs an allocation of its own.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    bytes: Vec<u8>,
    /// For each entry the end of its bytes.
    ends: Vec<usize>,
    /// Open addressing with linear probing: the number of an entry plus one, 0 where free. A power of two
    /// long and at most half full.
    slots: Vec<u32>,
}

impl Dictionary {
    /// All entries, in the order of their numbers.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The number of the entry that `write` writes; always the same for the same bytes.
    pub(super) fn number(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> u32 {
        if self.slots.len() <= 2 * self.ends.len() {
            self.grow();
        }
        let start = self.bytes.len();
        write(&mut self.bytes);
        let (known, entry) = self.bytes.split_at(start);
        let mut slot = self.first_slot(entry);
        while let Some(number) = self.slots[slot].checked_sub(1) {
            if self.entry(known, number) == entry {
                self.bytes.truncate(start);
                return number;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.ends.push(self.bytes.len());
        // A tile with 2³² distinct values does not fit into memory.
        let count = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.slots[slot] = count;
        count - 1
    }

    /// The number of an entry that is known to be new; it will not be found by [`number`](Self::number).
    pub(super) fn append(&mut self, entry: &[u8]) -> u32 {
        self.bytes.extend_from_slice(entry);
        self.ends.push(self.bytes.len());
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX) - 1
    }

    fn entry<'a>(&self, bytes: &'a [u8], number: u32) -> &'a [u8] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &bytes[start..self.ends[number]]
    }

    fn grow(&mut self) {
        // Appended entries count too: there may be many more than at the last time.
        self.slots = vec![0; (2 * self.ends.len() + 2).next_power_of_two().max(64)];
        for (number, count) in (0..).zip(1..=self.ends.len()) {
            let mut slot = self.first_slot(self.entry(&self.bytes, number));
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = u32::try_from(count).unwrap_or(u32::MAX);
        }
    }

    /// Where to look first: the high bits of the hash, which depend on all of the bytes.
    fn first_slot(&self, entry: &[u8]) -> usize {
        let bits = self.slots.len().trailing_zeros();
        usize::try_from(hash(entry) >> (64 - bits)).unwrap_or_default()
    }
}

/// rustc's `FxHash`: one multiplication for eight bytes. Entries come from published data, and whoever could
/// make them collide would slow down only the tiles that show his own.
pub fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x517C_C1B7_2722_0A95;
    let add = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = bytes.as_chunks();
    let last = rest.iter().fold(bytes.len() as u64, |word, &byte| word << 8 | u64::from(byte));
    add(words.iter().fold(0, |hash, &word| add(hash, u64::from_le_bytes(word))), last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_is_written_once() {
        let mut dictionary = Dictionary::default();
        let words: Vec<String> = (0..1_000).map(|i| format!("entry number {i}")).collect();
        for _ in 0..3 {
            for (expected, word) in (0..).zip(&words) {
                assert_eq!(dictionary.number(|out| out.extend(word.bytes())), expected);
            }
        }
        assert_eq!(dictionary.as_bytes(), words.concat().as_bytes());
    }

    #[test]
    fn any_number_of_entries_can_be_appended_before_one_is_looked_for() {
        let mut dictionary = Dictionary::default();
        dictionary.number(|out| out.push(b'a'));
        for byte in 0..=255 {
            dictionary.append(&[byte, byte]);
        }
        assert_eq!(dictionary.number(|out| out.push(b'b')), 257);
        assert_eq!(dictionary.number(|out| out.push(b'a')), 0);
    }

    #[test]
    fn zeros_and_nothing_are_told_apart() {
        let mut dictionary = Dictionary::default();
        let numbers: Vec<u32> =
            (0..20).map(|length| dictionary.number(|out| out.extend(vec![0; length]))).collect();
        assert_eq!(numbers, (0..20).collect::<Vec<_>>());
    }
}
