//! What the `OpenAPI` document says of collections and their features: the answers too, down to each property.

use atlas::{Edition, Layer, Property, Reference};
use export::Format;
use serde_json::{Map, Value, json};

use super::{history, operation, path, query, reference, strategies};
use crate::content::{GEOJSON, JSON, SCHEMA};
use crate::paging::{DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET};
use crate::{cursor, filters, form, json_schema};

/// The landing page, and the paths of all collections.
pub fn paths(edition: &Edition) -> Map<String, Value> {
    let documents = [
        ("/", "landing", "The way in"),
        ("/conformance", "conformance", "The standards that are kept"),
        ("/collections", "collections", "The collections"),
    ];
    let mut paths = Map::new();
    for (path, id, about) in documents {
        paths.insert(path.to_owned(), read(id, about, Vec::new(), JSON, &reference(id)));
    }
    for layer in &edition.layers {
        paths.extend(of_collection(layer));
    }
    paths
}

fn of_collection(layer: &Layer) -> [(String, Value); 7] {
    let (id, title) = (layer.collection.id.as_str(), &layer.collection.title.en);
    let base = format!("/collections/{id}");
    let name = |part: &str| format!("{id}.{part}");
    let about = |part: &str| format!("{title}: {part}");
    let document = |part: &str| read(&name(part), &about(part), Vec::new(), SCHEMA, &reference("jsonSchema"));
    let feature = feature(layer);
    let number = json!({ "type": "integer", "format": "int64", "minimum": 0 });
    let fid = path("fid", "The feature's number", &number);
    let mut of_one = vec![fid.clone()];
    of_one.extend(form_parameters(layer).into_iter().chain(history::time_parameters()));
    [
        (base.clone(), read(&name("collection"), title, Vec::new(), JSON, &reference("collection"))),
        (format!("{base}/queryables"), document("queryables")),
        (format!("{base}/schema"), document("schema")),
        (format!("{base}/items"), read_items(layer, &feature)),
        (format!("{base}/items/{{fid}}"), read_item(layer, of_one, &feature)),
        (
            format!("{base}/items/{{fid}}/answers"),
            read(
                &name("answers"),
                &about(
                    "the questions of the strategies in which a feature is found, and what it meets there",
                ),
                vec![fid.clone()],
                JSON,
                &reference("answersOfFeature"),
            ),
        ),
        (
            format!("{base}/items/{{fid}}/history"),
            read(
                &name("history"),
                &about("each time that a feature changed"),
                vec![fid],
                JSON,
                &reference("history"),
            ),
        ),
    ]
}

fn read(id: &str, about: &str, parameters: Vec<Value>, media_type: &str, schema: &Value) -> Value {
    let content = [(media_type.to_owned(), json!({ "schema": schema }))].into_iter().collect();
    operation(id, about, parameters, &content)
}

/// One feature, which may have become part of another, or be gone.
fn read_item(layer: &Layer, parameters: Vec<Value>, feature: &Value) -> Value {
    let (id, title) = (&layer.collection.id, &layer.collection.title.en);
    let about = format!("{title}: one feature");
    let mut operation = read(&format!("{id}.item"), &about, parameters, GEOJSON, feature);
    operation["get"]["responses"]["308"] =
        json!({ "description": "The feature is part of another, which is there" });
    operation["get"]["responses"]["410"] = json!({
        "description": "The feature is gone: what was last said of it, and its history",
        "content": { "application/problem+json": { "schema": reference("problem") } },
    });
    operation
}

/// The features of a collection: a page of them, or all as a file.
fn read_items(layer: &Layer, feature: &Value) -> Value {
    let (id, title) = (&layer.collection.id, &layer.collection.title.en);
    let files = Format::of(&layer.collection).map(Format::media_type);
    let files =
        files.map(|it| (it.to_owned(), json!({ "schema": { "type": "string", "format": "binary" } })));
    let mut content: Map<String, Value> = files.collect();
    content.insert(GEOJSON.to_owned(), json!({ "schema": collection_of(feature) }));
    let (id, about) = (format!("{id}.items"), format!("{title}: features"));
    let mut operation = operation(&id, &about, item_parameters(layer), &content);
    operation["get"]["responses"]["410"] = json!({
        "description": "The list that a cursor is of has changed, and cannot be continued",
        "content": { "application/problem+json": { "schema": reference("problem") } },
    });
    operation
}

