//! Third phase: one parser for each type of field.

use super::ledger::Fault;
use domain::money::AmountFormat;
use domain::{Cents, Cup, Field, FieldType, IssueKind, MunicipalityCode, Value};
use time::Date;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;

/// How a source writes what can be written in several ways.
#[derive(Clone, Copy)]
pub struct Dialect<'a> {
    /// Spellings of "not stated".
    pub missing: &'a [String],
    /// How numbers are written.
    pub amounts: AmountFormat,
}

impl Dialect<'_> {
    /// The text without blanks around it; `None` if it says nothing.
    pub fn stated<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = text.trim();
        (!text.is_empty() && !self.missing.iter().any(|missing| missing.trim() == text)).then_some(text)
    }
}

/// Reads the value of a field. `faults` takes what was wrong with it; the value is then missing, unless it could be brought
/// to its standard form.
pub fn value(field: &Field, text: &str, dialect: Dialect<'_>, faults: &mut Vec<Fault>) -> Value {
    let Some(stated) = dialect.stated(text) else {
        if field.required {
            let message = format!("{} is required and not stated", field.id);
            faults.push(Fault::error(IssueKind::MissingValue, &field.id, text, message));
        }
        return Value::Missing;
    };
    match typed(field.field_type, stated, dialect.amounts) {
        Ok(value) => {
            if field.field_type == FieldType::Cup && value.as_text() != Some(stated) {
                let message = "a CUP is written in upper case";
                faults.push(Fault::warning(IssueKind::NormalisedValue, &field.id, text, message));
            }
            value
        }
        Err(message) => {
            faults.push(Fault::error(IssueKind::UnreadableValue, &field.id, text, message));
            Value::Missing
        }
    }
}

fn typed(field_type: FieldType, text: &str, amounts: AmountFormat) -> Result<Value, String> {
    match field_type {
        FieldType::Text => Ok(Value::Text(text.to_owned())),
        FieldType::Integer => {
            text.parse().map(Value::Integer).map_err(|_| "it has to be a whole number".to_owned())
        }
        FieldType::Decimal => {
            decimal(text, amounts).map(Value::Decimal).ok_or_else(|| "it has to be a number".to_owned())
        }
        FieldType::Cents => Cents::parse(text, amounts).map(Value::Cents).map_err(|error| error.to_string()),
        FieldType::Date => date(text)
            .map(Value::Date)
            .ok_or_else(|| "a date is written as day/month/year or year-month-day".to_owned()),
        FieldType::Boolean => {
            boolean(text).map(Value::Boolean).ok_or_else(|| "it has to be yes or no".to_owned())
        }
        FieldType::Cup => {
            Cup::parse(text).map(|cup| Value::Text(cup.to_string())).map_err(|error| error.to_string())
        }
        FieldType::MunicipalityCode => MunicipalityCode::parse(text)
            .map(|code| Value::Text(code.to_string()))
            .map_err(|error| error.to_string()),
        FieldType::List => {
            let texts = text.split(';').map(str::trim).filter(|text| !text.is_empty());
            let texts: Vec<String> = texts.map(str::to_owned).collect();
            if texts.is_empty() {
                return Err("it has to be texts joined by semicolons".to_owned());
            }
            Ok(Value::List(texts))
        }
    }
}

/// Reads a number with the source's decimal sign; never infinite, never "not a number".
pub fn decimal(text: &str, amounts: AmountFormat) -> Option<f64> {
    let plain = match amounts.decimal {
        Some(sign) if sign != '.' => {
            if text.contains('.') {
                return None;
            }
            text.replace(sign, ".")
        }
        _ => text.to_owned(),
    };
    let digits_only =
        plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    plain.parse::<f64>().ok().filter(|number| digits_only && number.is_finite())
}

fn date(text: &str) -> Option<Date> {
    const ITALIAN: StaticFormatDescription =
        format_description!("[day padding:none]/[month padding:none]/[year]");
    const ISO: StaticFormatDescription = format_description!("[year]-[month]-[day]");
    // GDAL writes the dates of its typed fields with slashes, the year first.
    const GDAL: StaticFormatDescription = format_description!("[year]/[month]/[day]");
    [ITALIAN, ISO, GDAL].into_iter().find_map(|format| Date::parse(text, format).ok())
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "sì" | "si" | "s" | "yes" | "true" | "1" => Some(true),
        "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Bilingual;
    use time::macros::date;

    fn read(field_type: FieldType, text: &str) -> (Value, Vec<&'static str>) {
        let field = Field {
            id: "x".to_owned(),
            field_type,
            role: None,
            required: true,
            label: Bilingual::default(),
            description: None,
            unit: None,
            codes: Vec::new(),
            inherited: None,
        };
        let missing = ["N/D".to_owned()];
        let amounts = AmountFormat { decimal: Some(','), thousands: None };
        let mut faults = Vec::new();
        let value = value(&field, text, Dialect { missing: &missing, amounts }, &mut faults);
        (value, faults.iter().map(|fault| fault.kind.as_str()).collect())
    }

    fn check(field_type: FieldType, text: &str, expect: Value) {
        assert_eq!(read(field_type, text), (expect, vec![]), "{text}");
    }

    #[test]
    fn values_are_read_by_their_type() {
        check(FieldType::Text, " Cantù\u{a0}", Value::Text("Cantù".to_owned()));
        check(FieldType::Integer, "-12", Value::Integer(-12));
        check(FieldType::Decimal, "12,5", Value::Decimal(12.5));
        check(FieldType::Cents, "0,00", Value::Cents(Cents(0)));
        check(FieldType::Date, "21/02/2023", Value::Date(date!(2023 - 02 - 21)));
        check(FieldType::Date, "2023-02-21", Value::Date(date!(2023 - 02 - 21)));
        check(FieldType::Boolean, "Sì", Value::Boolean(true));
        check(FieldType::MunicipalityCode, "15146", Value::Text("015146".to_owned()));
        check(FieldType::List, "STTM1; STTM2;", Value::List(vec!["STTM1".to_owned(), "STTM2".to_owned()]));
    }

    #[test]
    fn what_cannot_be_read_is_a_fault_and_never_a_zero() {
        for (field_type, text) in [
            (FieldType::Integer, "12,5"),
            (FieldType::Decimal, "1.234,5"),
            (FieldType::Decimal, "inf"),
            (FieldType::Cents, "40.000"),
            (FieldType::Date, "02/21/2023"),
            (FieldType::Date, "31/02/2023"),
            (FieldType::Boolean, "forse"),
            (FieldType::Cup, "N/A2"),
            (FieldType::MunicipalityCode, "MILANO"),
        ] {
            assert_eq!(read(field_type, text), (Value::Missing, vec!["unreadable-value"]), "{text}");
        }
        assert_eq!(read(FieldType::Cents, "N/D"), (Value::Missing, vec!["missing-value"]));
    }

    #[test]
    fn a_lower_case_cup_is_accepted_and_flagged() {
        let (value, faults) = read(FieldType::Cup, "g17h03000130001");
        assert_eq!((value.as_text(), faults), (Some("G17H03000130001"), vec!["normalised-value"]));
    }
}
