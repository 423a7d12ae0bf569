//! The `OpenAPI` 3.0 document, derived from the collections: no reference leads out of it.

mod features;
mod history;
mod processes;
mod sheets;
mod strategies;
mod tiles;

use atlas::Edition;
use serde_json::{Map, Value, json};

use crate::facets::Facet;
use crate::views::figures::proposals;

/// The document for the server at `origin`.
pub fn document(edition: &Edition, origin: &str) -> Value {
    let mut paths = Map::new();
    let mut add = |path: &str, id: &str, summary: &str, parameters: Vec<Value>, types: &[&str]| {
        paths.insert(path.to_owned(), read(id, summary, parameters, types));
    };
    let json = &["application/json"];
    for layer in &edition.layers {
        let (id, title) = (layer.collection.id.as_str(), &layer.collection.title.en);
        let schema = format!("/collections/{id}/schema.xsd");
        add(&schema, &format!("{id}.xsd"), &format!("{title}: XML schema"), Vec::new(), &["application/xml"]);
        tiles::of_collection(&mut add, layer);
    }
    tiles::of_dataset(&mut add);
    history::paths(&mut add);
    strategies::paths(&mut add);
    processes::paths(&mut add);
    sheets::paths(&mut add);
    add("/search", "search", "Records by name, place or code, the best first", search_parameters(), json);
    add(
        "/map/figures",
        "map.figures",
        "The proposals that the map is narrowed to, counted",
        figures(edition),
        json,
    );
    let style =
        || vec![path("style", "The style\u{2019}s name, as /styles has it", &json!({ "type": "string" }))];
    add("/styles", "styles", "The map styles", Vec::new(), json);
    add("/styles/{style}", "style", "A MapLibre style", style(), json);
    add("/styles/{style}/legend", "legend", "The legend of a style", style(), json);
    // /events is not here: it never ends, and who tries out all that is described would wait for ever.
    add("/metrics", "metrics", "Counters in the format of Prometheus", Vec::new(), &["text/plain"]);
    add("/health/live", "live", "Whether the process answers", Vec::new(), json);
    add("/health/ready", "ready", "Whether an edition is served", Vec::new(), json);
    paths.extend(features::paths(edition));
    paths.insert(processes::EXECUTION.to_owned(), processes::execution());
    let mut schemas = features::schemas();
    schemas.insert("problem".to_owned(), problem_schema());
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
        "components": { "schemas": schemas },
    })
}

fn search_parameters() -> Vec<Value> {
    let text = json!({ "type": "string" });
    let asked =
        "Words of titles, codes, categories and places: whole or begun, with a fault where nothing else fits";
    vec![
        query("q", asked, &json!({ "type": "string", "maxLength": 300 })),
        query("collection", "Only records of this collection", &text),
        history::limit(20),
        history::offset(),
    ]
}

/// What the map can be narrowed by: each condition is in CQL2.
fn figures(edition: &Edition) -> Vec<Value> {
    let choices = proposals(edition).map(|layer| Facet::choices(edition, layer)).unwrap_or_default();
    let condition = |choice: &str| query(choice, "A condition in CQL2", &json!({ "type": "string" }));
    choices.iter().map(|choice| condition(choice)).chain(history::time_parameters()).collect()
}

fn read(id: &str, summary: &str, parameters: Vec<Value>, types: &[&str]) -> Value {
    let content = types
        .iter()
        .map(|media_type| ((*media_type).to_owned(), json!({ "schema": schema_of(media_type) })))
        .collect();
    operation(id, summary, parameters, &content)
}

fn operation(id: &str, summary: &str, parameters: Vec<Value>, content: &Map<String, Value>) -> Value {
    let problem = problem();
    let is_tile = content.contains_key("application/vnd.mapbox-vector-tile");
    let mut responses =
        json!({ "200": { "description": summary, "content": content }, "400": &problem, "404": &problem });
    if content.len() > 1 {
        responses["406"] = problem.clone();
        responses["503"] = problem;
    }
    if is_tile {
        responses["204"] = json!({ "description": "There is nothing in this tile" });
    }
    json!({ "get": { "operationId": id, "summary": summary, "parameters": Value::from(parameters), "responses": responses } })
}

/// A refusal, for people and for programs.
fn problem() -> Value {
    json!({
        "description": "What is wrong, and what to do",
        "content": {
            "application/problem+json": { "schema": reference("problem") },
            "text/html": { "schema": { "type": "string" } },
        },
    })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn schema_of(media_type: &str) -> Value {
    if media_type == "application/json" || media_type.ends_with("+json") {
        json!({ "type": "object" })
    } else {
        json!({ "type": "string", "format": "binary" })
    }
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
