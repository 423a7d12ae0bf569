//! Second phase: a column is found by its name, by any of the names it has had; never by its position.

use domain::Collection;
use domain::source::{PlacePart, Table, TableRole};

/// Whether two column names are the same but for case, blanks and a byte order mark.
pub fn same(a: &str, b: &str) -> bool {
    normal(a) == normal(b)
}

/// The place of the column for `field` in a sheet with these columns.
pub fn position(table: &Table, field: &str, columns: &[String]) -> Option<usize> {
    let (_, names) = table.columns.iter().find(|(id, _)| id == field)?;
    found(names, columns)
}

/// The place of the column for `part` of a place.
pub fn place_position(table: &Table, part: PlacePart, columns: &[String]) -> Option<usize> {
    let (_, names) = table.place.iter().find(|(it, _)| *it == part)?;
    found(names, columns)
}

fn found(names: &[String], columns: &[String]) -> Option<usize> {
    names.iter().find_map(|name| columns.iter().position(|column| same(column, name)))
}

/// The fields that the sheet lacks and cannot do without, each by the names it has had.
pub fn missing_columns(table: &Table, collection: &Collection, columns: &[String]) -> Vec<String> {
    let fields = collection.fields.iter().enumerate();
    let needed = fields.filter(|(place, field)| match table.role {
        TableRole::Records => {
            field.required && !table.templates.iter().any(|(templated, _)| templated == &field.id)
        }
        TableRole::Locations => collection.key.first() == Some(place),
    });
    let lacks = |field: &&str| position(table, field, columns).is_none();
    let fields = needed.map(|(_, field)| field.id.as_str()).filter(lacks);
    let parts: &[PlacePart] = match table.role {
        TableRole::Records => &[],
        TableRole::Locations => &[PlacePart::Province, PlacePart::Municipality],
    };
    let lacking = parts.iter().filter(|part| place_position(table, **part, columns).is_none());
    fields
        .map(|field| described(field, names_of(&table.columns, |id| id == field)))
        .chain(lacking.map(|part| described(part.as_str(), names_of(&table.place, |it| it == part))))
        .collect()
}

fn names_of<T>(columns: &[(T, Vec<String>)], is: impl Fn(&T) -> bool) -> Option<&Vec<String>> {
    columns.iter().find(|(it, _)| is(it)).map(|(_, names)| names)
}

/// The sheet's columns that no field of the table uses.
pub fn unused_columns(table: &Table, columns: &[String]) -> Vec<String> {
    let names = || {
        let fields = table.columns.iter().flat_map(|(_, names)| names);
        fields.chain(table.place.iter().flat_map(|(_, names)| names))
    };
    let in_template = |column: &str| {
        table.templates.iter().any(|(_, template)| template.contains(&format!("{{{column}}}")))
    };
    let used = |column: &&String| names().any(|name| same(name, column)) || in_template(column);
    columns.iter().filter(|column| !used(column)).cloned().collect()
}

/// The table's fields for which the sheet has no column.
pub fn absent_fields(table: &Table, columns: &[String]) -> Vec<String> {
    let absent = |field: &&String| position(table, field, columns).is_none();
    table.columns.iter().map(|(field, _)| field).filter(absent).cloned().collect()
}

fn described(what: &str, names: Option<&Vec<String>>) -> String {
    names.map_or_else(|| what.to_owned(), |names| format!("{what} ({})", names.join(" or ")))
}

/// A column's name as names are compared.
pub fn normal(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}').to_lowercase();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_by_more_than_case_and_blanks() {
        assert!(same("\u{feff}CUP ", "cup"));
        assert!(same("Titolo  progetto", " titolo Progetto "));
        assert!(!same("FINANZIAMENTO_PNRR", "Finanziamento PNRR"));
    }
}
