//! A collection is a definition: fields, key, geometry. Importer, API, tiles and portal all follow it.

use crate::name::name;
use crate::record::{Key, Record};
use crate::text::Bilingual;
use crate::value::Value;

name! {
    /// The name of a collection, the same in files, addresses, SQL and tiles: `pnrr-projects`.
    CollectionId
}

/// The definition of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection {
    /// Its name.
    pub id: CollectionId,
    /// The family of information it belongs to: `proposals`, `services`, `programmes`, `areas` or `territory`.
    pub family: String,
    /// Its title.
    pub title: Bilingual,
    /// What it holds, in a sentence.
    pub description: Bilingual,
    /// Places in `fields` of those that make the natural key.
    pub key: Vec<usize>,
    /// What shapes its records have.
    pub geometry: GeometryKind,
    /// The collection to whose records its own belong, if they do.
    pub parent: Option<Parent>,
    /// The collection of whose records its own are made, if they are not imported.
    pub dissolved_from: Option<Dissolve>,
    /// Its fields, in the order in which they are shown.
    pub fields: Vec<Field>,
}

impl Collection {
    /// The place of the field called `id`.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.id == id)
    }

    /// The place of the field with `role`. Where no field is a category, the zone is one: municipalities are grouped and
    /// coloured by it.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<usize> {
        let with = |role| self.fields.iter().position(|field| field.role == Some(role));
        with(role).or_else(|| if role == Role::Category { with(Role::Zone) } else { None })
    }

    /// The natural key of a record with these values; `None` where a required one of the key's values is missing. A missing
    /// value of a field that is not required is an empty part of the key.
    #[must_use]
    pub fn key_of(&self, values: &[Value]) -> Option<Key> {
        let part = |place: &usize| match values.get(*place)? {
            Value::Missing if !self.fields.get(*place)?.required => Some(String::new()),
            value => value.as_text().map(str::to_owned),
        };
        self.key.iter().map(part).collect::<Option<Vec<_>>>().map(Key::new)
    }

    /// Whether its records may be known by their municipality alone, without a shape of their own.
    #[must_use]
    pub fn may_lack_shapes(&self) -> bool {
        let lies_in = self.with_role(Role::Municipality).is_some_and(|place| self.key != [place]);
        self.geometry == GeometryKind::Locations || lies_in && self.geometry != GeometryKind::None
    }

    /// The value of the field with `role` in `record`.
    #[must_use]
    pub fn value_of<'a>(&self, role: Role, record: &'a Record) -> Option<&'a Value> {
        self.with_role(role).and_then(|place| record.values.get(place))
    }
}

/// How records belong to those of another collection: they have the same values in these fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// The other collection.
    pub collection: CollectionId,
    /// Names of fields that both have; those that a row does not state are passed over.
    pub fields: Vec<String>,
}

/// How records are made of those of another collection: polygons with the same value become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dissolve {
    /// The other collection.
    pub collection: CollectionId,
    /// The field of the other collection whose value is the key here.
    pub by: String,
}

/// One field of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in data: `funding_pnrr_cents`.
    pub id: String,
    /// What its values are.
    pub field_type: FieldType,
    /// What the portal uses it for, if for something special.
    pub role: Option<Role>,
    /// Whether a record without it is set aside.
    pub required: bool,
    /// Its name for people.
    pub label: Bilingual,
    /// What it means, where the label does not say it.
    pub description: Option<Bilingual>,
    /// The unit of its numbers.
    pub unit: Option<Bilingual>,
    /// Known values and their meaning. Other values are kept as they are.
    pub codes: Vec<Code>,
    /// Where its values come from, if no source states them.
    pub inherited: Option<Inherited>,
}

impl Field {
    /// A field of which nothing is known but its name and what its values are.
    #[must_use]
    pub fn new(id: &str, field_type: FieldType) -> Self {
        Self {
            id: id.to_owned(),
            field_type,
            role: None,
            required: false,
            label: Bilingual::default(),
            description: None,
            unit: None,
            codes: Vec::new(),
            inherited: None,
        }
    }
}

/// A field's values are those of another collection's records with the same value in a field that both have: all of them for a
/// list, else the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// The other collection.
    pub collection: CollectionId,
    /// The field that both have.
    pub by: String,
    /// The other collection's field.
    pub field: String,
}

/// One known value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The value in data.
    pub code: String,
    /// What it means.
    pub label: Bilingual,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Text, codes included.
    Text,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Decimal,
    /// Euro cents.
    Cents,
    /// A calendar day.
    Date,
    /// Yes or no.
    Boolean,
    /// *Codice unico di progetto*.
    Cup,
    /// ISTAT code of a municipality.
    MunicipalityCode,
    /// Several texts, in the source joined by semicolons.
    List,
}

impl FieldType {
    /// All types.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Integer,
        Self::Decimal,
        Self::Cents,
        Self::Date,
        Self::Boolean,
        Self::Cup,
        Self::MunicipalityCode,
        Self::List,
    ];

    /// The word for it in definitions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Cents => "cents",
            Self::Date => "date",
            Self::Boolean => "boolean",
            Self::Cup => "cup",
            Self::MunicipalityCode => "municipality_code",
            Self::List => "list",
        }
    }
}

/// What the portal uses a field for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The name of the record.
    Title,
    /// What records are grouped and coloured by.
    Category,
    /// The programme measure.
    Measure,
    /// How far it has come.
    Status,
    /// The amount that is summed.
    Amount,
    /// ISTAT code of the municipality that the record is or lies in.
    Municipality,
    /// The day on which the source last touched the record.
    Updated,
    /// The group of municipalities that a municipality belongs to; where the source does not state it, the territory's
    /// register does.
    Zone,
    /// The day on which the record came into force.
    ValidFrom,
    /// The day on which it went out of force. A collection with such a field is a register: what a release no longer names is
    /// kept, and closed on that day.
    ValidTo,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Category,
        Self::Measure,
        Self::Status,
        Self::Amount,
        Self::Municipality,
        Self::Updated,
        Self::Zone,
        Self::ValidFrom,
        Self::ValidTo,
    ];

    /// The word for it in definitions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Category => "category",
            Self::Measure => "measure",
            Self::Status => "status",
            Self::Amount => "amount",
            Self::Municipality => "municipality",
            Self::Updated => "updated",
            Self::Zone => "zone",
            Self::ValidFrom => "valid_from",
            Self::ValidTo => "valid_to",
        }
    }
}

/// What shapes the records of a collection have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeometryKind {
    /// Points.
    Point,
    /// Lines.
    Line,
    /// Polygons.
    Polygon,
    /// Any of the three.
    Any,
    /// Places listed one by one, each with a precision of its own.
    Locations,
    /// None: its records are not places.
    None,
}

impl GeometryKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Point, Self::Line, Self::Polygon, Self::Any, Self::Locations, Self::None];

    /// The word for it in definitions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Line => "line",
            Self::Polygon => "polygon",
            Self::Any => "any",
            Self::Locations => "locations",
            Self::None => "none",
        }
    }
}
