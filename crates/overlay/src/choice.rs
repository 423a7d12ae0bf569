//! Which records of a layer a selection chooses.

use atlas::Layer;
use domain::{Selection, Value};

/// The records that a selection chooses: in each of its fields they have one of its values.
pub struct Choice<'e> {
    layer: &'e Layer,
    /// For each field its place, and for each of the values that its column has whether it is one of those.
    tests: Vec<(usize, Vec<bool>)>,
}

impl<'e> Choice<'e> {
    pub fn of(layer: &'e Layer, selection: &Selection) -> Self {
        let test = |(name, values): &(String, Vec<String>)| {
            let field = layer.collection.position(name)?;
            Some((field, layer.column(field).values().iter().map(|value| is_one_of(value, values)).collect()))
        };
        Self { layer, tests: selection.filter.iter().filter_map(test).collect() }
    }

    /// Whether it chooses the record at a place of the layer.
    pub fn holds(&self, row: u32) -> bool {
        let holds = |(field, holds): &(usize, Vec<bool>)| {
            holds[self.layer.column(*field).code(row as usize) as usize]
        };
        self.tests.iter().all(holds)
    }

    /// The places of those that it chooses, ascending.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        (0..u32::try_from(self.layer.len()).unwrap_or(u32::MAX)).filter(|row| self.holds(*row))
    }
}

/// The fields and values that a selection names and no record of the layer has.
pub fn not_stated<'s>(
    layer: &Layer,
    selection: &'s Selection,
) -> impl Iterator<Item = (&'s String, &'s String)> {
    selection.filter.iter().flat_map(|(name, values)| {
        let stated = layer.collection.position(name).map(|field| layer.column(field).values());
        let is_stated = |value: &String| {
            stated.is_none_or(|stated| stated.iter().any(|it| is_one_of(it, std::slice::from_ref(value))))
        };
        let lacking: Vec<&String> = values.iter().filter(|value| !is_stated(value)).collect();
        lacking.into_iter().map(move |value| (name, value))
    })
}

/// Whether a value, or a text of a list, is one of these.
fn is_one_of(value: &Value, texts: &[String]) -> bool {
    match value {
        Value::Text(text) => texts.contains(text),
        Value::List(all) => all.iter().any(|text| texts.contains(text)),
        _ => false,
    }
}