/// The schemas that the paths name.
pub fn schemas() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let link = json!({
        "type": "object",
        "required": ["href", "rel"],
        "properties": {
            "href": text(), "rel": text(), "type": text(), "title": text(), "templated": { "type": "boolean" },
        },
    });
    let links = json!({ "type": "array", "items": reference("link") });
    let extent = json!({
        "type": "object",
        "properties": {
            "spatial": {
                "type": "object",
                "properties": {
                    "bbox": { "type": "array", "items": { "type": "array", "minItems": 4, "items": { "type": "number" } } },
                    "crs": text(),
                },
            },
        },
    });
    let collection = json!({
        "type": "object",
        "required": ["id", "links"],
        "properties": {
            "id": text(), "title": text(), "description": text(), "itemType": text(), "extent": extent,
            "crs": { "type": "array", "items": text() }, "storageCrs": text(),
            "numberOfItems": { "type": "integer", "minimum": 0 }, "links": links,
        },
    });
    let documents = [
        ("link", link),
        ("collection", collection),
        (
            "collections",
            document(
                &["links", "collections"],
                &[("collections", json!({ "type": "array", "items": reference("collection") }))],
            ),
        ),
        ("landing", document(&["links"], &[("title", text()), ("description", text())])),
        (
            "conformance",
            json!({
                "type": "object", "required": ["conformsTo"],
                "properties": { "conformsTo": { "type": "array", "items": text() } },
            }),
        ),
        ("geometry", geometry()),
        (
            "answersOfFeature",
            document(&["questions", "links"], &[("questions", strategies::questions_of_feature())]),
        ),
        ("history", document(&["steps", "links"], &[("steps", history_steps())])),
        (
            "jsonSchema",
            json!({
                "type": "object", "required": ["$schema", "$id", "type", "properties"],
                "properties": { "$schema": text(), "$id": text(), "type": text(), "properties": { "type": "object" } },
            }),
        ),
    ];
    documents.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// The times at which a feature came, changed or went.
fn history_steps() -> Value {
    let (text, integer) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    let field = json!({ "type": "object", "properties": { "field": text, "before": {}, "after": {} } });
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["at", "release", "source", "withdrawal", "change", "fields"],
            "properties": {
                "at": { "type": "string", "format": "date-time" }, "release": integer, "source": text,
                "withdrawal": { "type": "boolean" }, "change": text,
                "fields": { "type": "array", "items": field },
            },
        },
    })
}

/// An object with links.
fn document(required: &[&str], others: &[(&str, Value)]) -> Value {
    let links = json!({ "type": "array", "items": reference("link") });
    let others = others.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone()));
    let properties: Map<String, Value> = others.chain([("links".to_owned(), links)]).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// Any geometry of GeoJSON, or null where nothing is known of the place.
fn geometry() -> Value {
    let kinds = [
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
    ];
    json!({
        "type": "object",
        "nullable": true,
        "required": ["type"],
        "properties": {
            "type": { "type": "string", "enum": kinds },
            "coordinates": { "type": "array", "items": {} },
            "geometries": { "type": "array", "items": reference("geometry") },
        },
    })
}

/// A feature of a collection: it has every property, null where nothing is stated.
fn feature(layer: &Layer) -> Value {
    let collection = &layer.collection;
    let all = Property::all(collection, &layer.origins).into_iter();
    let properties: Map<String, Value> = all
        .map(|property| {
            let mut schema = json_schema::value(layer, property);
            schema["nullable"] = Value::from(true);
            (property.name(collection).to_owned(), schema)
        })
        .collect();
    json!({
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": { "type": "string", "enum": ["Feature"] },
            "id": { "type": "integer", "format": "int64", "minimum": 0 },
            "geometry": reference("geometry"),
            "properties": { "type": "object", "properties": properties },
            "links": { "type": "array", "items": reference("link") },
        },
    })
}

fn collection_of(feature: &Value) -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    json!({
        "type": "object",
        "required": ["type", "features", "numberMatched", "numberReturned", "links"],
        "properties": {
            "type": { "type": "string", "enum": ["FeatureCollection"] },
            "features": { "type": "array", "items": feature },
            "numberMatched": count,
            "numberReturned": count,
            "links": { "type": "array", "items": reference("link") },
        },
    })
}

