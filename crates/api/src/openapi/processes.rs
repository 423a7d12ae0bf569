//! What the `OpenAPI` document says of processes.

use serde_json::{Map, Value, json};

use super::{path, problem, query, schema_of};
use crate::screening::{FORMS, INPUTS, SCREENING};

/// Where the screening is executed.
pub const EXECUTION: &str = "/processes/screening/execution";
const JSON: &[&str] = &["application/json"];

/// Adds the paths of processes.
pub fn paths(add: &mut impl FnMut(&str, &str, &str, Vec<Value>, &[&str])) {
    let id = path(
        "process",
        "The process\u{2019}s name, as /processes has it",
        &json!({ "type": "string", "enum": [SCREENING] }),
    );
    add("/processes", "getProcesses", "What can be executed", Vec::new(), JSON);
    add(
        "/processes/{process}",
        "getProcessDescription",
        "A process, with its inputs and outputs",
        vec![id],
        JSON,
    );
}

/// The execution: posted as JSON, or as a form with a file.
pub fn execution() -> Value {
    let text = json!({ "type": "string" });
    let mut inputs: Map<String, Value> =
        INPUTS.into_iter().map(|name| (name.to_owned(), text.clone())).collect();
    let of_form = {
        let mut fields = inputs.clone();
        fields.insert("file".to_owned(), json!({ "type": "string", "format": "binary" }));
        fields
    };
    inputs.insert("place".to_owned(), json!({ "oneOf": [{ "type": "object" }, text] }));
    let content: Map<String, Value> = FORMS
        .iter()
        .map(|(_, media_type)| ((*media_type).to_owned(), json!({ "schema": schema_of(media_type) })))
        .collect();
    let problem = problem();
    let refused = ["400", "404", "413", "415", "422"].map(|status| (status.to_owned(), problem.clone()));
    let mut responses: Map<String, Value> = refused.into_iter().collect();
    responses.insert(
        "200".to_owned(),
        json!({ "description": "What the place has to do with", "content": content }),
    );
    json!({ "post": {
        "operationId": "execute",
        "summary": "Screens a place; nothing is stored",
        "parameters": [query("f", "The form", &json!({ "type": "string", "enum": ["json", "geojson", "csv", "html"] }))],
        "requestBody": { "required": true, "content": {
            "application/json": { "schema": {
                "type": "object",
                "required": ["inputs"],
                "properties": {
                    "inputs": { "type": "object", "properties": inputs, "additionalProperties": false },
                    "outputs": { "type": "object" },
                    "response": { "type": "string", "enum": ["raw", "document"], "default": "raw" },
                },
            } },
            "multipart/form-data": { "schema": { "type": "object", "properties": of_form } },
        } },
        "responses": responses,
    } })
}
