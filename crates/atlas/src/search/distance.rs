//! Which of many words are like one, but for a fault or two: letters that are missing, too many, wrong, or swapped with the next.

use std::ops::Range;

/// Letters of a word that are looked at: what is longer is a code, and codes differ at their ends.
const LONGEST: usize = 40;

/// Hands over the runs of places of the words that begin with `wanted`, but for `most` faults. The words ascend: those that begin
/// alike stand together, so that what their beginning decides is decided for all of them at once.
pub fn each_alike(words: &[Box<str>], wanted: &str, most: usize, mut found: impl FnMut(Range<usize>)) {
    if wanted.len() > LONGEST {
        return;
    }
    let mut table = Table::new(wanted.as_bytes());
    let mut place = 0;
    while let Some(word) = words.get(place) {
        let word = word.as_bytes();
        let (read, verdict) = table.judge(word, most);
        let until = match verdict {
            None => place + 1,
            Some(_) => place + run(&words[place..], &word[..read]),
        };
        if verdict == Some(true) {
            found(place..until);
        }
        place = until;
    }
}

/// How many words from the first on begin as it does.
fn run(words: &[Box<str>], beginning: &[u8]) -> usize {
    let begins = |word: &str| word.as_bytes().starts_with(beginning);
    // Most runs are short: what is far away is only looked at for a long one.
    let mut reach = 1;
    while words.get(reach).is_some_and(|word| begins(word)) {
        reach *= 2;
    }
    let (from, to) = (reach / 2, reach.min(words.len()));
    from + words[from..to].partition_point(|word| begins(word))
}

/// The table of optimal string alignment for the word before, row by row; a word that begins like that one has the same rows.
struct Table<'w> {
    wanted: &'w [u8],
    /// The letters for which there are rows.
    read: Vec<u8>,
    /// For each beginning of what was read, the faults between it and each beginning of what is wanted.
    rows: Vec<[u8; LONGEST + 1]>,
}

impl<'w> Table<'w> {
    fn new(wanted: &'w [u8]) -> Self {
        let mut first = [0; LONGEST + 1];
        (0..).zip(&mut first).for_each(|(letters, faults)| *faults = letters);
        Self { wanted, read: Vec::new(), rows: vec![first] }
    }

    /// Whether a word begins with what is wanted, but for `most` faults, and after how many letters that is known; `None` if the word
    /// ends before.
    fn judge(&mut self, word: &[u8], most: usize) -> (usize, Option<bool>) {
        let common = self.read.iter().zip(word).take_while(|(a, b)| a == b).count();
        self.read.truncate(common);
        self.rows.truncate(common + 1);
        loop {
            let row = &self.rows[self.read.len()][..=self.wanted.len()];
            let verdict = if usize::from(row[self.wanted.len()]) <= most {
                Some(true)
            } else if row.iter().all(|faults| usize::from(*faults) > most) {
                Some(false)
            } else {
                None
            };
            match word.get(self.read.len()) {
                Some(letter) if verdict.is_none() => self.read(*letter),
                _ => return (self.read.len(), verdict),
            }
        }
    }

    /// The row for one more letter.
    fn read(&mut self, letter: u8) {
        let depth = self.read.len();
        let last = &self.rows[depth];
        let mut row = [0; LONGEST + 1];
        row[0] = last[0] + 1;
        for (column, wanted) in self.wanted.iter().enumerate() {
            let wrong = last[column] + u8::from(*wanted != letter);
            row[column + 1] = wrong.min(last[column + 1] + 1).min(row[column] + 1);
            let swapped = column > 0
                && depth > 0
                && self.wanted[column - 1] == letter
                && self.read[depth - 1] == *wanted;
            if swapped {
                row[column + 1] = row[column + 1].min(self.rows[depth - 1][column - 1] + 1);
            }
        }
        self.read.push(letter);
        self.rows.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of the words that are alike.
    fn alike(words: &[&str], wanted: &str, most: usize) -> Vec<usize> {
        let words: Vec<Box<str>> = words.iter().map(|word| (*word).into()).collect();
        let mut found = Vec::new();
        each_alike(&words, wanted, most, |run| found.extend(run));
        found
    }

    #[test]
    fn faults_are_counted_up_to_a_number() {
        let check = |wanted: &str, word: &str, most: usize, expect: bool| {
            assert_eq!(!alike(&[word], wanted, most).is_empty(), expect, "{wanted} {word} {most}");
        };
        check("legnano", "legnano", 0, true);
        check("lengano", "legnano", 1, true);
        check("lengano", "legnano", 0, false);
        check("legnao", "legnano", 1, true);
        check("leggnano", "legnano", 1, true);
        check("lexnano", "legnano", 1, true);
        check("parabig", "parabiago", 1, true);
        check("parabiago", "par", 2, false);
        check("milano", "legnano", 2, false);
        check("abc", "a", 2, true);
        check("abc", "a", 1, false);
        check(&"a".repeat(41), &"a".repeat(41), 2, false);
        check(&"a".repeat(40), &"a".repeat(60), 2, true);
    }

    #[test]
    fn many_words_are_judged_as_each_by_itself() {
        let mut words: Vec<String> = (0..3000_u32)
            .map(|i| {
                let letter = |at: u32| char::from(b'a' + u8::try_from(((i * 7919) >> (3 * at)) % 4).unwrap());
                (0..i % 9).map(letter).collect()
            })
            .collect();
        words.sort_unstable();
        words.dedup();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for (wanted, most) in [("abcab", 1), ("ddbca", 2), ("abba", 1), ("", 1), ("cadacada", 2)] {
            let singly = |place: &usize| !alike(&words[*place..=*place], wanted, most).is_empty();
            let expect: Vec<usize> = (0..words.len()).filter(singly).collect();
            assert!(words.len() > 500 && !expect.is_empty());
            assert_eq!(alike(&words, wanted, most), expect, "{wanted}");
        }
    }
}
