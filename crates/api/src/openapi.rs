//! The `OpenAPI` 3.0 document, derived from the collections: no reference leads out of it.

mod history;
mod tiles;

use atlas::{Edition, Layer};
use domain::{Field, FieldType};
use export::Format;
use serde_json::{Map, Value, json};

use crate::filters;
use crate::paging::{DEFAULT_LIMIT, MAX_LIMIT};

/// The document for the server at `origin`.
pub fn document(edition: &Edition, origin: &str) -> Value {
    let mut paths = Map::new();
    let mut add = |path: &str, id: &str, summary: &str, parameters: Vec<Value>, types: &[&str]| {
        paths.insert(path.to_owned(), read(id, summary, parameters, types));
    };
    let (json, geojson) = (&["application/json"], &["application/geo+json"]);
    add("/", "landing", "The way in", Vec::new(), json);
    add("/conformance", "conformance", "The standards that are kept", Vec::new(), json);
    add("/collections", "collections", "The collections", Vec::new(), json);
    for layer in &edition.layers {
        let (id, title) = (layer.collection.id.as_str(), &layer.collection.title.en);
        add(&format!("/collections/{id}"), &format!("{id}.collection"), title, Vec::new(), json);
        let schema = format!("/collections/{id}/schema.xsd");
        add(&schema, &format!("{id}.xsd"), &format!("{title}: XML schema"), Vec::new(), &["application/xml"]);
        let items = format!("/collections/{id}/items");
        let types: Vec<&str> = Format::of(&layer.collection).map(Format::media_type).collect();
        add(&items, &format!("{id}.items"), &format!("{title}: features"), item_parameters(layer), &types);
        let number = vec![path(
            "fid",
            "The feature's number",
            &json!({ "type": "integer", "format": "int64", "minimum": 0 }),
        )];
        let number = number.into_iter().chain(history::time_parameters()).collect();
        add(
            &format!("{items}/{{fid}}"),
            &format!("{id}.item"),
            &format!("{title}: one feature"),
            number,
            geojson,
        );
        tiles::of_collection(&mut add, layer);
    }
    tiles::of_dataset(&mut add);
    history::paths(&mut add);
    let style =
        || vec![path("style", "The style\u{2019}s name, as /styles has it", &json!({ "type": "string" }))];
    add("/styles", "styles", "The map styles", Vec::new(), json);
    add("/styles/{style}", "style", "A MapLibre style", style(), json);
    add("/styles/{style}/legend", "legend", "The legend of a style", style(), json);
    // /events is not here: it never ends, and who tries out all that is described would wait for ever.
    add("/metrics", "metrics", "Counters in the format of Prometheus", Vec::new(), &["text/plain"]);
    add("/health/live", "live", "Whether the process answers", Vec::new(), json);
    add("/health/ready", "ready", "Whether an edition is served", Vec::new(), json);
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": format!("REMIX – {}", edition.territory.title.it),
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What is proposed and planned on the territory of a metropolitan city.",
            "license": { "name": "EUPL-1.2" },
        },
        "servers": [{ "url": origin }],
        "paths": paths,
        "components": { "schemas": { "problem": problem_schema() } },
    })
}

fn read(id: &str, summary: &str, parameters: Vec<Value>, types: &[&str]) -> Value {
    let content: Map<String, Value> = types
        .iter()
        .map(|media_type| ((*media_type).to_owned(), json!({ "schema": schema_of(media_type) })))
        .collect();
    let problem = json!({
        "description": "What is wrong, and what to do",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/problem" } } },
    });
    let mut responses =
        json!({ "200": { "description": summary, "content": content }, "400": &problem, "404": &problem });
    if types.len() > 1 {
        responses["406"] = problem.clone();
        responses["503"] = problem;
    }
    if types.contains(&"application/vnd.mapbox-vector-tile") {
        responses["204"] = json!({ "description": "There is nothing in this tile" });
    }
    json!({ "get": { "operationId": id, "summary": summary, "parameters": Value::from(parameters), "responses": responses } })
}

fn schema_of(media_type: &str) -> Value {
    if media_type == "application/json" || media_type.ends_with("+json") {
        json!({ "type": "object" })
    } else {
        json!({ "type": "string", "format": "binary" })
    }
}

fn item_parameters(layer: &Layer) -> Vec<Value> {
    let collection = &layer.collection;
    let formats: Vec<&str> = Format::of(collection).map(Format::as_str).collect();
    let formats = [&["json", "html"], formats.as_slice()].concat();
    let about = "A page as json or html, or all of it, without paging, in a format of downloads";
    let mut parameters = vec![
        query("f", about, &json!({ "type": "string", "enum": formats })),
        query(
            "limit",
            "Features on a page",
            &json!({
                "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT,
            }),
        ),
        query(
            "after",
            "The last number of the page before: follow the next link",
            &json!({
                "type": "integer", "format": "int64", "minimum": 0,
            }),
        ),
        json!({
            "name": filters::BBOX, "in": "query", "required": false, "style": "form", "explode": false,
            "description": "West, south, east, north in degrees (CRS84)",
            "schema": { "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" } },
        }),
    ];
    for name in filters::names(collection).into_iter().filter(|name| *name != filters::BBOX) {
        let field = collection.position(name).map(|place| &collection.fields[place]);
        let about = match (name, field) {
            (filters::PRECISION, _) => {
                "How well the place is known: geometry, address, municipality, province, none"
            }
            (filters::MUNICIPALITY, _) => "ISTAT code of a municipality in which one of its places lies",
            (_, Some(field)) => &field.label.en,
            (_, None) => name,
        };
        parameters.push(query(name, about, &field.map_or_else(|| json!({ "type": "string" }), value_schema)));
    }
    parameters.extend(history::time_parameters());
    parameters
}

fn query(name: &str, about: &str, schema: &Value) -> Value {
    json!({
        "name": name, "in": "query", "required": false, "style": "form", "explode": false,
        "description": about, "schema": schema,
    })
}

fn path(name: &str, about: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "path", "required": true, "description": about, "schema": schema })
}

fn value_schema(field: &Field) -> Value {
    match field.field_type {
        FieldType::Integer | FieldType::Cents => json!({ "type": "integer", "format": "int64" }),
        FieldType::Decimal => json!({ "type": "number" }),
        FieldType::Boolean => json!({ "type": "boolean" }),
        FieldType::Date => json!({ "type": "string", "format": "date" }),
        FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => json!({ "type": "string" }),
        FieldType::List => json!({ "type": "array", "items": { "type": "string" } }),
    }
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["title", "status"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
        },
    })
}
