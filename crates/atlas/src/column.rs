//! A column: what the features of a layer state in one field, each distinct value kept once.

use domain::{LentValue, Value};
use foldhash::fast::RandomState;
use indexmap::{Equivalent, IndexSet};
use std::hash::{Hash, Hasher};

/// The values of one field. A condition on it can be decided once for each distinct value, whatever the number of features.
#[derive(Debug)]
pub struct Column {
    values: Vec<Value>,
    codes: Codes,
}

/// The place of each feature's value among the distinct ones, no wider than it has to be.
#[derive(Debug)]
enum Codes {
    Narrow(Box<[u8]>),
    Middle(Box<[u16]>),
    Wide(Box<[u32]>),
}

impl Column {
    /// The distinct values, ascending; [`Value::Missing`] comes first.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The place among [`values`](Self::values) of what the feature at a place of the layer states: codes compare as values do.
    #[must_use]
    pub fn code(&self, at: usize) -> u32 {
        match &self.codes {
            Codes::Narrow(codes) => codes[at].into(),
            Codes::Middle(codes) => codes[at].into(),
            Codes::Wide(codes) => codes[at],
        }
    }

    /// The code of a value; `None` if no feature states it.
    #[must_use]
    pub fn code_of(&self, value: &Value) -> Option<u32> {
        self.values.binary_search(value).ok().and_then(|code| u32::try_from(code).ok())
    }

    /// What the feature at a place of the layer states.
    #[must_use]
    pub fn value(&self, at: usize) -> &Value {
        &self.values[self.code(at) as usize]
    }

    /// How many features there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match &self.codes {
            Codes::Narrow(codes) => codes.len(),
            Codes::Middle(codes) => codes.len(),
            Codes::Wide(codes) => codes.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl FromIterator<Value> for Column {
    fn from_iter<I: IntoIterator<Item = Value>>(values: I) -> Self {
        let mut draft = ColumnDraft::default();
        values.into_iter().for_each(|value| draft.push(value));
        draft.finish(0..draft.len())
    }
}

/// Values after which a column is known to repeat itself or not.
const TRIAL: usize = 1 << 13;

/// Values of a column that hardly repeats itself which lie together in memory: what is there need not move when more come.
const BLOCK: usize = 1 << 12;

/// A column in the making: values in the order in which they come.
#[derive(Debug, Default)]
pub struct ColumnDraft {
    /// Distinct values, looked up one by one.
    known: IndexSet<Value, RandomState>,
    /// For each record the place of its value among those known; of a column that hardly repeats itself, for those of the trial.
    codes: Vec<u32>,
    /// What the records after the trial state in such a column: looking up would cost more than it spares.
    loose: Vec<Vec<Value>>,
    is_loose: bool,
}

impl ColumnDraft {
    pub fn push(&mut self, value: Value) {
        if !self.is_loose {
            let code = self.known.insert_full(value).0;
            return self.add(code);
        }
        if let Some(block) = self.loose.last_mut().filter(|block| block.len() < BLOCK) {
            return block.push(value);
        }
        let mut block = Vec::with_capacity(BLOCK);
        block.push(value);
        self.loose.push(block);
    }

    /// Adds a value, which is copied only if it is new.
    pub fn lend(&mut self, value: LentValue<'_>) {
        let text = match value {
            LentValue::Text(text) if !self.is_loose => text,
            value => return self.push(value.into()),
        };
        // Records that follow one another often say the same.
        let last = self.codes.last().map(|code| *code as usize);
        let last = last.filter(|code| self.known[*code].as_text() == Some(&*text));
        match last.or_else(|| self.known.get_index_of(&Text(&text))) {
            Some(code) => self.add(code),
            None => self.push(Value::Text(text.into_owned())),
        }
    }

    pub fn value(&self, at: usize) -> &Value {
        if let Some(code) = self.codes.get(at) {
            return &self.known[*code as usize];
        }
        let at = at - self.codes.len();
        &self.loose[at / BLOCK][at % BLOCK]
    }

    /// How many records there are.
    fn len(&self) -> usize {
        self.codes.len() + self.loose.iter().map(Vec::len).sum::<usize>()
    }

    /// The column of the records at these places; what only others state is forgotten.
    pub fn finish(&mut self, order: impl ExactSizeIterator<Item = usize> + Clone) -> Column {
        // All that the draft holds is taken, so that its memory goes with each column.
        let Self { known, codes, loose, .. } = std::mem::take(self);
        let beyond = known.len();
        let code =
            |at: usize| codes.get(at).map_or(beyond + at.saturating_sub(codes.len()), |code| *code as usize);
        let mut values: Vec<Value> = Vec::with_capacity(beyond + loose.iter().map(Vec::len).sum::<usize>());
        values.extend(known.into_iter().chain(loose.into_iter().flatten()));
        let mut is_stated = vec![false; values.len()];
        order.clone().for_each(|at| is_stated[code(at)] = true);
        let count = is_stated.iter().filter(|is_stated| **is_stated).count();
        let (mut distinct, mut new_codes) = (Vec::with_capacity(count), vec![0; values.len()]);
        for old in sorted(&values).into_iter().map(|old| old as usize).filter(|old| is_stated[*old]) {
            let value = std::mem::replace(&mut values[old], Value::Missing);
            if distinct.last() != Some(&value) {
                distinct.push(value);
            }
            new_codes[old] = number(distinct.len() - 1);
        }
        drop(values);
        distinct.shrink_to_fit();
        let codes = order.map(|at| new_codes[code(at)]);
        Column { codes: Codes::pack(codes, distinct.len()), values: distinct }
    }

