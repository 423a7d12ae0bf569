//! How far a word is from the beginning of another: letters that are missing, too many, wrong, or swapped with the next.

/// Letters of a word that are looked at: what is longer is a code, and codes differ at their ends.
const LONGEST: usize = 40;

/// The least number of faults by which `word` is the beginning of `other`, if they are no more than `most`.
pub fn to_beginning(word: &str, other: &str, most: usize) -> Option<usize> {
    let (word, other) = (word.as_bytes(), other.as_bytes());
    if word.len() > LONGEST || other.len() + most < word.len() {
        return None;
    }
    let other = other.get(..word.len() + most).unwrap_or(other);
    let width = other.len() + 1;
    // Three rows of the table of optimal string alignment: the one before the last, the last, the present one.
    let mut rows = [[0_usize; 2 * LONGEST]; 3];
    if width > rows[0].len() {
        return None;
    }
    (0..width).for_each(|column| rows[1][column] = column);
    for (row, letter) in word.iter().enumerate() {
        rows[2][0] = row + 1;
        let mut least = rows[2][0];
        for (column, found) in other.iter().enumerate() {
            let wrong = rows[1][column] + usize::from(letter != found);
            let mut faults = wrong.min(rows[1][column + 1] + 1).min(rows[2][column] + 1);
            let swapped = row > 0 && column > 0 && word[row - 1] == *found && other[column - 1] == *letter;
            if swapped {
                faults = faults.min(rows[0][column - 1] + 1);
            }
            rows[2][column + 1] = faults;
            least = least.min(faults);
        }
        if least > most {
            return None;
        }
        rows.rotate_left(1);
    }
    rows[1][..width].iter().min().copied().filter(|faults| *faults <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_counted_up_to_a_number() {
        let check = |word: &str, other: &str, most: usize, expect: Option<usize>| {
            assert_eq!(to_beginning(word, other, most), expect, "{word} {other}");
        };
        check("legnano", "legnano", 1, Some(0));
        check("lengano", "legnano", 1, Some(1));
        check("legnao", "legnano", 1, Some(1));
        check("leggnano", "legnano", 1, Some(1));
        check("lexnano", "legnano", 1, Some(1));
        check("parabig", "parabiago", 1, Some(1));
        check("parabiago", "par", 2, None);
        check("milano", "legnano", 2, None);
        check("abc", "", 3, Some(3));
        check(&"a".repeat(41), &"a".repeat(41), 2, None);
        check(&"a".repeat(40), &"a".repeat(60), 2, Some(0));
    }
}
