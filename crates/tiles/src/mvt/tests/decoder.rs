//! A reader of vector tiles made from the specification alone, slow and strict; it shares no line with the
//! writer.

use std::collections::BTreeMap;

/// A layer as read.
#[derive(Debug, PartialEq)]
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) version: u64,
    pub(super) extent: u64,
    pub(super) keys: Vec<String>,
    pub(super) values: Vec<Value>,
    pub(super) features: Vec<Feature>,
}

/// A feature as read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Feature {
    pub(super) id: Option<u64>,
    pub(super) geometry_type: u64,
    pub(super) commands: Vec<u64>,
    pub(super) tags: Vec<u64>,
}

/// A value as read, by the type in which it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Float(f32),
    Double(f64),
    Int(i64),
    Uint(u64),
    Sint(i64),
    Bool(bool),
}

/// What a field holds.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

type Fault = &'static str;

/// Reads a tile.
pub(super) fn decode(bytes: &[u8]) -> Result<Vec<Layer>, Fault> {
    fields(bytes)?
        .into_iter()
        .map(|field| match field {
            (3, Field::Bytes(bytes)) => layer(bytes),
            _ => Err("a tile has layers only"),
        })
        .collect()
}

impl Layer {
    /// The attributes of a feature.
    pub(super) fn attributes(&self, feature: &Feature) -> BTreeMap<&str, &Value> {
        let entry = |i: u64| usize::try_from(i).unwrap();
        feature
            .tags
            .chunks(2)
            .map(|tag| (self.keys[entry(tag[0])].as_str(), &self.values[entry(tag[1])]))
            .collect()
    }
}

impl Feature {
    /// The points, lines, or rings without their last position, checked against the grammar of the three
    /// types.
    pub(super) fn paths(&self) -> Result<Vec<Vec<[i64; 2]>>, Fault> {
        let mut numbers = self.commands.iter().copied();
        let (mut pen, mut paths, mut open) = ([0, 0], Vec::new(), false);
        while let Some(header) = numbers.next() {
            let (command, count) = (header & 7, header >> 3);
            match (command, self.geometry_type) {
                (1, 1) | (1 | 7, 2 | 3) if command == 1 || (open && self.geometry_type == 3) => {
                    if self.geometry_type > 1 && count != 1 {
                        return Err("MoveTo and ClosePath come one by one");
                    }
                }
                (2, 2 | 3) if open => {}
                _ => return Err("a command where none of its kind may be"),
            }
            open = command != 7;
            if command == 7 {
                continue;
            }
            for i in 0..count {
                let mut step = || numbers.next().map(unzigzag).ok_or("a command without its numbers");
                pen = [pen[0] + step()?, pen[1] + step()?];
                match paths.last_mut() {
                    Some(path) if command == 2 => Vec::push(path, pen),
                    None if command == 2 => return Err("LineTo before MoveTo"),
                    _ if i > 0 || command == 1 => paths.push(vec![pen]),
                    _ => return Err("no path"),
                }
            }
        }
        if open && self.geometry_type == 3 { Err("a ring is not closed") } else { Ok(paths) }
    }
}

fn layer(bytes: &[u8]) -> Result<Layer, Fault> {
    let mut layer = Layer {
        name: String::new(),
        version: 1,
        extent: 4096,
        keys: vec![],
        values: vec![],
        features: vec![],
    };
    for field in fields(bytes)? {
        match field {
            (1, Field::Bytes(name)) => layer.name = text(name)?,
            (2, Field::Bytes(bytes)) => layer.features.push(feature(bytes)?),
            (3, Field::Bytes(key)) => layer.keys.push(text(key)?),
            (4, Field::Bytes(bytes)) => layer.values.push(value(bytes)?),
            (5, Field::Number(extent)) => layer.extent = extent,
            (15, Field::Number(version)) => layer.version = version,
            _ => return Err("an unknown field in a layer"),
        }
    }
    Ok(layer)
}

fn feature(bytes: &[u8]) -> Result<Feature, Fault> {
    let mut feature = Feature::default();
    for field in fields(bytes)? {
        match field {
            (1, Field::Number(id)) => feature.id = Some(id),
            (2, Field::Bytes(packed)) => feature.tags = numbers(packed)?,
            (3, Field::Number(geometry_type)) => feature.geometry_type = geometry_type,
            (4, Field::Bytes(packed)) => feature.commands = numbers(packed)?,
            _ => return Err("an unknown field in a feature"),
        }
    }
    Ok(feature)
}

fn value(bytes: &[u8]) -> Result<Value, Fault> {
    match fields(bytes)?.pop().ok_or("an empty value")? {
        (1, Field::Bytes(bytes)) => text(bytes).map(Value::Text),
        (2, Field::Bytes(bytes)) => {
            bytes.try_into().map(f32::from_le_bytes).map(Value::Float).map_err(|_| "float")
        }
        (3, Field::Bytes(bytes)) => {
            bytes.try_into().map(f64::from_le_bytes).map(Value::Double).map_err(|_| "double")
        }
        (4, Field::Number(number)) => Ok(Value::Int(number.cast_signed())),
        (5, Field::Number(number)) => Ok(Value::Uint(number)),
        (6, Field::Number(number)) => Ok(Value::Sint(unzigzag(number))),
        (7, Field::Number(number)) => Ok(Value::Bool(number == 1)),
        _ => Err("an unknown type of value"),
    }
}

fn fields(mut bytes: &[u8]) -> Result<Vec<(u64, Field<'_>)>, Fault> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = number(&mut bytes)?;
        let length = match tag & 7 {
            0 => {
                fields.push((tag >> 3, Field::Number(number(&mut bytes)?)));
                continue;
            }
            1 => 8,
            2 => usize::try_from(number(&mut bytes)?).map_err(|_| "too long")?,
            5 => 4,
            _ => return Err("an unknown wire type"),
        };
        let (field, rest) = bytes.split_at_checked(length).ok_or("a field beyond the end")?;
        fields.push((tag >> 3, Field::Bytes(field)));
        bytes = rest;
    }
    Ok(fields)
}

fn numbers(mut bytes: &[u8]) -> Result<Vec<u64>, Fault> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        numbers.push(number(&mut bytes)?);
    }
    Ok(numbers)
}

fn number(bytes: &mut &[u8]) -> Result<u64, Fault> {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0).ok_or("a number without end")?;
    let (digits, rest) = bytes.split_at(end + 1);
    *bytes = rest;
    Ok(digits.iter().rev().fold(0, |number, digit| number << 7 | u64::from(digit & 0x7F)))
}

fn unzigzag(number: u64) -> i64 {
    let half = (number / 2).cast_signed();
    if number.is_multiple_of(2) { half } else { -half - 1 }
}

fn text(bytes: &[u8]) -> Result<String, Fault> {
    String::from_utf8(bytes.to_vec()).map_err(|_| "text that is not UTF-8")
}
