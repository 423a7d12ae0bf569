//! A column: what the features of a layer state in one field, each distinct value kept once.

use domain::Value;
use indexmap::IndexSet;

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
        draft.finish(0..draft.codes.len())
    }
}

/// A column in the making: values in the order in which they come.
#[derive(Debug, Default)]
pub struct ColumnDraft {
    values: IndexSet<Value>,
    codes: Vec<u32>,
}

impl ColumnDraft {
    pub fn push(&mut self, value: Value) {
        let (code, _) = self.values.insert_full(value);
        // No collection has four thousand million records: their numbers do not reach so far.
        self.codes.push(u32::try_from(code).unwrap_or(u32::MAX));
    }

    pub fn value(&self, at: usize) -> &Value {
        &self.values[self.codes[at] as usize]
    }

    /// The column of the records at these places; what only others state is forgotten.
    pub fn finish(&mut self, order: impl ExactSizeIterator<Item = usize> + Clone) -> Column {
        let mut is_stated = vec![false; self.values.len()];
        order.clone().for_each(|at| is_stated[self.codes[at] as usize] = true);
        let values = std::mem::take(&mut self.values).into_iter().zip(0..).zip(is_stated);
        let mut values: Vec<(Value, u32)> =
            values.filter_map(|(value, is_stated)| is_stated.then_some(value)).collect();
        values.sort_unstable();
        let mut new_codes = vec![0; self.codes.len().max(values.len())];
        for ((_, old), new) in values.iter().zip(0..) {
            new_codes[*old as usize] = new;
        }
        let codes = order.map(|at| new_codes[self.codes[at] as usize]);
        Column {
            codes: Codes::pack(codes, values.len()),
            values: values.into_iter().map(|(it, _)| it).collect(),
        }
    }
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
        for distinct in [1, 255, 256, 257, 65_536, 65_537] {
            let values = || (0..70_000).map(|row| Value::Integer(row * 7_919 % distinct));
            let column: Column = values().collect();
            assert_eq!(i64::try_from(column.values().len()), Ok(distinct));
            assert!(values().zip(0..).all(|(value, at)| column.value(at) == &value), "{distinct}");
        }
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
