//! The columns of a group of rows, as Parquet lays them out: values without gaps, and levels that say where there is none.

use crate::selection::Selection;
use crate::wkb;
use domain::money::Cents;
use domain::{FieldType, Value};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::{SerializedColumnWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use std::borrow::Cow;
use std::sync::Arc;
use time::Date;
use time::macros::date;

/// The name of the geometry column.
pub const GEOMETRY: &str = "geometry";
/// Day 0 of Parquet.
const EPOCH: Date = date!(1970 - 01 - 01);

/// The schema of a selection. Every column may be empty.
pub fn schema(selection: &Selection) -> Result<TypePtr> {
    let layer = selection.layer();
    let columns = selection.columns().map(|column| {
        let name = column.name(layer);
        match column.kind(layer) {
            FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => {
                leaf(name, Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::OPTIONAL)
            }
            FieldType::Integer | FieldType::Cents => leaf(name, Physical::INT64, None, Repetition::OPTIONAL),
            FieldType::Decimal => leaf(name, Physical::DOUBLE, None, Repetition::OPTIONAL),
            FieldType::Date => leaf(name, Physical::INT32, Some(LogicalType::Date), Repetition::OPTIONAL),
            FieldType::Boolean => leaf(name, Physical::BOOLEAN, None, Repetition::OPTIONAL),
            FieldType::List => list(name),
        }
    });
    let shape = || leaf(GEOMETRY, Physical::BYTE_ARRAY, None, Repetition::OPTIONAL);
    let columns = columns.chain(selection.has_geometry().then(shape)).collect::<Result<_>>()?;
    Ok(Arc::new(Type::group_type_builder("schema").with_fields(columns).build()?))
}

fn leaf(
    name: &str,
    physical: Physical,
    logical: Option<LogicalType>,
    repetition: Repetition,
) -> Result<TypePtr> {
    let leaf = Type::primitive_type_builder(name, physical).with_repetition(repetition);
    leaf.with_logical_type(logical).build().map(Arc::new)
}

fn list(name: &str) -> Result<TypePtr> {
    let text = leaf("element", Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED)?;
    let texts =
        Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![text]);
    let list = Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL);
    let list = list.with_logical_type(Some(LogicalType::List)).with_fields(vec![Arc::new(texts.build()?)]);
    list.build().map(Arc::new)
}

/// Writes the columns of the records at these places.
pub fn write(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    selection: &Selection,
    places: &[usize],
) -> Result<()> {
    let layer = selection.layer();
    for column in selection.columns() {
        let Some(mut writer) = group.next_column()? else { break };
        let values = places.iter().map(|place| column.value(layer, *place));
        match column.kind(layer) {
            FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => {
                flat::<ByteArrayType>(&mut writer, values.map(|it| it.as_text().map(ByteArray::from)))?;
            }
            FieldType::Integer | FieldType::Cents => {
                flat::<Int64Type>(&mut writer, values.map(|it| whole(&it)))?;
            }
            FieldType::Decimal => flat::<DoubleType>(&mut writer, values.map(|it| decimal(&it)))?,
            FieldType::Date => flat::<Int32Type>(&mut writer, values.map(|it| day(&it)))?,
            FieldType::Boolean => flat::<BoolType>(&mut writer, values.map(|it| truth(&it)))?,
            FieldType::List => lists(&mut writer, values)?,
        }
        writer.close()?;
    }
    if let Some(mut writer) = group.next_column()? {
        let shapes = places.iter().map(|place| wkb::of(&selection.shown(*place)));
        flat::<ByteArrayType>(&mut writer, shapes.map(|bytes| bytes.map(ByteArray::from)))?;
        writer.close()?;
    }
    Ok(())
}

/// A column with one value for each row, or none: the level is 1 where there is one.
fn flat<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    rows: impl Iterator<Item = Option<T::T>>,
) -> Result<()> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for row in rows {
        levels.push(i16::from(row.is_some()));
        values.extend(row);
    }
    writer.typed::<T>().write_batch(&values, Some(&levels), None)?;
    Ok(())
}

/// A column of lists: the level of definition is 2 for a text and 0 for no list (an empty one is never stated), the level of
/// repetition 0 where a list begins and 1 where it goes on.
fn lists<'a>(
    writer: &mut SerializedColumnWriter<'_>,
    rows: impl Iterator<Item = Cow<'a, Value>>,
) -> Result<()> {
    let (mut values, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let texts = match &*row {
            Value::List(texts) => texts.as_slice(),
            _ => &[],
        };
        defined.extend(if texts.is_empty() { vec![0] } else { vec![2; texts.len()] });
        repeated.extend((0..texts.len().max(1)).map(|place| i16::from(place > 0)));
        values.extend(texts.iter().map(|text| ByteArray::from(text.as_str())));
    }
    writer.typed::<ByteArrayType>().write_batch(&values, Some(&defined), Some(&repeated))?;
    Ok(())
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) | Value::Cents(Cents(number)) => Some(*number),
        _ => None,
    }
}

fn decimal(value: &Value) -> Option<f64> {
    if let Value::Decimal(number) = value { Some(*number) } else { None }
}

fn day(value: &Value) -> Option<i32> {
    let Value::Date(day) = value else { return None };
    i32::try_from((*day - EPOCH).whole_days()).ok()
}

fn truth(value: &Value) -> Option<bool> {
    if let Value::Boolean(truth) = value { Some(*truth) } else { None }
}
