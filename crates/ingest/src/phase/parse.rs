//! Third phase: one parser for each type of field.

use super::ledger::Fault;
use crate::gazetteer::{Code, Gazetteer};
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
    /// What codes and names of municipalities mean.
    pub gazetteer: &'a Gazetteer,
}

impl Dialect<'_> {
    /// The text without blanks around it; `None` if it says nothing.
    pub fn stated<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = trimmed(text);
        (!text.is_empty() && !self.missing.iter().any(|missing| trimmed(missing) == text)).then_some(text)
    }
}

/// The text without blanks around it: most has none, and begins and ends with a sign of ASCII.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
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
        Ok(Value::Text(code)) if field.field_type == FieldType::MunicipalityCode => {
            let code = MunicipalityCode::parse(&code).ok();
            let code = code.and_then(|code| current(dialect.gazetteer, code, &field.id, text, faults));
            code.map_or(Value::Missing, |code| Value::Text(code.to_string()))
        }
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

/// The municipality that a code means today. A code that there is not is an error; one that has been replaced is followed.
pub fn current(
    gazetteer: &Gazetteer,
    code: MunicipalityCode,
    field: &str,
    text: &str,
    faults: &mut Vec<Fault>,
) -> Option<MunicipalityCode> {
    match gazetteer.code(code) {
        Code::Current(code) => Some(code),
        Code::Superseded { name, by } => {
            let message = format!(
                "{code} {name} is now {}: the record follows it; write the new code",
                gazetteer.described(by)
            );
            faults.push(Fault::warning(IssueKind::SupersededCode, field, text, message));
            Some(by)
        }
        Code::Unknown => {
            let message = format!(
                "there is no municipality {code}: check the code, or add the municipality to the territory's register"
            );
            faults.push(Fault::error(IssueKind::UnknownMunicipality, field, text, message));
            None
        }
    }
}

fn typed(field_type: FieldType, text: &str, amounts: AmountFormat) -> Result<Value, String> {
    match field_type {
        FieldType::Text => Ok(Value::Text(text.to_owned())),
        FieldType::Integer => {
            let whole = ungrouped(text, amounts.thousands).and_then(|text| text.parse().ok());
            whole.map(Value::Integer).ok_or_else(|| "it has to be a whole number".to_owned())
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

/// Reads a number as the source writes numbers; never infinite, never "not a number".
pub fn decimal(text: &str, amounts: AmountFormat) -> Option<f64> {
    let sign = amounts.decimal.unwrap_or('.');
    let (whole, decimals) = match (amounts.decimal, amounts.thousands) {
        // Without a decimal sign of its own a format that groups by points has no decimals at all.
        (None, Some(_)) => (text, None),
        _ => text.split_once(sign).map_or((text, None), |(whole, decimals)| (whole, Some(decimals))),
    };
    let whole = ungrouped(whole, amounts.thousands)?;
    let plain = decimals.map_or_else(|| whole.clone(), |decimals| format!("{whole}.{decimals}"));
    let is_plain =
        plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    let one_point = plain.bytes().filter(|byte| *byte == b'.').count() == usize::from(decimals.is_some());
    plain.parse::<f64>().ok().filter(|number| is_plain && one_point && number.is_finite())
}

/// The digits before the decimal sign without the signs between groups of three; `None` if the groups are not of three.
fn ungrouped(text: &str, thousands: Option<char>) -> Option<String> {
    let Some(sign) = thousands.filter(|sign| text.contains(*sign)) else { return Some(text.to_owned()) };
    let mut groups = text.split(sign);
    let first = groups.next()?.trim_start_matches(['-', '+']).len();
    let whole = (1..=3).contains(&first) && groups.all(|group| group.len() == 3);
    whole.then(|| text.replace(sign, ""))
}

fn date(text: &str) -> Option<Date> {
    const ITALIAN: StaticFormatDescription =
        format_description!("[day padding:none]/[month padding:none]/[year]");
    const ISO: StaticFormatDescription = format_description!("[year]-[month]-[day]");
    // GDAL writes the dates of its typed fields with slashes, the year first.
    const GDAL: StaticFormatDescription = format_description!("[year]/[month]/[day]");
    // A time of day after it (`1998/03/09 00:00:00+01`) says nothing about the day that the source means.
    let day = match text.split_once([' ', 'T']) {
        Some((day, time)) if time.as_bytes().get(2) == Some(&b':') => day,
        _ => text,
    };
    [ITALIAN, ISO, GDAL].into_iter().find_map(|format| Date::parse(day, format).ok())
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
    use time::macros::date;

    fn read(field_type: FieldType, text: &str) -> (Value, Vec<&'static str>) {
        let field = Field { required: true, ..Field::new("x", field_type) };
        let missing = ["N/D".to_owned()];
        let amounts = AmountFormat { decimal: Some(','), thousands: None };
        let mut faults = Vec::new();
        let gazetteer = Gazetteer::default();
        let dialect = Dialect { missing: &missing, amounts, gazetteer: &gazetteer };
        let value = value(&field, text, dialect, &mut faults);
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
        check(FieldType::Date, "1998/03/09 00:00:00+01", Value::Date(date!(1998 - 03 - 09)));
        check(FieldType::Boolean, "Sì", Value::Boolean(true));
        check(FieldType::MunicipalityCode, "15146", Value::Text("015146".to_owned()));
        check(FieldType::List, "STTM1; STTM2;", Value::List(vec!["STTM1".to_owned(), "STTM2".to_owned()]));
    }

    #[test]
    fn numbers_are_grouped_as_their_source_says() {
        let check = |text, sign, thousands, expect| {
            assert_eq!(decimal(text, AmountFormat { decimal: sign, thousands }), expect, "{text}");
        };
        check("1.200,00", Some(','), Some('.'), Some(1200.0));
        check("88,32", Some(','), Some('.'), Some(88.32));
        check("1.2,5", Some(','), Some('.'), None);
        check("1.200", None, Some('.'), Some(1200.0));
        check("1.200", Some('.'), None, Some(1.2));
        check("1.2.3", Some('.'), None, None);
        check("-1,5e-3", Some(','), None, Some(-0.0015));
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
