//! `data/collections/<id>.toml`.

use super::{DefinitionError, Words, one_of};
use domain::collection::{Code, Dissolve, Inherited, Parent};
use domain::{Collection, CollectionId, Field, FieldType, GeometryKind, Role};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    family: String,
    title: Words,
    description: Words,
    key: Vec<String>,
    geometry: String,
    parent: Option<ParentEntry>,
    dissolved_from: Option<DissolveEntry>,
    fields: Vec<FieldEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParentEntry {
    collection: String,
    fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DissolveEntry {
    collection: String,
    by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    id: String,
    #[serde(rename = "type")]
    field_type: String,
    role: Option<String>,
    #[serde(default)]
    required: bool,
    label: Words,
    description: Option<Words>,
    unit: Option<Words>,
    #[serde(default)]
    codes: Vec<CodeEntry>,
    inherited: Option<InheritedEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InheritedEntry {
    collection: String,
    by: String,
    field: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeEntry {
    code: String,
    it: String,
    en: String,
}

/// Reads the definition of a collection.
///
/// # Errors
/// [`DefinitionError`] if the text is not TOML of this shape, or a value has no meaning.
pub fn parse(text: &str) -> Result<Collection, DefinitionError> {
    let file: File = toml::from_str(text)?;
    let id = collection_id("id", &file.id)?;
    let fields: Vec<Field> = file.fields.into_iter().map(field).collect::<Result<_, _>>()?;
    let key = file.key.iter().map(|name| {
        let place = fields.iter().position(|field| &field.id == name);
        place
            .filter(|place| is_textual(fields[*place].field_type))
            .ok_or_else(|| DefinitionError::value("key", name, "it names fields of text or codes"))
    });
    let key: Vec<usize> = key.collect::<Result<_, _>>()?;
    if !key.iter().any(|place| fields[*place].required) {
        let rule = "one of its fields at least is required";
        return Err(DefinitionError::value("key", &file.key.join(", "), rule));
    }
    let parent = file.parent.map(|entry| {
        if let Some(name) = entry.fields.iter().find(|name| !fields.iter().any(|field| &field.id == *name)) {
            return Err(DefinitionError::value("parent.fields", name, "it names fields of the collection"));
        }
        Ok(Parent {
            collection: collection_id("parent.collection", &entry.collection)?,
            fields: entry.fields,
        })
    });
    let dissolved_from = file.dissolved_from.map(|entry| {
        let collection = collection_id("dissolved_from.collection", &entry.collection)?;
        Ok::<_, DefinitionError>(Dissolve { collection, by: entry.by })
    });
    Ok(Collection {
        id,
        family: file.family,
        title: file.title.into(),
        description: file.description.into(),
        key,
        geometry: one_of("geometry", &file.geometry, &GeometryKind::ALL, GeometryKind::as_str)?,
        parent: parent.transpose()?,
        dissolved_from: dissolved_from.transpose()?,
        fields,
    })
}

pub(super) fn collection_id(what: &'static str, text: &str) -> Result<CollectionId, DefinitionError> {
    let rule = "it is made of lower-case letters, digits and hyphens";
    CollectionId::parse(text).ok_or_else(|| DefinitionError::value(what, text, rule))
}

fn field(entry: FieldEntry) -> Result<Field, DefinitionError> {
    let code = |code: CodeEntry| Code { code: code.code, label: Words { it: code.it, en: code.en }.into() };
    let inherited = entry.inherited.map(|entry| {
        let collection = collection_id("inherited.collection", &entry.collection)?;
        Ok::<_, DefinitionError>(Inherited { collection, by: entry.by, field: entry.field })
    });
    let role = entry.role.map(|role| one_of("role", &role, &Role::ALL, Role::as_str)).transpose()?;
    Ok(Field {
        field_type: one_of("type", &entry.field_type, &FieldType::ALL, FieldType::as_str)?,
        id: entry.id,
        role,
        required: entry.required,
        label: entry.label.into(),
        description: entry.description.map(Into::into),
        unit: entry.unit.map(Into::into),
        codes: entry.codes.into_iter().map(code).collect(),
        inherited: inherited.transpose()?,
    })
}

/// Whether values of this type are held as text, as the parts of a key have to be.
const fn is_textual(field_type: FieldType) -> bool {
    matches!(field_type, FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: &str = r#"
        id = "places"
        family = "areas"
        title = { it = "Luoghi", en = "Places" }
        description = { it = "…", en = "…" }
        key = ["code"]
        geometry = "polygon"
        [[fields]]
        id = "code"
        type = "text"
        required = true
        label = { it = "Codice", en = "Code" }
    "#;

    fn error(from: &str, to: &str) -> String {
        parse(&PLACES.replace(from, to)).expect_err(to).to_string()
    }

    #[test]
    fn a_definition_is_read_whole() {
        let places = parse(PLACES).unwrap();
        assert_eq!((places.id.as_str(), places.key), ("places", vec![0]));
        assert_eq!(places.geometry, GeometryKind::Polygon);
    }

    #[test]
    fn a_definition_with_a_fault_says_where() {
        assert!(error("\"polygon\"", "\"blob\"").contains("one of point, line, polygon"));
        assert!(error("[\"code\"]", "[\"name\"]").contains("fields of text"));
        assert!(error("required = true", "required = false").contains("is required"));
        assert!(error("\"places\"", "\"Places!\"").contains("lower-case"));
        assert!(error("family", "famly").contains("famly"));
    }
}
