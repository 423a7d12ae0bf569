//! The words of a layer's records, each with the records in which it stands: what search reads.

use super::distance;
use super::words::words_and_joined;
use crate::column::Column;
use crate::rows::Rows;
use domain::{Collection, Field, FieldType, Role, Value};
use std::collections::HashMap;

/// Where a word stands in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Where it lies, what it belongs to.
    About = 0,
    /// What it is called.
    Title = 1,
    /// The codes by which it is known.
    Code = 2,
}

/// The words of a layer, ascending, and where each stands.
#[derive(Debug)]
pub struct Lexicon {
    words: Vec<Box<str>>,
    /// Where the entries of each word end.
    ends: Vec<u32>,
    /// The place of a record, and in the last two bits the part in which the word stands.
    entries: Vec<u32>,
    /// How many words the title of each record has.
    lengths: Vec<u8>,
}

/// A record that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the layer.
    pub at: u32,
    /// How well it fits.
    pub score: u32,
    /// How many words its title has: of those that fit as well, the shorter is meant.
    pub length: u8,
}

/// What a word is worth that stands whole in a record, by part: about, title, code.
const WHOLE: [u8; 3] = [8, 20, 60];
/// That of a word that begins as asked.
const BEGUN: [u8; 3] = [4, 12, 30];
/// That of a word that is like the one asked for.
const ALIKE: [u8; 3] = [2, 6, 4];
/// A record whose title is what is asked for, word by word, is meant.
const NAMED: u32 = 200;

impl Lexicon {
    /// The words of records; `municipalities` has the names of those in which each lies.
    pub fn of<'n, Names: Iterator<Item = &'n str>>(
        collection: &Collection,
        rows: &Rows,
        municipalities: impl Fn(usize) -> Names,
    ) -> Self {
        let mut draft = Draft { lengths: vec![0; rows.ids.len()], ..Draft::default() };
        for (place, field) in collection.fields.iter().enumerate() {
            let is_code = collection.key.contains(&place) || field.field_type == FieldType::Cup;
            let part = match field.role {
                Some(Role::Title) => Part::Title,
                Some(Role::Category | Role::Zone | Role::Measure) => Part::About,
                _ if is_code => Part::Code,
                _ => continue,
            };
            draft.column(&rows.columns[place], field, part);
        }
        for at in 0..rows.ids.len() {
            let streets = rows.places.locations(at).filter_map(|it| it.address);
            draft.about(at, municipalities(at));
            draft.about(at, streets);
        }
        draft.finish()
    }

    /// The records in which all these words stand; those that only stand there with faults too, if that is allowed.
    pub fn find(&self, wanted: &[String], with_faults: bool) -> Vec<Hit> {
        let Some((first, rest)) = wanted.split_first() else { return Vec::new() };
        let mut sums: Vec<u32> = self.worth(first, with_faults).into_iter().map(u32::from).collect();
        for word in rest {
            for (sum, worth) in sums.iter_mut().zip(self.worth(word, with_faults)) {
                *sum = if *sum == 0 || worth == 0 { 0 } else { *sum + u32::from(worth) };
            }
        }
        let named = u32::try_from(wanted.len()).unwrap_or(u32::MAX).saturating_mul(WHOLE[1].into());
        let hits = sums.into_iter().zip(&self.lengths).zip(0..).filter(|((sum, _), _)| *sum > 0);
        hits.map(|((sum, length), at)| {
            let is_named = sum >= named && usize::from(*length) == wanted.len();
            Hit { at, score: sum + if is_named { NAMED } else { 0 }, length: *length }
        })
        .collect()
    }

