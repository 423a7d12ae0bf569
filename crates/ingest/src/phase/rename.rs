//! Second phase: a column is found by its name, by any of the names it has had; never by its position.

use domain::Collection;
use domain::source::{Table, TableRole};

/// The columns of a place, in a table of locations.
pub mod place {
    /// Province code.
    pub const PROVINCE: &str = "province";
    /// Municipality number within the province; `000` for all of it.
    pub const MUNICIPALITY: &str = "municipality";
    /// The municipality's name.
    pub const MUNICIPALITY_NAME: &str = "municipality_name";
    /// Street address.
    pub const ADDRESS: &str = "address";
    /// Postal code.
    pub const POSTAL_CODE: &str = "postal_code";
    /// Share of the record in this place, in per cent.
    pub const SHARE: &str = "share";
    /// A shape of its own, as WKT in EPSG:4326.
    pub const GEOMETRY_WKT: &str = "geometry_wkt";
}

/// Whether two column names are the same but for case, blanks and a byte order mark.
pub fn same(a: &str, b: &str) -> bool {
    normal(a) == normal(b)
}

/// The place of the column for `field` in a sheet with these columns.
pub fn position(table: &Table, field: &str, columns: &[String]) -> Option<usize> {
    let (_, names) = table.columns.iter().find(|(id, _)| id == field)?;
    names.iter().find_map(|name| columns.iter().position(|column| same(column, name)))
}

/// The fields that the sheet lacks and cannot do without, each by the names it has had.
pub fn missing_columns(table: &Table, collection: &Collection, columns: &[String]) -> Vec<String> {
    let needed: Vec<&str> = match table.role {
        TableRole::Records => {
            collection.fields.iter().filter(|field| field.required).map(|field| field.id.as_str()).collect()
        }
        TableRole::Locations => {
            let key = collection.key.first().map(|place| collection.fields[*place].id.as_str());
            key.into_iter().chain([place::PROVINCE, place::MUNICIPALITY]).collect()
        }
    };
    let lacks = |field: &&str| position(table, field, columns).is_none();
    needed.into_iter().filter(lacks).map(|field| described(table, field)).collect()
}

/// The sheet's columns that no field of the table uses.
pub fn unused_columns(table: &Table, columns: &[String]) -> Vec<String> {
    let used =
        |column: &&String| table.columns.iter().any(|(_, names)| names.iter().any(|name| same(name, column)));
    columns.iter().filter(|column| !used(column)).cloned().collect()
}

/// The table's fields for which the sheet has no column.
pub fn absent_fields(table: &Table, columns: &[String]) -> Vec<String> {
    let absent = |field: &&String| position(table, field, columns).is_none();
    table.columns.iter().map(|(field, _)| field).filter(absent).cloned().collect()
}

fn described(table: &Table, field: &str) -> String {
    let names = table.columns.iter().find(|(id, _)| id == field).map(|(_, names)| names.join(" or "));
    names.map_or_else(|| field.to_owned(), |names| format!("{field} ({names})"))
}

fn normal(name: &str) -> String {
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
