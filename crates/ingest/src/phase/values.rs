//! The values of a row: each field's column or template, its words turned into codes, read by its type.

use super::ledger::Fault;
use super::parse::{self, Dialect};
use super::rename;
use crate::encoding;
use domain::source::Table;
use domain::{Collection, Field, FieldType, IssueKind, Value};
use std::borrow::Cow;
use std::cell::RefCell;

/// Where the values of a table's rows are.
pub struct Values<'a> {
    fields: Vec<Place<'a>>,
}

/// Where the value of one field is.
struct Place<'a> {
    field: &'a Field,
    /// Whether a record cannot do without it: it is required, or part of the key.
    needed: bool,
    column: Option<usize>,
    template: Option<Vec<Piece<'a>>>,
    recode: &'a [(String, String)],
    /// The cell that was last read without a fault, and its value: many columns say the same in row after row.
    last: RefCell<Option<(String, Value)>>,
}

/// One piece of a template.
enum Piece<'a> {
    Text(&'a str),
    Column { name: &'a str, place: Option<usize> },
}

impl<'a> Values<'a> {
    /// Where they are in a sheet of `table` with these `columns`.
    pub fn of(collection: &'a Collection, table: &'a Table, columns: &[String]) -> Self {
        let place = |(position, field): (usize, &'a Field)| {
            let template = table.templates.iter().find(|(id, _)| id == &field.id);
            let recode = table.recode.iter().find(|(id, _)| id == &field.id);
            Place {
                field,
                needed: field.required || collection.key.contains(&position),
                column: rename::position(table, &field.id, columns),
                template: template.map(|(_, text)| pieces(text, columns)),
                recode: recode.map_or(&[], |(_, words)| words),
                last: RefCell::new(None),
            }
        };
        Self { fields: collection.fields.iter().enumerate().map(place).collect() }
    }

    /// Whether the row states the field at this place in a column or template of its own.
    pub fn states(&self, place: usize, cells: &[&str], dialect: Dialect<'_>) -> bool {
        self.fields.get(place).is_some_and(|it| matches!(it.text(cells, dialect), Ok(Some(_))))
    }

    /// Whether the sheet has the field at this place.
    pub fn has(&self, place: usize) -> bool {
        self.fields.get(place).is_some_and(|it| it.column.is_some() || it.template.is_some())
    }

    /// Reads them; all rows of a sheet in one dialect.
    pub fn read(&self, cells: &[&str], dialect: Dialect<'_>, faults: &mut Vec<Fault>) -> Vec<Value> {
        self.fields.iter().map(|place| place.value(cells, dialect, faults)).collect()
    }
}

impl Place<'_> {
    fn value(&self, cells: &[&str], dialect: Dialect<'_>, faults: &mut Vec<Fault>) -> Value {
        let cell = self.column.filter(|_| self.template.is_none()).and_then(|column| cells.get(column));
        let Some(cell) = cell else { return self.read(cells, dialect, faults) };
        let mut last = self.last.borrow_mut();
        if let Some((_, value)) = last.as_ref().filter(|(text, _)| text == cell) {
            return value.clone();
        }
        let before = faults.len();
        let value = self.read(cells, dialect, faults);
        let is_sound = faults.len() == before;
        *last = is_sound.then(|| {
            let mut text = last.take().map(|(text, _)| text).unwrap_or_default();
            text.clear();
            text.push_str(cell);
            (text, value.clone())
        });
        value
    }

    fn read(&self, cells: &[&str], dialect: Dialect<'_>, faults: &mut Vec<Fault>) -> Value {
        let text = match self.text(cells, dialect) {
            Ok(text) => text,
            Err(column) if self.needed => {
                let message =
                    format!("{} is made of the column {column}, which states nothing", self.field.id);
                faults.push(Fault::error(IssueKind::MissingValue, &self.field.id, "", message));
                return Value::Missing;
            }
            Err(_) => None,
        };
        if text.is_none() && self.column.is_none() && self.template.is_none() {
            return Value::Missing;
        }
        let text = text.unwrap_or_default();
        let word = |(word, _): &&(String, String)| word.trim().to_lowercase() == text.trim().to_lowercase();
        let text = self.recode.iter().find(word).map_or(text.as_ref(), |(_, code)| code);
        let value = parse::value(self.field, text, dialect, faults);
        self.look_at(&value, faults);
        value
    }

    /// The text of the field: what its column states, else what its template makes. The name of the column that the
    /// template lacks is the error.
    fn text<'c>(&self, cells: &[&'c str], dialect: Dialect<'_>) -> Result<Option<Cow<'c, str>>, String> {
        let stated = |column: Option<usize>| {
            column.and_then(|column| cells.get(column)).and_then(|text| dialect.stated(text))
        };
        if let Some(text) = stated(self.column) {
            return Ok(Some(Cow::Borrowed(text)));
        }
        let Some(pieces) = &self.template else { return Ok(None) };
        let text = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => Ok(*text),
            Piece::Column { name, place } => stated(*place).ok_or_else(|| (*name).to_owned()),
        });
        text.collect::<Result<String, String>>().map(|text| Some(Cow::Owned(text)))
    }

    /// Warns of codes that are not known and of letters that were damaged.
    fn look_at(&self, value: &Value, faults: &mut Vec<Fault>) {
        let texts: &[String] = match value {
            Value::Text(text) => std::slice::from_ref(text),
            Value::List(texts) => texts,
            _ => return,
        };
        for text in texts {
            if !self.field.codes.is_empty() && !self.field.codes.iter().any(|known| &known.code == text) {
                let message = format!(
                    "{text:?} is not in the code list of {}: it is kept as it is; add it to the list, or say in source.toml \
                     which code it stands for",
                    self.field.id
                );
                faults.push(Fault::warning(IssueKind::UnknownCode, &self.field.id, text, message));
            }
            if self.field.field_type == FieldType::Text && encoding::looks_damaged(text) {
                let message =
                    "letters were damaged before the file came here: write the text anew at the source";
                faults.push(Fault::warning(IssueKind::DamagedText, &self.field.id, text, message));
            }
        }
    }
}

/// The pieces of a template, its placeholders found among `columns`.
fn pieces<'a>(template: &'a str, columns: &[String]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        let place = columns.iter().position(|column| rename::same(column, name));
        pieces.extend([Piece::Text(text), Piece::Column { name, place }]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}