fn item_parameters(layer: &Layer) -> Vec<Value> {
    let collection = &layer.collection;
    let limit = json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT });
    let offset = json!({ "type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0 });
    let text = json!({ "type": "string" });
    let formats: Vec<&str> = Format::of(collection).map(Format::as_str).collect();
    let formats = [&["json", "html"], formats.as_slice()].concat();
    let formats = json!({ "type": "string", "enum": formats });
    let about = "A page as json or html, or all of it, without paging, in a format of downloads";
    let mut parameters = vec![
        query("f", about, &formats),
        query("limit", "Features on a page; more than the maximum is the maximum", &limit),
        query(
            "offset",
            "Features before the page; following the next links costs less and is stable",
            &offset,
        ),
        query(cursor::PARAMETER, "Where the page before ended: follow the next link", &text),
        list(
            "sortby",
            "Properties to sort by; a minus before one turns its order. Equals follow by number, what is missing comes last",
            &sortable(layer),
        ),
    ];
    parameters.push(bbox());
    parameters.push(query(filters::BBOX_CRS, "The reference system of bbox", &references()));
    parameters.extend(filter_parameters());
    parameters.extend(form_parameters(layer));
    for name in filters::names(layer).into_iter().filter(|name| !filters::is_reserved(name)) {
        parameters.push(choice(layer, name));
    }
    parameters.extend(history::time_parameters());
    parameters
}

/// The parameters of a filter in CQL2.
pub fn filter_parameters() -> [Value; 3] {
    let language = json!({ "type": "string", "enum": filters::LANGUAGES, "default": filters::LANGUAGES[0] });
    [
        query(
            filters::FILTER,
            "A condition in CQL2 on the collection's queryables",
            &json!({ "type": "string" }),
        ),
        query(filters::FILTER_LANG, "The language of filter", &language),
        query(filters::FILTER_CRS, "The reference system of the geometries in filter", &references()),
    ]
}

/// The parameters that say in which form features are answered.
fn form_parameters(layer: &Layer) -> [Value; 3] {
    let collection = &layer.collection;
    let names: Vec<&str> = Property::all(collection, &layer.origins)
        .into_iter()
        .map(|property| property.name(collection))
        .collect();
    [
        query(
            form::CRS,
            "The reference system of the answer; the header Content-Crs repeats it",
            &references(),
        ),
        list(
            form::PROPERTIES,
            "The properties that are wanted; every feature carries its source, its release and the date of extraction beside",
            &json!({ "type": "string", "enum": names }),
        ),
        query(
            form::SKIP_GEOMETRY,
            "Whether geometries are left out",
            &json!({ "type": "boolean", "default": false }),
        ),
    ]
}

/// The parameter that asks for one value of a property.
fn choice(layer: &Layer, name: &str) -> Value {
    let collection = &layer.collection;
    let text = json!({ "type": "string" });
    if let Some(place) = collection.position(name) {
        let field = &collection.fields[place];
        // A list is asked for as it stands in files: texts with semicolons between, all of which have to be there.
        let schema = if field.field_type == domain::FieldType::List {
            text
        } else {
            json_schema::of_type(field.field_type)
        };
        return query(name, &field.label.en, &schema);
    }
    match name {
        filters::PRECISION => {
            let known = domain::LocationPrecision::ALL.map(domain::LocationPrecision::as_str);
            list(name, "How well the place is known", &json!({ "type": "string", "enum": known }))
        }
        filters::MUNICIPALITY => {
            let code = json!({ "type": "string", "pattern": "^[0-9]{1,6}$" });
            query(name, "ISTAT code of a municipality in which one of its places lies", &code)
        }
        _ => {
            let property = Property::parse(collection, &layer.origins, name);
            let schema = property
                .map(|property| json_schema::value(layer, property))
                .filter(|it| it["type"] != "array");
            query(name, "Features that have this value", &schema.unwrap_or(text))
        }
    }
}

/// The names that `sortby` takes, lists left out.
fn sortable(layer: &Layer) -> Value {
    let all = Property::all(&layer.collection, &layer.origins).into_iter();
    let single = all.filter(|property| json_schema::value(layer, *property)["type"] != "array");
    let names: Vec<&str> = single.map(|property| property.name(&layer.collection)).collect();
    let both = names.iter().flat_map(|name| [(*name).to_owned(), format!("-{name}")]);
    json!({ "type": "string", "enum": both.collect::<Vec<_>>() })
}

fn bbox() -> Value {
    json!({
        "name": filters::BBOX, "in": "query", "required": false, "style": "form", "explode": false,
        "description": "Two corners, the south-western one first, in the order of the axes of bbox-crs; six numbers with heights",
        "schema": { "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" } },
        "example": [9.0, 45.4, 9.3, 45.6],
    })
}

fn list(name: &str, about: &str, items: &Value) -> Value {
    json!({
        "name": name, "in": "query", "required": false, "style": "form", "explode": false, "description": about,
        "schema": { "type": "array", "minItems": 1, "items": items },
    })
}

fn references() -> Value {
    json!({ "type": "string", "enum": Reference::ALL.map(Reference::uri), "default": Reference::default().uri() })
}