    /// What a word is worth in each record; 0 where it does not stand.
    fn worth(&self, wanted: &str, with_faults: bool) -> Vec<u8> {
        let mut worth = vec![0; self.lengths.len()];
        let start = self.words.partition_point(|word| **word < *wanted);
        let begun = self.words[start..].iter().take_while(|word| word.starts_with(wanted)).count();
        for (place, word) in self.words.iter().enumerate().skip(start).take(begun) {
            self.note(&mut worth, place, if word.len() == wanted.len() { WHOLE } else { BEGUN });
        }
        // Short words are like too many others.
        let most = if with_faults {
            [0, 1, 2][usize::from(wanted.len() > 3) + usize::from(wanted.len() > 7)]
        } else {
            0
        };
        if most > 0 {
            distance::each_alike(&self.words, wanted, most, |run| {
                run.for_each(|place| self.note(&mut worth, place, ALIKE));
            });
        }
        worth
    }

    fn note(&self, worth: &mut [u8], word: usize, by_part: [u8; 3]) {
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        for entry in &self.entries[start..self.ends[word] as usize] {
            let known = &mut worth[(entry >> 2) as usize];
            *known = (*known).max(by_part[(entry & 3) as usize]);
        }
    }
}

#[derive(Default)]
struct Draft {
    numbers: HashMap<String, u32>,
    /// Word and entry.
    entries: Vec<(u32, u32)>,
    lengths: Vec<u8>,
}

impl Draft {
    /// What all records state in a field; the words of each distinct value are looked at once.
    fn column(&mut self, column: &Column, field: &Field, part: Part) {
        let known = |value: &Value| {
            let text = value.as_text().unwrap_or_default();
            let meaning = field.codes.iter().find(|code| code.code == text).map(|code| &code.label);
            let all =
                meaning.map_or_else(|| text.to_owned(), |label| format!("{text} {} {}", label.it, label.en));
            (all, super::words::words(text).len())
        };
        let of_value: Vec<(Vec<u32>, usize)> = column
            .values()
            .iter()
            .map(|value| {
                let (text, length) = known(value);
                (self.numbered(&text), length)
            })
            .collect();
        for at in 0..self.lengths.len() {
            let (words, length) = &of_value[column.code(at) as usize];
            if part == Part::Title {
                self.lengths[at] = u8::try_from(*length).unwrap_or(u8::MAX);
            }
            self.push(at, words, part);
        }
    }

    /// Where a record lies: its municipalities, its streets.
    fn about<'n>(&mut self, at: usize, names: impl Iterator<Item = &'n str>) {
        let words: Vec<u32> = names.flat_map(|name| self.numbered(name)).collect();
        self.push(at, &words, Part::About);
    }

    fn push(&mut self, at: usize, words: &[u32], part: Part) {
        // A layer has fewer than a thousand million records.
        let entry = u32::try_from(at << 2).unwrap_or(u32::MAX) | part as u32;
        self.entries.extend(words.iter().map(|word| (*word, entry)));
    }

    fn numbered(&mut self, text: &str) -> Vec<u32> {
        let next = |numbers: &HashMap<String, u32>| u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        let number = |word: String| {
            let next = next(&self.numbers);
            *self.numbers.entry(word).or_insert(next)
        };
        words_and_joined(text).into_iter().map(number).collect()
    }

    fn finish(mut self) -> Lexicon {
        let mut words: Vec<(String, u32)> = self.numbers.into_iter().collect();
        words.sort_unstable();
        let mut ranks = vec![0; words.len()];
        for ((_, number), rank) in words.iter().zip(0..) {
            ranks[*number as usize] = rank;
        }
        self.entries.iter_mut().for_each(|(word, _)| *word = ranks[*word as usize]);
        self.entries.sort_unstable();
        self.entries.dedup();
        let mut ends = vec![0; words.len()];
        self.entries.iter().for_each(|(word, _)| ends[*word as usize] += 1);
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        Lexicon {
            words: words.into_iter().map(|(word, _)| word.into_boxed_str()).collect(),
            ends,
            entries: self.entries.into_iter().map(|(_, entry)| entry).collect(),
            lengths: self.lengths,
        }
    }
}
