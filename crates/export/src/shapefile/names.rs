//! The attributes of shapefiles: names of ten characters, and texts no longer than the format has room for.

use super::MAX_TEXT;
use crate::column::{Column, joined};
use crate::selection::Selection;
use crate::vector::Attribute;
use domain::{FieldType, Value};
use std::collections::BTreeSet;

/// Characters that a name has at most.
const MAX_NAME: usize = 10;

/// A column, and what becomes of it.
pub struct Kept {
    /// The column.
    pub column: Column,
    /// Its attribute.
    pub attribute: Attribute,
    /// How many of its texts have to be cut.
    pub cut: usize,
}

/// What becomes of the columns of a selection. A text attribute is as wide as its longest text.
pub fn columns(selection: &Selection) -> Vec<Kept> {
    let full: Vec<&str> = selection.columns().map(|column| column.name(selection.layer())).collect();
    let names = short(&full);
    selection.columns().zip(names).map(|(column, name)| kept(selection, column, name)).collect()
}

fn kept(selection: &Selection, column: Column, name: String) -> Kept {
    let layer = selection.layer();
    let kind = column.kind(layer);
    let is_text =
        matches!(kind, FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode | FieldType::List);
    let (mut longest, mut cut) = (1, 0);
    for place in selection.places().filter(|_| is_text) {
        let length = match &*column.value(layer, place) {
            Value::Text(text) => text.len(),
            Value::List(texts) => joined(texts).len(),
            _ => 0,
        };
        longest = longest.max(length.min(MAX_TEXT));
        cut += usize::from(length > MAX_TEXT);
    }
    Kept { column, attribute: Attribute { name, kind, width: is_text.then_some(longest) }, cut }
}

/// The names cut to ten characters; where two would be the same, their ends give way to a number.
fn short(names: &[&str]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let name = |full: &&str| {
        let numbered = (1..).map(|number| {
            let tail = number.to_string();
            format!("{}{tail}", start(full, MAX_NAME - tail.len()))
        });
        let mut candidates = [start(full, MAX_NAME).to_owned()].into_iter().chain(numbered);
        candidates.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
    };
    names.iter().map(name).collect()
}

fn start(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_and_stay_different() {
        let check = |names: &[&str], expect: &[&str]| assert_eq!(short(names), expect);
        check(&["id", "funding_pnrr_cents"], &["id", "funding_pn"]);
        check(
            &["funding_pnrr_cents", "funding_pnc_cents", "FUNDING_PN"],
            &["funding_pn", "funding_p1", "FUNDING_P2"],
        );
        let many: Vec<String> = (0..120).map(|number| format!("abcdefghij{number}")).collect();
        let names = short(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(names.iter().all(|name| name.len() <= 10));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 120);
    }
}
