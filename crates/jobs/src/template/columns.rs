//! The columns of a table that is filled in by hand, in the order in which they are written.

use super::kind::Kind;
use super::words;
use domain::source::{PlacePart, Table, TableRole};
use domain::{Bilingual, Collection, Field, FieldType, Role};

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its heading: the first of the names by which it is found.
    pub heading: String,
    /// Whether every row has to state it.
    pub required: bool,
    /// What its cells hold.
    pub kind: Kind,
    /// What it means.
    pub about: Bilingual,
}

/// The columns of a table: those of the fields, each with what its text is made of in its place, then those of the place.
pub fn of(table: &Table, collection: &Collection) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut add = |column: Column| match columns.iter_mut().find(|it| it.heading == column.heading) {
        Some(known) => known.required |= column.required,
        None => columns.push(column),
    };
    for (place, field) in collection.fields.iter().enumerate() {
        let in_key = table.role == TableRole::Locations && collection.key.contains(&place);
        let required = field.required || table.required.contains(&field.id) || in_key;
        if let Some((_, template)) = table.templates.iter().find(|(id, _)| *id == field.id) {
            for heading in placeholders(template) {
                add(part_of_text(table, field, heading, required));
            }
        }
        let names = table.columns.iter().find(|(id, _)| *id == field.id);
        if let Some(heading) = names.and_then(|(_, names)| names.first()) {
            let about = about(field);
            add(Column { heading: heading.clone(), required, kind: kind(field), about });
        }
    }
    let mut place: Vec<_> = table.place.iter().collect();
    place.sort_by_key(|(part, _)| *part);
    for (part, names) in place {
        if let Some(heading) = names.first() {
            let required = table.role == TableRole::Locations
                && matches!(part, PlacePart::Province | PlacePart::Municipality);
            add(place_column(*part, heading, required));
        }
    }
    columns
}

/// What stands in braces in a template.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// A column of which the text of a field is made, which may be one of the place as well.
fn part_of_text(table: &Table, field: &Field, heading: &str, required: bool) -> Column {
    let is_it = |names: &[String]| names.iter().any(|name| name == heading);
    match table.place.iter().find(|(_, names)| is_it(names)) {
        Some((part, _)) => place_column(*part, heading, required),
        None => Column {
            heading: heading.to_owned(),
            required,
            kind: Kind::Text,
            about: words::part_of(&field.label),
        },
    }
}

fn place_column(part: PlacePart, heading: &str, required: bool) -> Column {
    let kind = match part {
        PlacePart::MunicipalityName => Kind::MunicipalityName,
        PlacePart::Share => Kind::Share,
        PlacePart::X => Kind::X,
        PlacePart::Y => Kind::Y,
        // A province, and a municipality by its number in it, keep their zeros as text.
        _ => Kind::Text,
    };
    Column { heading: heading.to_owned(), required, kind, about: words::place(part) }
}

fn kind(field: &Field) -> Kind {
    if !field.codes.is_empty() {
        return Kind::Code(field.id.clone(), field.codes.clone());
    }
    match field.field_type {
        FieldType::Text | FieldType::List => Kind::Text,
        FieldType::Integer => Kind::Integer,
        FieldType::Decimal => Kind::Decimal,
        FieldType::Cents => Kind::Amount,
        FieldType::Date => Kind::Date,
        FieldType::Boolean => Kind::Boolean,
        FieldType::Cup => Kind::Cup,
        FieldType::MunicipalityCode => Kind::MunicipalityCode,
    }
}

/// What a field means: its description, or else its label, with the unit.
fn about(field: &Field) -> Bilingual {
    let text = field.description.as_ref().unwrap_or(&field.label);
    let unit = |unit: fn(&Bilingual) -> &String| {
        field.unit.as_ref().map(|it| format!(" ({})", unit(it))).unwrap_or_default()
    };
    let mut about = Bilingual {
        it: format!("{}{}", text.it, unit(|it| &it.it)),
        en: format!("{}{}", text.en, unit(|it| &it.en)),
    };
    if field.role == Some(Role::Updated) {
        about = words::updated();
    }
    about
}