    fn add(&mut self, code: usize) {
        self.codes.push(number(code));
        if self.codes.len() == TRIAL {
            self.is_loose = self.known.len() > TRIAL / 8 * 7;
        }
    }
}

/// A text that has the hash of its [`Value`], and is looked for in its place.
struct Text<'a>(&'a str);

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Value::hash_text(self.0, state);
    }
}

impl Equivalent<Value> for Text<'_> {
    fn equivalent(&self, value: &Value) -> bool {
        value.as_text() == Some(self.0)
    }
}

/// The order of values. Texts of one field often begin alike: they are compared by what follows, eight bytes at a time first.
fn sorted(values: &[Value]) -> Vec<u32> {
    let texts = || values.iter().filter_map(Value::as_text);
    let is_plain = values.iter().all(|value| value.is_missing() || value.as_text().is_some());
    let first = texts().next().filter(|_| is_plain).unwrap_or_default();
    let alike = texts().fold(first.len(), |alike, text| {
        first.bytes().zip(text.bytes()).take(alike).take_while(|(one, other)| one == other).count()
    });
    // Only texts have other keys than none, and only where they are not among values of other types.
    let key = |value: &Value| {
        let rest = value.as_text().filter(|_| is_plain).and_then(|text| text.as_bytes().get(alike..));
        let mut key = [0; 8];
        key.iter_mut().zip(rest.unwrap_or_default()).for_each(|(key, byte)| *key = *byte);
        u64::from_be_bytes(key)
    };
    let mut order: Vec<(u64, u32)> = values.iter().map(key).zip(0..).collect();
    let value = |at: u32| &values[at as usize];
    order.sort_unstable_by(|(a, at), (b, other)| a.cmp(b).then_with(|| value(*at).cmp(value(*other))));
    order.into_iter().map(|(_, at)| at).collect()
}

/// A number as it is kept: no collection has four thousand million records, nor as many values.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Codes {
    #[expect(clippy::cast_possible_truncation, reason = "codes are below the number of distinct values")]
    fn pack(codes: impl Iterator<Item = u32>, distinct: usize) -> Self {
        if distinct <= 1 << 8 {
            Self::Narrow(codes.map(|code| code as u8).collect())
        } else if distinct <= 1 << 16 {
            Self::Middle(codes.map(|code| code as u16).collect())
        } else {
            Self::Wide(codes.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_once_and_codes_ascend_with_them() {
        let column: Column = [3, 1, 3, -7].map(Value::Integer).into_iter().chain([Value::Missing]).collect();
        assert_eq!(
            column.values(),
            [Value::Missing, Value::Integer(-7), Value::Integer(1), Value::Integer(3)]
        );
        let codes: Vec<u32> = (0..column.len()).map(|at| column.code(at)).collect();
        assert_eq!(codes, [3, 2, 3, 1, 0]);
        assert_eq!(column.value(0), &Value::Integer(3));
        assert_eq!([column.code_of(&Value::Integer(1)), column.code_of(&Value::Integer(2))], [Some(2), None]);
    }

    #[test]
    fn columns_of_any_number_of_values_give_back_what_they_got() {
        let check = |distinct: i64, value: fn(i64) -> Value| {
            let values = || (0..70_000).map(|row| value(row * 7_919 % distinct));
            let column: Column = values().collect();
            assert_eq!(i64::try_from(column.values().len()), Ok(distinct));
            assert!(column.values().is_sorted());
            assert!(values().zip(0..).all(|(value, at)| column.value(at) == &value), "{distinct}");
            let mut draft = ColumnDraft::default();
            values().for_each(|value| draft.lend(value.into()));
            assert!(values().zip(0..).all(|(value, at)| draft.value(at) == &value), "{distinct}");
            let lent = draft.finish(0..70_000);
            assert_eq!(lent.values(), column.values());
            assert!((0..70_000).all(|at| lent.code(at) == column.code(at)), "{distinct}");
        };
        for distinct in [1, 255, 256, 257, 65_536, 65_537] {
            check(distinct, Value::Integer);
            check(distinct, |number| Value::Text(format!("INTERVENTO {number}")));
        }
    }

    #[test]
    fn texts_that_begin_alike_are_in_the_order_of_all_values() {
        let check = |texts: &[&str]| {
            let values = texts.iter().map(|text| match *text {
                "" => Value::Missing,
                text => Value::Text(text.to_owned()),
            });
            let mut expect: Vec<Value> = values.clone().collect();
            expect.sort_unstable();
            expect.dedup();
            assert_eq!(values.collect::<Column>().values(), expect);
        };
        check(&["b", "a", "", "ab", "b\0", "a\0", "a\0\0", "é", "è", "aaaaaaaaa2", "aaaaaaaaa1"]);
        check(&["SCUOLA MEDIA", "SCUOLA ELEMENTARE", "SCUOLA MATERNA", "SCUOLA", "", "SCUOLA MATERNA 2"]);
        check(&["x"]);
        check(&["", ""]);
    }

    #[test]
    fn what_only_dropped_records_state_is_forgotten() {
        let mut draft = ColumnDraft::default();
        ["a", "b", "c", "b"]
            .map(|text| Value::Text(text.to_owned()))
            .into_iter()
            .for_each(|it| draft.push(it));
        let column = draft.finish([3, 2].into_iter());
        assert_eq!(column.values(), [Value::Text("b".to_owned()), Value::Text("c".to_owned())]);
        assert_eq!([column.code(0), column.code(1)], [0, 1]);
    }
}
